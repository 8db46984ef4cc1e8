"""A small course with a translation, a paper, a specification and a record of a paper that was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.serving.cursor import Spot
from builder.serving.desk import Desk

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "course.yaml": """\
course: small
title: Small
banks: [bank.yaml, more.yaml]
references: works.yaml
outline: outline.yaml
specification: wanted.yaml
blueprints: [papers/*.yaml]
themes: {sea: The sea, land: The land}
lint: {profile: lenient, severity: {X03: "off"}}
anki: {deck: Small}
""",
    "bank.yaml": """\
bank: first
title: First
theme: sea
passages:
  - id: tide # where it comes from
    text: The moon draws the sea.
items:
  - id: moon
    kind: basic
    prompt: What draws the sea?
    answer: The moon
    passage: tide
    cites: [ebb1990]
    locator: [book/sea/p1]
    tags: [space, water]
    enemies: [shore]
    image: {file: moon.svg, alt: A moon}
    allow: {M01: "a moon, and moon again"}
  - {id: shore, kind: basic, theme: land, prompt: Where does the land end?, answer: At the shore, tags: [water]}
""",
    "more.yaml": """\
bank: second
title: "ebb1990 in a title is no key"
items:
- id: hill
  kind: basic
  theme: "sea" # sea
  prompt: What is high? ![A moon](moon.svg)
  answer: A hill
  cites:
  - ebb1990
  - 'ebb1990-rec'
  tags: [space]
  enemies:
    - moon
""",
    "works.yaml": """\
references:
- {id: ebb1990, type: book, title: Tides}
- {id: ebb1990-rec, type: book, title: The tides}
""",
    "outline.yaml": """\
sources:
  - id: book
    title: The book
    ref: ebb1990
    sections:
      - id: book/sea
        title: The sea
        paragraphs:
          - {id: book/sea/p1, gist: The moon draws the water, cites: [ebb1990], weight: 2}
""",
    "wanted.yaml": "references: {each: {ebb1990: 2}}\nthemes:\n  sea: {basic: 2}\n  land: {basic: 2}\n",
    "papers/week.yaml": """\
blueprint: week
title: A week
only: {theme: [sea, land], tags: water}
fixed: [shore]
rows:
  - {theme: sea, min: 1}
  - {kind: basic, count: 2}
""",
    "moon.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="3"/></svg>',
    "es/course.yaml": """\
translates: ..
course: small-es
title: Pequeño
language: es
banks: [bank.yaml]
themes: {sea: El mar, land: La tierra}
anki: {deck: Pequeño}
""",
    "es/bank.yaml": """\
translates: bank.yaml
passages:
  - {id: tide, text: La luna atrae el mar.}
items:
  - {id: moon, prompt: ¿Qué atrae el mar?, answer: La luna}
  - {id: shore, prompt: ¿Dónde acaba la tierra?, answer: En la orilla}
""",
}


def made(folder: Path) -> Path:
    """The course in a folder."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def spot(folder: Path, name: str, words: str, *, desk: Desk | None = None) -> Spot:
    """The place behind these words in a file, or in its buffer."""
    text = (desk or Desk()).buffers.get(str(folder / name)) or (folder / name).read_text("utf-8")
    before = text[: text.index(words) + len(words)].split("\n")
    return Spot(str(folder / name), text, len(before) - 1, len(before[-1]))
