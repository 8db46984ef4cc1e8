"""Hypothesis strategy of whole courses: every file an author writes, and what a reader must see of every text in it.

Texts are made of pieces whose reading is known without a parser: plain
pieces, where each ASCII punctuation mark stands behind a backslash, and such
pieces in emphasis, as code, as a link.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from builder.source import nodes
from builder.wording import Wording, known, wording
from tests.make.items import EXAMPLES, fields
from tests.make.strategies import Drawn, slugs
from tests.pictures import png

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from builder.model import Item

# White space but the plain space is left to other tests: Anki and browsers each have their own ways with it.
_signs = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zs", "Zl", "Zp"))
_pieces = st.one_of(
    st.text(st.one_of(_signs, st.just(" ")), min_size=1, max_size=20),
    st.text(string.punctuation, min_size=1, max_size=8),
    st.sampled_from(
        ["No", "~", "1_000", "12:30", "{{c1::x}}", "<script>", "&amp;", "[sound:x.mp3]", "\\(x\\)", "a::b}}", "# x"]
    ),
).filter(lambda piece: piece.strip() == piece and "](" not in piece)  # brackets are not escaped: this begins a link
# To Anki as to us, a blank ends at the first `::` or `}}`, a backslash or not.
_hidden = _pieces.filter(lambda piece: piece[-1] not in ":}")
# Nothing is escaped in code, and blanks and formulas are found before code is.
_code = _pieces.filter(lambda piece: not re.search(r"[`$]|\{\{|\}\}", piece))
_words = st.text(st.characters(categories=("Lu", "Ll", "Nd")), min_size=1, max_size=8)


@dataclass
class Written:
    """A course as written: its files by name, the values in them, and what is read of each text as typed.

    `shows` has every text, a cloze with its braces, and `filled` each cloze with its blanks filled in.
    """

    head: dict[str, Any]
    banks: dict[str, dict[str, Any]]
    references: list[dict[str, Any]]
    outline: dict[str, Any]
    shows: dict[str, str] = field(default_factory=dict)
    filled: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> Wording:
        """The fixed words of its language."""
        return wording(known(self.head["language"]) or "en")

    @property
    def files(self) -> dict[str, bytes]:
        """Every file by name."""
        values = {
            "course.yaml": self.head,
            "references.yaml": {"references": self.references},
            "outline.yaml": self.outline,
            **self.banks,
        }
        return {name: nodes.dump(value).encode() for name, value in values.items()} | {"media/dot.png": png()}

    @property
    def items(self) -> list[dict[str, Any]]:
        """The items of every bank, each with the theme and theory that its bank lends it."""
        return [
            {key: bank[key] for key in ("theme", "theory") if key in bank} | item
            for bank in self.banks.values()
            for item in bank["items"]
        ]


def _escaped(text: str) -> str:
    # A backslash before a bracket begins a formula where an item has maths.
    return "".join(f"\\{sign}" if sign in string.punctuation and sign not in "()[]" else sign for sign in text)


class _Author(Drawn):
    """Writes texts, and notes down what each shows."""

    def __init__(self, draw: st.DrawFn) -> None:
        super().__init__(draw)
        self.shows: dict[str, str] = {}
        self.filled: dict[str, str] = {}
        self.numbers = count(1)

    def text(self, *, unique: bool = False) -> str:
        """A text of one to three pieces; a unique one ends in a number."""
        typed, shown = [], []
        for _ in range(self.draw(st.integers(1, 3))):
            one, other = self.piece()
            typed.append(one)
            shown.append(other)
        if unique:
            number = str(next(self.numbers))
            typed.append(number)
            shown.append(number)
        return self.noted(" ".join(typed), " ".join(shown))

    def piece(self) -> tuple[str, str]:
        """A piece as typed, and as shown."""
        match self.draw(st.integers(0, 7)):
            case 0:
                word = self.draw(_words)
                return f"*{word}*", word
            case 1:
                word = self.draw(_words)
                return f"**{word}**", word
            case 2:
                code = self.draw(_code)
                return f"`{code}`", code
            case 3:
                plain = self.draw(_pieces)
                if set(plain) & set("[]"):
                    return _escaped(plain), plain
                return f"[{_escaped(plain)}](https://example.org/?a=1&b=2)", plain
            case _:
                plain = self.draw(_pieces)
                return _escaped(plain), plain

    def noted(self, typed: str, shown: str) -> str:
        """The typed text, its reading kept."""
        assert self.shows.setdefault(typed, shown) == shown
        return typed

    def several(self, least: int, most: int) -> list[str]:
        """Texts that each end in a number of its own."""
        return [self.text(unique=True) for _ in range(self.draw(st.integers(least, most)))]

    def item(self, item_id: str, example: Item) -> dict[str, Any]:
        """An item of the example's kind, with the fields of that kind alone."""
        return {"id": item_id, "kind": example.kind, "prompt": self.text()} | fields(example, self)

    def choice(self) -> dict[str, Any]:
        """One to three right options and as many wrong ones, in any order."""
        rights = self.draw(st.integers(1, 3))
        options = [self.option("right") for _ in range(rights)]
        options += [self.option("wrong") for _ in range(self.draw(st.integers(1, 3)))]
        multiple = {"multiple": "true"} if rights > 1 or self.draw(st.booleans()) else {}
        return multiple | {"options": self.draw(st.permutations(options))}

    def marks(self, usual: int) -> str:
        """One mark or some."""
        return self.draw(st.sampled_from(["1", str(usual)]))

    def truth(self) -> str:
        """Either, as YAML may spell it."""
        return self.draw(st.sampled_from(["true", "false", "False"]))

    def option(self, verdict: str) -> dict[str, str]:
        """An option of a choice."""
        out = {verdict: self.text(unique=True)}
        if self.draw(st.booleans()):
            out["why"] = self.text()
        pin = self.draw(st.sampled_from(["", "", "", "first", "last"]))
        return out | ({"pin": pin} if pin else {})

    def cloze(self) -> str:
        """A text with one to three blanks."""
        typed = [self.text()]
        shown, filled = [self.shows[typed[0]]], [self.shows[typed[0]]]
        for _ in range(self.draw(st.integers(1, 3))):
            number = self.draw(st.integers(1, 3))
            inner, hint = self.draw(_hidden), self.draw(st.one_of(st.just(""), _hidden))
            ends = [f"::{text}" if text else "" for text in (_escaped(hint), hint)]
            after = self.draw(_words)
            typed.append(f"{{{{c{number}::{_escaped(inner)}{ends[0]}}}}} {after}")
            shown.append(f"{{{{c{number}::{inner}{ends[1]}}}}} {after}")
            filled.append(f"{inner} {after}")
        text = self.noted(" ".join(typed), " ".join(shown))
        self.filled[text] = " ".join(filled)
        return text


_SLUGGED = {"theme": "themes", "theory": "theories"}


@st.composite
def courses(draw: st.DrawFn) -> Written:
    """A sound course of all kinds and every optional field, in one to three banks, with references and outline."""
    author = _Author(draw)
    names = draw(st.lists(slugs, min_size=8, max_size=8, unique=True))
    head: dict[str, Any] = {
        "course": names[0],
        "title": author.text(),
        "language": draw(st.sampled_from(["en", "pt-BR"])),
        "licence": "CC BY 4.0",
        "banks": ["banks/*.yaml"],
        "references": "references.yaml",
        "outline": "outline.yaml",
        "themes": {names[1]: "One", names[2]: "Two"},
        "theories": {names[3]: "Three"},
        "anki": {"deck": f"Deck {draw(_words)}", "description": author.text()},
    }
    written = Written(head, {}, draw(_references()), _outline(author), author.shows, author.filled)
    known = {
        "theme": list(head["themes"]),
        "theory": list(head["theories"]),
        "basis": [source["id"] for source in written.outline["sources"]] + ["both"],
        "locator": [p["id"] for s in written.outline["sources"] for c in s["sections"] for p in c["paragraphs"]],
        "cites": [work["id"] for work in written.references],
    }
    kinds = list({example.kind: example for example in EXAMPLES}.values())
    kinds = [*draw(st.permutations(kinds)), *draw(st.lists(st.sampled_from(kinds), max_size=4))]
    ids = [f"{draw(slugs)}-{number}" for number in range(len(kinds))]
    items = [_filled(author, author.item(i, kind), known, ids) for i, kind in zip(ids, kinds, strict=True)]
    if sum("contrast" in item for item in items) == 1:
        items = [{key: value for key, value in item.items() if key != "contrast"} for item in items]  # a set needs two
    for number, part in enumerate(_parted(items, draw(st.integers(1, 3)))):
        bank = {"bank": f"bank-{number}", "title": author.text()}
        lent = {key: names for key in _SLUGGED if draw(st.booleans()) and (names := draw(st.sampled_from(known[key])))}
        written.banks[f"banks/{number}.yaml"] = bank | lent | {"items": part}
    return written


def _parted(items: list[dict[str, Any]], number: int) -> list[list[dict[str, Any]]]:
    return [items[start::number] for start in range(number)]


def _filled(author: _Author, item: dict[str, Any], known: dict[str, list[str]], ids: list[str]) -> dict[str, Any]:
    """The item with any of the fields that every kind may have."""
    draw = author.draw
    wanted = draw(st.sets(st.sampled_from(_OPTIONAL)))
    one = {key: st.sampled_from(known[key]) for key in ("theme", "theory", "basis")}
    several = {key: st.lists(st.sampled_from(known[key]), max_size=3, unique=True) for key in ("locator", "cites")}
    made: dict[str, SearchStrategy[Any]] = (
        one
        | several
        | {
            "bloom": st.sampled_from(["remember", "understand", "apply", "analyze", "evaluate", "create"]),
            "difficulty": st.sampled_from(["1", "2", "3"]),
            "tags": st.lists(slugs, max_size=3, unique=True),
            "marks": st.sampled_from(["1", "12"]),
            "math": st.sampled_from(["true", "false"]),
            "group": slugs,
            "contrast": st.just("alike"),
            "enemies": st.lists(st.sampled_from([i for i in ids if i != item["id"]]), max_size=2, unique=True),
            "allow": st.just({"F01": "a reason"}),
        }
    )
    out = item | {key: draw(made[key]) for key in _OPTIONAL if key in wanted and key in made}
    if "explanation" in wanted:
        out["explanation"] = author.text()
    if "image" in wanted and "image" not in item:
        out["image"] = {"file": "media/dot.png", "alt": draw(_pieces)}
    if "retired" in wanted and draw(st.booleans()):
        out["retired"] = {"since": "2026-01-31", "reason": author.text()}
    return out


_OPTIONAL = (
    "explanation theme theory bloom difficulty basis locator cites tags marks image math group contrast enemies allow"
    " retired"
).split()


@st.composite
def _references(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Works with a family name and a year of their own."""
    keys = draw(
        st.lists(st.from_regex(r"[a-z]{2,6}(19|20)[0-9]{2}[a-c]?", fullmatch=True), min_size=1, max_size=4, unique=True)
    )
    kinds = st.sampled_from(["book", "article-journal", "chapter", "webpage", "motion_picture"])
    return [
        {
            "id": key,
            "type": draw(kinds),
            "author": [{"family": key.strip("0123456789").capitalize(), "given": "A. B."}],
            "title": f"Work {number}",
            "issued": {"date-parts": [[str(1990 + number)]]},
        }
        for number, key in enumerate(keys)
    ]


def _outline(author: _Author) -> dict[str, Any]:
    """Two sources with a section or two each."""
    sources = []
    for name in ("paper", "film"):
        sections = []
        for section in range(author.draw(st.integers(1, 2))):
            path = f"{name}/s{section}"
            paragraphs = [{"id": f"{path}/p{p}", "gist": "A gist"} for p in range(author.draw(st.integers(1, 2)))]
            sections.append({"id": path, "title": f"Section {section}", "paragraphs": paragraphs})
        sources.append({"id": name, "title": f"The {name}", "sections": sections})
    return {"sources": sources}
