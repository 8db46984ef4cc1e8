"""`her-study grade`, and pages that were scanned more than once."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from click.testing import CliRunner

from builder.cli import main
from builder.paper import sheet as layout
from tests.marking import pen, piles, sheets

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from tests.marking.piles import Pile


class Room(NamedTuple):
    """A folder with the record, and the filled pages of a class."""

    folder: Path
    pile: Pile


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    """A class, filled in."""
    folder = tmp_path_factory.mktemp("twice")
    pile = piles.filled(sheets.generator("class"))
    (folder / "quiz.json").write_text(pile.quiz.model_dump_json(by_alias=True))
    return Room(folder, pile)


def grade(room: Room, *given: object) -> Result:
    """The call with these arguments."""
    call = ["grade", "--quiz", str(room.folder / "quiz.json"), *map(str, given)]
    return CliRunner().invoke(main, call, catch_exceptions=False)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """A table that was written."""
    return list(csv.DictReader(io.StringIO((folder / name).read_text("utf-8-sig"))))


def test_a_page_that_comes_twice_counts_once(room: Room, tmp_path: Path) -> None:
    """The same picture is refused the second time; two scans that differ wait for a person, who says which counts."""
    page = room.pile.pages[0]
    piles.saved([page], tmp_path / "a.png")
    piles.saved([page], tmp_path / "b.png")
    grade(room, tmp_path, "-o", tmp_path / "same")
    assert sorted(row["list"] for row in rows(tmp_path / "same", "pages.csv")) == ["read", "refused"]
    piles.saved([piles.clean()["s1"][0]], tmp_path / "b.png")
    grade(room, tmp_path / "a.png", tmp_path / "b.png", "-o", tmp_path / "differ")
    found = rows(tmp_path / "differ", "pages.csv")
    assert [row["list"] for row in found] == ["queue", "queue"]
    assert rows(tmp_path / "differ", "results.csv") == []
    (tmp_path / "differ" / "decisions.yaml").write_text(f"pages:\n  {found[0]['hash']}:\n    use: yes\n")
    grade(room, tmp_path / "a.png", tmp_path / "b.png", "-o", tmp_path / "differ")
    assert [row["list"] for row in rows(tmp_path / "differ", "pages.csv")] == ["read", "refused"]


def test_scans_that_differ_are_shown_where_and_settled_by_what_was_decided(room: Room, tmp_path: Path) -> None:
    """The queue names the rows of two scans that differ; a page that waits there is not called missing; a decided row settles both."""
    quiz, page = room.pile.quiz, room.pile.pages[0].copy()
    marks = [it for it in layout.pages(quiz, quiz.version("A"), is_named=True)[0].marks if it.kind == "bubble"]
    first = [it for it in marks if it.question == 1]
    second = page.copy()
    for mark in first:
        pen.draw(page, mark.at, "pen", sheets.generator(1))
        pen.draw(second, mark.at, "pencil", sheets.generator(2))
    rest = piles.saved(room.pile.pages[1:3], tmp_path / "rest.pdf")
    scans = [piles.saved([it], tmp_path / f"{n}.png") for n, it in enumerate((page, second, room.pile.pages[0]))]
    said = grade(room, rest, *scans, "-o", tmp_path / "out")
    assert "pages are missing" not in said.stderr
    text = (tmp_path / "out" / "queue.html").read_text("utf-8")
    letters = " ".join(it.value for it in first)
    assert f"(read: 1: {letters})" in " ".join(re.sub(r"<[^>]*>", "", text).split())
    hashes = {row["file"]: row["hash"] for row in rows(tmp_path / "out", "pages.csv")}
    grade(room, rest, *scans[:2], "-o", tmp_path / "two")
    assert sorted(row["list"] for row in rows(tmp_path / "two", "pages.csv")) == ["queue", "read", "read", "refused"]
    decided = f'pages:\n  {hashes[str(scans[1])]}:\n    answers: {{"1": B}}\n'
    (tmp_path / "two" / "decisions.yaml").write_text(decided)
    grade(room, rest, *scans[:2], "-o", tmp_path / "two")
    assert sorted(row["list"] for row in rows(tmp_path / "two", "pages.csv")) == ["read", "read", "read", "refused"]
