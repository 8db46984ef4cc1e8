#!/bin/sh
# The tests look at real cards and pages in a real browser, and at DOCX papers in LibreOffice.
# Where there is none: Debian's packages.
set -eu
missing=""
for name in "${CHROMIUM:-chromium}" chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then found=yes; fi
done
[ -n "${found:-}" ] || missing="chromium"
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-writer-nogui"
[ -n "$missing" ] || exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing for the tests: $missing"
    # shellcheck disable=SC2086 # one word for each package
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null
else
    echo "The tests need Chromium (or its program's name in CHROMIUM) and LibreOffice's soffice: install$missing" >&2
    exit 1
fi
