#!/bin/sh
# genanki 0.13.1: a template's field with spaces in its braces or a filter after cloze, both valid in Anki and shown rightly there,
# makes notes without any card. Expected: a card for each blank. The deck arrives empty, and neither genanki nor the import says a word.
# Seen: 2 cards for {{cloze:Text}}, none for {{ cloze:Text }} and {{cloze:text:Text}}.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check genanki==0.13.1
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import genanki


def cards(template):
    model = genanki.Model(1, "Blanks", fields=[{"name": "Text"}], templates=[{"name": "Card", "qfmt": template, "afmt": template}], model_type=genanki.Model.CLOZE)
    return len(genanki.Note(model=model, fields=["{{c1::Vienna}} lies on the {{c2::Danube}}"]).cards)


made = {template: cards(template) for template in ("{{cloze:Text}}", "{{ cloze:Text }}", "{{cloze:text:Text}}")}
print(made)
assert list(made.values()) == [2, 0, 0], made
PYTHON
