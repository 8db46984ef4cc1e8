#!/bin/sh
# docx2python 3.7.1: a formula of Word comes out between <latex> and </latex> as its bare letters in a row. Expected: LaTeX, or the formula left out.
# Questions have other numbers, and what is printed from the tag looks like a formula.
# Seen: a half is <latex>12</latex>, x to the 10th <latex>x10</latex>, the cube root of 8 <latex>38</latex>.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check docx2python==3.7.1 python-docx==1.2.0
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import docx
from docx.oxml import parse_xml
from docx2python import docx2python

WORDS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def sign(text):
    return f"<m:r><m:t>{text}</m:t></m:r>"


def read(formula):
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:p {WORDS}><m:oMath>{formula}</m:oMath></w:p>"))
    document.save("paper.docx")
    with docx2python("paper.docx") as content:
        return content.text.strip()


half = f"<m:f><m:num>{sign(1)}</m:num><m:den>{sign(2)}</m:den></m:f>"
power = f"<m:sSup><m:e>{sign('x')}</m:e><m:sup>{sign(10)}</m:sup></m:sSup>"
root = f"<m:rad><m:deg>{sign(3)}</m:deg><m:e>{sign(8)}</m:e></m:rad>"
seen = [read(formula) for formula in (half, power, root)]
print(seen)
assert seen == ["<latex>12</latex>", "<latex>x10</latex>", "<latex>38</latex>"]
PYTHON
