#!/bin/sh
# text2num 3.1.0 (PyPI, module text_to_num): figures for numbers in words: a million with figures or a decimal before it is a number of its own, and hundredths are many hundreds.
# Expected: 2500000, as "sixty-eight million" is 68000000, or the words as they are; and 2/100, or the words. Answers become other numbers, and no error tells.
# Seen: "2.5 million" and "two point five million" are '2.5 1000000', the same in French '2,5000000'; "two hundredths" is '200ths', "three quarters" '3 quarters'.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check text2num==3.1.0
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from text_to_num import alpha2digit

SEEN = {
    ("2.5 million", "en"): "2.5 1000000",
    ("two point five million", "en"): "2.5 1000000",
    ("deux virgule cinq millions", "fr"): "2,5000000",
    ("sixty-eight million", "en"): "68000000",
    ("two hundredths", "en"): "200ths",
    ("three quarters", "en"): "3 quarters",
}
seen = {asked: alpha2digit(*asked) for asked in SEEN}
print(*seen.items(), sep="\n")
assert seen == SEEN
PYTHON
