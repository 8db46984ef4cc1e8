from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from builder.checking import check
from builder.checking.kept import KeptMemory
from builder.cli import main
from builder.disk.shelf import Shelf
from builder.loading import released
from builder.model.lock import LOCK_FILE, RELEASED_FILE, ReleasedNote
from tests.make.folder import DAY, FIRST

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.make.folder import Author

LINE = '{"id":"basic-full"'


def _without(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(LINE))


def _other_text(text: str) -> str:
    return text.replace('"Answer":"Intimacy"', '"Answer":"Distance"')


def _other_tags(text: str) -> str:
    notes = [json.loads(line) for line in text.splitlines()]
    return "".join(json.dumps({**note, "tags": [*note["tags"], "x"]}) + "\n" for note in notes)


def _merged(text: str) -> str:
    return f"<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> other\n"


@pytest.mark.parametrize(
    ("spoil", "code", "said"),
    [
        (_without, "released-lost", "no line has the released text of 'basic-full'"),
        (lambda text: text[: len(text) // 2], "released-damaged", "the line is cut or damaged"),
        (lambda _: "", "released-lost", "and 1"),
        (_other_text, "released-damaged", "the text of 'basic-full' is not the one that release 1.0.0 gave"),
        (_other_tags, "released-damaged", "is not the one that release 1.0.0 gave"),
        (lambda text: text + text.splitlines()[0].replace('"id":"', '"id":"x'), "released-damaged", "is no item of"),
        (_merged, "merge-conflict", "a merge that was not finished"),
    ],
)
def test_a_released_text_that_is_not_what_students_have_is_an_error(
    author: Author, spoil: Callable[[str], str], code: str, said: str
) -> None:
    """Missing, cut, changed, foreign and half-merged lines are told with the way out."""
    file = author.folder / RELEASED_FILE
    assert author.problems() == []
    file.write_text(spoil(file.read_text("utf-8")), "utf-8")
    found = [problem for problem in author.problems() if problem.code == code]
    assert found
    assert any(said in problem.message for problem in found)
    assert all("version control" in problem.help for problem in found)


def test_a_lost_file_beside_the_other_is_an_error(author: Author) -> None:
    """Neither the lock without its texts nor the texts without their lock pass as a course that was never released."""
    lock, texts = author.folder / LOCK_FILE, author.folder / RELEASED_FILE
    kept = texts.read_bytes()
    texts.unlink()
    assert [problem.code for problem in author.problems()] == ["released-lost"]
    texts.write_bytes(kept)
    lock.unlink()
    assert [problem.code for problem in author.problems()] == ["lock-lost"]


@pytest.mark.parametrize("call", [["check"], ["plan"], ["build"], ["release", "1.1.0"]])
def test_no_command_goes_on_from_texts_that_are_lost(author: Author, call: list[str]) -> None:
    """Each stops at the error, and writes nothing: a release would write the loss down for good."""
    author.replace("answer: Intimacy", "answer: Closeness")
    texts = author.folder / RELEASED_FILE
    texts.unlink()
    before = sorted(file.name for file in author.folder.iterdir())
    out = ["-o", str(author.folder / "out")] if call == ["build"] else []
    done = CliRunner().invoke(main, [*call, str(author.folder), *out])
    assert done.exit_code == 1
    assert "released-lost" in done.stderr
    assert sorted(file.name for file in author.folder.iterdir()) == before


def test_several_releases_and_retired_items_are_sound(author: Author) -> None:
    """What the program itself writes passes: edits, items that are new, one that is withdrawn."""
    author.replace("answer: Intimacy", "answer: Closeness")
    author.release("1.1.0", FIRST + DAY)
    author.retire("basic-full")
    author.release("1.2.0", FIRST + 2 * DAY)
    assert author.problems() == []


def test_marks_of_a_merge_are_named_as_such_in_any_file(author: Author) -> None:
    """A bank in the middle of a merge gets one finding, at the first mark: none of YAML, and none of items that are gone."""
    text = author.bank.read_text("utf-8")
    author.bank.write_text(_merged(text), "utf-8")
    (found,) = author.problems()
    assert (found.code, found.span.path, found.span.line) == ("merge-conflict", str(author.bank), 1)


def test_released_texts_that_are_no_file_are_not_waited_for(author: Author) -> None:
    """A pipe in the place of the released texts is told, and not read."""
    texts = author.folder / RELEASED_FILE
    texts.unlink()
    os.mkfifo(texts)
    assert [problem.code for problem in author.problems()] == ["released-lost"]


def test_released_texts_are_held_against_the_lock_anew_where_either_has_changed(
    author: Author, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second check of the same bytes asks no line; a damaged line is told of, and an item that is gone asks for all anew."""
    shelf, asked = Shelf(tmp_path_factory.mktemp("shelf")), list[str]()

    class Noted:
        """The model of a line, which notes that it was asked."""

        @staticmethod
        def model_validate_json(line: bytes) -> ReleasedNote:
            note = ReleasedNote.model_validate_json(line)
            asked.append(note.id)
            return note

    monkeypatch.setattr(released, "ReleasedNote", Noted)

    def told() -> tuple[int, list[str]]:
        """How many lines a check asks, and the codes of what it says."""
        asked.clear()
        memory = KeptMemory(shelf, author.folder, "program")
        found = check(author.folder, memory=memory, lint=False).diagnostics
        memory.save()
        return len(asked), [it.code for it in found]

    file = author.folder / RELEASED_FILE
    whole = file.read_text("utf-8")
    number = len(whole.splitlines())
    assert told() == (number, [])
    assert told() == (0, [])
    file.write_text(_other_text(whole), "utf-8")
    assert told() == (number, ["released-damaged"])
    assert told() == (0, ["released-damaged"])
    file.write_text(whole, "utf-8")
    assert told() == (number, [])
    author.replace("id: basic-full", "id: basic-new")
    assert told()[0] == number
