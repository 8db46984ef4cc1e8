#!/bin/sh
# Typst 0.15.2 (PyPI typst): -? is a soft hyphen, so a sum with a question mark for the unknown loses its minus sign and the mark, without a warning.
# Expected: the words as typed, as with 8+?=3, or a soft hyphen between letters alone. The printed sum is another one.
# Seen: "8-?=3" is '8=3' with a soft hyphen in it, "12 -? = 5" is '12 = 5'; "8 - ? = 3" and "8+?=3" stay.
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


def printed(text):
    page = pypdf.PdfReader(io.BytesIO(typst.compile(text.encode(), format="pdf"))).pages[0]
    return " ".join(page.extract_text().replace("\u00ad", "").split())


seen = [printed(text) for text in ("8-?=3", "12 -? = 5", "8 - ? = 3", "8+?=3")]
print(seen)
assert seen == ["8=3", "12 = 5", "8 - ? = 3", "8+?=3"]
PYTHON
