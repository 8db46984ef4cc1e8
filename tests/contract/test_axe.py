from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contract import axe
from tests.pages.students import Student
from tests.pages.test_preview import sample

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.contract

KINDS = {"basic", "reversed", "cloze", "occlusion", "mcq", "truefalse", "matching", "ordering", "numeric", "short", "essay"}  # fmt: skip


@pytest.mark.parametrize("night", [False, True])
def test_the_page_to_study_breaks_no_rule_of_axe(browser: Browser, tmp_path: Path, *, night: bool) -> None:
    """On a phone, by day and night, both sides of a card of each kind, each part of the page, a quiz and its result pass."""
    rules = axe.script()
    one = Student(
        browser, tmp_path / "s", viewport={"width": 360, "height": 740}, color_scheme="dark" if night else "light"
    )
    one.open(sample(tmp_path))
    one.page.evaluate("setLimit(99)")
    found: dict[str, list[str]] = {}

    def read(where: str) -> None:
        found[where] = axe.violations(one.page, rules)

    kinds = set()
    one.later(seconds=1)
    while place := one.asked():
        kinds.add(one.page.evaluate("study.card.item.kind"))
        read(f"{place} question")
        one.turn()
        read(f"{place} answer")
        one.rate(4)
    read("done")
    for part in ("Practise", "Cards", "Progress"):
        one.page.get_by_role("button", name=part, exact=True).click()
        read(part)
    one.page.locator("#rows .look").first.evaluate("(row) => row.click()")
    read("a card to look at")
    one.page.get_by_role("button", name="Practise", exact=True).click()
    one.page.get_by_role("button", name="Begin").click()
    one.page.locator("#turn").click()
    one.until("document.getElementById('marks-of').textContent")
    read("quiz")
    one.page.evaluate("while (practice.card) { $('got').value = 0; takeMarks(); }")
    read("result")
    one.page.context.close()
    assert kinds == KINDS
    assert {where: broken for where, broken in found.items() if broken} == {}
    assert one.trouble == []
