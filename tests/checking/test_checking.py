from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from builder import checking, rules
from builder.checking import check
from builder.disk.buffers import Buffers
from tests import samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from builder.diagnostics import Finding

BANK = """bank: b
title: B
items:
  - {id: one, kind: truefalse, prompt: It is not never so, answer: yes}
  - {id: two, kind: basic, prompt: Is it so?, answer: It is}
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course that breaks its structure in one item and rules in the other."""
    bank = tmp_path / "sample.yaml"
    bank.write_text(BANK, "utf-8")
    return samples.course(tmp_path / "course", bank)


def fill(folder: Path, size: int) -> None:
    """Give the course so many items in place of its own."""
    items = "".join(f"  - {{id: a{i}, kind: basic, prompt: Is it {i}?, answer: It is}}\n" for i in range(size))
    (folder / "bank.yaml").write_text(f"bank: b\ntitle: B\nitems:\n{items}", "utf-8")


def spied(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether the rules were asked to run in two processes, for each time that they were."""
    asked: list[bool] = []
    honest = rules.run

    def run(*given: Any, two_at_once: bool, **options: Any) -> list[Finding]:
        asked.append(two_at_once)
        return honest(*given, two_at_once=two_at_once and sys.platform == "linux", **options)

    monkeypatch.setattr(rules, "run", run)
    return asked


def codes(folder: Path, **options: Any) -> set[str]:
    """The codes of all that is wrong."""
    return {problem.code for problem in check(folder, **options).diagnostics}


def test_structure_and_rules_are_told_together(course: Path) -> None:
    """Each where it stands; without lint, structure alone; select and ignore choose among the rules."""
    whole, structure = codes(course), codes(course, lint=False)
    assert structure == {"not-a-flag"}
    one = min(whole - structure)
    assert codes(course, select={one}) == structure | {one}
    assert codes(course, ignore={one}) == whole - {one}


def test_what_no_item_has_is_told_once_all_items_can_be_read(course: Path) -> None:
    """A work that only an item cites that can't be read just now is not called uncited."""
    (course / "references.yaml").write_text("references:\n- {id: a1, type: book}\n- {id: b2, type: book}\n", "utf-8")
    bank = course / "bank.yaml"
    items = "  - {id: one, kind: basic, prompt: P, answer: A, cites: [a1]}\n  - {id: two, kind: basic, prompt: Q, answer: B, cites: [b2]}\n"
    for text, is_told in (
        (items, False),
        (items.replace("[b2]", "[a1]"), True),
        (items.replace("answer: B,", ""), False),
    ):
        bank.write_text(f"bank: b\ntitle: B\nitems:\n{text}", "utf-8")
        assert ("C02" in codes(course)) == is_told
    bank.write_text(f"bank: b\ntitle: B\nitems:\n{items}  - [", "utf-8")
    assert "C02" not in codes(course)


def test_open_buffers_are_checked(course: Path) -> None:
    """What an editor holds is judged by rules too, at its own lines."""
    text = BANK.replace("yes", "true").replace("items:", "\nitems:")
    found = check(course, read=Buffers({str(course / "bank.yaml"): text})).diagnostics
    assert "not-a-flag" not in {problem.code for problem in found}
    assert {problem.span.line for problem in found} <= {5, 6}
    assert found


def test_stages_are_told_from_start_to_end(course: Path) -> None:
    """Reading, then checking, each up to its whole; without lint there is no checking."""

    def told(*, lint: bool) -> dict[str, float]:
        shares: dict[str, float] = {}

        def stage(name: str) -> Callable[[float], object]:
            return lambda share: shares.__setitem__(name, share)

        check(course, lint=lint, stage=stage)
        return shares

    assert told(lint=True) == {"reading": 1.0, "checking": 1.0}
    assert told(lint=False) == {"reading": 1.0}


@pytest.mark.parametrize(
    ("size", "processors", "system", "threads"),
    [(2, 2, "linux", 1), (3, 1, "linux", 1), (3, 2, "darwin", 1), (3, 2, "linux", 2)],
)
def test_a_second_process_has_to_be_worth_it(
    course: Path, monkeypatch: pytest.MonkeyPatch, size: int, processors: int, system: str, threads: int
) -> None:
    """Small courses, single processors, systems where a fork is dear and programs with threads get along with one."""
    asked = spied(monkeypatch)
    monkeypatch.setattr(checking, "_MANY", 3)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(processors)), raising=False)
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr("threading.active_count", lambda: threads)
    fill(course, size)
    assert check(course).course
    assert asked == [False]


def test_a_large_course_has_two_processes(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From some thousand items on, with a second processor, on Linux; both find what one finds."""
    fill(course, 40)
    alone = check(course).diagnostics
    assert alone
    asked = spied(monkeypatch)
    monkeypatch.setattr(checking, "_MANY", 40)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1}, raising=False)
    monkeypatch.setattr("threading.active_count", lambda: 1)
    assert check(course).diagnostics == alone
    assert asked == [sys.platform == "linux"]


def test_checking_needs_no_command_line() -> None:
    """A program without click can check a course."""
    code = "import builder.checking, sys; sys.exit('click' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
