#!/bin/sh
# python-docx 1.2.0: font.superscript = None after font.subscript = True takes the subscript away, though None says "as in the style" of the
# superscript alone. Expected: two properties, each with a value of its own. So run.font.subscript, run.font.superscript = sub or None, sup or None
# prints H2O without a word, and the other way round it is right. Seen: None, then True.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0
cd "$here"
"$here/venv/bin/python" - <<'PYTHON'
from docx import Document

run = Document().add_paragraph().add_run("2")
run.font.subscript, run.font.superscript = True, None
print(run.font.subscript)
assert run.font.subscript is None
run.font.superscript, run.font.subscript = None, True
print(run.font.subscript)
assert run.font.subscript is True
PYTHON
