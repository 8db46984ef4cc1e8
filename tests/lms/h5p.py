"""Let H5P's own content types judge an export: `python -m tests.lms.h5p LIBRARIES`.

For maintainers: LIBRARIES is a folder with unpacked libraries of H5P, each in a folder of its own name, such as
`H5P.MultiChoice-1.16`: those that an export names, and all that these need. A package that a host of H5P exports has
them; those of 2025 and later want a newer core than the player has, and lie about in it. The questions are first held against the fields that each type declares (`semantics.json`), then played in
Chromium by h5p-standalone, which npm installs: each must show its text, and its key earn full marks.
"""

from __future__ import annotations

import io
import json
import mimetypes
import re
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import click

from builder.exchange import h5p
from builder.model import Basic, Cloze, Matching, Mcq, TrueFalse
from builder.text import markup
from tests.browser import chromium
from tests.contract import npm
from tests.lms import fields
from tests.make.course import course_of
from tests.make.items import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Frame, Locator, Page, Route

    from builder.model import Item

_SITE = "http://h5p.test/"
_PLAYER, _VERSION = "h5p-standalone", "3.8.0"
_START = """new H5PStandalone.H5P(document.getElementById('h5p'), {h5pJsonPath: '/package', librariesPath: '/libraries',
    frameJs: '/player/frame.bundle.js', frameCss: '/player/styles/h5p.css'})"""
_READY = "() => window.H5P && H5P.instances && H5P.instances.length === 1"
_MARKS = "(place) => { const it = H5P.instances[0].getQuestions()[place]; return [it.getScore(), it.getMaxScore()]; }"
_ITEMS: list[Any] = [
    *EXAMPLES,
    {"id": "two", "kind": "mcq", "prompt": "1 < 2 & `x<b>` H~2~O?", "explanation": "As a <b> & *c*.",
     "options": [{"right": "a < b and `c`"}, {"wrong": "a & b"}]},
    {"id": "false", "kind": "truefalse", "prompt": "x^2^ <i>?", "answer": False, "correction": "<b> & c", "explanation": "<d>"},
    {"id": "or", "kind": "basic", "prompt": "A ~~city~~?", "answer": "Rome", "accept": ["R<oma"], "explanation": "So & <u>."},
    {"id": "three", "kind": "cloze", "prompt": "2 \\* H~2~O {{c1::two::a number}}\n\nis {{c2::four}} & *{{c3::R&D}}*."},
    {"id": "words", "kind": "cloze", "prompt": "A & {{c1::cat <b>}} & {{c2::black dog}}.", "word_bank": ["cow"]},
    {"id": "sums", "kind": "cloze", "math": True, "prompt": "As $x < {{c1::4}}$, all is well.", "explanation": "$a<b$"},
]  # fmt: skip


class Site:
    """A package in a page of Chromium; nothing in it reaches a network."""

    def __init__(self, page: Page, files: Mapping[str, bytes], libraries: Path) -> None:
        self.page, self.files, self.errors = page, files, list[str]()
        self.folders = {"libraries": libraries, "player": npm.package("h5p-player", _PLAYER, _VERSION) / "dist"}
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.route("**/*", self._answer)
        page.goto(_SITE)
        page.add_script_tag(url=f"{_SITE}player/main.bundle.js")
        page.evaluate(_START)

    def _answer(self, route: Route) -> None:
        path = unquote(urlsplit(route.request.url).path).strip("/")
        head, _, rest = path.partition("/")
        if not path:
            route.fulfill(body='<!doctype html><body><div id="h5p"></div></body>', content_type="text/html")
        elif head == "package" and rest in self.files:
            route.fulfill(body=self.files[rest], content_type=mimetypes.guess_type(rest)[0])
        elif head in self.folders and (self.folders[head] / rest).is_file():
            route.fulfill(path=self.folders[head] / rest)
        else:
            self.errors.append(f"not there: {path}")
            route.fulfill(status=404)


def shown(item: Item) -> str:
    """The first words that an item shows."""
    text = re.split(r"\{\{|\$|\n", item.prompt)[0] if isinstance(item, Cloze) else item.prompt
    return markup.plain(text, math=item.math).strip()


def answer(frame: Frame, place: int, item: Item) -> None:
    """Give the right answer to the question at that place."""
    question = frame.locator(".question-container").nth(place)
    match item:
        case Mcq():
            for option in item.options:
                if option.is_right:
                    question.get_by_text(markup.plain(option.text), exact=True).click()
        case TrueFalse():
            question.get_by_text(str(item.answer), exact=True).click()
        case Basic():
            question.locator("input").fill((item.accept or (item.answer,))[-1])
        case Cloze() if item.word_bank is None:
            for box, blank in zip(question.locator("input").all(), item.blanks, strict=True):
                box.fill(blank.text)
        case Cloze():
            _drag(question, [blank.text for blank in item.blanks])
        case Matching():
            _drag(question, [right for _, right in item.pairs])
        case _:
            message = f"no question is of the kind {item.kind}"
            raise AssertionError(message)


def _drag(question: Locator, words: list[str]) -> None:
    """Drag each of some words into the place of its number."""
    for place, word in enumerate(words):
        question.locator(".ui-draggable", has_text=word).drag_to(question.locator(".ui-droppable").nth(place))


def played(page: Page, site: Site, items: list[Item]) -> Iterator[str]:
    """What is wrong with questions as they are played, each with its item."""
    page.wait_for_selector("iframe.h5p-iframe")
    frame = page.frames[1]
    frame.wait_for_function(_READY)
    for place, item in enumerate(items):
        question = frame.locator(".question-container").nth(place)
        question.wait_for()
        words = " ".join(question.inner_text().split())
        if shown(item) not in words:
            yield f"{item.id}: shows {words!r} and not {shown(item)!r}"
        answer(frame, place, item)
        marks, most = frame.evaluate(_MARKS, place)
        if not marks == most > 0:
            yield f"{item.id}: its key earns {marks} of {most}"
        if item.explanation:
            question.locator(".h5p-question-check-answer").click()
            told = question.locator(".h5p-question-feedback-content-text").inner_text()
            if markup.plain(item.explanation, math=item.math) not in told:
                yield f"{item.id}: tells {told!r}"
        if place + 1 < len(items):
            frame.locator(".h5p-question-next:visible").click()
    yield from site.errors


def main() -> int:
    """Judge a package of all kinds; the exit code is 1 where something is wrong."""
    (libraries,) = map(Path, sys.argv[1:])
    course = course_of(_ITEMS)
    (data,) = h5p.write(course, course.items).files.values()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    head, content = (json.loads(files[name]) for name in ("h5p.json", "content/content.json"))
    (main_library,) = (it for it in head["preloadedDependencies"] if it["machineName"] == head["mainLibrary"])
    name = f"{main_library['machineName']} {main_library['majorVersion']}.{main_library['minorVersion']}"
    wrong = list(fields.faults(libraries, name, content))
    known = {item.id: item for item in course.items}
    items = [known[question["metadata"]["title"]] for question in content["questions"]]
    for browser in chromium():
        page = browser.new_page(viewport={"width": 900, "height": 900})
        wrong += played(page, Site(page, files, libraries), items)
    click.echo("\n".join(wrong or [f"{len(items)} questions are shown, and their keys earn full marks"]))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
