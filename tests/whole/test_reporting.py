"""A course with `report:` in course.yaml: where readers find it, and what a release makes of it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from builder.cli import main
from builder.coverage import cover
from builder.loading.course import load
from builder.pages import coverage, preview
from builder.printing import papers
from tests import anki_collection
from tests.make.course import course_of
from tests.make.folder import DAY, FIRST, Author
from tests.make.items import EXAMPLES
from tests.make.papers import quiz_of, reader, said, squeezed
from tests.release.test_mine import exported, upgrade

if TYPE_CHECKING:
    from pathlib import Path

WEB, MAIL = "https://example.org/new", "faults@example.org"


def reporting(folder: Path, report: str) -> Path:
    """The course in a folder takes reports at an address."""
    course = folder / "course.yaml"
    course.write_text(f"{course.read_text('utf-8')}report: '{report}'\n", "utf-8")
    return folder


@pytest.fixture
def takes(tmp_path: Path) -> Author:
    """The author of a course that takes reports, released as 1.0.0."""
    author = Author(tmp_path / "course")
    reporting(author.folder, WEB)
    author.release("1.0.0", FIRST)
    return author


def releases(sides: str) -> list[str]:
    """The releases that the links of a card name."""
    return re.findall(r"item=sample%3A[\w-]+&release=([\w.]+)", unescape(sides))


@pytest.mark.parametrize(
    ("address", "opens"), [(WEB, f"{WEB}?item=sample%3A"), (MAIL, f"mailto:{MAIL}?subject=sample%3A")]
)
def test_every_card_opens_a_report(tmp_path: Path, address: str, opens: str) -> None:
    """The folded part of every card has one link, which names the item and that it is not released."""
    author = Author(tmp_path / "course")
    reporting(author.folder, address)
    collection = anki_collection.new(tmp_path)
    anki_collection.bring_in(collection, author.package(), tmp_path)
    for item in (it for it in author.course.active if not it.is_kept):
        for card in anki_collection.note(collection, f"sample:{item.id}").cards():
            fold = card.answer().partition('<details class="small">')[2].partition("</details>")[0]
            (href,) = re.findall(r'<p class="report"><a href="([^"]*)">Report a fault</a></p>', fold)
            assert unescape(href).startswith(f"{opens}{item.id}")
            assert "unreleased" in href
    collection.close()


def test_a_card_names_the_release_of_its_text(takes: Author, tmp_path: Path) -> None:
    """After a second release the edited card names that one; the other keeps the first, and no import touches it."""
    collection = anki_collection.new(tmp_path)
    anki_collection.bring_in(collection, takes.package(), tmp_path)
    assert releases(anki_collection.note(collection, "sample:basic-full").cards()[0].answer()) == ["1.0.0"]
    takes.replace("answer: Intimacy", "answer: Closeness")
    assert takes.plan().updated == 1
    takes.release("1.1.0", FIRST + DAY)
    log = anki_collection.bring_in(collection, takes.package(), tmp_path)
    assert (len(log.new), len(log.updated), len(log.conflicting)) == (0, 1, 0)
    found = {
        item_id: releases(anki_collection.note(collection, f"sample:{item_id}").cards()[0].answer())
        for item_id in ("basic-full", "mcq-full")
    }
    assert found == {"basic-full": ["1.1.0"], "mcq-full": ["1.0.0"]}
    collection.close()


def test_an_upgrade_takes_the_line_for_ours(takes: Author, tmp_path: Path) -> None:
    """A student's export holds lines with releases: none counts as the student's own text, and the new ones name theirs."""
    collection = anki_collection.new(tmp_path)
    anki_collection.bring_in(collection, takes.package(), tmp_path)
    own = anki_collection.note(collection, "sample:basic-full")
    own["Explanation"] = "my own reason"
    collection.update_note(own)
    takes.replace("answer: Intimacy", "answer: Closeness")
    takes.release("1.1.0", FIRST + DAY)
    result = upgrade(exported(collection, tmp_path / "mine.apkg"), takes)
    assert result.exit_code == 0, result.output
    assert "Sources" not in result.output
    log = anki_collection.bring_in(collection, (tmp_path / "out" / "sample-mine.apkg").read_bytes(), tmp_path)
    assert (len(log.new), len(log.updated), len(log.conflicting)) == (0, 1, 0)
    note = anki_collection.note(collection, "sample:basic-full")
    assert (note["Answer"], note["Explanation"]) == ("Closeness", "my own reason")
    assert releases(note["Sources"]) == ["1.1.0"]
    collection.close()


def test_pages_open_a_report(takes: Author) -> None:
    """Every card of the preview names its item and the release, and so does the page of coverage without an item."""
    course = load(takes.folder).course
    assert course
    (page,) = preview.files(course).values()
    links = set(re.findall(r"item=sample%3A([\w-]+)\\u0026amp;release=1\.0\.0", page.decode()))
    assert links == {item.id for item in course.items if not item.is_kept}
    (page,) = coverage.files(course, cover(course)).values()
    assert f'<a href="{WEB}?release=1.0.0">' in page.decode()


@pytest.mark.parametrize("address", [WEB, MAIL])
def test_keys_say_where_once(address: str) -> None:
    """Every key has the address once, a page also a link a question that print leaves out; no paper has it."""
    course = course_of(EXAMPLES, report=address)
    quiz = quiz_of(course, formats=("pdf", "docx", "html", "md"))
    files = papers.files(course, quiz)
    assert said(reader(files["key-A.pdf"])).count(squeezed(address)) == 1
    assert files["key-A.md"].decode().replace("\\", "").count("Report a fault") == 1
    page = files["key-A.html"].decode()
    assert page.count('<p class="report">') == len(quiz.items)
    for item in quiz.items:
        assert f"test%3A{item.id}" in page
    assert quiz.identity in page
    for name in ("paper-A.html", "paper-A.md"):
        assert address not in files[name].decode().replace("\\", "")


def test_a_course_without_an_address_says_nothing() -> None:
    """Neither cards nor keys have a word of reports."""
    course = course_of(EXAMPLES)
    files = papers.files(course, quiz_of(course, formats=("html", "md")))
    assert not any(b"Report a fault" in data or b'class="report"' in data for data in files.values())
    assert b'class=\\"report' not in preview.files(course)[preview.PAGE]


def test_a_bad_address_is_named(tmp_path: Path) -> None:
    """`check` shows the place, the code, why it is none, and how to write one."""
    folder = reporting(Author(tmp_path / "course").folder, "javascript:alert(1)")
    result = CliRunner().invoke(main, ["check", str(folder)])
    assert result.exit_code == 1
    assert "error[not-an-address] 'javascript:alert(1)' is neither a web address nor an e-mail address" in result.output
    assert "write it like https://example.org/faults or faults@example.org" in result.output
    assert re.search(r"course\.yaml:\d+:9", result.output)
