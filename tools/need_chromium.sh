#!/bin/sh
# The browser tests run in Debian's Chromium: install it where apt can, say what to do elsewhere.
set -eu
browser=${CHROMIUM:-/usr/bin/chromium}
[ -x "$browser" ] && exit 0
if [ -z "${CHROMIUM:-}" ] && command -v apt-get >/dev/null 2>&1; then
    as_root=
    [ "$(id -u)" = 0 ] || as_root=sudo
    $as_root apt-get update --quiet --quiet
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install --yes --quiet --quiet \
        --no-install-recommends chromium fonts-dejavu-core
    exit 0
fi
echo "The browser tests need Chromium, and $browser isn't there." >&2
echo "Install Chromium or Chrome, and name it: CHROMIUM=/path/to/chromium make test" >&2
exit 1
