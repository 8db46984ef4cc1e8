from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import samples
from tests.cli.test_commands import GOOD, run

if TYPE_CHECKING:
    from pathlib import Path

BANK = """
bank: b
title: B
items:
  - {{id: capital, kind: basic, prompt: What is the capital of France?, answer: Paris, {}}}
  - {{id: sky, kind: basic, prompt: What is above?, answer: The sky, status: draft}}
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A folder of a course whose bank the test writes."""
    return samples.course(tmp_path / "course", GOOD)


def test_the_page_says_what_was_left_out(course: Path, tmp_path: Path) -> None:
    """The paths of the page and of the files beside it are on stdout; items in review are counted on stderr."""
    (course / "bank.yaml").write_text(BANK.format("difficulty: 1"), "utf-8")
    result = run("page", course, "-o", tmp_path / "out")
    assert result.exit_code == 0
    names = ["study.html", "study.svg", "study-192.png", "study-512.png", "study.webmanifest", "study.worker.js"]
    assert result.stdout.split() == [str(tmp_path / "out" / name) for name in names]
    assert result.stderr.endswith("1 item left out: their review is open\n")


def test_a_course_with_nothing_to_study_is_refused(course: Path, tmp_path: Path) -> None:
    """No empty page is written where all items are kept for exams or in review."""
    (course / "bank.yaml").write_text(BANK.format("use: exam"), "utf-8")
    result = run("page", course, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "sample has no item to study" in result.stderr
    assert not (tmp_path / "out").exists()
