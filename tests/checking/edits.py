"""Courses on disk that are edited at random: items come and go, banks are renamed, other files change."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests import samples
from tests.pictures import png

if TYPE_CHECKING:
    from pathlib import Path

_COUNTRIES = ("France", "Spain", "Peru", "Chad", "Fiji", "Mali", "Oman")
_CHOICE = """  - id: choice-{n}
    kind: mcq
    prompt: Which stage of mourning does chapter {n} of the paper call {word}?
    options:
      - {{right: The {word} stage that comes after {n} others, why: It is so., pin: {pin}}}
      - {{wrong: Stage {n}, why: It is not so.}}
      - {{wrong: The last, why: It is not so.}}
"""
_WORDS = "calm slow dark warm late deep thin rare cold long soft pale".split()
_ODD = """\
  - {id: film-a, kind: basic, prompt: Who directed the film about Samantha?, answer: Spike Jonze, theme: love}
  - {id: film-b, kind: basic, prompt: Who wrote and directed the film about Samantha?, answer: spike jonze}
  - {id: film-c, kind: basic, prompt: Who shot the film about Samantha?, answer: Hoyte van Hoytema, enemies: [film-b]}
  - {id: film-c, kind: basic, prompt: Who cut the film about Samantha?, answer: "Eric Zumbrunnen's *team*"}
  - {id: label, kind: basic, prompt: What does the paper call the closeness in the letters?, answer: Manufactured intimacy}
  - {id: echo, kind: basic, prompt: Why are there echoes in the manufactured intimacy of letters?, answer: They have no tie}
  - {id: echo-2, kind: truefalse, prompt: Manufactured intimacy of letters is not never felt, answer: true, group: g}
  - {id: gap, kind: cloze, prompt: "Grief has {{c1::four}} tasks in {{c2::Worden}}", cites: [worden2009], contrast: tasks}
  - {id: gap-2, kind: cloze, prompt: "Grief has {{c1::five}} stages in {{c2::others}}", cites: [nobody1999], contrast: tasks}
  - {id: there, kind: reversed, prompt: Widow?, answer: A woman whose spouse died, reverse_prompt: Whose spouse died?,
     reverse_answer: The widow's, allow: {F07: it is one, X01: it is none}}
  - {id: shown, kind: basic, prompt: What does the picture show of the flower?, answer: A rose, image: {file: flower.png, alt: Rose}}
  - {id: speed, kind: mcq, prompt: "How far in {{h}} h?", values: {h: [1, 2, 30]}, options: [{right: "{{h * 60}} km", why: So},
     {wrong: "{{h * 6}} km", why: No}, {wrong: "{{h + 60}} km", why: No}]}
  - {id: weak, kind: basic, prompt: "It is (see $x^2$ and H~2~O) what?", answer: "", theme: nothing}
  - {id: text, kind: short, prompt: "Explain \\"loss\\" in the words of Turkle (2011).", key_points: [{point: It hurts, marks: 2}]}
  - {id: gone, kind: basic, prompt: What was it?, answer: Nothing, retired: {since: 2024-01-01, reason: old}}
  - {id: at, kind: basic, prompt: What is at p1?, answer: First things, locator: [paper/grief/p1, paper/grief/p9], basis: paper}
""".replace(",\n     ", ", ").splitlines(keepends=True)
ENTRIES = [
    *_ODD,
    *(
        f"  - {{id: in-{c.lower()}, kind: basic, prompt: Which city is the capital of {c}?, answer: {c}'s}}\n"
        for c in _COUNTRIES
    ),
    *(_CHOICE.format(n=n, word=_WORDS[n % 12], pin="first" if n % 3 else "last") for n in range(24)),
]
_PASSAGES = """bank: texts
title: Texts
passages:
  - {id: p, text: "A *text* of H~2~O and ![flower](flower.png)", take: 1}
items:
  - {id: on-p, kind: basic, passage: p, prompt: What does the text say of water?, answer: That it flows}
  - {id: on-p-2, kind: basic, passage: p, prompt: What does the text say of fire?, answer: That it burns}
"""
_HEADS = [
    {},
    {"lint": "{profile: strict}"},
    {"lint": "{names: [Samantha, Worden], severity: {X02: error, M10: 'off'}}"},
    {"language": "de"},
    {"math": "true", "lint": "{own: [{code: L01, name: no-film, message: no films, words: [film]}]}"},
    {"themes": "{love: Love}"},
    {"title": "[broken"},
]
_BANKS = st.lists(st.sampled_from(ENTRIES), max_size=14)
_NAMES = st.sampled_from(["a", "b", "c"])
EDITS: st.SearchStrategy[tuple[Any, ...]] = st.one_of(
    st.tuples(st.just("item"), _NAMES, st.integers(0, 30), st.sampled_from(ENTRIES)),
    st.tuples(st.just("drop"), _NAMES, st.integers(0, 30)),
    st.tuples(st.just("bank"), _NAMES, _BANKS),
    st.tuples(st.just("delete"), _NAMES),
    st.tuples(st.just("rename"), _NAMES, _NAMES),
    st.tuples(
        st.just("after"), _NAMES, st.sampled_from(["theme: grief\n", "math: true\n", "  - {\n", "---\n", "# so\n"])
    ),
    st.tuples(st.just("head"), st.sampled_from(_HEADS)),
    st.tuples(st.just("texts")),
    st.tuples(st.just("picture"), st.sampled_from([None, 20, 30])),
    st.tuples(st.just("references"), st.sampled_from(["", "  - {id: nobody1999, type: book, title: None}\n"])),
    st.tuples(st.just("outline"), st.sampled_from(["paper/grief/p2", "paper/grief/p9"])),
)


class Edited:
    """A course in a folder, with three banks at first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(samples.HERE / "frame", folder)
        self.cited = (folder / "references.yaml").read_text("utf-8")
        self.head({})
        for name, start in (("a", 0), ("b", 12), ("c", 30)):
            self.bank(name, ENTRIES[start : start + 14])

    def apply(self, edit: tuple[Any, ...]) -> None:
        """Do what an edit says: the name of a method and its arguments."""
        getattr(self, edit[0])(*edit[1:])

    def bank(self, name: str, entries: list[str], more: str = "") -> None:
        """Write a bank anew, with more lines before its items."""
        head = f"bank: {name}\ntitle: B\n{more}items:\n"
        (self.folder / f"bank-{name}.yaml").write_text(head + "".join(entries), "utf-8")

    def _split(self, name: str) -> list[str]:
        path = self.folder / f"bank-{name}.yaml"
        text = path.read_text("utf-8") if path.exists() else ""
        head, *entries = text.split("\n  - ")
        return [head, *(f"  - {entry}".rstrip("\n") + "\n" for entry in entries)]

    def item(self, name: str, place: int, entry: str) -> None:
        """Put an item somewhere into a bank."""
        entries = self._split(name)[1:]
        entries.insert(place, entry)
        self.bank(name, entries)

    def drop(self, name: str, place: int) -> None:
        """Take an item out of a bank."""
        entries = self._split(name)[1:]
        self.bank(name, [entry for i, entry in enumerate(entries) if i != place % (len(entries) or 1)])

    def after(self, name: str, line: str) -> None:
        """Write a line at the end of a bank."""
        path = self.folder / f"bank-{name}.yaml"
        path.write_text((path.read_text("utf-8") if path.exists() else "") + line, "utf-8")

    def delete(self, name: str) -> None:
        """Delete a bank."""
        (self.folder / f"bank-{name}.yaml").unlink(missing_ok=True)

    def rename(self, old: str, new: str) -> None:
        """Rename a bank, over another one if there is one."""
        path = self.folder / f"bank-{old}.yaml"
        if path.exists():
            path.replace(self.folder / f"bank-{new}.yaml")

    def head(self, more: dict[str, str]) -> None:
        """Write course.yaml anew."""
        lines = {
            "course": "sample",
            "title": "S",
            "banks": "[bank*.yaml]",
            "references": "references.yaml",
            "outline": "outline.yaml",
            "anki": "{deck: S}",
            **more,
        }
        (self.folder / "course.yaml").write_text("".join(f"{key}: {value}\n" for key, value in lines.items()), "utf-8")

    def texts(self) -> None:
        """Add a bank whose items ask about a passage, or delete it."""
        path = self.folder / "bank-texts.yaml"
        if path.exists():
            path.unlink()
        else:
            path.write_text(_PASSAGES, "utf-8")

    def picture(self, width: int | None) -> None:
        """Write the picture anew in this width, or delete it."""
        path = self.folder / "flower.png"
        path.unlink(missing_ok=True)
        if width:
            path.write_bytes(png(width, width))

    def references(self, more: str) -> None:
        """Write the references with more at their end."""
        (self.folder / "references.yaml").write_text(self.cited + more, "utf-8")

    def outline(self, second: str) -> None:
        """Write the outline with another name of its second paragraph."""
        text = (samples.HERE / "frame" / "outline.yaml").read_text("utf-8")
        (self.folder / "outline.yaml").write_text(text.replace("paper/grief/p2", second), "utf-8")
