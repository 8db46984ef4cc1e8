#!/bin/sh
# pandoc 3.9 (PyPI pypandoc_binary 1.17): an EDTF range without an end (2011/..) is no date; a range with an end is.
# Seen: 'Open' alone, 'Closed 2011–2012'
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check pypandoc_binary==1.17
pandoc=$(find "$here/venv" -type f -name pandoc | head -n 1)
cat >"$here/style.csl" <<'CSL'
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>t</title><id>t</id><updated>2024-01-01T00:00:00Z</updated></info><citation><layout><text variable="title"/></layout></citation><bibliography><layout><text variable="title"/><date variable="issued" prefix=" "><date-part name="year"/></date></layout></bibliography></style>
CSL
cat >"$here/in.md" <<'MD'
---
nocite: "@*"
references:
- {id: a, type: book, title: Open, issued: "2011/.."}
- {id: b, type: book, title: Closed, issued: "2011/2012"}
---
MD
"$pandoc" --citeproc --csl "$here/style.csl" -t plain --columns 200 "$here/in.md" | tee "$here/out.txt"
grep -q "^Open *$" "$here/out.txt"
grep -q "Closed 2011.2012" "$here/out.txt"
