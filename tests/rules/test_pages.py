from __future__ import annotations

import re
import textwrap

import pytest

from builder.paper.spread import uneven_keys
from builder.rules import Page, all_pages
from tests.rules.frame import frame

CODES = """
P01 P02 P03 P04 P05 P06 P07 P08
M01 M02 M03 M04 M05 M06 M07 M08 M09 M10 M11 M12 M13 M14
V01 V02 F01 F02 F03 F04 F05 F06 F07 O01
X01 X02 X03 X04 C01 C02 C03 R01
""".split()

PAPER = "X03"  # a paper's rule: its examples are the keys of papers, not items
by_code = pytest.mark.parametrize("rule", all_pages(), ids=lambda rule: rule.code)
by_items = pytest.mark.parametrize("rule", [r for r in all_pages() if r.code != PAPER], ids=lambda rule: rule.code)


def examples(rule: Page, title: str) -> list[str]:
    """The YAML blocks of a page under `Bad:` or `Good:`."""
    found = re.findall(rf"^{title}:\n\n((?:    .*\n|\n)+)", rule.page + "\n", re.MULTILINE)
    return [textwrap.dedent(block) for block in found]


def marked(text: str, code: str) -> set[int]:
    """The lines that end in the comment `# CODE`."""
    return {number for number, line in enumerate(text.splitlines(), 1) if line.endswith(f"# {code}")}


def test_every_code_of_the_guide_has_its_rule() -> None:
    """There are forty rules, one for each code, each named in its file."""
    assert sorted(CODES) == [rule.code for rule in all_pages()]
    assert len(CODES) == 40
    assert all(re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule.name) for rule in all_pages())


@by_code
def test_a_page_has_summary_reason_and_both_examples(rule: Page) -> None:
    """A manual page opens with one sentence, gives a reason, and shows a bad and a good example."""
    lines = rule.page.strip().splitlines()
    assert re.fullmatch(r"[A-Z].*\.", rule.summary)
    assert len(rule.summary) <= 100
    assert lines[1] == ""
    assert re.search(r"\b(19|20)\d\d\b|Wozniak", rule.page.split("Bad:")[0]), "no published guideline is named"
    assert examples(rule, "Bad")
    assert examples(rule, "Good")


@by_code
def test_a_remedy_is_one_line(rule: Page) -> None:
    """What to do is said in one line, without a full stop."""
    assert rule.remedy
    assert "\n" not in rule.remedy
    assert len(rule.remedy) <= 120
    assert not re.search(r"[^.]\.$", rule.remedy)


@by_items
def test_bad_examples_are_caught_on_the_marked_lines(rule: Page) -> None:
    """In a bad example the rule fires on the marked lines and on no other."""
    for text in examples(rule, "Bad"):
        assert marked(text, rule.code)
        assert set(frame(text).lines(rule.code)) == marked(text, rule.code)


@by_items
def test_good_examples_are_silent(rule: Page) -> None:
    """In a good example the rule finds nothing."""
    for text in examples(rule, "Good"):
        assert frame(text).lines(rule.code) == []


@by_items
def test_messages_say_what_without_the_code(rule: Page) -> None:
    """A finding's message is one line, without the code, which stands beside it anyway; a remedy follows."""
    for text in examples(rule, "Bad"):
        for diagnostic in frame(text).diagnostics(select={rule.code}):
            assert rule.code not in diagnostic.message
            assert "\n" not in diagnostic.message
            assert diagnostic.help


def test_examples_of_papers_are_judged_as_papers() -> None:
    """The rule on key places finds something in the keys of its bad paper, and nothing in those of its good one."""
    (rule,) = [rule for rule in all_pages() if rule.code == PAPER]
    found = {}
    for title in ("Bad", "Good"):
        (keys,) = [re.findall(r"\b[A-D]\b", text) for text in examples(rule, title)]
        found[title] = list(uneven_keys([("ABCD".index(key), 4) for key in keys]))
    assert found["Bad"]
    assert found["Good"] == []
