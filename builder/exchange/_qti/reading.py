"""What every version of QTI gives back: questions of a package as entries of a bank, with the files that they show."""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from functools import partial
from typing import TYPE_CHECKING, Any

from builder.exchange import _beside, _files, _guide, _tags
from builder.exchange._frame import BrokenSourceError, Entry, Read, UnfitError
from builder.exchange._halves import Halves
from builder.exchange._markup import from_html
from builder.exchange._package import own_name
from builder.exchange._rich import Rich, typed, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.diagnostics import Span
    from builder.exchange._drawn import Drawn
    from builder.exchange._package import Package

_SOURCES = re.compile(r'<ul class="sources">.*?</ul>\s*\Z', re.DOTALL)
_NOT_TEXT = re.compile("[\ufdd0-\ufdef]")  # noncharacters, which stand for gaps here
# What may stand before the root's first name, its attributes, and the declaration of the namespace of all.
_NAMESPACE = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:\s*<\?[^>]*\?>|\s*<!--(?:(?!--).)*-->)*\s*<[\w.-]+"""
    rb"""(?:\s+(?!xmlns\s*=)[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s+(xmlns\s*=\s*(?:"[^"<]*"|'[^'<]*'))""",
    re.DOTALL,
)
_NOTHING: tuple[Any, ...] = (Rich(()), [], "")
Value = dict[str, Any]


class Reader:
    """Gathers what the questions of a package come to."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.read = Read()
        self.known: dict[
            str, str | None
        ] = {}  # members of the package that were looked at, by their names in the course
        self._halves = Halves()

    def done(self) -> Read:
        """What was read."""
        self._halves.rest()
        return self.read

    def add(self, question: Question, value: Value, wish: str, tags: Iterable[str]) -> None:
        """An entry; the two halves of a reversed item become one."""
        keys, kind = _tags.read(tags)
        if value["kind"] == "essay" and kind == "short":
            value = value | {"kind": "short"}
        if (marks := value.get("marks")) and marks == _guide.usual(value):
            value = {key: it for key, it in value.items() if key != "marks"}

        def entry(value: Value, wish: str) -> None:
            every = {**value, **keys, **question.beside}
            every = {key: it for key, it in every.items() if it not in _NOTHING}
            said = question.drawn.put(typed(every)) if question.drawn else typed(every)
            self.read.entries.append(Entry(said, wish or question.words, question.span))

        if made := self._halves.joined(kind, wish, value, partial(entry, value, wish)):
            entry(*made)


class Question:
    """One question: its element, where it stands, and what is shown beside it."""

    def __init__(self, reader: Reader, element: Any, span: Span, folder: str) -> None:
        self.reader, self.element, self.span, self.folder = reader, element, span, folder
        self.beside: Value = {}
        self.words = ""
        self.drawn: Drawn | None = None  # values that are drawn for the question

    def lost(self, message: str) -> None:
        """Note what is dropped."""
        self.reader.read.lost(self.span, message)

    def rich(self, html: str) -> Rich:
        """The text of some HTML, with its files."""
        return from_html(cleaned(html), self.file)

    def prompt(self, html: str) -> Rich:
        """The text of the question; a picture and a recording beside it are kept apart."""
        html, self.beside = _beside.parted(html, self.file)
        made = from_html(html, self.file)
        self.words = words_of(made, " ")[:80]
        return made

    def explanation(self, html: str) -> Rich:
        """The text of the feedback for everyone, without the list of sources below it."""
        return self.rich(_SOURCES.sub("", html.strip()))

    def file(self, address: str) -> str | None:
        """The name in the course of what has that address in the package; None, and a note, where there is nothing."""
        if name := _files.named(address):
            try:
                content = base64.b64decode(address.partition(",")[2], validate=False)
            except (binascii.Error, ValueError):
                content = b""
            return _files.taken(self.reader.read, name, content, self.lost)
        package = self.reader.package
        member = package.find(address, self.folder) if address else None
        if member is None:
            self.lost(f"a picture or recording is not in the package: {address[:80]}")
            return None
        if member not in self.reader.known:
            try:
                content = package.read(member)
                self.reader.known[member] = _files.taken(self.reader.read, own_name(member), content, self.lost)
            except BrokenSourceError as error:
                self.lost(error.diagnostic.message)
                self.reader.known[member] = None
        return self.reader.known[member]


def cleaned(html: str) -> str:
    """HTML without the signs that stand for gaps here."""
    return html if html.isascii() else _NOT_TEXT.sub("", html)


def is_clean(document: bytes) -> bool:
    """Whether a document can't have the signs that stand for gaps here: neither in UTF-8, nor by their numbers."""
    return b"\xef\xb7" not in document and b"&#" not in document


def clean(element: Any) -> None:
    """Take the signs that stand for gaps here out of an element and all that it holds."""
    for part in element.iter():
        part.text, part.tail = (text and cleaned(text) for text in (part.text, part.tail))
        for key, value in part.items():
            part.set(key, cleaned(value))


def folder_of(member: str) -> str:
    """The folder of a member of a package."""
    return posixpath.dirname(member)


def bare(document: bytes) -> bytes:
    """A document whose root declares no namespace for all: spaces stand there, so that every place stays the same.

    Most items have no other namespace, and to take one off each of their elements is slow.
    """
    found = _NAMESPACE.match(document)
    if not found:
        return document
    start, end = found.span(1)
    return document[:start] + b" " * (end - start) + document[end:]


def plain_tags(element: Any) -> None:
    """Take the namespaces off an element and all that it holds: packages differ in them, or have none."""
    from lxml import etree

    for part in element.iter("{*}*"):
        tag = part.tag
        if tag[0] == "{":
            part.tag = tag.rpartition("}")[2]
    etree.cleanup_namespaces(element)


def refuse_unfit(message: str, *, unless: object) -> None:
    """Refuse a question, unless something is so.

    Raises:
        UnfitError: it is not so.
    """
    if not unless:
        raise UnfitError(message)


def first(found: Mapping[str, Any], *names: str) -> Any:
    """What the first of some names has that is there; None without any."""
    return next((found[name] for name in names if name in found), None)
