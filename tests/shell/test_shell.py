from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from builder import shell
from builder.cards import html as field_html
from builder.text import markup
from builder.text.tree import Run
from tests import browser as web
from tests.make import strategies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.text.tree import Runs

HOSTILE = "</title><script>x</script> \" ' &amp; {{ 7*7 }} {% raw %} {# note #} ${x}"


class Seen(HTMLParser):
    """What a reader of HTML finds: tags with their attributes, and text, neighbours joined."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[tuple[str, object]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """A tag."""
        self.parts.append((tag, list(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Its end."""
        self.parts.append((f"/{tag}", None))

    def handle_data(self, data: str) -> None:
        """Text."""
        if self.parts and self.parts[-1][0] == "text":
            data = f"{self.parts.pop()[1]}{data}"
        self.parts.append(("text", data))


def filled(template: str, **values: object) -> str:
    """A template that is in no file, filled."""
    return shell._environment().from_string(template).render(values)


def written_blocks(text: str) -> str:
    """A text as a template writes its blocks."""
    template = (
        '{% from "shell/blocks.html" import blocks %}{% from "shell/runs.html" import write %}{{ blocks(text, write) }}'
    )
    return filled(template, text=markup.parse(text))


def written(runs: Runs) -> str:
    """Runs as a template writes them."""
    return filled('{% from "shell/runs.html" import write %}{{ write(runs) }}', runs=runs)


def test_what_is_put_into_a_template_is_text() -> None:
    """A value shows as typed in elements and attributes, and is never a template itself."""
    html = filled('{% extends "shell/shell.html" %}{% block body %}<p title="{{ title }}">{{ title }}</p>{% endblock %}', title=HOSTILE, language=HOSTILE)  # fmt: skip
    seen = Seen(html).parts
    assert ("html", [("lang", HOSTILE), ("dir", "ltr")]) in seen
    assert seen[seen.index(("title", [])) + 1] == ("text", HOSTILE)
    at = seen.index(("p", [("title", HOSTILE)]))
    assert seen[at + 1 : at + 3] == [("text", HOSTILE), ("/p", None)]
    assert not {"script"} & {name for name, _ in seen}


def test_data_cannot_end_its_script() -> None:
    """JSON within a script element is what went in, in its order, and holds no tag."""
    html = filled("{{ data | tojson }}", data={"z": HOSTILE, "a": "</script><!--"})
    assert "<" not in html
    assert re.findall(r'"(\w)":', html) == ["z", "a"]


def test_a_forgotten_value_is_an_error() -> None:
    """A page is never written with a hole where a value should be."""
    with pytest.raises(UndefinedError, match="'language' is undefined"):
        shell.page("shell/shell.html", title="A title")


def test_half_a_character_becomes_a_question_mark() -> None:
    """A lone surrogate, as a broken argument holds, has no UTF-8: the page is written all the same."""
    assert b"<title>a?b</title>" in shell.page("shell/shell.html", language="en", title="a\ud800b")


def test_a_page_may_do_nothing_unless_it_says_so() -> None:
    """The shell alone allows its own style, and neither scripts nor pictures nor requests."""
    html = shell.page("shell/shell.html", language="en", title="A title").decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy == "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'"


@pytest.mark.parametrize(
    "text", [*web.HOSTILE, HOSTILE, "*a* **b *c*** `d *e*` [f *g*](https://h.org/?i=1&j=2)\\\nk", ""]
)
def test_markup_is_written_as_on_cards(text: str) -> None:
    """An author's markup comes out as the elements and the text that a card has."""
    runs = markup.runs(text)
    assert Seen(written(runs)).parts == Seen(field_html.as_html(runs).replace("<span></span>", "")).parts


@given(strategies.text, st.booleans())
def test_any_markup_is_written_as_on_cards(text: str, math: bool) -> None:  # noqa: FBT001 - Hypothesis gives it
    """The two writers of markup agree on whatever an author types, formulas too."""
    runs = tuple(node for node in markup.inline(text, math=math) if isinstance(node, Run))
    assert Seen(written(runs)).parts == Seen(field_html.as_html(runs).replace("<span></span>", "")).parts


def test_every_block_is_the_element_that_it_is() -> None:
    """Lists begin at their number, cells have their alignment, programs their tokens, verses their line ends."""
    html = written_blocks(
        "a *b*\n\n3. c\n4. - d\n\n> e\n\n| f | g |\n|--:|---|\n| h | i |\n\n| j\n|   k\n\n```c\nint x;\n```"
    )
    assert re.sub(r' dir="\w+"|\n', "", html) == (
        "<p>a <em>b</em></p>"
        '<ol start="3"><li>c</li><li><ul><li>d</li></ul></li></ol>'
        "<blockquote>e</blockquote>"
        '<div class="wide"><table class="text"><thead><tr><th style="text-align:right">f</th><th>g</th></tr></thead>'
        '<tbody><tr><td style="text-align:right">h</td><td>i</td></tr></tbody></table></div>'
        '<p class="verse">j<br>\u00a0\u00a0k</p>'
        '<pre><code><span class="code-keyword">int</span> x;</code></pre>'
    )


def test_a_block_that_no_macro_writes_is_an_error() -> None:
    """A text is never shown without one of its blocks."""
    with pytest.raises(UndefinedError, match="'poem'"):
        filled('{% from "shell/blocks.html" import blocks %}{{ blocks(text, none) }}', text=[{"kind": "poem"}])
