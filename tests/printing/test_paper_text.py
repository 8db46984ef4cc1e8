from __future__ import annotations

import io
import sys
import tempfile
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.diagnostics import BuilderError
from builder.model import Basic, Cloze, Essay, Matching, Mcq, Numeric, Ordering, Short, TrueFalse
from builder.printing import papers
from builder.text import markup
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.papers import alternatives, catalog, printed, quiz_of, reader, said, squeezed
from tests.pictures import png

if TYPE_CHECKING:
    from pathlib import Path

    from builder.model import Item

MEAN = r"""#let x = 1; #panic("no") $x^2$ = head - list + enum / term ~ -- --- ... "quotes" 'single' // no /* no */
\ backslash \n \u{41} <script>alert(1)</script> &amp; @ref <label> %s {0} #import "a.typ" $ # $$ #[ ] `` ` ``"""
LONG = "W" * 400
PATH = pypdfium2.raw.FPDF_PAGEOBJ_PATH


def basic(prompt: str, **fields: Any) -> Basic:
    """A basic item that asks `prompt`."""
    return Basic.model_validate({"id": "asked", "kind": "basic", "prompt": prompt, "answer": "so", **fields})


def everywhere(text: str) -> tuple[Item, ...]:
    """Items that hold a text in every field that is printed."""
    fields = {"prompt": text, "explanation": text}
    options = [{"right": text, "why": text}, {"wrong": "Other", "why": text}]
    made: list[tuple[type[Any], dict[str, Any]]] = [
        (Mcq, {"options": options}),
        (TrueFalse, {"answer": False, "correction": text}),
        (Matching, {"pairs": [(f"l {text}", f"r {text}"), ("a", "b")], "distractors": [f"d {text}"]}),
        (Ordering, {"sequence": [f"1 {text}", f"2 {text}"]}),
        (Cloze, {"prompt": f"{{{{c1::x::hint}}}} {text}"}),
        (Basic, {"answer": text, "accept": [text]}),
        (Numeric, {"answer": "5", "accept": [{"value": "6", "share": "1/2", "why": text}]}),
        (Short, {"key_points": [{"point": text}]}),
        (Essay, {"rubric": [{"criterion": text, "marks": 2, "levels": [text, "b", "c", "d"]}]}),
    ]
    kinds = ("mcq", "truefalse", "matching", "ordering", "cloze", "basic", "numeric", "short", "essay")
    return tuple(
        model.model_validate({"id": f"i-{kind}", "kind": kind, **fields, **own})
        for kind, (model, own) in zip(kinds, made, strict=True)
    )


def test_hostile_text_prints_as_typed_in_every_field() -> None:
    """Nothing that an author types acts as Typst markup, in any field of the items or the course."""
    _, sheet, key = printed(everywhere(MEAN), title=MEAN)
    typed = squeezed(markup.plain(MEAN))
    # Prompts of nine kinds, and each choice; on the key, explanations and answers besides.
    assert said(sheet).count(typed) == 9 + 1 + 3 + 2
    assert said(key).count(typed) == 9 + 9 + 3 + 1 + 3 + 2 + 2 + 1 + 1 + 2
    assert squeezed(MEAN) in said(sheet)


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), min_size=1).filter(str.strip))
@settings(max_examples=12, deadline=None)
def test_any_ascii_prints_as_the_markup_reads_it(text: str) -> None:
    """Letters, digits and signs come through, each of them, in their order."""
    item = basic(text)
    assert f"1{squeezed(markup.plain(item.prompt))}[1mark]" in said(printed([item])[1])


@given(st.text(min_size=1).filter(str.strip))
@settings(max_examples=12, deadline=None)
def test_any_text_makes_a_paper(text: str) -> None:
    """No character of Unicode stops a paper, in any field."""
    _, sheet, key = printed(everywhere(text), title=text)
    assert sheet.pages
    assert key.pages


def test_characters_without_a_glyph_print_as_a_box_that_says_them() -> None:
    """What the fonts lack is a picture with the character as its alternative text, and named on the key."""
    _, sheet, key = printed([basic("A \U0001f600 and \u0b95 and \u05e9\u05dc\u05d5\u05dd")])
    assert alternatives(sheet) == ["\U0001f600", "\u0b95"]
    assert "U+0B95,U+1F600." in said(key)
    assert "lack" not in said(printed([basic("Plain \u03b1\u03b2\u03b3 \u0416")])[2])


def test_controls_and_marks_of_byte_order_vanish() -> None:
    """What can't be printed is left out, and a tab is a space."""
    made = said(printed([basic("so\ufeff me\ttext\x07 he\x85re")])[1])
    assert "1sometexthere[1mark]" in made


def test_endless_word_breaks_in_its_column() -> None:
    """A word of 400 letters fills line after line and never leaves its column, wide or narrow."""
    _, sheet, key = printed(everywhere(LONG), title=LONG)
    for pdf, size in ((sheet, 11), (key, 8.5)):  # the key has small print
        widest = 168 / 25.4 * 72 / (0.94 * size)  # letters W that fit between the margins
        lines = [line for page in pdf.pages for line in page.extract_text().splitlines()]
        assert 2 < max(line.count("W") for line in lines) < widest
    assert said(sheet).count(LONG) > 8


def test_long_prompt_goes_on_over_pages() -> None:
    """All of 5,000 words are printed, in order, with the options after them."""
    words = " ".join(f"w{n}" for n in range(5000))
    _, sheet, _ = printed([EXAMPLES[0].model_copy(update={"prompt": words})])
    text = "".join(page.extract_text() for page in sheet.pages)
    places = [text.index(f"w{n} ") if f"w{n} " in text else text.index(f"w{n}\n") for n in range(0, 5000, 97)]
    assert places == sorted(places)
    assert len(sheet.pages) > 8
    assert "None of these" in sheet.pages[-1].extract_text()


def test_web_address_is_printed_after_its_text() -> None:
    """On paper nobody can follow a link, so its address can be read; one beyond all measure is no link."""
    far = "https://example.org/" + "a" * 9000
    made = said(printed([basic(f"See [here](https://example.org/x) or [there]({far}).")])[1])
    assert "Seehere(https://example.org/x)orthere(https://example.org/aaa" in made


def test_address_of_a_link_of_several_pieces_is_printed_once() -> None:
    """Emphasis, code or letters of another language within a link are no ends of it."""
    texts = {"one": "the *Her* `page`", "two": "مرحبا 2024"}
    asked = [basic(f"See [{text}](https://example.org/x).", id=name) for name, text in texts.items()]
    quiz = quiz_of(made := course_of(asked), formats=("pdf", "docx"))
    files = papers.files(made, quiz)
    words = "".join(paragraph.text for paragraph in Document(io.BytesIO(files["paper-A.docx"])).paragraphs)
    for printed_text in (said(reader(files["paper-A.pdf"])), words):
        assert printed_text.count("(https://example.org/x)") == len(texts)


def test_an_option_from_right_to_left_begins_at_its_letter() -> None:
    """On a paper from left to right it is not at the far end of the line."""
    options = [{"right": "שלום"}, {"wrong": "ß"}]
    asked = Mcq.model_validate({"id": "asked", "kind": "mcq", "prompt": "Which?", "options": options})
    files = papers.files(made := course_of([asked]), quiz_of(made))
    for name in ("paper-A.pdf", "key-A.pdf"):
        text = pypdfium2.PdfDocument(files[name])[0].get_textpage()
        signs = [text.get_text_range(n, 1) for n in range(text.count_chars())]
        left = {sign: text.get_charbox(signs.index(sign))[0] for sign in "םß"}
        assert abs(left["ם"] - left["ß"]) < 40


def test_image_is_printed_with_its_words() -> None:
    """A picture of any size is on paper and key, and says what it shows."""
    media = {"pictures/a b.png": png(4000, 10), "tall.png": png(10, 4000)}
    items = [
        basic("Wide?", image={"file": "pictures/a b.png", "alt": 'A "wide" #line'}),
        basic("Tall?", id="tall", image={"file": "tall.png", "alt": "A tall line"}),
    ]
    for pdf in printed(items, media=media)[1:]:
        assert sorted(alternatives(pdf)) == ['A "wide" #line', "A tall line"]
        assert sum(len(page.images) for page in pdf.pages) == 2


def test_broken_image_is_named_trouble() -> None:
    """A picture that is none is the author's mistake: one line names it, and not the sound one beside it."""
    items = [
        basic("What?", image={"file": "a.png", "alt": "A"}),
        basic("Which?", id="b", image={"file": "b.png", "alt": "B"}),
    ]
    with pytest.raises(BuilderError, match=r"^b\.png: this picture can't be read; save it anew as PNG or JPEG$"):
        printed(items, media={"a.png": png(4, 4), "b.png": b"\x89PNG\r\n\x1a\nnothing"})


def test_formula_is_drawn_with_its_tex_as_words() -> None:
    """TeX between dollars is a picture on the line, and stays TeX where an item has no maths."""
    items = [basic("Is $x^2 < 4$ so?", math=True), basic("It costs $5 and $6.", id="plain")]
    _, sheet, _ = printed(items)
    assert alternatives(sheet) == ["x^2 < 4"]
    assert "Isso?" in said(sheet)
    assert "Itcosts$5and$6." in said(sheet)
    assert sheet.pages[0].extract_text() == printed(items)[1].pages[0].extract_text()


def test_wide_formula_breaks_before_its_signs() -> None:
    """A formula wider than the paper goes on in the next line at its own size, and is said once."""
    long = "$" + "+".join(["x_{11}"] * 60) + "$"
    _, sheet, _ = printed([basic(long, math=True)])
    assert alternatives(sheet) == [long[1:-1]]
    glyphs = [it.get_bounds() for it in pypdfium2.PdfDocument(sheet.stream)[0].get_objects() if it.type == PATH]
    high = [(right, top) for left, bottom, right, top in glyphs if top - bottom > 2 and 1 < right - left < 20]
    lines = {round(top / 20) for _, top in high}
    assert len(high) >= 3 * 60
    assert len(lines) > 3
    assert max(right for right, _ in high) < 595 - 21 / 25.4 * 72


def test_formula_that_nothing_breaks_is_named_trouble() -> None:
    """What would have to be made smaller than four fifths of its size is refused, with its TeX."""
    tex = rf"\sqrt{{{'+'.join(['x'] * 60)}}}"
    with pytest.raises(BuilderError, match=r"the formula \$\\sqrt.*\$ is wider than its column"):
        printed([basic(f"${tex}$", math=True)])


@pytest.mark.parametrize("tex", [r"\frac{", r"a & b", "x^", r"\begin{foo}"])
def test_faulty_tex_is_named_trouble(tex: str) -> None:
    """A formula that can't be read is said in one line, with its item."""
    with pytest.raises(BuilderError, match=r"^asked: the formula "):
        printed([basic(f"What is ${tex}$ now?", math=True)])


def test_formula_without_ziamath_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library for formulas is an extra: only a formula asks for it, and by name."""
    monkeypatch.setitem(sys.modules, "ziamath.zmath", None)
    printed([basic("No formula.", math=True)])
    with pytest.raises(BuilderError, match=r"pip install 'her-study\[math\]'"):
        printed([basic("What is $unheard_{of}$?", math=True)])


def test_nothing_temporary_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that Typst reads from is gone, after success and after failure."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = course_of([basic("What?", image={"file": "a.png", "alt": "A"})], media={"a.png": b"\x89PNG\r\n"})
    with pytest.raises(BuilderError):
        papers.files(made, quiz_of(made))
    printed(EXAMPLES)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", ["ar", "he", "de-AT", "zh-Hans-CN", "es-419", "haw"])
def test_any_language_of_a_course_makes_a_paper(language: str) -> None:
    """Regions are passed on where they are regions; scripts written from the right turn the page."""
    _, sheet, _ = printed(EXAMPLES, language=language)
    expected = {"zh-Hans-CN": "zh-CN", "es-419": "es"}.get(language, language)
    assert catalog(sheet)["/Lang"] == expected
