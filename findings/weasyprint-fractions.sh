#!/bin/sh
# WeasyPrint 70.0: MathML, which browsers draw, is printed as its bare letters in a row: a half is the number twelve. Expected: a fraction, or a warning.
# A printed paper has other numbers than the page it was made from, and nothing is logged.
# Seen: the page's text is '12' and the log is empty.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pypdf==7.1.0
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import io
import logging

from pypdf import PdfReader
from weasyprint import HTML

kept = io.StringIO()
logging.getLogger("weasyprint").addHandler(logging.StreamHandler(kept))
page = HTML(string="<p><math><mfrac><mn>1</mn><mn>2</mn></mfrac></math></p>").write_pdf()
made = PdfReader(io.BytesIO(page)).pages[0].extract_text().strip()
print(repr(made), repr(kept.getvalue()))
assert made == "12" and not kept.getvalue()
PYTHON
