"""Items as the questions of Moodle: what every question has; its answers are in `_answers`, gaps in `_gaps`."""

from __future__ import annotations

import base64
import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from builder.exchange import _beside, _sources, _tags
from builder.exchange._html import Html
from builder.exchange.moodle import _answers, _gaps
from builder.exchange.moodle._answers import cdata
from builder.model import Basic, Cloze, Essay, Matching, Mcq, Numeric, Occlusion, Ordering, Reversed, Short, TrueFalse
from builder.text.markup import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from builder.exchange._frame import Losses
    from builder.model import Course, Item

_UNKEPT = re.compile(r"""[\x00-\x1f\x7f&<>"'`|:\\]|\.\.+""")  # signs in names of files (Moodle's PARAM_FILE)
ADDRESS = "@@PLUGINFILE@@/"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
_MOST_RIGHT = 255  # signs of a right side of a matching


def document(course: Course, items: Sequence[Item], losses: Losses) -> bytes:
    """The XML of all items, those of a theme in a category of its own."""
    writer = Writer(course, losses, _sources.teller(course, items))
    made, theme = [_HEAD.encode()], ""  # bytes, of which a text takes twice as many or more
    for item in items:
        questions = "".join(writer.questions(item))
        there = item.theme or "-"
        if questions and there != theme:
            theme = there
            made.append(_category(course, item.theme).encode())
        made.append(questions.encode())
    return b"".join([*made, b"</quiz>\n"])


def _category(course: Course, theme: str | None) -> str:
    """What says that the following questions belong to a theme."""
    path = "/".join(["$course$", "top", course.id, *([theme] if theme else [])])
    title = course.themes.get(theme or "", course.title)
    info = f'<info format="html"><text>{cdata(escape(title))}</text></info>'
    return f'<question type="category"><category><text>{path}</text></category>{info}</question>\n'


class Writer:
    """Writes questions; what they can't hold goes to `losses`."""

    def __init__(self, course: Course, losses: Losses, tell: Callable[[Html, Item], str]) -> None:
        self.course, self.losses, self.tell = course, losses, tell
        self.html: Html = Shown(ADDRESS)

    def questions(self, item: Item) -> Iterator[str]:
        """The question of an item; a reversed one has two, and one that Moodle can't take none."""
        self.losses_of(item)
        match item:
            case Basic():
                yield self.question(item, "shortanswer", _answers.short(self, item, item.answer, item.accept))
            case Reversed():
                front = _answers.short(self, item, item.answer, item.accept)
                yield self.question(item, "shortanswer", front, side=".a")
                back = _answers.short(self, item, item.reverse_answer, (), key="reverse_answer")
                yield self.question(item, "shortanswer", back, side=".b", prompt=item.reverse_prompt)
            case Cloze() if item.word_bank is not None:
                text, boxes = _gaps.boxes(self, item)
                yield self.question(item, "ddwtos", boxes, text=text)
            case Cloze():
                yield self.question(item, "cloze", "", text=_gaps.embedded(self, item))
            case Mcq():
                yield self.question(item, "multichoice", _answers.choice(self, item))
            case TrueFalse():
                yield self.question(item, "truefalse", _answers.verdict(self, item))
            case Matching():
                yield from self.matching(item)
            case Ordering():
                yield self.question(item, "ordering", _answers.ordering(self, item))
            case Numeric():
                yield self.question(item, "numerical", _answers.number(self, item))
            case Occlusion():
                self.losses.add(item, (), "left out: boxes on a picture are not written for Moodle")
            case Short() | Essay():
                yield self.question(item, "essay", _answers.written(self, item))

    def matching(self, item: Matching) -> Iterator[str]:
        """A matching, unless a right side is longer than Moodle's table for it."""
        if any(len(_answers.plain(text, item)) > _MOST_RIGHT for text in item.responses):
            message = f"left out: a response has more than {_MOST_RIGHT} signs, at which Moodle stops the import"
            self.losses.add(item, (), message, "shorten it")
            return
        yield self.question(item, "matching", _answers.matching(self, item))

    def question(
        self, item: Item, kind: str, tail: str, *, side: str = "", prompt: str = "", text: str | None = None
    ) -> str:
        """A question: `text` is its HTML where it is not that of the prompt."""
        shown = self.typed(prompt or item.prompt, item) if text is None else text
        asked = self.element("questiontext", _boxed(shown) + _beside.written(self.html, item))
        reason = self.typed(item.explanation, item) if item.explanation else ""
        sources = self.tell(self.html, item)
        told = self.element("generalfeedback", (_boxed(reason) if reason else "") + sources)
        tags = "".join(
            f"<tag><text>{escape(tag)}</text></tag>"
            for _, tag in _tags.written(self.course, item)
            if _tags.is_kept(tag)
        )
        name = f"{item.id}{side}"
        return (
            f'<question type="{kind}"><name><text>{name}</text></name>{asked}{told}'
            f"<defaultgrade>{item.points}</defaultgrade><penalty>0</penalty><hidden>0</hidden>"
            f"<idnumber>{name}</idnumber><tags>{tags}</tags>{tail}</question>\n"
        )

    def typed(self, text: str, item: Item) -> str:
        """The HTML of a text of an item."""
        return self.html.typed(text, math=item.math)

    def element(self, tag: str, html: str, attributes: str = ' format="html"', inner: str = "") -> str:
        """An element that holds HTML, with the files that this HTML shows, and `inner` after them."""
        names, self.html.files = dict.fromkeys(self.html.files), []
        files = "".join(map(self.file, names))
        return f"<{tag}{attributes}><text>{cdata(html)}</text>{files}{inner}</{tag}>"

    def rich(self, tag: str, text: str, item: Item, attributes: str = ' format="html"', inner: str = "") -> str:
        """An element that holds a text of an item."""
        return self.element(tag, self.typed(text, item), attributes, inner)

    def file(self, name: str) -> str:
        """The bytes of a file."""
        folder, _, own = _kept(name).rpartition("/")
        path = f"/{folder}/" if folder else "/"
        data = base64.b64encode(self.course.media[name]).decode()
        return f'<file name="{escape(own)}" path="{escape(path)}" encoding="base64">{data}</file>'

    def losses_of(self, item: Item) -> None:
        """Note what no question of Moodle can hold."""
        for key in ("allow", "reviewed"):
            if getattr(item, key):
                self.losses.add(item, (key,), f"'{key}' has no place in Moodle")
        if item.status == "approved":
            self.losses.add(item, ("status",), "an approval has no place in Moodle")
        if item.audio and item.audio.paper == "listen":
            self.losses.add(item, ("audio", "paper"), "what a paper says of a recording has no place in Moodle")
        for key, tag in _tags.written(self.course, item):
            if not _tags.is_kept(tag):
                self.losses.add(item, (key,), f"'{tag}' is longer than a tag of Moodle")


class Shown(Html):
    """Texts whose files have the names that Moodle keeps."""

    def file(self, name: str) -> str:
        """The address of a file, which is taken down as shown."""
        self.files.append(name)
        return escape(self.address + quote(_kept(name)))


def _kept(name: str) -> str:
    """The name of a file as Moodle keeps it, without the signs that it takes out: `it's.png` is `its.png`."""
    return _UNKEPT.sub("", name)


def _boxed(html: str) -> str:
    """HTML in paragraphs: a bare line gets one."""
    return html if html.startswith(("<p", "<ul", "<ol", "<table", "<blockquote")) else f"<p>{html}</p>"


def is_plain(text: str, item: Item) -> bool:
    """Whether a text has no markup, so that nothing of it is lost where only words can stand."""
    return _answers.plain(text, item) == text.strip() and len(parse(text, math=item.math)) == 1
