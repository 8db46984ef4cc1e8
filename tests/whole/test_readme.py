from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli import main
from builder.deck import apkg
from builder.loading.course import load, shipped
from builder.model import KINDS, Bank, Blueprint, CourseFile
from builder.rules import manual
from builder.source import nodes
from tests import samples

if TYPE_CHECKING:
    from pydantic import BaseModel

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def test_every_command_is_in_the_readme() -> None:
    """The table of commands lists each one."""
    for name in main.list_commands(click.Context(main)):
        assert re.search(rf"^\| `her-study {name}\b", README, re.MULTILINE), name


def test_every_kind_is_in_the_readme() -> None:
    """The table of kinds lists each one."""
    assert re.findall(r"^\| `([a-z]+)` \|", README, re.MULTILINE) == list(KINDS)


def test_the_files_of_the_readme_are_sound() -> None:
    """What the README shows as a course, as a bank and as a blueprint is one."""
    models: dict[str, type[BaseModel]] = {"course": CourseFile, "bank": Bank, "blueprint": Blueprint}
    shown = {key: block for block in _blocks("yaml") for key in models if re.search(rf"^{key}:", block, re.MULTILINE)}
    for key, model in models.items():
        model.model_validate(nodes.values("README", shown[key]).value)


def test_the_report_of_the_readme_is_what_check_prints() -> None:
    """The finding shown is printed so, to the letter, for the sample that it is from."""
    (session,) = (block for block in _blocks("console") if "error[" in block)
    assert samples.HERE.joinpath("bad", "keys.txt").read_text("utf-8").startswith(session.split("\n", 1)[1])


def test_the_numbers_of_cards_are_those_of_the_deck() -> None:
    """The table of note types gives the notes and new cards that the shipped course really has."""
    course = load(shipped()).course
    assert course
    notes, cards = Counter[str](), Counter[str]()
    for _, note in apkg.notes(course, {key: () for item in course.items for key in item.cites}):
        name = note.type.name.removeprefix("her-study ")
        notes[name] += 1
        cards[name] += len(note.ordinals)
    rows = re.findall(r"^\| (\w+) \| (\d+) \| (\d+) \|$", README, re.MULTILINE)
    assert rows == [(name, str(notes[name]), str(cards[name])) for name in notes] + [
        ("all", str(notes.total()), str(cards.total()))
    ]


def test_the_rules_page_is_current() -> None:
    """docs/rules.md is what the rules say now (`make rules` writes it)."""
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == manual()
