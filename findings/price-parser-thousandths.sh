#!/bin/sh
# price-parser 0.5.1: a number with exactly three decimals loses its point, even where nothing can stand for thousands before it.
# Expected: 0.125, as 0.12 and 0.1250 are read. A numeric answer, or a share of marks, grows a thousandfold.
# Seen: "0.125" is 125, "0.001" is 1; "0.12" is 0.12 and "0.1250" is 0.1250.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check price-parser==0.5.1
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from price_parser import parse_price

made = {text: str(parse_price(text).amount) for text in ("0.12", "0.125", "0.001", "0.1250")}
print(made)
assert made == {"0.12": "0.12", "0.125": "125", "0.001": "1", "0.1250": "0.1250"}, made
PYTHON
