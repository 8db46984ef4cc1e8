#!/bin/sh
# pandoc 3.9 (PyPI pypandoc_binary 1.17): from an OpenDocument text a word with its reading above it, as textbooks of Japanese and Chinese have, is missing altogether,
# and so is what stands in a field for input or in a conditional one. Expected: the word, and what the field says, or a warning. Questions arrive with holes.
# Seen: of "Read 東京 aloud." with its reading in kana 'Read aloud.' is left; of "My name: Ada, group A" with a typed field and a conditional one 'My name: , group'. No warning, with --verbose neither.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check pypandoc_binary==1.17 odfpy==1.4.1
pandoc=$(find "$here/venv" -type f -name pandoc | head -n 1)
cd "$here"
venv/bin/python -W ignore - <<'PYTHON'
from odf.opendocument import OpenDocumentText
from odf.text import ConditionalText, P, Ruby, RubyBase, RubyText, TextInput

paper = OpenDocumentText()
word = Ruby()
word.addElement(RubyBase(text="東京"))
word.addElement(RubyText(text="とうきょう"))
group = ConditionalText(condition="ooow:1", stringvalueiftrue="A", stringvalueiffalse="B", currentvalue="true", text="A")
for parts in (["Read ", word, " aloud."], ["My name: ", TextInput(text="Ada"), ", group ", group], ["Plain"]):
    line = P()
    for part in parts:
        line.addText(part) if isinstance(part, str) else line.addElement(part)
    paper.text.addElement(line)
paper.save("paper.odt")
PYTHON
"$pandoc" --verbose -t plain --wrap=none paper.odt >out.txt 2>log.txt
cat out.txt log.txt
venv/bin/python - <<'PYTHON'
from pathlib import Path

assert Path("out.txt").read_text().split("\n\n") == ["Read aloud.", "My name: , group", "Plain\n"]
assert "WARNING" not in Path("log.txt").read_text()
PYTHON
