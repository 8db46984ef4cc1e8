#!/bin/sh
# zxing-cpp 3.1.1: create_barcode takes texts that the kind of code can't carry and codes others without an error. Expected: a refusal.
# A candidate's number comes back from the scan as another string and matches no row of the list.
# Seen: ITF "123" is read back as "0123", Code 39 "ab12" as "AB12"; Code 128 keeps both.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check zxing-cpp==3.1.1 numpy==2.4.6
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import numpy
import zxingcpp


def back(kind, text):
    picture = numpy.asarray(zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind)).to_image(scale=4))
    return [code.text for code in zxingcpp.read_barcodes(numpy.pad(picture, 60, constant_values=255))]


made = {(kind, text): back(kind, text) for kind, text in (("ITF", "123"), ("Code39", "ab12"), ("Code128", "123"), ("Code128", "ab12"))}
print(made)
assert made[("ITF", "123")] == ["0123"] and made[("Code39", "ab12")] == ["AB12"], made
assert made[("Code128", "123")] == ["123"] and made[("Code128", "ab12")] == ["ab12"], made
PYTHON
