#!/bin/sh
# The card tests look at real cards in a real browser. Where there is none: Debian's package, or Playwright's download.
set -eu
for name in "${CHROMIUM:-chromium}" chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing chromium for the card tests"
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
else
    echo "The card tests need Chromium: install your system's package, or name its program in CHROMIUM" >&2
    exit 1
fi
