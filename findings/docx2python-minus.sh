#!/bin/sh
# docx2python 3.7.1 beside python-docx 1.2.0 and mammoth 1.13.0: Word's hyphen that keeps a line together (Ctrl+Shift+_), which is typed before a number lest it
# stand at a line's end, is dropped. Expected: a hyphen or minus, as the others give. Keys change their sign, and 1990-95 is one number.
# Seen: "x = -5 in 1990-95" is 'x = 5 in 199095'; python-docx has 'x = -5 in 1990-95', mammoth the same with U+2011.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check docx2python==3.7.1 python-docx==1.2.0 mammoth==1.13.0
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import docx
import mammoth
from docx.oxml import parse_xml
from docx2python import docx2python

HYPHEN = "<w:r><w:noBreakHyphen/></w:r>"


def words(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


document = docx.Document()
made = words("x = ") + HYPHEN + words("5 in 1990") + HYPHEN + words("95")
document.element.body.insert(0, parse_xml(f'<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{made}</w:p>'))
document.save("paper.docx")
with docx2python("paper.docx") as content, open("paper.docx", "rb") as file:
    seen = content.text.strip(), docx.Document("paper.docx").paragraphs[0].text, mammoth.extract_raw_text(file).value.strip()
print(*map(ascii, seen), sep="\n")
assert seen == ("x = 5 in 199095", "x = -5 in 1990-95", "x = \u20115 in 1990\u201195")
PYTHON
