#!/bin/sh
# citeproc-py 0.11.1: a given name without a capital gets initials of nothing; it should stay as it is.
# Seen: 'hooks, . bell.', with a full stop before the name.
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


made = entries("<names variable=\"author\"><name name-as-sort-order=\"all\" initialize-with=\". \"/></names>", [
    {"id": "a", "type": "book", "author": [{"family": "hooks", "given": "bell"}]},
])
print(made)
assert made == ["hooks, . bell ."], made
PYTHON
