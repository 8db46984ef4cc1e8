#!/bin/sh
# citeproc-py 0.11.1: printing one date changes how others are printed later: what a style says of a part is written into the locale.
# Seen: the same work with the same element prints '3' for the month once another element asked for figures.
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


work = [{"id": "a", "type": "book", "issued": {"date-parts": [[2017, 3]]}, "accessed": {"date-parts": [[2018, 4]]}}]
plain = "<date form=\"text\" date-parts=\"year-month\" variable=\"issued\"/>"
figures = "<date form=\"text\" date-parts=\"year-month\" variable=\"accessed\"><date-part name=\"month\" form=\"numeric\"/></date>"
made = [entries(plain, work), entries(figures + plain, work)]
print(made)
assert made[0][0] not in made[1][0], made
PYTHON
