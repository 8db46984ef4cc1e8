#!/bin/sh
# word2number 1.1: a year in words is read as a sum or a product of its halves, and "minus" and parts are left out. Expected: 1984, or the error that other
# words get. Answers on history and sums become other numbers.
# Seen: "nineteen eighty four" is 1524, "twenty twenty" 40; "minus five" is 5, "two thirds" 2; "half" is a ValueError.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check word2number==1.1
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from word2number.w2n import word_to_num

seen = [word_to_num(words) for words in ("nineteen eighty four", "twenty twenty", "minus five", "two thirds", "nineteen hundred")]
try:
    word_to_num("half")
except ValueError:
    seen.append("refused")
print(seen)
assert seen == [1524, 40, 5, 2, 1900, "refused"]
PYTHON
