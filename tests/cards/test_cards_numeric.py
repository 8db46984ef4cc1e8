"""Numbers that a student types on a card: the script's verdicts against those of `builder.model.verdict`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from builder.cards import fields
from builder.cards.notetypes import RECALL
from builder.model.verdict import judge
from builder.text.numbers import decimal_sign
from builder.wording import known, wording
from tests import browser as web
from tests.make import typing
from tests.make.course import course_of
from tests.make.typing import number

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.model import Numeric
    from tests.browser import Card, Press, View, Viewer
    from tests.make.typing import Drawn


def made(press: Press, item: Numeric, language: str = "en") -> tuple[Card, str]:
    """The card of an item in a course of a language, and the answer that Anki compares with."""
    course = course_of([item], language=language)
    _, values = fields.renderer(course, {})(course.items[0])
    named = dict(zip(RECALL.fields, values, strict=True))
    return press.cards(RECALL, **{name: value for name, value in named.items() if value})[0], named["Answer"]


@pytest.fixture
def shown(press: Press, view: View) -> Callable[[Numeric, str, str], Viewer]:
    """Shows the back of an item's card after something was typed."""
    viewer = view()

    def show(item: Numeric, language: str, typed: str) -> Viewer:
        card, answer = made(press, item, language)
        viewer.show(press.typed(card, answer, typed).answer)
        return viewer

    return show


def share(told: str, language: str) -> str:
    """The share of the marks that a verdict in the language of a course speaks of."""
    words = wording(known(language) or "en").cards
    if part := re.search(re.escape(words["right_in_part"]).replace(re.escape("{}"), r"(\S+)"), told):
        return part[1]
    (earned,) = [
        earned
        for key, earned in (("is_right", "1"), ("is_accepted", "1"), ("not_right", "0"))
        if told.startswith(words[key])
    ]
    return earned


def test_the_card_says_what_the_judge_says(shown: Callable[[Numeric, str, str], Viewer]) -> None:
    """Every case of the table earns on the card what it earns in Python."""
    wrong = []
    for case in typing.cases():
        if not case.typed.strip():
            continue  # then Anki compares nothing, and there is no verdict
        told = web.verdict(shown(case.item, case.language, case.typed).page)
        if share(told, case.language) != case.share:
            wrong.append((case.item.answer, case.language, case.typed, told, case.share))
    assert wrong == []


@settings(
    max_examples=60, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typing.drawn())
def test_the_card_agrees_with_the_rules(shown: Callable[[Numeric, str, str], Viewer], case: Drawn) -> None:
    """Whatever is typed in whichever way, the card judges it as the second statement of the rules does."""
    told = web.verdict(shown(case.item, case.language, case.typed).page)
    assert share(told, case.language) == str(typing.earned(case)), (case, told)


FALL = number(
    answer="19.6",
    tolerance="0.1",
    unit={"symbol": "m", "accept": ["metre"], "convert": {"km": "1000"}, "cost": "1/4"},
    figures={"number": "3", "cost": "1/4"},
    accept=[
        {"between": ["18", "21"], "share": "1/2", "why": "The way is *right*"},
        {"value": "39.2", "tolerance": "1 %", "share": "0", "why": "Twice too far"},
    ],
)


@pytest.mark.parametrize(
    ("typed", "told", "look"),
    [
        ("19.6 m", "Right.", "good"),
        ("20.0 m", "Right in part: 1/2 of the marks. The way is right", "some"),
        ("19.6", "Right in part: 3/4 of the marks. The unit is missing.", "some"),
        ("19.6 kg", "Right in part: 3/4 of the marks. The unit is wrong.", "some"),
        ("19.60 m", "Right in part: 3/4 of the marks. It does not show 3 significant figures.", "some"),
        ("39.2 m", "Not right. Twice too far", "bad"),
        ("1,960 m", "Not right. It reads as 1960.", "bad"),
        ("far", "Not right. No number was read.", "bad"),
    ],
)
def test_a_verdict_says_why(shown: Callable[[Numeric, str, str], Viewer], typed: str, told: str, look: str) -> None:
    """The verdict has a word, a look and a reason, and what was typed stands below it as it was typed."""
    page = shown(FALL, "en", typed).page
    assert web.verdict(page) == told
    assert page.locator(f".verdict.{look}").count() == 1
    assert page.locator("#typeans").inner_text() == typed
    assert page.locator(".typeMissed, #typearrow").count() == 0


def test_the_back_tells_what_is_accepted_also_without_scripts(press: Press, view: View) -> None:
    """Value, ranges with their shares and reasons, and units are text; a mistake is told of where it was made alone."""
    card, answer = made(press, FALL, "de")
    page = view("android", java_script_enabled=False).show(press.typed(card, answer, "19,6 m").answer)
    assert page.locator(".answer").inner_text() == "19,6 m"
    lines = page.locator(".accepted li:visible").all_inner_texts()
    assert lines == ["19,5 bis 19,7\xa0m", "18 bis 21\xa0m 1/2 The way is right", "m, metre; 1\xa0km = 1000\xa0m"]
    assert "Twice too far" not in web.heard(page)


def test_the_front_says_what_is_asked_of_the_number(press: Press, view: View) -> None:
    """A printed unit and the figures stand below the question, and nothing of the answer does."""
    item = number(answer="42", unit={"symbol": "m", "ask": "given"}, figures="2")
    card, _ = made(press, item)
    page = view().show(press.typed(card, "42 m", "").question)
    assert page.locator(".task").inner_text() == "Answer in m. Give 2 significant figures."
    assert page.locator("input").is_visible()
    assert "42" not in web.heard(page)


def test_an_answer_that_was_not_typed_is_not_judged(shown: Callable[[Numeric, str, str], Viewer]) -> None:
    """Who turns the card without typing sees the answer, and no verdict."""
    page = shown(FALL, "en", "").page
    assert page.locator(".typed").is_hidden()
    assert web.verdict(page) == ""


def test_without_scripts_anki_finds_no_letter_wrong(press: Press) -> None:
    """Who types the number with its unit is told so by Anki itself, which compares letter by letter."""
    for item, language, typed in ((FALL, "de", "19,6 m"), (number(answer="-40", unit="°C"), "en", "-40 °C")):
        card, answer = made(press, item, language)
        assert "typeBad" not in press.typed(card, answer, typed).answer.split("<script>")[0].split("</style>")[-1]


def test_signs_in_a_unit_do_nothing_on_a_card(shown: Callable[[Numeric, str, str], Viewer]) -> None:
    """A unit may hold what HTML, Anki and the script's own data are written with, and can still be typed."""
    symbol = "</li>\"'<b>{{Front}}[sound:x]&amp;"
    page = shown(number(answer="5", unit={"symbol": symbol, "accept": ["$x$"]}), "en", f"5 {symbol}").page
    assert web.verdict(page) == "Right."
    assert "{{Front}}[sound:x]" in page.locator(".answer").inner_text()
    assert page.locator(".accepted b, .answer b").count() == 0


@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize("typed", ["19.6 m", "20.0 m", "far"])
def test_verdicts_can_be_read(press: Press, view: View, typed: str, night: bool) -> None:  # noqa: FBT001 - a parameter
    """By day and by night, on a small phone too, no text is faint and nothing is wider than the screen."""
    viewer = view(night=night, width=360)
    card, answer = made(press, FALL)
    viewer.show(press.typed(card, answer, typed).answer)
    assert viewer.low_contrast() == []
    assert viewer.widest() <= 360


def test_the_unit_is_judged_alike(shown: Callable[[Numeric, str, str], Viewer]) -> None:
    """Also what a verdict tells of the unit is the judge's word."""
    for typed in ("19.6 m", "19.6", "19.6 kg"):
        told = web.verdict(shown(FALL, "en", typed).page)
        unit = judge(FALL, typed, decimal_sign("en")).unit
        assert (f"The unit is {unit}." in told) == (unit != "right")
