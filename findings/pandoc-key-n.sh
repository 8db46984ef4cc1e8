#!/bin/sh
# pandoc 3.9 (PyPI pypandoc_binary 1.17): a reference whose id is the letter n is lost from the list: the metadata is read as YAML 1.1, where n stands for false.
# Seen: one entry, 'Kept'
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check pypandoc_binary==1.17
pandoc=$(find "$here/venv" -type f -name pandoc | head -n 1)
cat >"$here/style.csl" <<'CSL'
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>t</title><id>t</id><updated>2024-01-01T00:00:00Z</updated></info><citation><layout><text variable="title"/></layout></citation><bibliography><layout><text variable="title"/></layout></bibliography></style>
CSL
cat >"$here/in.md" <<'MD'
---
nocite: "@*"
references:
- {id: n, type: book, title: Lost}
- {id: k, type: book, title: Kept}
---
MD
"$pandoc" --citeproc --csl "$here/style.csl" -t plain --columns 200 "$here/in.md" | tee "$here/out.txt"
grep -q Kept "$here/out.txt"
! grep -q Lost "$here/out.txt"
