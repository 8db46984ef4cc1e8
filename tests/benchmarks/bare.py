"""The bare script that budgets are measured against: PyYAML, then genanki, and no check of anything.

`bare.py CSafeLoader FOLDER OUT.apkg`; `SafeLoader` is what `yaml.safe_load` uses.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import genanki
import yaml

MODEL = genanki.Model(
    1_234_567_890,
    "Bare",
    fields=[{"name": "Front"}, {"name": "Back"}, {"name": "Extra"}],
    templates=[{"name": "Card", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr>{{Back}}{{Extra}}"}],
)
CLOZE = genanki.Model(
    1_234_567_891,
    "Bare cloze",
    fields=[{"name": "Text"}, {"name": "Back"}, {"name": "Extra"}],
    templates=[{"name": "Cloze", "qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}{{Extra}}"}],
    model_type=genanki.Model.CLOZE,
)
LOADERS: dict[str, Any] = {"CSafeLoader": yaml.CSafeLoader, "SafeLoader": yaml.SafeLoader}


def back(item: dict[str, Any]) -> str:
    """Whatever an item has as its answer, as text."""
    for key in ("answer", "options", "pairs", "sequence", "key_points", "rubric"):
        if key in item:
            return str(item[key])
    return ""


def main(loader: str, folder: Path, out: Path) -> None:
    """Build one package from every bank in `folder`."""
    deck = genanki.Deck(2_059_400_110, "Bare")
    for path in sorted((folder / "banks").glob("*.yaml")):
        bank = yaml.load(path.read_text("utf-8"), Loader=LOADERS[loader])  # noqa: S506 - both are safe
        for item in bank["items"]:
            model = CLOZE if item["kind"] == "cloze" else MODEL
            fields = [item["prompt"], back(item), item["explanation"]]
            deck.add_note(genanki.Note(model, fields, tags=item["tags"], guid=item["id"]))
    genanki.Package(deck).write_to_file(out)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
