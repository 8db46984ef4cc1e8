#!/bin/sh
# pandoc 3.9 (PyPI pypandoc_binary 1.17): roles of CSL 1.0.2 such as host, producer and curator are left out, though the style asks for them; director is printed.
# Seen: 'Radio by ' without a name, 'Film by M. Forman'
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check pypandoc_binary==1.17
pandoc=$(find "$here/venv" -type f -name pandoc | head -n 1)
cat >"$here/style.csl" <<'CSL'
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>t</title><id>t</id><updated>2024-01-01T00:00:00Z</updated></info><citation><layout><text variable="title"/></layout></citation><bibliography><layout><group><text variable="title"/><text value=" by "/><names variable="host director"/></group></layout></bibliography></style>
CSL
cat >"$here/in.md" <<'MD'
---
nocite: "@*"
references:
- {id: a, type: broadcast, title: Radio, host: [{family: Vedantam, given: S.}]}
- {id: b, type: motion_picture, title: Film, director: [{family: Forman, given: M.}]}
---
MD
"$pandoc" --citeproc --csl "$here/style.csl" -t plain --columns 200 "$here/in.md" | tee "$here/out.txt"
grep -q "Film by M. Forman" "$here/out.txt"
grep -q "^Radio by" "$here/out.txt"
! grep -q Vedantam "$here/out.txt"
