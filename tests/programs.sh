#!/bin/sh
# The tests look at real cards and pages in a real browser, and at DOCX papers and tables in LibreOffice.
# With `desktop` they start the real Anki on a virtual screen: that screen, keys for it, and the libraries of Qt. They
# also hold statistics against R's.
# Where there is none: Debian's packages.
set -eu
missing=""
if [ "${1:-}" = desktop ]; then
    command -v Xvfb >/dev/null 2>&1 || missing="$missing xvfb"
    command -v xdotool >/dev/null 2>&1 || missing="$missing xdotool"
    command -v openbox >/dev/null 2>&1 || missing="$missing openbox"
    # What our statistics are held against.
    [ -d /usr/lib/R/site-library/psych ] || missing="$missing r-cran-psych"
    # Qt names what it misses only when a window opens, so one of its libraries stands for all of them.
    if ! PATH="$PATH:/sbin" ldconfig -p | grep -q libxcb-cursor; then
        missing="$missing libasound2 libdbus-1-3 libegl1 libgbm1 libgl1 libnss3 libopengl0 libxcb-cursor0 libxcb-icccm4"
        missing="$missing libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0"
        missing="$missing libxcomposite1 libxdamage1 libxkbcommon-x11-0 libxkbfile1 libxrandr2 libxtst6"
    fi
else
    for name in "${CHROMIUM:-chromium}" chromium-browser google-chrome; do
        if command -v "$name" >/dev/null 2>&1; then found=yes; fi
    done
    [ -n "${found:-}" ] || missing="chromium"
    command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-writer-nogui"
    # What opens tables has no command of its own, and without it soffice ends with success and writes nothing.
    office=$(readlink -f "$(command -v soffice || true)") || office=""
    if [ -z "$office" ] || { [ -e "${office%/*}/libswlo.so" ] && [ ! -e "${office%/*}/libsclo.so" ]; }; then
        missing="$missing libreoffice-calc-nogui"
    fi
fi
[ -n "$missing" ] || exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing for the tests: $missing"
    # shellcheck disable=SC2086 # one word for each package
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null
else
    echo "The tests need programs that are missing (Chromium's name may be in CHROMIUM): install $missing" >&2
    exit 1
fi
