"""Blocks on paper: programs, lists, tables, quotes, verses, pictures, sounds and displayed formulas in PDF."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from builder.model import Basic, Cloze, Essay, Matching, Mcq, Ordering, Short, TrueFalse
from builder.printing import papers
from tests.make.course import course_of
from tests.make.papers import alternatives, quiz_of, reader, said, squeezed
from tests.pictures import png

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Item

PROGRAM = """\
def down(n):
    'To zero.'
    if n == 0:  # no more
        return  [0]

    return [n, *down(n - 1)]"""
CODE = f"Look:\n\n```python\n{PROGRAM}\n```\n\nWhat CODEEND"
TABLE = "Look:\n\n| Group | *n* |\n| :--- | ---: |\n| Control | 120 |\n| Treated | **8** |\n\nWhat TABLEEND"
LISTS = "Look:\n\n7. seventh\n8. eighth\n   - bullet\n     - deeper\n\nWhat LISTEND"
QUOTE = "He says:\n\n> Grief is work.\n>\n> > And work.\n\nWhat QUOTEEND"
VERSE = "Who?\n\n| The fog comes\n|   on little cat feet.\n|\n| It sits looking\n\nWhat VERSEEND"
MEDIA = "A ![sign](s.png) and\n\n![a wide one](w.png){width=50%}\n\n![Good day.](a.mp3) ![](b.mp3) MEDIAEND"
MATH = "So $x$ and\n\n$$\\sum_{i=1}^n i$$\n\nMATHEND"
BLOCKS = {"code": CODE, "table": TABLE, "list": LISTS, "quote": QUOTE, "verse": VERSE, "media": MEDIA, "math": MATH}
PICTURES = {"s.png": png(9, 9), "w.png": png(400, 100)}
KINDS: list[tuple[type[Any], dict[str, Any]]] = [
    (Mcq, {"options": [{"right": "TEXT", "why": "TEXT"}, {"wrong": "B", "why": "TEXT"}]}),
    (TrueFalse, {"answer": False, "correction": "TEXT"}),
    (Matching, {"pairs": [["TEXT", "r"], ["l", "TEXT"]], "distractors": ["d TEXT"]}),
    (Ordering, {"sequence": ["TEXT", "then"]}),
    (Basic, {"answer": "TEXT", "accept": ["TEXT"]}),
    (Short, {"key_points": [{"point": "TEXT"}]}),
    (Essay, {"rubric": [{"criterion": "TEXT", "marks": 1, "levels": ["none", "TEXT"]}]}),
]


def everywhere(text: str, *, math: bool = False) -> Iterator[Item]:
    """Items that hold a text in every field that may hold blocks."""

    def filled(value: Any) -> Any:
        match value:
            case str():
                return value.replace("TEXT", text)
            case list():
                return [filled(entry) for entry in value]
            case dict():
                return {key: filled(entry) for key, entry in value.items()}
            case _:
                return value

    for model, fields in KINDS:
        kind = model.__name__.lower()
        both = {"id": kind, "kind": kind, "prompt": text, "explanation": text, "math": math}
        yield model.model_validate({**both, **filled(fields)})


def asked(text: str, **fields: Any) -> bytes:
    """The paper that asks one question."""
    item = {"id": "asked", "kind": "basic", "prompt": text, "answer": "so", **fields}
    return paper(Basic.model_validate(item))


def paper(item: Item) -> bytes:
    """The paper of an item."""
    made = course_of([item], media=PICTURES)
    return papers.files(made, quiz_of(made, answers="inline"))["paper-A.pdf"]


def text_of(pdf: bytes) -> str:
    """What the first page of a PDF says, as it is copied."""
    return reader(pdf).pages[0].extract_text()


def tags(pdf: bytes) -> list[str]:
    """The kinds of a PDF's structure, in reading order."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return list(_tags(opened.Root.StructTreeRoot.K))


def _tags(node: Any) -> Iterator[str]:
    if isinstance(node, pikepdf.Array):
        for child in list(node):
            yield from _tags(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S)[1:]
        if "/K" in node:
            yield from _tags(node.K)


def fonts(pdf: bytes) -> set[str]:
    """The fonts of the first page, without the marks of their subsets."""
    listed = reader(pdf).pages[0]["/Resources"]["/Font"].values()  # type: ignore[index] # a page of text has fonts
    return {str(font.get_object()["/BaseFont"]).split("+")[-1] for font in listed}


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize(
    "edition",
    [
        {"answers": "inline"},
        {"answers": "sheet", "columns": 2},
        {"answers": "inline", "size": 18, "font": "hyperlegible"},
        {"answers": "sheet", "size": 24},
    ],
    ids=["inline", "columns", "large", "largest"],
)
def test_blocks_are_printed_whole_in_every_field_and_edition(block: str, edition: dict[str, Any]) -> None:
    """Each text comes to its end: prompts and choices on the paper, all of them on key and guide."""
    text = BLOCKS[block]
    made = course_of(everywhere(text, math=block == "math"), media=PICTURES)
    files = papers.files(made, quiz_of(made, **edition))
    end = squeezed(text.split()[-1])
    counts = {name: said(reader(files[f"{name}-A.pdf"])).count(end) for name in ("paper", "key", "guide")}
    assert counts == {"paper": 7 + 1 + 3 + 1, "key": 14 + 3 + 1 + 3 + 1 + 2 + 1 + 2, "guide": 2 + 1 + 2}


def test_program_copied_from_paper_is_the_program() -> None:
    """Lines and indentation come out of the PDF as they were typed, and a program is tagged as one."""
    pdf = asked(CODE)
    lines = text_of(pdf).split("\n")
    start = lines.index("def down(n):")
    assert "\n".join(line.rstrip() for line in lines[start : start + 6]) == PROGRAM
    assert "Code" in tags(pdf)


def test_program_is_readable_in_black_and_white() -> None:
    """Keywords are bold, comments and strings slanted; without a language nothing is told apart."""
    assert {"DejaVuSansMono", "DejaVuSansMono-Bold", "DejaVuSansMono-Oblique"} <= fonts(asked(CODE))
    plain = fonts(asked(CODE.replace("python", "")))
    assert {font for font in plain if "Mono" in font} == {"DejaVuSansMono"}


@pytest.mark.parametrize("line", ["    call(" + ", ".join(f"argument_{n}" for n in range(30)) + ")", "x" * 300])
def test_long_lines_of_programs_wrap_in_their_column(line: str) -> None:
    """What does not fit goes on below, with nothing added to the text, be it words or one endless word."""
    made = text_of(asked(f"Look:\n\n```c\n{line}\n```\n\nWhat?"))
    rows = made[made.index("Look:") + 5 : made.index("What?")].strip("\n").split("\n")
    assert "".join(rows).replace(" ", "") == line.replace(" ", "")
    assert len(rows) > 3
    assert max(map(len, rows)) < 90


def test_gaps_in_programs_tables_and_lists_are_numbered() -> None:
    """A blank is a gap wherever it stands, and the program around it stays."""
    prompt = "Do:\n\n```py\ndef f({{c1::x}}):\n    pass\n```\n\n| a |\n|---|\n| {{c2::y}} |\n\n- {{c3::z}} is"
    text = text_of(paper(Cloze(id="c", kind="cloze", prompt=prompt))).replace("\xa0", " ")
    assert re.search(r"def f\(\(1\) ?_{18}\):\n    pass", text)
    assert re.search(r"a *\n\(2\) ?_{18}\n", text)
    assert re.search(r"• \(3\) ?_{18} is", text)


def test_lists_keep_their_numbers_and_are_tagged() -> None:
    """A list goes on from its number, and holds others."""
    pdf = asked(LISTS)
    assert re.search(r"7\. seventh\n8\. eighth\n. bullet\n. deeper\nWhat", text_of(pdf))
    assert tags(pdf).count("L") == 3
    assert tags(pdf).count("LI") == 4


def test_tables_have_a_head() -> None:
    """A table is tagged with heads of columns and cells."""
    found = [tag for tag in tags(asked(TABLE)) if tag in {"THead", "TR", "TH", "TD"}]
    start = found.index("THead", found.index("THead") + 1)  # the first is the paper's own
    assert found[start : start + 4] == ["THead", "TR", "TH", "TH"]
    assert found[start + 4 :] == ["TR", "TD", "TD"] * 2


def test_quotes_are_tagged() -> None:
    """A quote in a quote is one in the tags."""
    assert tags(asked(QUOTE)).count("BlockQuote") == 2


def test_verses_keep_their_lines() -> None:
    """Each line of a verse is one, as far in as it was typed; one that is too long goes on below."""
    made = text_of(asked(VERSE.replace("It sits looking", "It sits " + "looking " * 30))).replace("\xa0", " ")
    lines = made[made.index("The fog") : made.index("What")].split("\n")
    assert lines[:2] == ["The fog comes", "  on little cat feet."]
    assert lines[2].startswith("It sits looking")
    assert lines[3].startswith("looking")


def test_pictures_and_sounds_in_texts_have_their_words() -> None:
    """A picture says what it shows; of a sound, paper has what is heard or a mark to listen."""
    pdf = asked(MEDIA)
    assert sorted(alternatives(reader(pdf))) == ["a wide one", "sign"]
    assert "Goodday.[Listen]MEDIAEND" in said(reader(pdf))


def test_displayed_formula_stands_alone() -> None:
    """What is displayed has a line of its own, also where it was typed within a line."""
    pdf = asked("Before $$x^2$$ after", math=True)
    assert alternatives(reader(pdf)) == ["x^2"]
    assert "after" in text_of(pdf).split("\n")
