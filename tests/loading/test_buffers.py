"""A course with open buffers in front of its files."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from builder.disk.buffers import Buffers
from builder.loading.bank import ParsedBank, parse_bank, parse_each
from builder.loading.course import load
from tests import samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GOOD = samples.HERE / "good" / "all-kinds.yaml"
NEW = "bank: new\ntitle: N\nitems:\n  - {id: fresh, kind: basic, prompt: p, answer: a}\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course whose banks are found by a pattern."""
    folder = samples.course(tmp_path / "course", GOOD)
    head = folder / "course.yaml"
    head.write_text(head.read_text("utf-8").replace("[bank.yaml]", "['bank*.yaml']"), "utf-8")
    return folder


def test_a_buffer_is_loaded_in_place_of_its_file(course: Path) -> None:
    """The items, the texts and what is wrong with them, line and column too, are those of the buffer."""
    bank = course / "bank.yaml"
    text = "# not saved\n\n" + NEW.replace("answer: a", "answer: a, tgas: x")
    loaded = load(course, read=Buffers({str(bank): text}))
    assert loaded.texts[str(bank)] == text
    (problem,) = loaded.diagnostics
    assert (problem.code, str(problem.span)) == ("unknown-key", f"{bank}:6:52")
    assert loaded.course
    assert loaded.course.items == ()


def test_a_broken_file_behind_a_sound_buffer_is_not_reported(course: Path) -> None:
    """What the author has mended and not saved is mended."""
    bank = course / "bank.yaml"
    text = bank.read_text("utf-8")
    bank.write_bytes(b"\xff[")
    assert load(course, read=Buffers({str(bank): text})).diagnostics == []
    assert [problem.code for problem in load(course).diagnostics] == ["encoding"]


def test_a_new_bank_is_seen_if_its_pattern_matches(course: Path) -> None:
    """It comes in the order of names, without being saved; another name is no bank of the course."""
    loaded = load(course, read=Buffers({str(course / "bank-new.yaml"): NEW, str(course / "other.yaml"): "bank: ["}))
    assert loaded.diagnostics == []
    assert loaded.course
    assert loaded.course.items[0].id == "fresh"
    assert len(loaded.course.items) > 1


def test_other_files_are_read_from_buffers_too(course: Path) -> None:
    """The course's own file, its outline and a history that was never saved."""
    head, outline = course / "course.yaml", course / "outline.yaml"
    history = course / "history.yaml"
    texts = {
        str(head): head.read_text("utf-8").replace("title: ", "title: Open "),
        str(outline): "sources: [",
        str(history): "papers: 1\n",
    }
    loaded = load(course, read=Buffers(texts))
    assert loaded.course
    assert loaded.course.title.startswith("Open ")
    assert {str(outline), str(history)} <= {problem.span.path for problem in loaded.diagnostics}


def test_a_trace_of_a_buffer_does_not_hold_until_it_is_saved(course: Path) -> None:
    """What the disk holds is another course, whether the buffer hides a file or is a new one."""
    bank, new = course / "bank.yaml", course / "bank-new.yaml"
    for texts in ({str(bank): bank.read_text("utf-8") + "# more\n"}, {str(new): NEW}):
        assert not load(course, read=Buffers(texts)).trace.still_holds()
    assert load(course, read=Buffers({str(bank): bank.read_text("utf-8")})).course == load(course).course


def test_banks_that_are_kept_are_not_parsed_again(course: Path) -> None:
    """A caller that keeps what a path and a text came to loads the same course, and parses what has changed alone."""
    (course / "bank-new.yaml").write_text(NEW, "utf-8")
    kept: dict[tuple[str, str], ParsedBank] = {}
    parsed: list[str] = []

    def keeping(path: str, text: str, tell: Callable[[float], object]) -> ParsedBank:
        if (path, text) not in kept:
            parsed.append(path)
            kept[path, text] = parse_bank(path, text, tell)
        return kept[path, text]

    parse = partial(parse_each, parse=keeping)
    first = load(course, parse=parse)
    assert sorted(parsed) == [str(course / "bank-new.yaml"), str(course / "bank.yaml")]
    assert load(course, parse=parse) == first == load(course)
    assert len(parsed) == 2
    changed = Buffers({str(course / "bank-new.yaml"): NEW.replace("fresh", "fresher")})
    again = load(course, read=changed, parse=parse)
    assert parsed[2:] == [str(course / "bank-new.yaml")]
    assert again.course
    assert "fresher" in again.course.by_id
