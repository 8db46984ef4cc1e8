from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.pages.test_preview import sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.pages.students import Student


class Keys:
    """A student without a mouse: presses keys, and looks at what has the focus."""

    def __init__(self, one: Student) -> None:
        self.one = one

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.one.page.keyboard.press(key)

    def go_to(self, css: str) -> None:
        """Tab until an element of the page, or of the card in it, has the focus."""
        inside = self.one.card.locator(f":focus:is({css})")
        for _ in range(40):
            if self.one.page.locator(f":focus:is({css})").count() or inside.count():
                return
            self.press("Tab")
        raise AssertionError(css)

    def answer(self, kind: str) -> None:
        """Answer the front of a card by its kind, as far as the kind has something to do."""
        card = self.one.card
        if card.locator("input#typeans").count():
            self.go_to("#typeans")
            self.one.page.keyboard.type("an answer")
        elif kind in ("mcq", "truefalse"):
            card.locator(".option").first.wait_for()
            self.press("1", "2", "0")
            card.locator(".verdict.good, .verdict.bad, .verdict.some").first.wait_for()
        elif kind == "matching":
            card.locator(".live .part").first.wait_for()
            self.press("1", "2", "3")
        elif kind == "ordering":
            self.go_to(".handle")
            self.press("ArrowDown")
        elif kind in ("short", "essay"):
            self.go_to("textarea")
            self.one.page.keyboard.type("my words")
            self.press("Escape")

    def mark(self, kind: str) -> None:
        """Mark a written answer on the back of its card, by its points or its rubric."""
        if kind in ("short", "essay"):
            self.press("Alt+2")
            self.one.card.locator("input:checked").first.wait_for()


@pytest.mark.slow
def test_a_card_of_each_kind_is_studied_by_keys_alone(student: Callable[..., Student], tmp_path: Path) -> None:
    """Each is answered, turned and rated without a pointer; what was answered is kept, and every part is within reach."""
    one = student()
    one.open(sample(tmp_path))
    keys = Keys(one)
    kinds: Counter[str] = Counter()
    one.page.evaluate("setLimit(99)")
    while one.asked():
        before, kind = len(one.lines()), one.page.evaluate("study.card.item.kind")
        one.card.locator("#qa .face, #qa .prompt, #qa .text").first.wait_for()
        keys.answer(kind)
        if kind == "ordering":  # the handle of a step has the focus, and takes Space
            keys.go_to("#turn")
        keys.press("Enter")
        one.card.locator("hr#answer").wait_for()
        keys.mark(kind)
        keys.press("4")
        one.until(f"memory.lines.size > {before} && study.side !== 'rated'")
        one.time = one.time.replace(minute=one.time.minute + 1)
        one.page.clock.set_fixed_time(one.time)
        kinds[kind] += 1
    assert set(kinds) == {
        *("basic", "reversed", "cloze", "occlusion", "mcq", "truefalse"),
        *("matching", "ordering", "numeric", "short", "essay"),
    }
    answers = {(it := json.loads(line))["item"]: it.get("answer", "") for line in one.lines()}
    assert answers["basic-full"] == answers["numeric-full"] == "an answer"
    assert answers["essay-full"] == answers["short-full"] == "my words"
    assert answers["ordering-full"].count(";") == 2
    assert answers["matching-full"].count(";") == 1
    assert answers["truefalse-full"]
    keys.go_to('[data-go="progress"]')
    keys.press("Enter")
    for css in ("#export", "#import", "#limit", "#night"):
        keys.go_to(css)
