"""Questions of Moodle as entries of a bank: what every question has; each type is in `_kinds`."""

from __future__ import annotations

import base64
import binascii
import re
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from builder.diagnostics import Span
from builder.exchange import _beside, _files, _guide, _tags
from builder.exchange._frame import Entry, Read, UnfitError
from builder.exchange._halves import Halves
from builder.exchange._html import Html
from builder.exchange._ids import slug
from builder.exchange._markup import from_html
from builder.exchange._rich import Rich, plain, typed, words_of
from builder.exchange.moodle import _kinds
from builder.exchange.moodle._outof import ADDRESS
from builder.exchange.moodle._values import child, text_of
from builder.text import markup

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.exchange._drawn import Drawn

_SOURCES = re.compile(r'<ul class="sources">.*?</ul>\s*\Z', re.DOTALL)
_NOT_TEXT = re.compile("[\ufdd0-\ufdef]")  # noncharacters, which stand for gaps here
_FORMATS = {"html", "moodle_auto_format", "plain_text", "markdown", ""}


class Reader:
    """Takes one question after the other."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.read = Read()
        self.theme = ""
        self._halves = Halves()

    def done(self) -> Read:
        """What was read."""
        self._halves.rest()
        return self.read

    def take(self, element: Any) -> None:
        """A question, or the category of those that follow."""
        kind = element.get("type") or ""
        span = Span(self.name, element.sourceline or 1)
        if kind == "category":
            self._category(element)
            return
        question = Question(self, element, span)
        wish = text_of(question.part("idnumber")) or question.name
        try:
            value = _kinds.READERS[kind](question) if kind in _KNOWN else None
            if value is not None:
                self._add(question, value, wish or question.prompt_words, span)
                return
        except UnfitError as error:
            self.read.refused(span, f"'{wish[:60]}' is left out: {error}")
            return
        if kind != "description":
            self.read.refused(span, f"'{wish[:60]}' is left out: a question of the type '{kind}' has no counterpart")
        else:
            self.read.lost(span, f"'{wish[:60]}' is no question but a text, and is left out")

    def _category(self, element: Any) -> None:
        path = [
            part for part in text_of(element.find("category/text")).split("/") if part not in {"$course$", "top", ""}
        ]
        self.theme = slug(path[-1]) if path else ""
        said = words_of(from_html(text_of(element.find("info/text"))))
        if self.theme:
            # An export of ours has the theme's id for a name, and its title here. Elsewhere this describes a category.
            self.read.themes[self.theme] = said if said and self.theme == path[-1] else path[-1]

    def _add(self, question: Question, value: dict[str, Any], wish: str, span: Span) -> None:
        """An entry; the two halves of a reversed item become one."""
        listed = question.part("tags")
        tags, kind = _tags.read([] if listed is None else [text_of(tag) for tag in listed.iter("text")])
        theme = {} if kind or not self.theme else {"theme": self.theme}
        if value["kind"] == "essay" and kind == "short":
            value = value | {"kind": "short"}

        def entry(value: dict[str, Any], wish: str) -> None:
            every = {**value, **theme, **tags, **question.common(value)}
            said = typed({key: it for key, it in every.items() if it not in _NOTHING})
            self.read.entries.append(Entry(question.drawn.put(said) if question.drawn else said, wish, span))

        if made := self._halves.joined(kind, wish, value, partial(entry, value, wish)):
            entry(*made)


class Question:
    """One question: its element, and what all types have."""

    def __init__(self, reader: Reader, element: Any, span: Span) -> None:
        self.reader, self.element, self.span = reader, element, span
        self.beside: dict[str, Any] = {}
        self.prompt_words = ""
        self.told: set[str] = set()
        self.drawn: Drawn | None = None  # values that are drawn for the question
        self.fill: Callable[[str, Any], str] | None = None
        self._parts = {it.tag: it for it in element.iterchildren(reversed=True)}  # the first of each name

    @property
    def name(self) -> str:
        """The name of the question in Moodle."""
        name = self.part("name")
        return "" if name is None else text_of(child(name, "text"))

    def part(self, tag: str) -> Any:
        """The first child of that name; None without one."""
        return self._parts.get(tag)

    def lost(self, message: str) -> None:
        """Note what is dropped; of many gaps of one question alike, once."""
        if message not in self.told:
            self.told.add(message)
            self.reader.read.lost(self.span, message)

    def html(self, tag: str) -> str:
        """The HTML of an element of the question; where it says another format, that as HTML."""
        return self.html_at(self.part(tag))

    def html_at(self, element: Any) -> str:
        """The HTML of an element, with signs for the places where something is computed."""
        html = html_of(element)
        return self.fill(html, element) if self.fill else html

    def rich(self, element: Any) -> Rich:
        """The text of an element that holds HTML and its files."""
        return from_html(self.html_at(element), self.files(element))

    def prompt(self) -> Rich:
        """The text of the question; a picture and a recording beside it are kept apart."""
        return self.prompt_of(self.html("questiontext"))

    def prompt_of(self, html: str) -> Rich:
        """The text of the question from its HTML."""
        files = self.files(self.part("questiontext"))
        html, self.beside = _beside.parted(html, files)
        made = from_html(html, files)
        if not made.text and not self.beside:
            made = plain(self.name)
            self.lost("the question has no text: its name stands for it")
        self.prompt_words = words_of(made, " ")[:80]
        return made

    def common(self, value: dict[str, Any]) -> dict[str, Any]:
        """Marks, explanation, picture and recording."""
        made: dict[str, Any] = dict(self.beside)
        element = self.part("generalfeedback")
        told = from_html(_SOURCES.sub("", self.html_at(element)), self.files(element))
        explanation = Rich((*told.text, *value.get("explanation", Rich(())).text))
        for path in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
            element = self.part(path)
            if element is None:
                continue
            words = words_of(self.rich(element), " ").strip()
            if words and not words.startswith(_STOCK):
                self.lost(f"the feedback for every {path.removesuffix('feedback')} answer is dropped")
        if self.part("hint") is not None:
            self.lost("hints for further attempts are dropped")
        made["explanation"] = explanation
        worth = value.get("marks") or _guide.marks(text_of(self.part("defaultgrade")))
        if worth and worth != _guide.usual(value):
            made["marks"] = worth
        return made

    def files(self, element: Any) -> Callable[[str], str | None]:
        """What finds the file of an address, and takes it in."""

        def find(address: str) -> str | None:
            if address.startswith("data:"):
                return self._embedded(address)
            name = address.removeprefix(ADDRESS) if address.startswith(ADDRESS) else ""
            held = {} if element is None else {_path(file): file for file in element.iterfind("file")}
            file = held.get(name) if name else None
            if file is None:
                self.lost(f"a picture or recording is not in the file: {address[:80]}")
                return None
            return self._taken(name, file.text or "")

        return find

    def _embedded(self, address: str) -> str | None:
        name = _files.named(address)
        return self._taken(name, address.partition(",")[2]) if name else None

    def _taken(self, name: str, data: str) -> str | None:
        """The name in the course of a file that was inside; None where it is no picture or recording."""
        try:
            content = base64.b64decode(data, validate=False)
        except (binascii.Error, ValueError):
            content = b""
        return _files.taken(self.reader.read, name, content, self.lost)


_NOTHING: tuple[Any, ...] = (Rich(()), [], "")
_KNOWN = frozenset(_kinds.READERS)
_STOCK = ("Your answer is correct", "Your answer is partially correct", "Your answer is incorrect")


def _path(file: Any) -> str:
    """The path of a file inside its text: `/pics/` and `a.png` are `pics/a.png`."""
    return f"{file.get('path') or '/'}{file.get('name') or ''}".strip("/")


def html_of(element: Any) -> str:
    """The HTML of an element with a text in it."""
    if element is None:
        return ""
    text = text_of(child(element, "text"))
    text = text if text.isascii() else _NOT_TEXT.sub("", text)
    match element.get("format"):
        case "html":
            return text
        case "plain_text":
            return escape(text, quote=False).replace("\n", "<br />")
        case "markdown":
            return Html("").text(markup.parse(text, math=False))
        case "moodle_auto_format" | "moodle" if "<" not in text:
            return (
                "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", text))
                if "\n\n" in text
                else text.replace("\n", "<br />")
            )
        case _:
            return text
