#!/bin/sh
# python-docx 1.2.0 beside mammoth 1.13.0: words that someone put in while Word tracks changes are missing from a paragraph's text, deleted ones too:
# it is neither the old text nor the new. Expected: the new text, as Word shows it and mammoth reads it. A question loses its "not" on import.
# Seen: 'Which is  true?' by python-docx, 'Which is not true?' by mammoth.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 mammoth==1.13.0
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import docx
import mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

WHO = f'{nsdecls("w")} w:author="A" w:date="2024-01-01T00:00:00Z"'
made = docx.Document()
question = made.add_paragraph("Which is ")
question._p.append(parse_xml(f'<w:ins {WHO} w:id="1"><w:r><w:t>not</w:t></w:r></w:ins>'))
question._p.append(parse_xml(f'<w:del {WHO} w:id="2"><w:r><w:delText>always</w:delText></w:r></w:del>'))
question.add_run(" true?")
made.save("paper.docx")
with open("paper.docx", "rb") as file:
    beside = mammoth.extract_raw_text(file).value.strip()
seen = [paragraph.text for paragraph in docx.Document("paper.docx").paragraphs]
print(seen, beside)
assert seen == ["Which is  true?"] and beside == "Which is not true?"
PYTHON
