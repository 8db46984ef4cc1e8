from __future__ import annotations

import json
import threading
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from builder.model import Blueprint
from builder.pages import preview, study
from builder.wording import wording
from tests import browser as web
from tests.cards.test_fields import place
from tests.make.course import course_of
from tests.pages.students import ITEMS, Student
from tests.pages.test_preview import hostile, sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize("night", [False, True])
def test_the_page_fits_a_phone_and_is_readable(student: Callable[..., Student], *, night: bool) -> None:
    """At 360 px nothing overflows in any part of the page, and all text has contrast, day and night."""
    one = student(viewport={"width": 360, "height": 740}, color_scheme="dark" if night else "light", has_touch=True)
    one.open()
    one.rate(3)
    for part in ("Study", "Practise", "Cards", "Progress"):
        one.page.get_by_role("button", name=part, exact=True).click()
        assert one.page.evaluate("document.documentElement.scrollWidth") <= 360
        assert one.page.evaluate(web.LOW_CONTRAST) == []
        sizes = one.page.locator("button:visible").evaluate_all(
            "(all) => all.map((it) => it.getBoundingClientRect().height)"
        )
        assert min(sizes) >= 44


@pytest.mark.parametrize("language", ["de", "fr", "nl", "pl"])
def test_no_word_of_a_rating_is_cut_on_a_phone(student: Callable[..., Student], language: str) -> None:
    """The ratings share the width by their words, of which each stands whole on a line within its button."""
    one = student(viewport={"width": 360, "height": 740})
    one.open(course_of(ITEMS[:1], language=language))
    one.turn()
    cut = """(button) => {
        const node = document.createTreeWalker(button, NodeFilter.SHOW_TEXT).nextNode(), words = document.createRange();
        const lines = [...node.data.matchAll(/\\S+/g)].map((word) => {
            words.setStart(node, word.index), words.setEnd(node, word.index + word[0].length);
            return words.getClientRects().length;
        });
        return Math.max(...lines) > 1 || button.scrollWidth > button.clientWidth;
    }"""
    assert [n for n in (1, 2, 3, 4) if one.page.locator(f"#rate-{n}").evaluate(cut)] == []
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(
    ("language", "text"), [("ar", "ما هي عاصمة فرنسا؟"), ("he", "מהי בירת צרפת?"), ("en", "What is it?")]
)
def test_a_text_begins_on_the_side_of_its_language(student: Callable[..., Student], language: str, text: str) -> None:
    """Words of Arabic and Hebrew begin on the right of the card and of the list, and the page's controls run leftwards."""
    item = {"id": "one", "kind": "basic", "prompt": text, "answer": text}
    one = student(viewport={"width": 360, "height": 740})
    one.open(course_of([item], language=language))
    gaps = """(element) => {
        const words = document.createRange(), box = element.getBoundingClientRect();
        words.selectNodeContents(element.querySelector("span") ?? element);
        const { left, right } = words.getBoundingClientRect();
        return [left - box.left, box.right - right];
    }"""
    left, right = one.card.locator(".prompt").evaluate(gaps)
    one.turn()
    places = [(one.page.locator(f"#rate-{rating}").bounding_box() or {"x": 0.0})["x"] for rating in (1, 2, 3, 4)]
    if language == "en":
        assert left < 1 < right
        assert places == sorted(places)
    else:
        assert right < 1 < left
        assert places == sorted(places, reverse=True)


def test_a_quiz_to_practise_by_a_blueprint(student: Callable[..., Student]) -> None:
    """The paper meets its rows, never asks what is kept for exams, tells marks by theme, and changes no schedule."""
    one = student()
    rows = [{"kind": "mcq", "count": 1}, {"kind": "basic", "count": 2}]
    weekly = Blueprint.model_validate(
        {"blueprint": "weekly", "title": "Weekly", "rows": rows, "fixed": ["plain", "secret"]}
    )
    exam = Blueprint.model_validate({"blueprint": "exam", "title": "Final exam", "items": 1, "use": "exam"})
    one.open(course_of(ITEMS, blueprints={"weekly": weekly, "exam": exam}))
    assert "Final exam" not in one.page.content()
    one.page.get_by_role("button", name="Practise", exact=True).click()
    one.page.locator("#paper").select_option("weekly")
    one.page.get_by_role("button", name="Begin").click()
    asked = []
    for _ in range(3):
        asked.append(one.asked().split()[0])
        one.page.locator("#turn").click()
        one.card.locator("hr#answer").wait_for()
        one.until("document.getElementById('marks-of').textContent")
        one.page.locator("#give-half").click()
        one.page.locator("#take").click()
    assert sorted(asked) == ["capital", "colour", "plain"]
    expect(one.page.locator("#result-told")).to_have_text("Weekly: 1.5 of 3 marks, 50 %")
    assert one.lines() == []


def test_a_quiz_never_asks_two_rivals_and_counts_the_best(student: Callable[..., Student]) -> None:
    """Enemies and siblings never meet, of chosen questions the best count, and a paper of an exam says what it is."""
    texts = "Rain falls.|Cats bark.|Snow burns.|Fish swim.|Gold rusts.|Bread floats.|Mice roar.|Ships fly.".split("|")
    items = [
        {"id": f"q{n}", "kind": "truefalse", "prompt": text, "answer": True, "marks": 2} for n, text in enumerate(texts)
    ]
    items[0] |= {"enemies": ["q1"]}
    for item in items[2:5]:
        item["group"] = "same"
    paper = {
        "blueprint": "final", "title": "Final", "items": 4, "choose": {"truefalse": 2}, "points": {"truefalse": 2}, "marks": 4
    }  # fmt: skip
    one = student()
    one.open(course_of(items, blueprints={"final": Blueprint.model_validate(paper)}))
    papers = one.page.evaluate(
        "Array.from({ length: 60 }, () => drawn(planned('final')).map((place) => items[place].id))"
    )
    for drawn in map(set, papers):
        assert len(drawn) == 4
        assert not {"q0", "q1"} <= drawn
        assert len(drawn & {"q2", "q3", "q4"}) <= 1
    one.page.get_by_role("button", name="Practise", exact=True).click()
    one.page.locator("#paper").select_option("final")
    expect(one.page.locator("#exam-about")).to_be_visible()
    one.page.evaluate("startPractice(); for (const got of [2, 0, 1, 2]) { $('got').value = got; takeMarks(); }")
    expect(one.page.locator("#result-told")).to_have_text("Final: 4 of 4 marks, 100 %")
    expect(one.page.locator("#result-best")).to_have_text("Only your best answers count: 2 of 4 (True or false).")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def test_on_a_host_it_works_without_the_network(student: Callable[..., Student]) -> None:
    """After the first visit the page opens offline, with what was studied; its manifest lets a browser install it."""
    one = student()
    for name, data in study.files(course_of(ITEMS)).items():
        (one.folder / name).write_bytes(data)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(one.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/{study.PAGE}"
        one.page.goto(address)
        one.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        one.until("Boolean(navigator.serviceWorker.controller)")
        one.rate(4)
    finally:
        server.shutdown()
        server.server_close()
    one.page.goto(address)
    one.page.locator("html[data-ready]").wait_for(state="attached")
    assert len(one.stored()) == 1
    manifest = json.loads((one.folder / study.MANIFEST).read_text("utf-8"))
    assert manifest["start_url"] == study.PAGE
    for icon in manifest["icons"][1:]:
        with Image.open(one.folder / icon["src"]) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]
    assert one.page.locator("link[rel=apple-touch-icon]").get_attribute("href") == "study-192.png"


@pytest.mark.parametrize("which", ["hostile", "sample"])
def test_cards_are_those_of_the_preview(student: Callable[..., Student], tmp_path: Path, which: str) -> None:
    """Both sides of every card are the same in the page as in `preview`, which is held against Anki; texts of any kind too."""
    course = replace(hostile() if which == "hostile" else sample(tmp_path), id="other", own_words=wording("de"))
    one = student()
    one.open(course)
    mine = one.page.evaluate(
        "cards.map((card) => { const it = facesOf(card); return [card.item.id, card.number, it.front, it.back]; })"
    )
    (one.folder / preview.PAGE).write_bytes(preview.files(course)[preview.PAGE])
    one.page.goto((one.folder / preview.PAGE).as_uri())
    theirs = one.page.evaluate(
        "all.map(({note, place}) => { const it = sides(note, place); return [note.id, place + 1, it.front, it.back]; })"
    )
    assert mine
    assert mine == theirs


def test_the_list_of_cards_shows_formulas_whole_or_not_at_all(student: Callable[..., Student]) -> None:
    """A row has the formulas of its question typeset, ends before one that it has no room for, and runs nothing."""
    long = "Which word is it? " * 8
    items = [
        {
            "id": "short",
            "kind": "basic",
            "math": True,
            "prompt": r"What is $\ce{H2O}$, <b onclick=a()>?",
            "answer": "Water",
        },
        {
            "id": "long",
            "kind": "basic",
            "math": True,
            "prompt": rf"{long} $\frac{{a}}{{b + c + d + e}}$ or not?",
            "answer": "No",
        },
    ]
    one = student()
    one.open(course_of(items))
    one.page.get_by_role("button", name="Cards", exact=True).click()
    short, cut = one.page.locator("#rows .look").all()
    assert short.locator("math msub").count() == 1
    assert short.locator("b").count() == 0
    assert "<b onclick=a()>?" in short.inner_text()
    assert cut.locator("math").count() == 0
    assert cut.inner_text().strip() == long.strip()


@pytest.mark.parametrize("sign", ["$", "$$"], ids=["inline", "displayed"])
def test_a_wide_formula_scrolls_within_its_card_and_its_row(student: Callable[..., Student], sign: str) -> None:
    """At 360 px neither the page nor the card scrolls sideways: a wide formula does, on both sides and in the list."""
    wide = f"{sign}a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p + q + r + s + t{sign}"
    one = student(viewport={"width": 360, "height": 740})
    one.open(course_of([{"id": "a", "kind": "basic", "math": True, "prompt": wide, "answer": wide}]))
    one.turn()
    assert one.card.locator("html").evaluate("(html) => html.scrollWidth - innerWidth") == 0
    scrolls = "(all) => all.map((box) => box.scrollWidth > box.clientWidth)"
    assert one.card.locator(".formula").evaluate_all(scrolls) == [True, True]
    one.page.get_by_role("button", name="Cards", exact=True).click()
    assert one.page.locator("#rows .formula").evaluate_all(scrolls) == [True]
    assert one.page.evaluate("document.documentElement.scrollWidth") == 360


def test_an_item_without_sources_shows_its_id_and_no_fold(student: Callable[..., Student]) -> None:
    """The templates' conditions are read as Anki reads them: the fold is there for the item with a source alone."""
    items = [ITEMS[5], ITEMS[5] | {"id": "told", "locator": ["paper/love/p1"]}]
    one = student(viewport={"width": 360, "height": 740})
    one.open(course_of(items, places={"paper/love/p1": place("love", "body", 1)}))
    for item, is_folded in (("plain", False), ("told", True)):
        one.turn()
        assert one.asked().split()[0] == item
        assert one.card.locator("details").count() == is_folded
        assert one.card.locator(".id").text_content() == item
        assert one.card.locator(".id").is_hidden() is is_folded
        one.rate(4)
