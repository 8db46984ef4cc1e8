from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from builder.release import report
from builder.release.changes import SORTS
from builder.release.textdiff import readable, steps
from tests.make import strategies
from tests.make.folder import DAY, FIRST, Author

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NEW = """  - id: basic-new
    kind: basic
    prompt: What is new?
    answer: This
"""


def changed(author: Author) -> Author:
    """One item of each fate: edited, retired, moved to another bank, new."""
    author.replace("answer: Intimacy", "answer: Closeness")
    author.retire("cloze-full")
    author.append(NEW)
    text = author.bank.read_text("utf-8")
    start = text.index("  - id: ordering-full")
    end = text.index("  - id:", start + 5)
    (author.folder / "other.yaml").write_text(
        "bank: other\ntitle: Other\ntheme: love\nitems:\n" + text[start:end], "utf-8"
    )
    author.bank.write_text(text[:start] + text[end:], "utf-8")
    head = author.folder / "course.yaml"
    head.write_text(head.read_text("utf-8").replace("[bank.yaml]", "[bank.yaml, other.yaml]"), "utf-8")
    return author


def test_before_the_first_release_all_is_new(tmp_path: Path) -> None:
    """A course without a lock brings every note, and says that it was never released."""
    plan = Author(tmp_path / "course").plan()
    assert {change.sort for change in plan.changes} == {"new"}
    assert "has not been released yet" in report.as_text(plan, report.plain)


def test_nothing_changed_is_nothing_to_release(author: Author) -> None:
    """Right after a release every note is untouched."""
    plan = author.plan()
    assert plan.is_empty
    assert plan.duplicates == len(plan.changes)
    assert "Nothing to release." in report.as_text(plan, report.plain)


def test_every_fate_is_told_apart(author: Author) -> None:
    """New, edited, retired, moved and untouched notes are counted as Anki will count them."""
    plan = changed(author).plan()
    ids = {sort: [c.item.id for c in plan.by_sort[sort]] for sort in SORTS if sort != "untouched"}
    assert ids == {
        "new": ["basic-new"],
        "edited": ["basic-full"],
        "retired": ["cloze-full"],
        "moved": ["ordering-full"],
    }
    assert (plan.updated, plan.duplicates) == (3, len(plan.changes) - 4)


def test_the_text_shows_words_and_meaning(author: Author) -> None:
    """What changed stands word by word with what it means, tags and banks included, and nothing of what is untouched."""
    text = report.as_text(changed(author).plan(), report.plain)
    assert "    Answer: [-Intimacy-]{+Closeness+}\n" in text
    assert "ordering-full (from bank to other)\n    tags: [-sample::theme::grief-] {+sample::theme::love+}\n" in text
    assert "cloze-full (worn out)" in text
    assert "new students get none" in text
    assert "out-of-use" not in text  # retired before the first release: no student has it
    assert "1 new, 3 updated, 16 left alone, 0 conflicting" in text
    assert "essay-full" not in text


def test_markdown_is_a_section_of_a_changelog(author: Author) -> None:
    """Keep a Changelog's headings, each once, each change in a line of its own."""
    text = report.as_markdown(changed(author).plan(), "1.1.0", "2026-01-02")
    heads = [line for line in text.splitlines() if line.startswith("#")]
    assert heads == ["## [1.1.0] - 2026-01-02", "", "### Added", "### Changed", "### Removed"][:1] + heads[1:]
    assert len(heads) == len(set(heads)) == 5
    assert "  - Answer: ~~Intimacy~~**Closeness**" in text


def test_a_changed_look_joins_the_changed_questions(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    """New templates are told, under a heading that stands once."""
    from builder.cards import notetypes

    for note_type in notetypes.NOTE_TYPES:
        monkeypatch.setitem(note_type.__dict__, "digest", "0" * 16)
    plan = changed(author).plan()
    assert len(plan.note_types) == len(notetypes.NOTE_TYPES)
    assert "Templates or styles of her-study Recall" in report.as_text(plan, report.plain)
    assert report.as_markdown(plan).count("### Changed") == 1


def test_json_counts_what_the_import_will_say(author: Author) -> None:
    """Programs get the counts and every change but the untouched."""
    data = json.loads(report.as_json(changed(author).plan()))
    assert data["import"] == {"new": 1, "updated": 3, "duplicate": 16, "conflicting": 0}
    assert {c["id"]: c["sort"] for c in data["changes"]}["ordering-full"] == "moved"


def test_a_way_back_is_a_gained_card(author: Author) -> None:
    """A basic item that becomes reversed updates its note and adds a card."""
    author.replace("kind: basic\n", "kind: reversed\n    reverse_prompt: Back?\n    reverse_answer: Yes\n")
    (change,) = author.plan().by_sort["edited"]
    assert change.cards == 1
    assert "gains 1 card" in report.as_text(author.plan(), report.plain)


def test_a_corrected_reference_is_an_edit(author: Author) -> None:
    """What students see counts, wherever it was changed: the notes that cite a work are updated with it."""
    file = author.folder / "references.yaml"
    file.write_text(file.read_text("utf-8").replace("[[2009]]", "[[2010]]"), "utf-8")
    assert {f.field for c in author.plan().by_sort["edited"] for f in c.fields} == {"Sources"}


def test_lost_texts_are_said_to_be_lost(author: Author) -> None:
    """Without released.jsonl an edit is still found, and the plan says why it shows no words."""
    (author.folder / "released.jsonl").unlink()
    text = report.as_text(changed(author).plan(), report.plain)
    assert "basic-full (the released text is not at hand)" in text


def test_edits_of_two_releases_add_up(author: Author) -> None:
    """A plan always looks back to the last release alone."""
    changed(author).release("1.1.0", FIRST + DAY)
    assert author.plan().is_empty
    author.replace("answer: Closeness", "answer: Nearness")
    (change,) = author.plan().by_sort["edited"]
    assert [step.text for step in change.fields[0].steps] == ["Closeness", "Nearness"]


@given(st.one_of(strategies.text), st.one_of(strategies.text))
def test_steps_lead_from_one_text_to_the_other(before: str, after: str) -> None:
    """What is the same or gone makes the old text, what is the same or new the new one."""
    way = steps(before, after)
    assert "".join(step.text for step in way if step.what != "new") == before
    assert "".join(step.text for step in way if step.what != "gone") == after


def test_lists_and_pictures_read_as_text() -> None:
    """Entries stand apart with their verdict, and a picture is its name and what it shows."""
    html = '<ol><li class="right">A &amp; <em>B</em></li><li class="wrong">C</li></ol><img src="x.png" alt="a cat">'
    assert readable(html) == "(right) A & B | (wrong) C | [x.png: a cat]"
