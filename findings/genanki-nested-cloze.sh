#!/bin/sh
# genanki 0.13.1 beside anki 26.9.3: a blank within a blank, which Anki has long had, makes a card of its own in Anki; genanki sees the outer one only.
# Expected: a package has the cards that Anki would make. Students never see the inner card, until a check of the database brings it.
# Seen: genanki 1 card, also after the import; Anki makes 2 of the same text.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check genanki==0.13.1 anki==26.9.3
cd "$here"
TMPDIR="$here" "$here/venv/bin/python" -W ignore - <<'PYTHON'
import genanki
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

TEXT = "{{c1::the heart of {{c2::Vienna}} is old}}"
model = genanki.Model(1, "Blanks", fields=[{"name": "Text"}], templates=[{"name": "Card", "qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}"}], model_type=genanki.Model.CLOZE)
deck = genanki.Deck(2, "Deck")
deck.add_note(genanki.Note(model=model, fields=[TEXT]))
genanki.Package(deck).write_to_file("deck.apkg")
with_package = Collection("a.anki2")
with_package.import_anki_package(ImportAnkiPackageRequest(package_path="deck.apkg", options=ImportAnkiPackageOptions()))
written = with_package.card_count()
note = with_package.new_note(with_package.models.by_name("Blanks"))
note["Text"] = TEXT
with_package.add_note(note, 1)
print(written, len(note.cards()))
assert (written, len(note.cards())) == (1, 2)
with_package.close()
PYTHON
