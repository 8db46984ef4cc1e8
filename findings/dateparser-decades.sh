#!/bin/sh
# dateparser 1.5.0: "1900s" and "the 60s" are read as so many seconds before now. Expected: the decade, or None as for "19th century".
# Answers on history turn into times of today, and no error tells.
# Seen: 31 minutes and 40 seconds before the base; one minute before it.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from datetime import datetime, timedelta

import dateparser

base = datetime(2020, 6, 15)
made = {text: dateparser.parse(text, languages=["en"], settings={"RELATIVE_BASE": base}) for text in ("1900s", "the 60s", "19th century")}
print(made)
assert made["1900s"] == base - timedelta(seconds=1900), made
assert made["the 60s"] == base - timedelta(seconds=60), made
assert made["19th century"] is None, made
PYTHON
