from __future__ import annotations

import re
import textwrap

import pytest

from builder.paper.spread import uneven_keys
from builder.rules import Page, all_pages
from tests.rules.frame import frame

PAPER = "X03"  # a paper's rule: its examples are the keys of papers, not items
by_code = pytest.mark.parametrize("page", all_pages(), ids=lambda page: page.code)
by_items = pytest.mark.parametrize("page", [p for p in all_pages() if p.code != PAPER], ids=lambda page: page.code)


def examples(page: Page, title: str) -> list[str]:
    """The YAML blocks of a page under `Bad:` or `Good:`."""
    found = re.findall(rf"^{title}:\n\n((?:    .*\n|\n)+)", page.page + "\n", re.MULTILINE)
    return [textwrap.dedent(block) for block in found]


def marked(text: str, code: str) -> set[int]:
    """The lines that end in the comment `# CODE`."""
    return {number for number, line in enumerate(text.splitlines(), 1) if line.endswith(f"# {code}")}


@by_code
def test_a_file_is_named_after_code_and_name(page: Page) -> None:
    """A code is a letter and two digits, a name some words with hyphens: `m01_key_longest.py` holds M01 key-longest."""
    assert re.fullmatch(r"[A-Z]\d\d", page.code)
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", page.name)


@by_code
def test_a_page_has_summary_reason_and_both_examples(page: Page) -> None:
    """A manual page opens with one sentence, gives a reason, and shows a bad and a good example."""
    lines = page.page.strip().splitlines()
    assert re.fullmatch(r"[A-Z].*\.", page.summary)
    assert len(page.summary) <= 100
    assert lines[1] == ""
    assert re.search(r"\b(19|20)\d\d\b|Wozniak", page.page.split("Bad:")[0]), "no published guideline is named"
    assert examples(page, "Bad")
    assert examples(page, "Good")


@by_code
def test_a_remedy_is_one_line(page: Page) -> None:
    """What to do is said in one line, without a full stop."""
    assert page.remedy
    assert "\n" not in page.remedy
    assert len(page.remedy) <= 120
    assert not re.search(r"[^.]\.$", page.remedy)


@by_items
def test_bad_examples_are_caught_on_the_marked_lines(page: Page) -> None:
    """In a bad example the rule fires on the marked lines and on no other."""
    for text in examples(page, "Bad"):
        assert marked(text, page.code)
        assert set(frame(text).lines(page.code)) == marked(text, page.code)


@by_items
def test_good_examples_are_silent(page: Page) -> None:
    """In a good example the rule finds nothing."""
    for text in examples(page, "Good"):
        assert frame(text).lines(page.code) == []


@by_items
def test_messages_say_what_without_the_code(page: Page) -> None:
    """A finding's message is one line, without the code, which stands beside it anyway; a remedy follows."""
    for text in examples(page, "Bad"):
        for diagnostic in frame(text).diagnostics(select={page.code}):
            assert page.code not in diagnostic.message
            assert "\n" not in diagnostic.message
            assert diagnostic.help


def test_examples_of_papers_are_judged_as_papers() -> None:
    """The rule on key places finds something in the keys of its bad paper, and nothing in those of its good one."""
    (page,) = [page for page in all_pages() if page.code == PAPER]
    found = {}
    for title in ("Bad", "Good"):
        (keys,) = [re.findall(r"\b[A-D]\b", text) for text in examples(page, title)]
        found[title] = list(uneven_keys([("ABCD".index(key), 4) for key in keys]))
    assert found["Bad"]
    assert found["Good"] == []
