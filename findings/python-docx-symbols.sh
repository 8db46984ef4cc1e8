#!/bin/sh
# python-docx 1.2.0 beside mammoth 1.13.0: signs that were put in by Word's Insert > Symbol, and words in a content control, as templates have for what is to
# be filled in, are missing from a paragraph's text. Expected: all that Word shows, as mammoth gives. Questions lose their degree sign, letters and names.
# Seen: "Heat Bern to 20 °C at α" is 'Heat  to 20 C at ' by python-docx.
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


def words(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def sign(number):
    return f'<w:r><w:sym w:font="Symbol" w:char="{number}"/></w:r>'


document = docx.Document()
control = f"<w:sdt><w:sdtContent>{words('Bern')}</w:sdtContent></w:sdt>"
made = words("Heat ") + control + words(" to 20 ") + sign("F0B0") + words("C at ") + sign("F061")
document.element.body.insert(0, parse_xml(f'<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{made}</w:p>'))
document.save("paper.docx")
with open("paper.docx", "rb") as file:
    seen = docx.Document("paper.docx").paragraphs[0].text, mammoth.extract_raw_text(file).value.strip()
print(*map(ascii, seen), sep="\n")
assert seen == ("Heat  to 20 C at ", "Heat Bern to 20 \u00b0C at \u03b1")
PYTHON
