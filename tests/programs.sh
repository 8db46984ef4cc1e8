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
    [ -d /usr/lib/R/site-library/eRm ] || missing="$missing r-cran-erm"
    # Qt names what it misses only when a window opens, and then often the wrong one: each of its libraries is looked for.
    there=$(PATH="$PATH:/sbin" ldconfig -p)
    for library in libasound.so.2=libasound2 libdbus-1.so.3=libdbus-1-3 libEGL.so.1=libegl1 libgbm.so.1=libgbm1 \
        libGL.so.1=libgl1 libnss3.so=libnss3 libOpenGL.so.0=libopengl0 libxcb-cursor.so.0=libxcb-cursor0 \
        libxcb-icccm.so.4=libxcb-icccm4 libxcb-image.so.0=libxcb-image0 libxcb-keysyms.so.1=libxcb-keysyms1 \
        libxcb-render-util.so.0=libxcb-render-util0 libxcb-shape.so.0=libxcb-shape0 \
        libxcb-xinerama.so.0=libxcb-xinerama0 libXcomposite.so.1=libxcomposite1 libXdamage.so.1=libxdamage1 \
        libxkbcommon-x11.so.0=libxkbcommon-x11-0 libxkbfile.so.1=libxkbfile1 libXrandr.so.2=libxrandr2 \
        libXtst.so.6=libxtst6; do
        case $there in
            *"${library%=*}"*) ;;
            *) missing="$missing ${library#*=}" ;;
        esac
    done
else
    # Debian's Chromium without windows shows the same pages in a fifth of the time.
    shell="chromium-headless-shell"
    grep -qx "ID=debian" /etc/os-release 2>/dev/null && there="$shell" || there="chromium"
    for name in "${CHROMIUM:-$shell}" chromium chromium-browser google-chrome; do
        if command -v "$name" >/dev/null 2>&1; then found=yes; fi
    done
    if [ -z "${found:-}" ]; then
        missing="$there"
    elif [ "$there" = "$shell" ] && [ -z "${CHROMIUM:-}" ] && [ "$(id -u)" = 0 ] && ! command -v "$shell" >/dev/null; then
        # Where it can't be had, the browser that is there will do.
        apt-get update -qq >/dev/null 2>&1 || true
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$shell" >/dev/null 2>&1 || true
    fi
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
