"""The notes of a course in the formats of other tools: `python -m tests.benchmarks.formats FOLDER OUT`.

`OUT/deck.yaml` is anki-yaml-tool's, `OUT/markdown/` is ankcompiler's. Both get
what a student of her-study gets: prompt, answer, explanation, and the same tags
for topic, Bloom level, difficulty, source and works cited. What only her-study
makes of an item (cards that can be answered, several templates) is left out.
The one has no cloze, so its card shows the braces; the other's cloze takes
the explanation into its one field.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

# ankcompiler counts lines from the top of a file for each card: files of this size are quick, one file of all is not.
CARDS_A_FILE = 500

_CONFIG = {
    "name": "Bare",
    "deck-name": "Bare",
    "fields": ["Front", "Back", "Extra"],
    "templates": [{"name": "Card", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr>{{Back}}{{Extra}}"}],
}


def items_of(folder: Path) -> list[dict[str, Any]]:
    """All items of a course, as typed."""
    found: list[dict[str, Any]] = []
    for path in sorted((folder / "banks").glob("*.yaml")):
        found += yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)["items"]
    return found


def back(item: dict[str, Any]) -> str:
    """The answer as it stands on the back of a card: a text, or a list in HTML."""
    if item["kind"] == "truefalse":
        return f"False. {item['correction']}"
    if "answer" in item:
        return str(item["answer"])
    lines = [f"{o.get('right') or o.get('wrong')}: {o['why']}" for o in item.get("options", ())]
    lines += [f"{left}: {right}" for left, right in item.get("pairs", ())]
    lines += item.get("sequence", ())
    lines += [f"{point['point']} ({point['marks']})" for point in item.get("key_points", ())]
    lines += [f"{row['criterion']} ({row['marks']}): {'; '.join(row['levels'])}" for row in item.get("rubric", ())]
    return f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>" if lines else ""


def tags(item: dict[str, Any]) -> list[str]:
    """The tags that her-study gives a note, but for the theme, which its bank has."""
    found = [f"bench::kind::{item['kind']}"] if item["kind"] in {"short", "essay"} else []
    found += [f"bench::cites::{key}" for key in item["cites"]] + [f"bench::topic::{tag}" for tag in item["tags"]]
    found += [f"bench::{group}::{item[group]}" for group in ("bloom", "difficulty")]
    return sorted([*found, f"bench::source::{item['basis']}"])


def as_yaml(item: dict[str, Any]) -> dict[str, Any]:
    """A note of anki-yaml-tool."""
    note = {"id": item["id"], "front": item["prompt"], "back": back(item), "extra": item["explanation"]}
    return note | {"tags": tags(item)}


def as_markdown(number: int, item: dict[str, Any]) -> str:
    """A card of ankcompiler, whose uid must have ten letters or digits."""
    if item["kind"] == "cloze":
        body = f"{item['prompt']}\n\n{item['explanation']}"
    else:
        body = f"{item['prompt']}\n\n:::\n\n{back(item)}\n\n{item['explanation']}"
    footnotes = [f"[^uid]: {number:010}", *(f"[^tag]: {tag}" for tag in tags(item))]
    if item["kind"] == "reversed":
        footnotes.append("[^type]: reversed")
    return f"---\n\n{body}\n\n---\n" + "\n".join(footnotes) + "\n\n"


def main(folder: Path, out: Path) -> None:
    """Write both."""
    items = items_of(folder)
    (out / "markdown").mkdir(parents=True)
    deck = {"config": _CONFIG, "data": [as_yaml(item) for item in items]}
    with (out / "deck.yaml").open("w", encoding="utf-8") as file:
        yaml.dump(deck, file, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
    for start in range(0, len(items), CARDS_A_FILE):
        cards = [as_markdown(n, item) for n, item in enumerate(items[start : start + CARDS_A_FILE], start)]
        (out / "markdown" / f"{start:06}.md").write_text("---\ndeck: Bare\n---\n\n" + "".join(cards), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
