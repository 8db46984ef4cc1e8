from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.checking import check
from builder.diagnostics import Severity
from tests.make.folder import DAY, FIRST

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.make.folder import Author

TRUEFALSE = "kind: truefalse\n    prompt: It is so.\n    answer: false\n    correction: It is not so.\n"

OTHER = """bank: other
title: Other
items:
  - {id: extra, kind: basic, contrast: alike, enemies: [reversed-full], prompt: More?, answer: Yes}
"""


def codes(author: Author) -> list[str]:
    """The codes of what is wrong with the course."""
    return [problem.code for problem in author.problems()]


def test_a_course_as_it_was_released_keeps_its_promises(author: Author) -> None:
    """Right after a release there is nothing to report."""
    assert codes(author) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("answer: Intimacy", "answer: Closeness"),
        ("theme: love", "theme: grief"),
        ("c1::accepts", "c1::takes"),
        ("adjusts::verb}} in", "adjusts::verb}} {{c3::in}}"),
        ("- id: basic-full", "- {id: extra, kind: basic, prompt: More?, answer: Yes}\n  - id: basic-full"),
        (
            "kind: basic\n",
            "kind: reversed\n    reverse_prompt: And back?\n    reverse_answer: What it is called\n",
        ),
    ],
)
def test_safe_changes_are_not_reported(author: Author, old: str, new: str) -> None:
    """Edits of text, tags and blanks, new items, blanks and a way back are what an update is for."""
    author.replace(old, new)
    assert codes(author) == []


@pytest.mark.parametrize(
    ("code", "old", "new", "line"),
    [
        ("id-changed", "id: basic-full", "id: basic-fuller", "id: basic-fuller"),
        ("kind-changed", TRUEFALSE, "kind: basic\n    prompt: Is it so?\n    answer: No\n", "kind: basic"),
        ("cloze-shifted", "{{c1::accepts}} and {{c2::adjusts::verb}}", "accepts and {{c2::adjusts}}", "prompt"),
        ("cloze-shifted", "{{c1::accepts}} and {{c2::adjusts::verb}}", "{{c2::accepts}} and {{c1::adjusts}}", "prompt"),
        ("cloze-shifted", "{{c1::accepts}} and {{c2::adjusts::verb}}", "{{c2::accepts}} and {{c3::adjusts}}", "prompt"),
    ],
)
def test_what_an_import_can_not_take_is_refused_at_its_place(
    author: Author, code: str, old: str, new: str, line: str
) -> None:
    """Each unsafe change is an error at the very line, with the way out."""
    author.replace(old, new)
    (problem,) = [p for p in author.problems() if p.code == code]
    assert problem.help
    assert line in author.bank.read_text("utf-8").splitlines()[problem.span.line - 1]


def test_a_deleted_item_is_refused(author: Author) -> None:
    """Students would go on studying it: the report names it and says to retire it."""
    text = author.bank.read_text("utf-8")
    start = text.index("  - id: ordering-full")
    author.bank.write_text(text[:start] + text[text.index("  - id:", start + 5) :], "utf-8")
    (problem,) = author.problems()
    assert problem.code == "item-removed"
    assert "'ordering-full'" in problem.message
    assert "retired:" in problem.help


def test_an_item_that_is_wrong_is_not_called_deleted(author: Author) -> None:
    """A mistake in an item gets its own report, and no second one."""
    author.replace("sequence:", "sequenze:")
    assert "item-removed" not in codes(author)


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("answer: Intimacy", "answer: [Intimacy", {"yaml-syntax"}),
        ("\nitems:", "\nitem:", {"unknown-key", "wrong-type"}),
    ],
)
def test_items_of_a_bank_that_can_not_be_read_are_not_called_deleted(
    author: Author, old: str, new: str, wrong: set[str]
) -> None:
    """What is half typed in one item is told of alone: the others stand there still, and may be named elsewhere."""
    file = author.folder / "course.yaml"
    file.write_text(file.read_text("utf-8").replace("banks: [", "banks: [other.yaml, "), "utf-8")
    (author.folder / "other.yaml").write_text(OTHER, "utf-8")
    assert codes(author) == []
    author.replace(old, new)
    assert set(codes(author)) == wrong


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        (lambda data: b"<<<<<<< HEAD\n" + data + b"\n=======\n>>>>>>> other\n", "merge-conflict"),
        (lambda data: data + b"# \xff\n", "encoding"),
        (lambda data: data.decode().encode("utf-16"), "encoding"),
        (None, "no-such-file"),
    ],
)
def test_a_bank_that_is_no_text_or_is_elsewhere_gets_one_report(
    author: Author, changed: Callable[[bytes], bytes] | None, wrong: str
) -> None:
    """Its items are not called gone, what names them is not called wrong, and its works are not called uncited."""
    file = author.folder / "course.yaml"
    file.write_text(file.read_text("utf-8").replace("banks: [", "banks: [other.yaml, "), "utf-8")
    (author.folder / "other.yaml").write_text(OTHER, "utf-8")
    if changed:
        author.bank.write_bytes(changed(author.bank.read_bytes()))
    else:
        author.bank.rename(author.folder / "moved.yaml")
    found = check(author.folder).diagnostics
    assert [it.code for it in found if it.severity is Severity.ERROR] == [wrong]
    assert "C02" not in {it.code for it in found}


def test_a_retired_id_never_comes_back(author: Author) -> None:
    """Using it again is refused, and so is taking the tombstone away."""
    author.retire("basic-full")
    assert codes(author) == []
    author.release("1.1.0", FIRST + DAY)
    author.replace("    retired: {since: 2026-01-01, reason: worn out}\n", "")
    assert codes(author) == ["id-reused"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("deck: Sample", "deck: Another", "deck-renamed"), ("course: sample", "course: another", "course-renamed")],
)
def test_names_that_anki_knows_are_kept(author: Author, old: str, new: str, code: str) -> None:
    """The deck's name and the course's id are keys to what students have."""
    head = author.folder / "course.yaml"
    head.write_text(head.read_text("utf-8").replace(old, new), "utf-8")
    assert codes(author) == [code]


def test_a_broken_lock_is_reported(author: Author) -> None:
    """A lock that someone edited by hand is an error, and never taken for no lock."""
    lock = author.folder / "course.lock.yaml"
    lock.write_text(lock.read_text("utf-8").replace("release: 1.0.0", "release: one", 1), "utf-8")
    assert [p.span.path for p in author.problems()] == [str(lock)]
