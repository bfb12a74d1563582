#!/bin/sh
# Signing with keys in tokens is tested with SoftHSM: install it where apt can, say what to do
# elsewhere.
set -eu
command -v softhsm2-util >/dev/null 2>&1 && exit 0
[ "${MCSITE_WITHOUT_SOFTHSM:-}" = 1 ] && exit 0
if command -v apt-get >/dev/null 2>&1; then
    as_root=
    [ "$(id -u)" = 0 ] || as_root=sudo
    $as_root apt-get update --quiet --quiet
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install --yes --quiet --quiet \
        --no-install-recommends softhsm2
    exit 0
fi
echo "Signing with keys in tokens is tested with SoftHSM, and softhsm2-util isn't there." >&2
echo "Install SoftHSM 2, or do without those tests: MCSITE_WITHOUT_SOFTHSM=1 make test" >&2
exit 1
