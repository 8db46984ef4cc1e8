from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.cards import html as field_html
from builder.text import markup
from builder.text.tree import Run
from tests.make import strategies


class _Text(HTMLParser):
    """Collects the text that a browser would show, and the tags."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.shown = ""
        self.tags: list[str] = []
        self.addresses: list[str | None] = []
        self.feed(source)
        self.close()

    def handle_data(self, data: str) -> None:
        self.shown += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value for name, value in attrs if name == "href"]
        self.tags.append(tag)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "plain"),
        ("*Her* and **more**", "<em>Her</em> and <strong>more</strong>"),
        ("`x < y`", "<code>x &lt; y</code>"),
        ("[a](https://example.org/?a=1&b=2)", '<a href="https://example.org/?a=1&amp;b=2">a</a>'),
        ("<b>not bold</b> & so", "&lt;b&gt;not bold&lt;/b&gt; &amp; so"),
        ("2 * 3 * 4 and snake_case_word", "2 * 3 * 4 and snake_case_word"),
        ("# no heading", "# no heading"),
        ("a\\\nb", "a<br>b"),
        ("a\nb", "a b"),
        ("$5 and $6", "$5 and $6"),
    ],
)
def test_inline_markup_becomes_html(text: str, html: str) -> None:
    """CommonMark's inline part is honoured, blocks and raw HTML are text."""
    assert field_html.html(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("H~2~O, x^2^ and ^14^C", "H<sub>2</sub>O, x<sup>2</sup> and <sup>14</sup>C"),
        ("~~gone~~ *~~both~~*", "<s>gone</s> <em><s>both</s></em>"),
        ("6*5*4 is 2*x*y", "6*5*4 is 2*x*y"),
        ("p*K*~S~ and p*H*-meter", "p<em>K</em><sub>S</sub> and p<em>H</em>-meter"),
        ("*d*x, *Her*s and *x*2", "<em>d</em>x, <em>Her</em>s and *x*2"),
        ("x = 2*a* and 2*x*2", "x = 2*a* and 2*x*2"),
        ("**b**oat", "<strong>b</strong>oat"),
        ("2^x+y^2 from ~5 to ~10 in C++", "2^x+y^2 from ~5 to ~10 in C++"),
        ("Fe^2+^ ~ a\\~b~", "Fe<sup>2+</sup> ~ a~b~"),
    ],
)
def test_sub_and_superscript_strike_and_products(text: str, html: str) -> None:
    """The extensions are read where they are plainly meant; else the signs stand as typed."""
    assert field_html.html(text) == html


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("$$a$$", (Run("a", math=True, display=True),)),
        ("\\[a\\]", (Run("a", math=True, display=True),)),
        ("so \\(a\\).", (Run("so "), Run("a", math=True), Run("."))),
        ("$a\n+ b$", (Run("a\n+ b", math=True),)),
        ("$a\\$b$", (Run("a\\$b", math=True),)),
        ("$5 and $6, `$x$`", (Run("$5 and $6, "), Run("$x$", code=True))),
        ("*a $b$*", (Run("a ", em=True), Run("b", em=True, math=True))),
        ("\\$5 $x$", (Run("$5 "), Run("x", math=True))),
    ],
)
def test_every_usual_way_to_write_a_formula_is_read(text: str, runs: tuple[Run, ...]) -> None:
    """Dollars and brackets, single and double, over lines, with a dollar inside; money and code are none."""
    assert markup.inline(text, math=True) == runs


@pytest.mark.parametrize(
    "text", ["\\(" * 20_000, "$a " * 30_000, "~a" * 30_000, "^" * 60_000, "$$" * 30_000, "*a" * 30_000]
)
def test_signs_without_an_end_are_text(text: str) -> None:
    """A text as long as a text may be, of beginnings alone, loses nothing. The square of its length would take hours."""
    assert markup.plain(text, math=True).count("a") == text.count("a")


def test_maths_only_where_it_is_asked_for() -> None:
    """`$...$` is TeX with `math`, and dollars without."""
    assert field_html.html("so $x_1 < y$ holds", math=True) == r"so \(x_1 &lt; y\) holds"
    assert field_html.html("so $x_1 < y$ holds") == "so $x_1 &lt; y$ holds"
    assert markup.inline("$a_b$ costs $5", math=True) == (Run("a_b", math=True), Run(" costs $5"))


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil.example"],
)
def test_only_web_addresses_become_links(address: str) -> None:
    """A link to anything but the web or a mail address is shown as text."""
    assert "href" not in field_html.html(f"[here]({address})")


@given(strategies.texts)
def test_html_shows_the_plain_text(text: str) -> None:
    """What a browser shows of the HTML is the plain text, for any text of one line that has no picture."""
    if "![" not in text:
        assert _Text(field_html.html(text)).shown == markup.plain(text)


@given(st.text(alphabet="<>&\"'/= abscript\\[](){}$`*_~^!:;-", max_size=60))
def test_no_text_makes_an_element_of_its_own(text: str) -> None:
    """Whatever is typed, only our own few elements come out."""
    assert set(_Text(field_html.html(text)).tags) <= {"em", "strong", "code", "a", "br", "span", "sub", "sup", "s"}


@pytest.mark.parametrize(
    "text", ["{{Front}}", "[sound:x.mp3]", "[latex]x[/latex]", "[[type:Front]]", "[anki:tts]x[/anki:tts]", "[$]x[/$]"]
)
def test_anki_does_not_act_on_text(text: str) -> None:
    """What Anki would expand inside a field is shielded, and still shows as typed."""
    html = field_html.html(text)
    assert not set(html) & set("[]{}")
    assert _Text(html).shown == text


@pytest.mark.parametrize("sign", ["[sound:x.mp3]", "[latex]x[/latex]", "[anki:tts lang=en]x[/anki:tts]"])
def test_anki_does_not_act_on_formulas_and_addresses(sign: str) -> None:
    """Nor does it find its brackets inside TeX or in the address of a link; a page still reads them there."""
    formula = field_html.html(f"so ${sign}$", math=True)
    link = field_html.as_html([Run("here", href=f"https://example.org/{sign}{{{{c1::x}}}}")])
    assert not set(formula + link) & set("[]")
    assert "{" not in link
    assert _Text(formula).shown == f"so \\({sign}\\)"
    assert _Text(link).addresses == [f"https://example.org/{sign}{{{{c1::x}}}}"]


def test_mathjax_does_not_act_on_text() -> None:
    r"""`\(` is parted by an element, since MathJax reads the page's text."""
    assert "\\(" not in field_html.html_text("\\(x\\)")
    assert _Text(field_html.html_text("\\(x\\)")).shown == "\\(x\\)"


@given(strategies.texts)
def test_plain_text_of_the_fast_path_is_that_of_the_parser(text: str) -> None:
    """Text without a special character is left as it is."""
    if not markup.SPECIAL.search(text):
        assert markup.plain(text) == text
        assert markup._markdown(text) == [Run(text)]


@pytest.mark.parametrize("text", ["*Her**it*", "*a**", "**a**", "*a* **b**", "***", "*a*b*c*"])
def test_stars_side_by_side_go_the_long_way(text: str) -> None:
    """Two stars in a row are no end and start of emphasis: the parser alone knows what they are."""
    assert markup.inline(text) == tuple(markup._markdown(text))


@given(st.text(alphabet="*ab Her.,()[]&#;'\"-\u2019\u00a0é!", max_size=30))
def test_the_short_way_for_emphasis_is_the_parsers(text: str) -> None:
    """Where the short way answers at all, it says what the parser says."""
    short = markup._emphasis(text)
    assert short in ((), tuple(markup._markdown(text)))


def test_a_title_in_a_prompt_takes_the_short_way() -> None:
    """The commonest markup of all, a title set off, is one of the cases."""
    assert markup._emphasis("In *Her*, who calls?") == (Run("In "), Run("Her", em=True), Run(", who calls?"))


def test_plain_drops_markup() -> None:
    """Markdown marks go, text stays."""
    assert markup.plain("*Her* is `x`\\\nnew") == "Her is x new"
