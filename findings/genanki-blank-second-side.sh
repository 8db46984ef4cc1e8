#!/bin/sh
# genanki 0.13.1 beside anki 26.9.3: a field that holds a space or <br> alone is empty for Anki, and {{^Field}} hides what follows; genanki counts the former
# as full and does not heed the latter. Expected: the cards that Anki makes. Students get cards with nothing on the front.
# Seen: 2 cards for a back of " " or "<br>" and for a second template in {{^Back}}; Anki lists one of each two as empty.
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


def cards(number, back, second):
    templates = [{"name": str(at), "qfmt": front, "afmt": "{{Back}}"} for at, front in enumerate(("{{Front}}", second))]
    model = genanki.Model(number, f"Two {number}", fields=[{"name": "Front"}, {"name": "Back"}], templates=templates)
    deck = genanki.Deck(number, f"Deck {number}")
    deck.add_note(genanki.Note(model=model, fields=["front", back]))
    genanki.Package(deck).write_to_file(f"{number}.apkg")
    held = Collection(f"{number}.anki2")
    held.import_anki_package(ImportAnkiPackageRequest(package_path=f"{number}.apkg", options=ImportAnkiPackageOptions()))
    made = held.card_count(), sum(len(note.card_ids) for note in held.get_empty_cards().notes)
    held.close()
    return made


made = [cards(1, "back", "{{Back}}"), cards(2, " ", "{{Back}}"), cards(3, "<br>", "{{Back}}"), cards(4, "back", "{{^Back}}{{Front}}{{/Back}}")]
print(made)
assert made == [(2, 0), (2, 1), (2, 1), (2, 1)], made
PYTHON
