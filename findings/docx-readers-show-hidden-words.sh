#!/bin/sh
# mammoth 1.13.0, docx2python 3.7.1 and python-docx 1.2.0: words with Word's font effect "hidden", which teachers use for the key in a paper,
# are given like all others. Expected: they are left out or marked, as Word neither shows nor prints them. The key is in the students' page.
# Seen: 'Capital? Bern' by all three, without a message.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check mammoth==1.13.0 docx2python==3.7.1 python-docx==1.2.0
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import docx
import mammoth
from docx2python import docx2python

made = docx.Document()
question = made.add_paragraph("Capital? ")
question.add_run("Bern").font.hidden = True
made.save("paper.docx")
with open("paper.docx", "rb") as file:
    page = mammoth.convert_to_html(file)
with docx2python("paper.docx") as read:
    text = read.text.strip()
seen = [page.value, text, docx.Document("paper.docx").paragraphs[0].text]
print(seen, page.messages)
assert seen == ["<p>Capital? Bern</p>", "Capital? Bern", "Capital? Bern"] and not page.messages, seen
PYTHON
