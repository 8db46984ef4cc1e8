"""Courses in German, Spanish and Arabic: no English word on any card, paper, key, guide or sheet but the author's."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml

from builder.deck import apkg
from builder.loading.course import load
from builder.printing import papers
from builder.wording import raw
from tests import anki_collection, samples
from tests.make.papers import quiz_of, reader
from tests.pictures import png

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Page

    from builder.model import Course
    from tests.browser import View

LANGUAGES = ("de", "es", "ar")
TITLES = {"de": "Natur", "es": "Naturaleza", "ar": "الطبيعة"}
# Names of keys and ids of items are the same in any language.
ANYWHERE = frozenset("alt tab esc ctrl delete mont blanc".split())

# All that a reader sees or hears of a card: text, text that the style adds, names and titles of controls.
SEEN = r"""() => {
  const out = [];
  const add = (text) => text && text !== "none" && text !== "normal" && out.push(text);
  for (const element of document.querySelectorAll("#qa *")) {
    if (["STYLE", "SCRIPT", "TEMPLATE"].includes(element.tagName) || element.matches("#qa .id")) continue;
    for (const node of element.childNodes) if (node.nodeType === 3) add(node.data.trim());
    for (const pseudo of ["::before", "::after"]) add(getComputedStyle(element, pseudo).content.replace(/counters?\([^)]*\)/g, ""));
    for (const name of ["aria-label", "title", "alt", "placeholder"]) add(element.getAttribute(name));
  }
  return out.join("\n");
}"""


class Sides(NamedTuple):
    """The two sides of a card, as Anki renders them."""

    question: str
    answer: str


def folder_of(language: str, folder: Path) -> Path:
    """The course in a language on disk."""
    course = samples.course(folder, samples.HERE / "languages" / f"{language}.yaml")
    title = TITLES[language]
    head = {
        "course": "natur",
        "title": title,
        "language": language,
        "report": "fehler@example.org",
        "banks": ["bank.yaml"],
        "outline": "outline.yaml",
        "themes": {"natur": title},
        "anki": {"deck": title},
    }
    paragraphs = [{"id": f"buch/natur/p{i}", "gist": title} for i in (1, 2, 3)]
    section = {"id": "buch/natur", "title": title, "paragraphs": paragraphs}
    (course / "course.yaml").write_text(yaml.safe_dump(head, allow_unicode=True), "utf-8")
    outline = {"sources": [{"id": "buch", "title": title, "sections": [section]}]}
    (course / "outline.yaml").write_text(yaml.safe_dump(outline, allow_unicode=True), "utf-8")
    (course / "bild.png").write_bytes(png(40, 40))
    (course / "ton.mp3").write_bytes(b"ID3\x03\x00\x00\x00\x00\x00\x00")
    return course


@pytest.fixture(params=LANGUAGES)
def course(request: pytest.FixtureRequest, tmp_path: Path) -> Course:
    """The course of all kinds in a language, without a fault."""
    loaded = load(folder_of(request.param, tmp_path / request.param))
    assert [str(d) for d in loaded.diagnostics] == []
    assert loaded.course
    return loaded.course


@pytest.fixture
def cards(course: Course, tmp_path: Path) -> Mapping[str, Sides]:
    """Each card of the course by item and number, after an import into Anki."""
    collection = anki_collection.new(tmp_path)
    (package,) = apkg.files(course, 1_750_000_000).values()
    anki_collection.bring_in(collection, package, tmp_path)
    made = {
        f"{item.id} {number}": Sides(card.question(), card.answer())
        for item in course.active
        for number, card in enumerate(anki_collection.note(collection, f"{course.id}:{item.id}").cards())
    }
    collection.close()
    return made


def english(course: Course) -> set[str]:
    """The words of the English table that neither the course's own table nor its author has."""
    own = {*_words(str(raw(course.tongue))), *ANYWHERE}
    bank = Path(course.path).parent / "bank.yaml"
    own |= set(_words(bank.read_text("utf-8")))
    return {word for word in _words(" ".join(_texts(raw("en")))) if len(word) > 1} - own


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


def _texts(table: Mapping[str, Any]) -> Iterator[str]:
    for value in table.values():
        if isinstance(value, dict):
            yield from _texts(value)
        else:
            yield from [value] if isinstance(value, str) else value


def answered(page: Page) -> Iterator[None]:
    """Do on a front all that a student may do, with a stop to look after each step."""
    for css in (".option >> nth=1", ".responses .part >> nth=0", ".arrow >> nth=2", ".check", ".check", ".more"):
        target = page.locator(css)
        if target.count() and target.first.is_visible():
            target.first.click()
            yield
    box = page.locator("textarea")
    if box.count():
        box.fill("1 2 3")
        yield


@pytest.mark.slow
@pytest.mark.chromium
def test_no_card_has_a_word_of_english(course: Course, cards: Mapping[str, Sides], view: View) -> None:
    """On no side, before, while and after it is answered, by eye or by ear."""
    strange, folded = english(course), 0
    for name, sides in cards.items():
        page = (viewer := view(width=600)).show(sides.question)
        seen = [page.evaluate(SEEN)]
        seen += [page.evaluate(SEEN) for _ in answered(page)]
        viewer.show(sides.answer)
        folds = page.locator(".small > summary").all()  # none on the card of an item without sources
        for fold in folds:
            fold.click()
        folded += len(folds)
        seen.append(page.evaluate(SEEN))
        for control in page.locator(".points input, .rubric input >> nth=1").all():
            control.check()
        seen.append(page.evaluate(SEEN))
        assert strange & set(_words("\n".join(seen))) == set(), name
        viewer.trouble = [told for told in viewer.trouble if "request" not in told and "ERR_" not in told]
    assert folded


def test_no_paper_has_a_word_of_english(course: Course) -> None:
    """Neither paper nor sheet, key, guide and list of versions, in any format."""
    strange = english(course)
    for answers in ("sheet", "inline"):
        active = replace(course, items=course.active)
        formats = ("pdf", "html", "md")
        quiz = quiz_of(active, 2, language=course.words.language, answers=answers, formats=formats)
        for name, data in papers.files(active, quiz).items():
            if name.endswith((".json", ".png")):
                continue
            text = said_by(name, data)
            assert strange & set(_words(text)) == set(), name


def said_by(name: str, data: bytes) -> str:
    """The text of a file of a paper."""
    if name.endswith(".pdf"):
        text = "\n".join(page.extract_text() for page in reader(data).pages)
        return re.sub(r"HS2/\S*\s+\S*", " ", text)  # the code of an answer sheet is no text
    text = re.sub(r"\]\(picture-\d+\.\w+\)", "]", data.decode())  # the name of a file is no text
    return re.sub(r"<style.*?</style>|<[^>]*>|data:[^\")]*", " ", text, flags=re.DOTALL)
