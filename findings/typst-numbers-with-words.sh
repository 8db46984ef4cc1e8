#!/bin/sh
# Typst 0.15.2 (PyPI typst): in a pattern for numbers the letters of a word count: an i or an a in it is the counter, and the figure 1 behind it is for a
# deeper level, so it isn't printed. Expected: the word and the number, as "No. 1" and "Task 1"-like patterns give where the word has no such letter.
# Headings and questions have cut words without a number, no warning.
# Seen: "Question 1" for the third is 'Questiii', "Part 1" is 'Pc', "Exercise 1" 'Exerciii'; "No. 1" is 'No. 3'.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2 pypdf==7.1.1
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import io

import pypdf
import typst


def third(pattern):
    made = typst.compile(f'#numbering("{pattern}", 3)'.encode(), format="pdf")
    return pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text().strip()


seen = [third(pattern) for pattern in ("Question 1", "Part 1", "Exercise 1", "No. 1")]
print(seen)
assert seen == ["Questiii", "Pc", "Exerciii", "No. 3"]
PYTHON
