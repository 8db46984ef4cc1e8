#!/bin/sh
# thefuzz 0.22.1 beside rapidfuzz 3.14.6: the nearest of several texts is looked for among words without any sign, and the first of equals is taken, with 100 of 100,
# though another is the very text. Expected: the text itself, as rapidfuzz gives by the same call. Typed answers match another option.
# Seen: "C#" is 'C', "-2" is '2', "Na+" is 'Na-', each with 100, where the text itself is in the list.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check thefuzz==0.22.1 rapidfuzz==3.14.6
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import rapidfuzz.process
import thefuzz.process

asked = {"C#": ["C", "C++", "C#"], "-2": ["2", "-2"], "Na+": ["Na-", "Na+"]}
seen = [thefuzz.process.extractOne(text, among)[:2] for text, among in asked.items()]
others = [rapidfuzz.process.extractOne(text, among)[0] for text, among in asked.items()]
print(seen, others)
assert seen == [("C", 100), ("2", 100), ("Na-", 100)]
assert others == list(asked)
PYTHON
