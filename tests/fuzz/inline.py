"""What must hold of an author's text, with a browser's reading of HTML (`html.parser`) and Anki's of clozes as the judges."""

from __future__ import annotations

import html
import json
import re
import tempfile
from collections import Counter
from functools import cache, partial
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from builder.cards import fields
from builder.cards import html as field_html
from builder.model import Cloze
from builder.model.fields import Retired
from builder.printing.pdf.typeset import as_json, clean
from builder.text import cloze, markup
from builder.text.tree import Code, Listing, Paragraph, Picture, Quote, Run, Sound, Table, Verse, lines
from builder.wording import wording
from tests import anki_collection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anki.collection import Collection
    from anki.notes import Note

    from builder.text.tree import Inline, Text

INLINE = {"em", "strong", "code", "a", "br", "span", "sub", "sup", "s", "img"}
BLOCKS = {"div", "p", "pre", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "blockquote"}
ATTRIBUTES = {"href", "src", "alt", "style", "class", "start", "lang", "dir"}


class Page(HTMLParser):
    r"""The text that a browser shows of HTML, line breaks as `\n`, and its elements with the values of `href`."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.shown = ""
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.open: list[str] = []
        self.feed(source)
        self.close()

    def handle_data(self, data: str) -> None:
        """Text."""
        self.shown += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element."""
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name == "href"]
        assert {name for name, _ in attrs} <= ATTRIBUTES
        if tag == "br":
            self.shown += "\n"
        elif tag != "img":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Its end: elements nest."""
        assert self.open.pop() == tag


class Names(dict[str, str]):
    """A name inside Anki for whatever file a text names."""

    def __missing__(self, file: str) -> str:
        return "test-0123.png"


NAMES = Names()


def assert_shown(html: str, text: Text[Inline]) -> None:
    """The HTML shows what the text says, in our few elements, and leaves Anki nothing to act on."""
    page = Page(html)
    nodes = [node for line in _lines(text) for node in line]
    assert page.shown == "".join(map(_said, nodes))
    assert not page.open
    assert page.tags <= INLINE | BLOCKS
    # Words of a link are several elements where their style or language changes.
    addresses = [node.href for node in nodes if isinstance(node, Run) and node.href]
    assert [it for it, _ in groupby(page.addresses)] == [it for it, _ in groupby(addresses)]
    assert not set(html.replace("\\[ ", "").replace(" \\]", "").replace(_SOUND, "")) & set(
        "[]"
    )  # of displayed formulas
    if not any(isinstance(node, Run) and node.math for node in nodes):
        assert not set(html) & set("{}")
        assert "\\(" not in re.sub(r' href="[^"]*"', "", html)


_SOUND = "[sound:test-0123.png]"


def _lines(text: Text[Inline]) -> Iterator[tuple[Inline, ...]]:
    """The lines of a text, those of a verse with the breaks between them, as HTML has them."""
    for block in text:
        match block:
            case Verse(verses):
                yield from ((*line, Run("", break_=True)) for line in verses[:-1])
                yield verses[-1]
            case Listing(items):
                for item in items:
                    yield from _lines(item)
            case Quote(blocks):
                yield from _lines(blocks)
            case Paragraph() | Code() | Table():
                yield from lines((block,))


def _said(node: Inline) -> str:
    match node:
        case Picture():
            return ""
        case Sound(_, transcript):
            return f"{_SOUND} {transcript}"
        case Run(text, math=True):
            return f"\\[ {text} \\]" if node.display else f"\\({text}\\)"
        case Run(text):
            return "\n" if node.break_ else text


def markup_holds(typed: str) -> None:
    """Tree, HTML, plain text and JSON say the same, with maths and without; every character typed is accounted for."""
    typed = typed.strip()
    for math in (False, True):
        text = markup.parse(typed, math=math)
        assert_shown(field_html.html(typed, math=math, names=NAMES), text)
        rows = [line for line in lines(text) if line]
        assert markup.plain(typed, math=math) == " ".join("".join(map(markup.words, row)) for row in rows)
        runs = [node for row in rows for node in row if isinstance(node, Run)]
        assert all(run.text or run.break_ for run in runs)
        assert all(run.href.lower().startswith(("http:", "https:", "mailto:")) for run in runs if run.href)
        data = json.loads(json.dumps(as_json(tuple(runs), {})))
        printed = [run._replace(text=clean(run.text), href=clean(run.href)) for run in runs]
        assert [Run(**{"text": ""} | one) for one in data] == printed
        kept = Counter("".join(map(_letters, _kept(text))))
        lost = Counter(_letters(_ENTITY.sub(lambda entity: html.unescape(entity[0]), typed))) - kept
        assert not lost - _markup(typed), lost
    short = markup._emphasis(typed)
    assert short in ((), tuple(markup._markdown(typed)))
    assert Page(field_html.html_text(typed)).shown == typed


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _kept(text: Text[Inline]) -> Iterator[str]:
    """All that a tree holds of what was typed."""
    for block in text:
        if isinstance(block, Code):
            yield block.language
    for line in lines(text):
        for node in line:
            yield from map(str, node)


# CommonMark's need the semicolon; `html.unescape` takes `&#359` for one without it, as browsers do.
_ENTITY = re.compile(r"&#?\w+;")
_ASIDE = re.compile(
    r"^[\s>|]*(?:(?:\d{1,9}[.)]|[-*+])[\s>]+)*(?:\d{1,9}[.)])?(?:(?:`{3,}|~{3,}).*)?|\]\((?:[^()\\]|\\[\s\S])*(?:\((?:[^()\\]|\\[\s\S])*\)(?:[^()\\]|\\[\s\S])*)*\)|\{\s*(?:width|lang)[^}]*\}|&[#\w]+;",
    re.MULTILINE,
)


def _markup(typed: str) -> Counter[str]:
    """The letters and digits of a text that may be markup: numbers of lists, languages, addresses, widths, entities."""
    return Counter(_letters("".join(_ASIDE.findall(typed))))


def cloze_holds(text: str) -> None:
    """The parts of a cloze are its text, and the blanks that pass are those of which Anki makes cards."""
    parts = cloze.pieces(text)
    assert all(parts)
    rest = text
    for part in parts:
        if isinstance(part, str):
            assert rest.startswith(part)
            rest = rest[len(part) :]
        else:
            typed = next(
                blank
                for number in _digits(rest)
                for hint in _hints(part)
                if rest.startswith(blank := f"{{{{c{number}::{part.text}{hint}}}}}")
            )
            rest = rest[len(typed) :]
    assert rest == ""
    if text.strip() and not cloze.problem(text.strip()):
        item = Cloze(id="a", kind="cloze", prompt=text)
        for math in (False, True):
            _assert_anki_agrees(item.model_copy(update={"math": math}))


def _digits(typed: str) -> list[str]:
    """The number of a blank as it was typed: `01` is 1."""
    return [typed[3 : typed.index("::")]]


def _hints(blank: cloze.Blank) -> list[str]:
    return [f"::{blank.hint}"] if blank.hint else ["", "::"]


def _assert_anki_agrees(item: Cloze) -> None:
    """Anki finds the numbers that the item has, what each hides, and none in the item once it is retired."""
    note = _note()
    html = _field(item)
    note["Text"] = html
    numbers = {blank.number for blank in item.blanks}
    assert set(note.cloze_numbers_in_fields()) == numbers, html
    page = Page(html).shown
    for blank in item.blanks:
        read = "".join(map(_said, markup.inline(blank.text, math=item.math)))
        assert read in page or blank.text in page  # in a program, as it was typed
    retired = Retired(since="2026-01-01", reason="r")
    note["Text"] = _field(item.model_copy(update={"retired": retired}))
    assert set(note.cloze_numbers_in_fields()) == set()


def _field(item: Cloze) -> str:
    html, blanked = (partial(write, math=item.math, names=NAMES) for write in (field_html.html, field_html.cloze_html))
    return fields._own(item, html, blanked, wording("en"), "en")[1][0]


@cache
def _collection() -> Collection:
    return anki_collection.new(Path(tempfile.mkdtemp(prefix="her-study-fuzz-")))


@cache
def _note() -> Note:
    collection = _collection()
    model = collection.models.by_name("Cloze")
    assert model
    return collection.new_note(model)
