#!/bin/sh
# Signing with keys in tokens is tested with SoftHSM: install it where apt can. Elsewhere those
# tests are skipped, and say why.
command -v softhsm2-util >/dev/null 2>&1 && exit 0
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
command -v apt-get >/dev/null 2>&1 &&
    $as_root apt-get update --quiet --quiet &&
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install --yes --quiet --quiet \
        --no-install-recommends softhsm2 &&
    exit 0
echo "SoftHSM isn't there, so signing with keys in tokens won't be tested. Install softhsm2." >&2
exit 0
