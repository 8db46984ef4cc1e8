"""What must hold of inline text, with a browser's reading of HTML (`html.parser`) and Anki's of clozes as the judges."""

from __future__ import annotations

import json
import re
import tempfile
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from builder.cards import fields
from builder.cards import html as field_html
from builder.model import Cloze
from builder.model.items import Retired
from builder.printing.pdf.typeset import as_json, clean
from builder.text import cloze, markup
from tests import anki_collection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anki.collection import Collection
    from anki.notes import Note

OUR_TAGS = {"em", "strong", "code", "a", "br", "span", "sub", "sup", "s"}


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
        assert {name for name, _ in attrs} <= {"href"}
        if tag == "br":
            self.shown += "\n"
        else:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Its end: elements nest."""
        assert self.open.pop() == tag


def assert_shown(html: str, runs: Iterable[markup.Run]) -> None:
    """The HTML shows what the runs say, in our few elements, and leaves Anki nothing to act on."""
    page = Page(html)
    runs = list(runs)
    assert page.shown == _said(runs)
    assert not page.open
    assert page.tags <= OUR_TAGS
    assert page.addresses == [run.href for run in runs if run.href]
    assert not set(html.replace("\\[ ", "").replace(" \\]", "")) & set("[]")  # of displayed formulas
    if not any(run.math for run in runs):
        assert not set(html) & set("{}")
        assert "\\(" not in re.sub(r' href="[^"]*"', "", html)


def _said(runs: Iterable[markup.Run]) -> str:
    return "".join("\n" if run.break_ else _formula(run) if run.math else run.text for run in runs)


def _formula(run: markup.Run) -> str:
    return f"\\[ {run.text} \\]" if run.display else f"\\({run.text}\\)"


def markup_holds(text: str) -> None:
    """Runs, HTML, plain text and JSON say the same, with maths and without; every character typed is accounted for."""
    for math in (False, True):
        runs = markup.inline(text, math=math)
        assert_shown(field_html.html(text, math=math), runs)
        plain = "".join(" " if run.break_ else run.text for run in runs)
        assert markup.plain(text, math=math) == plain
        assert all(run.text or run.break_ for run in runs)
        assert all(run.href.lower().startswith(("http:", "https:", "mailto:")) for run in runs if run.href)
        data = json.loads(json.dumps(as_json(runs, {})))
        printed = [run._replace(text=clean(run.text), href=clean(run.href)) for run in runs]
        assert [markup.Run(**{"text": ""} | one) for one in data] == printed
    short = markup._emphasis(text)
    assert short in ((), tuple(markup._markdown(text)))
    page = Page(field_html.html_text(text))
    assert page.shown == text


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
        assert _said(markup.inline(blank.text, math=item.math)) in page
    retired = Retired(since="2026-01-01", reason="r")
    note["Text"] = _field(item.model_copy(update={"retired": retired}))
    assert set(note.cloze_numbers_in_fields()) == set()


def _field(item: Cloze) -> str:
    return fields._own(item, lambda text: field_html.html(text, math=item.math))[1][0]


@cache
def _collection() -> Collection:
    return anki_collection.new(Path(tempfile.mkdtemp(prefix="her-study-fuzz-")))


@cache
def _note() -> Note:
    collection = _collection()
    model = collection.models.by_name("Cloze")
    assert model
    return collection.new_note(model)
