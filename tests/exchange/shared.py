"""Files as people share them: those of the folder `public`, and those that only a program can write.

A folder in `public` whose name ends in `.zip` is packed here. `public.md` says whose structure each file has.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from docx import Document

from tests.exchange import anki_export
from tests.make.workbook import workbook

if TYPE_CHECKING:
    from collections.abc import Callable

_FOLDER = Path(__file__).parent / "public"


def content(name: str) -> bytes:
    """What the file of that name holds."""
    if name in _MADE:
        return _MADE[name]()
    path = _FOLDER / name
    return _packed(path) if path.is_dir() else path.read_bytes()


def is_text(name: str) -> bool:
    """Whether it is a text, and no archive."""
    return name not in _MADE and (_FOLDER / name).is_file()


def _packed(folder: Path) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    return made.getvalue()


def _starred() -> bytes:
    """Questions with a heading each, options in letters, a star at the right ones, and feedback below."""
    document = Document()
    for text in (
        "Question 1",
        "Which stone is the softest?",
        "A) quartz",
        "*B) talc",
        "Feedback: It is 1 on the scale.",
        "Question 2",
        "Which are salts?",
        "More than one is right.",
        "*A) halite",
        "B) amber",
        "*C) sylvite",
    ):
        document.add_paragraph(text)
    return _saved(document)


def _bold() -> bytes:
    """Numbered questions, options without letters or numbers, the right one in bold letters."""
    document = Document()
    for question, right, *options in (
        ("1. Which of these floats:", "pumice", "basalt", "pumice", "gneiss"),
        ("2. Which fizzes in acid:", "chalk", "chalk", "quartz", "talc"),
    ):
        document.add_paragraph(question)
        for option in options:
            document.add_paragraph().add_run(option).bold = option == right or None
        document.add_paragraph("")
    return _saved(document)


def _listed() -> bytes:
    """Word's own lists: a style for questions, one below it for options, a key at the end."""
    document = Document()
    for question, *options in (("Which gem is a resin?", "jet", "amber"), ("Which is a metal?", "gold", "opal")):
        document.add_paragraph(question, style="List Number")
        for option in options:
            document.add_paragraph(option, style="List Number 2")
    for text in ("Answer Key", "1. B", "2. A"):
        document.add_paragraph(text)
    return _saved(document)


def _saved(document: object) -> bytes:
    made = io.BytesIO()
    document.save(made)  # type: ignore[attr-defined]
    return made.getvalue()


def _wayground() -> bytes:
    """A row of heads, a row that explains them, and several types of questions."""
    head = ["Question Text", "Question Type", *(f"Option {n}" for n in range(1, 6))]
    head += ["Correct Answer", "Time in seconds", "Image Link", "Answer explanation"]
    advice = ["Text of the question\n\n(required)\n", "Question Type\n\n(default is Multiple Choice)\n"]
    advice += [f"Text for option {n}\n\n(optional)" for n in range(1, 6)]
    advice += [
        'The correct option choice (between 1-5).\n\nLeave blank for "Open-Ended"',
        "Time in seconds",
        "Link",
        "Why",
    ]
    return workbook(
        [
            head,
            advice,
            [
                "Which floats?",
                "Multiple Choice",
                "basalt",
                "pumice",
                "gneiss",
                None,
                None,
                2.0,
                30.0,
                None,
                "It is full of gas.",
            ],
            ["Which are salts?", "Checkbox", "halite", "amber", "sylvite", None, None, "1,3", 30.0],
            ["The softest mineral?", "Fill-in-the-Blank", "talc", "talcum", None, None, None, None, 20.0],
            ["Why does pumice float?", "Open-Ended", None, None, None, None, None, None, 60.0],
            ["Do you like stones?", "Poll", "yes", "no", None, None, None, None, 10.0],
        ]
    )


def _deck(form: str) -> bytes:
    """A deck with decks below it, the note types that come with Anki, sounds, and clozes over each other."""
    notes = [
        ("Basic", ["What is <b>talc</b>?&nbsp;", "A soft mineral<br>in sheets [sound:talc.mp3]"], "Stones::Soft"),
        ("Basic (and reversed card)", ["halite", "<div>rock salt</div>"], "Stones"),
        ("Basic (type in the answer)", ["Symbol of gold?", "Au"], "Stones::Metals"),
        ("Cloze", ["{{c1::Chalk}} and {{c1::marble}} are {{c2::carbonates::class}}.", "See plate 3."], "Stones"),
    ]
    with TemporaryDirectory() as folder:
        collection = anki_export.made(Path(folder) / "collection", notes)
        data = anki_export.package(collection, form, Path(folder))
        if form != "whole":
            collection.close()
        return data


_MADE: dict[str, Callable[[], bytes]] = {
    "starred.docx": _starred,
    "bold.docx": _bold,
    "lists.docx": _listed,
    "wayground.xlsx": _wayground,
    "deck.apkg": lambda: _deck("old"),
    "everything.colpkg": lambda: _deck("whole"),
}
NAMES = sorted([path.name for path in _FOLDER.iterdir()] + list(_MADE))
