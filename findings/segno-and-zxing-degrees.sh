#!/bin/sh
# segno 1.6.6 beside zxing-cpp 3.1.1: a QR code of a text in Latin 1, which the standard takes where nothing is said and segno uses, is guessed to be
# Japanese where signs such as a degree or a raised 2 stand alone. Expected: the text that went in. Numbers with units come back as other signs.
# Seen: "5 °C" is read as "5 ｰC" and "x²" as "xｲ"; "Zürich" is right, and so is "5 °C" with encoding="utf-8".
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check segno==1.6.6 zxing-cpp==3.1.1 pillow==13.0.0
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import segno
import zxingcpp
from PIL import Image


def scanned(text, encoding=None):
    segno.make_qr(text, encoding=encoding).save("code.png", scale=6)
    return zxingcpp.read_barcode(Image.open("code.png")).text


made = [scanned("5 °C"), scanned("x²"), scanned("Zürich"), scanned("5 °C", "utf-8")]
print(made)
assert made == ["5 ｰC", "xｲ", "Zürich", "5 °C"], made
PYTHON
