r"""Texts that other tools damage in silence, each checked, put on a card and printed: what an author typed is what is read.

Paragraphs, lists and tables in a question; blanks within markup; formulas in every usual notation; chemistry; Arabic beside
English words; colons and braces in a blank; stars that multiply.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from builder.cards import fields
from builder.diagnostics import BuilderError
from builder.printing import papers
from builder.text import cloze
from tests.make.course import course_of
from tests.make.papers import alternatives, quiz_of, reader, said
from tests.rules.frame import frame


def item(prompt: str, kind: str = "basic", **more: Any) -> dict[str, Any]:
    """An item that asks this."""
    rest = {"answer": "So"} if kind == "basic" else {}
    return {"id": "asked", "kind": kind, "prompt": prompt, **rest, **more}


def on_card(made: dict[str, Any]) -> str:
    """The first field of its note."""
    course = course_of([made])
    return fields.renderer(course, {})(course.items[0])[1][0]


def in_markdown(*made: dict[str, Any]) -> str:
    """Paper and key as Markdown, from the first question on; lines of underscores are one each."""
    course = course_of(made)
    files = papers.files(course, quiz_of(course, formats=("md",), answers="inline"))
    text = "".join(files[name].decode().partition("**1** ")[2] for name in ("paper-A.md", "key-A.md"))
    return re.sub(r"(?:\\_)+", "_", text)


def in_pdf(*made: dict[str, Any], **fields: Any) -> Any:
    """The paper as pypdf reads it."""
    course = course_of(made, **fields)
    return reader(papers.files(course, quiz_of(course, answers="inline"))["paper-A.pdf"])


BLOCKS = """\
The engine turns, but does not start.

The tank is full. Known is that

- the lamp burns bright,
- the plugs are dry.

| lead | volt |
|------|-----:|
| one  | 12   |
| two  | 0    |

What is looked at first?
"""


def test_paragraphs_a_list_and_a_table_stay_apart() -> None:
    """They are blocks on the card and in Markdown, and on paper no bar or dash of their markup is left."""
    card = on_card(item(BLOCKS))
    assert card.startswith(
        "<p>The engine turns, but does not start.</p><p>The tank is full. Known is that</p><ul><li>the"
    )
    assert '<th>lead</th><th style="text-align:right">volt</th>' in card
    assert in_markdown(item(BLOCKS)).startswith(
        "The engine turns, but does not start.\n\nThe tank is full. Known is that\n\n- the lamp burns bright,\n- the plugs"
    )
    paper = in_pdf(item(BLOCKS))
    assert "leadvoltone12two0Whatislookedatfirst?" in said(paper)
    assert "|" not in said(paper)


@pytest.mark.parametrize(
    ("prompt", "card", "paper"),
    [
        (
            "Type `for {{c1::n}} in x:` to loop, `break` to stop.",
            "Type <code>for </code>{{c1::<code>n</code>}}<code> in x:</code> to loop, <code>break</code> to stop.",
            "Type `for `_` in x:` to loop, `break` to stop.",
        ),
        (
            "The **peace of {{c1::Nijmegen}} held**, says [a book on {{c1::Leiden}}](https://a.org).",
            (
                "The <strong>peace of </strong>{{c1::<strong>Nijmegen</strong>}}<strong> held</strong>, says "
                '<a href="https://a.org">a book on </a>{{c1::<a href="https://a.org">Leiden</a>}}.'
            ),
            "The **peace of** (1) _ **held**, says [a book on ](<https://a.org>)(2) _.",
        ),
        (
            r"By Hooke, $F = {{c1::k}} \cdot x$ holds.",
            r"By Hooke, \(F = {{c1::k}} \cdot x\) holds.",
            r"By Hooke, $F = \boxed{\qquad} \cdot x$ holds.",
        ),
        (
            r"The slope is {{c1::$\frac{\Delta y}{\Delta x_{0}}$}} there.",
            r"The slope is {{c1::\(\frac{\Delta y}{\Delta x_{0}&#125;\)}} there.",
            "The slope is _ there.",
        ),
        (
            "A queue in C++ is {{c1::`std::deque`}} at heart.",
            "A queue in C++ is {{c1::<code>std:&#58;deque</code>}} at heart.",
            "A queue in C++ is _ at heart.",
        ),
    ],
)
def test_blanks_leave_the_markup_around_them_in_force(prompt: str, card: str, paper: str) -> None:
    """In code, bold words, links and formulas; braces of TeX and colons of code belong to what is hidden."""
    assert cloze.problem(prompt) == ""
    made = item(prompt, "cloze", math=True)
    assert on_card(made) == card
    assert in_markdown(made).startswith(paper)


def test_formulas_are_formulas_however_they_are_written() -> None:
    """Double dollars, brackets, over two lines, with a price inside: TeX on the card, drawn on paper, no sign of markup left."""
    prompt = "Which root has\n$$x^2 = 2x$$\nwith \\(x > 0\\), that is\n$x - 1 +\n1$, at a price of $p = \\$3$?"
    card = on_card(item(prompt, math=True))
    assert re.findall(r"\\[\[(].*?\\[\])]", card, re.DOTALL) == [
        r"\[ x^2 = 2x \]",
        r"\(x > 0\)".replace(">", "&gt;"),
        "\\(x - 1 +\n1\\)",
        r"\(p = \$3\)",
    ]
    paper = in_pdf(item(prompt, math=True))
    assert {"x^2 = 2x", "x > 0", r"p = \$3"} <= set(alternatives(paper))
    assert not {"$", "\\"} & set(said(paper))


def test_chemistry_is_drawn_and_units_that_nothing_draws_are_refused() -> None:
    """A reaction and an ion are pictures on paper; siunitx is an error of the check, and stops the printing without it."""
    sound = item(r"What is made by $\ce{CaO + CO2 -> CaCO3}$ beside $\ce{PO4^3-}$?", math=True)
    assert r"\ce{PO4^3-}" in alternatives(in_pdf(sound))
    broken = item(r"How much is $\SI{5.1e-3}{mol}$?", math=True)
    (found,) = frame(
        'items: [{id: asked, kind: basic, math: true, prompt: "How much is $\\\\SI{5}{mol}$?", answer: So}]'
    ).findings("T03")
    assert r"\SI is of siunitx" in found.message
    with pytest.raises(BuilderError, match=r"asked: .*\\SI is of siunitx"):
        in_pdf(broken)


def test_fixed_words_keep_their_order_beside_arabic() -> None:
    """Marks, counts and the foot of an Arabic paper read as they do on an English one."""
    pairs = [
        ["\u0628\u063a\u062f\u0627\u062f", "\u0627\u0644\u0639\u0631\u0627\u0642"],
        ["\u062f\u0645\u0634\u0642", "\u0633\u0648\u0631\u064a\u0627"],
        ["\u0635\u0648\u0631", "\u0644\u0628\u0646\u0627\u0646"],
    ]
    matching = item("\u0635\u0644", "matching", pairs=pairs)
    text = re.sub("[\u2066\u2069]", "", said(in_pdf(matching, language="ar")))
    for words in ("1question,3marks", "[3marks]", "Page1of1"):
        assert words in text
    assert text.index("VersionA") < text.rindex("VersionA")


def test_stars_between_digits_are_stars() -> None:
    """A product is no emphasis, on card and paper."""
    asked = item("How much is 8*3*2 + 1?")
    assert on_card(asked) == "How much is 8*3*2 + 1?"
    assert "Howmuchis8*3*2+1?" in said(in_pdf(asked))
