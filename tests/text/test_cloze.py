from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.cards import html as field_html
from builder.text import cloze
from builder.text.cloze import Blank
from builder.text.tree import Picture, Run, Sound, lines
from tests.make import strategies


def test_a_cloze_is_text_and_blanks() -> None:
    """Blanks carry number, hidden text and hint."""
    assert cloze.pieces("A {{c1::b}} c {{c2::d::e}}.") == ("A ", Blank(1, "b"), " c ", Blank(2, "d", "e"), ".")


@given(strategies.texts)
def test_the_pieces_join_to_the_text(text: str) -> None:
    """No character of a text without blanks is lost."""
    if "{{c" not in text:
        assert "".join(p for p in cloze.pieces(text) if isinstance(p, str)) == text


@pytest.mark.parametrize(
    ("text", "hidden", "hint"),
    [
        (r"{{c1::\frac{1}{2}}}", r"\frac{1}{2}", ""),
        (r"{{c1::x^{a_{b}}}}", "x^{a_{b}}", ""),
        (r"{{c1::\{a\}}}", r"\{a\}", ""),
        ("{{c1::a { b}}", "a { b", ""),
        ("{{c1::`std::vector`}}", "`std::vector`", ""),
        ("{{c1::`std::vector`::a type}}", "`std::vector`", "a type"),
        ("{{c1::Paris::city}}", "Paris", "city"),
        ("{{c1::$a::b$::sign}}", "$a::b$", "sign"),
    ],
)
def test_a_blank_ends_after_its_braces_and_its_hint_begins_outside_code(text: str, hidden: str, hint: str) -> None:
    """TeX that ends in braces and names with two colons in code are whole."""
    assert cloze.pieces(f"so {text}.") == ("so ", Blank(1, hidden, hint), ".")


@pytest.mark.parametrize(
    "program",
    [
        "so\n\n```cpp\n{}\n```",
        "so\n\n~~~ cpp\n{}\n~~~",
        "- so\n- > ~~~~\n  > ~~~\n  > {}\n  > ~~~~",
        "~~~\n`\n~~~\n~~~\n{}",
        "~~~\n``\n{}\n~~~\n``",
    ],
)
def test_a_blank_inside_a_program_has_no_hint(program: str) -> None:
    """Between backquotes or tildes, in lists and quotes, before an end or without one; after a program there are hints."""
    text = program.format("{{c1::std::vector}}")
    assert [part for part in cloze.pieces(text) if isinstance(part, Blank)] == [Blank(1, "std::vector")]
    after = "~~~\na\n~~~\n{{c1::a::b}}"
    assert [part for part in cloze.pieces(after) if isinstance(part, Blank)] == [Blank(1, "a", "b")]


def test_a_blank_inside_code_has_no_hint() -> None:
    """Two colons in code are part of a name."""
    assert cloze.pieces("`a` `{{c1::std::vector}}` {{c2::b::c}}") == (
        "`a` `",
        Blank(1, "std::vector"),
        "` ",
        Blank(2, "b", "c"),
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**{{c1::x}}** y", "{{c1::<strong>x</strong>}} y"),
        ("*a {{c1::b}} c*", "<em>a </em>{{c1::<em>b</em>}}<em> c</em>"),
        (
            "`for {{c1::i}} in {{c2::*x}}`",
            "<code>for </code>{{c1::<code>i</code>}}<code> in </code>{{c2::<code>*x</code>}}",
        ),
        ("[see {{c1::y}}](https://x.org)", '<a href="https://x.org">see </a>{{c1::<a href="https://x.org">y</a>}}'),
        ("$x = {{c1::y^{2}}}$", r"\(x = {{c1::y^{2&#125;}}\)"),
        (r"$$\sum_{{{c1::i}}}$$", r"\[ \sum_{{{c1::i}}} \]"),
        ("$a$ {{c1::$b_{c}$::$d$}}", r"\(a\) {{c1::\(b_{c}\)::\(d\)}}"),
        ("{{c1::`std::x`}}", "{{c1::<code>std:&#58;x</code>}}"),
        (r"{{c1::$\frac{1}{2_{3}}$}}", r"{{c1::\(\frac{1}{2_{3}&#125;\)}}"),
    ],
)
def test_a_blank_keeps_the_style_that_it_stands_in(text: str, html: str) -> None:
    """Emphasis, links, code and formulas around a blank stay in force on the card."""
    assert field_html.cloze_html(text, math=True) == html


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no blank", "no blank"),
        ("{{c1:: }}", "hides nothing"),
        ("{{c1::a {{c2::b}} c}}", "do not nest"),
        ("{{c0::a}}", "from 1 to 500"),
        ("{{c1::a}} {{c2::b", "not closed"),
        ("{{c1::a}} }}", "not closed"),
        ("{{c1::a}}" * 101, "more than the 100"),
    ],
)
def test_what_is_no_cloze_is_told(text: str, said: str) -> None:
    """Each fault of the syntax has its words."""
    assert said in cloze.problem(text)


@given(st.text(alphabet="{}c1:ab `$*\\_", max_size=60))
def test_no_letter_of_a_sound_cloze_is_lost(text: str) -> None:
    """Every letter and digit that is not part of a blank's own marks is read, hidden or not."""
    if cloze.problem(text):
        return
    typed = "".join(p if isinstance(p, str) else p.text + p.hint for p in cloze.pieces(text))
    shown = "".join(map(_said, (node for line in lines(cloze.read(text, math=True)) for node in line)))
    assert [c for c in shown if c.isalnum()] == [c for c in typed if c.isalnum()]


def _said(node: cloze.Node) -> str:
    match node:
        case Run(text):
            return text
        case Picture(alt=words) | Sound(transcript=words):
            return words
        case cloze.Gap(_, content, hint):
            return "".join(map(_said, (*content, *hint)))
        case cloze.Formula(parts):
            return "".join(part if isinstance(part, str) else part.text + part.hint for part in parts)


@pytest.mark.parametrize(
    "text", ["{{c1::" * 16_000, "{{c1::" * 16_000 + "}}", "{{c1::a}}" * 11_000, "{{c1::" + "{" * 90_000 + "}}"]
)
def test_blanks_without_an_end_are_judged(text: str) -> None:
    """As long a text as there may be is judged. The square of its length would take hours."""
    assert cloze.problem(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("```c\nint {{c1::x}};\n```", '<pre><code><span class="code-keyword">int</span> {{c1::x}};</code></pre>'),
        (
            "|a|b|\n|-|-|\n|{{c1::c}}|*{{c2::d}}*|",
            '<div class="sheet"><table><thead><tr><th>a</th><th>b</th></tr></thead>'  # noqa: ISC004 - one field
            "<tbody><tr><td>{{c1::c}}</td><td>{{c2::<em>d</em>}}</td></tr></tbody></table></div>",
        ),
        ("- {{c1::a}}\n- b", "<ul><li>{{c1::a}}</li><li>b</li></ul>"),
        ("> {{c1::a}}\n\nb", "<blockquote>{{c1::a}}</blockquote><p>b</p>"),
    ],
)
def test_blanks_stand_in_blocks(text: str, shown: str) -> None:
    """Programs, tables, lists and quotations may hold blanks."""
    assert cloze.problem(text) == ""
    assert field_html.cloze_html(text) == shown


@pytest.mark.parametrize(
    "text",
    ["[a](https://x.org/{{c1::b}})", "![{{c1::a}}](b.png)", "![a]({{c1::b}}.png)", "```{{c1::c}}\nx\n```"],
)
def test_a_blank_that_no_place_shows_is_told(text: str) -> None:
    """In an address, the words of a picture or the name of a language a blank is refused."""
    assert "where none can be" in cloze.problem(text)
