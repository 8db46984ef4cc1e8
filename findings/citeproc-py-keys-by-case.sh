#!/bin/sh
# citeproc-py 0.11.1: two works whose ids differ in case alone become one; CSL ids are told apart by case.
# Seen: one entry, 'Second'; the first work is gone without a word.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check citeproc-py==0.11.1
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from io import BytesIO

HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>t</title><id>t</id><updated>2024-01-01T00:00:00Z</updated></info><citation><layout><text variable="title"/></layout></citation><bibliography><layout>'


def entries(body, works):
    style = CitationStylesStyle(BytesIO((HEAD + body + "</layout></bibliography></style>").encode()), validate=False)
    made = CitationStylesBibliography(style, CiteProcJSON(works), formatter.plain)
    for work in works:
        made.register(Citation([CitationItem(work["id"])]))
    return [str(entry) for entry in made.bibliography()]


made = entries("<text variable=\"title\"/>", [
    {"id": "Smith2020", "type": "book", "title": "First"},
    {"id": "smith2020", "type": "book", "title": "Second"},
])
print(made)
assert made == ["Second"], made
PYTHON
