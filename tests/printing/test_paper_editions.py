"""Papers in every edition: size of page and print, fonts, columns, language, room for answers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from builder.paper.record import Edition
from builder.paper.sheet import PAPERS
from builder.printing import papers
from builder.wording import languages, wording
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.papers import catalog, quiz_of, reader, said, squeezed

if TYPE_CHECKING:
    from pathlib import Path

    from pypdf import PdfReader

POINT = 25.4 / 72  # millimetres
EDITIONS = [
    Edition(paper=paper, font=font, size=size, columns=1 if size == 24 else columns, answers=answers)
    for (paper, font), (size, columns, answers) in zip(
        [("a4", "serif"), ("letter", "hyperlegible"), ("letter", "serif"), ("a4", "hyperlegible")] * 3,
        product((11, 18, 24), (1, 2), ("sheet", "inline")),
        strict=True,
    )
]


def _made(edition: Edition, **fields: Any) -> dict[str, PdfReader]:
    made = course_of(EXAMPLES, **fields)
    quiz = quiz_of(made, cover="A *cover*.", minutes=50, **edition.model_dump())
    return {name: reader(data) for name, data in papers.files(made, quiz).items() if name.endswith(".pdf")}


# The code of a sheet in letters, in two lines: whoever marks may have to type it, no candidate reads it.
_CODE = re.compile(r"HS2/[0-9A-F]{12}/|[0-9A-F]{4}/[A-Z]+/[0-9]+/[0-9S]+")
# The strip that only markers fill in has the size of usual print in all editions: it takes room from the answers.
_STRIP, _MARKERS = re.compile(r"Marker only:|leave free|[0-9½]"), 8


def _sizes(pdf: PdfReader) -> set[float]:
    """The sizes of all text that is printed for candidates, in points."""
    sizes: set[float] = set()

    def visit(text: str, _ctm: object, matrix: list[float], _font: object, size: float) -> None:
        printed = round(size * abs(matrix[3] or matrix[1]), 1)
        is_for_markers = printed <= _MARKERS and _STRIP.fullmatch(text.strip())
        if text.strip() and not _CODE.fullmatch(text.strip()) and not is_for_markers:
            sizes.add(printed)

    for page in pdf.pages:
        page.extract_text(visitor_text=visit)
    return sizes


def _fonts(pdf: PdfReader) -> set[str]:
    objects: list[Any] = [pdf.get_object(n) for n in range(1, len(pdf.xref[0]) + 1)]
    return {str(o["/BaseFont"]).split("+")[-1] for o in objects if isinstance(o, dict) and "/BaseFont" in o}


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda e: "-".join(map(str, e.model_dump().values())))
def test_every_edition_is_what_it_says(edition: Edition) -> None:
    """Page, font and size of print are those asked for, every file is PDF/UA-1, and all questions are asked."""
    made = _made(edition)
    assert ("sheet-A.pdf" in made) == (edition.answers == "sheet")
    face = {"serif": "LibertinusSerif", "hyperlegible": "AtkinsonHyperlegible"}[edition.font]
    for name, pdf in made.items():
        size = pdf.pages[0].mediabox
        assert (float(size.width) * POINT, float(size.height) * POINT) == pytest.approx(PAPERS[edition.paper], abs=0.1)
        assert any(font.startswith(face) for font in _fonts(pdf)), name
        assert b"<pdfuaid:part>1</pdfuaid:part>" in catalog(pdf)["/Metadata"].get_data()
    text = said(made["paper-A.pdf"])
    assert all(squeezed(item.prompt.replace("*", "")) in text for item in EXAMPLES if item.kind != "cloze")
    assert "SECRET" not in text
    assert "Acover." in text
    assert "50minutes" in text


@pytest.mark.parametrize("size", [18, 24])
def test_large_print_has_no_small_print(size: int) -> None:
    """No word of paper, sheet, key or guide is smaller than was asked for; signs in frames aside."""
    for name, pdf in _made(Edition(size=size)).items():
        small = {found for found in _sizes(pdf) if found < size - 0.1}
        # Letters in circles, gap numbers and code are smaller by a fixed share.
        assert all(found >= 0.74 * size for found in small), (name, small)


def test_the_name_of_a_version_stays_on_one_line() -> None:
    """Where the heading of a guide has to break, it breaks before `Version A`, for headings of any length."""
    for words in range(2, 8):
        made = course_of(EXAMPLES)
        heading = "Test" + " nn" * words
        quiz = quiz_of(made, minutes=50, heading=heading, **Edition(size=18).model_dump())
        lines = reader(papers.files(made, quiz)["guide-A.pdf"]).pages[0].extract_text().splitlines()
        assert any("Version A" in line and not line.startswith("Page") for line in lines[:8]), (heading, lines[:8])


@pytest.mark.slow
def test_headings_and_questions_stay_with_what_follows() -> None:
    """At no page's foot stands a part's heading, its instruction or a question without its first option."""
    items = [item.model_copy(update={"id": f"{item.id}-{n}"}) for n in range(4) for item in EXAMPLES]
    made = course_of(items)
    for edition in EDITIONS[:8]:
        quiz = quiz_of(made, **edition.model_dump())
        pdf = reader(papers.files(made, quiz)["paper-A.pdf"])
        words = wording("en")
        lonely = [words.sections[kind]["title"] for kind in words.sections]
        for page in pdf.pages:
            lines = [line.strip() for line in page.extract_text().splitlines() if line.strip()]
            body = [line for line in lines if not re.search(r"^(Quiz|Version A|Page \d+ of \d+)", line)]
            last = body[-1]
            assert not any(title in last for title in lonely), (edition, last)
            assert not re.match(r"\d+\s*Which", last), (edition, last)


def holds(text: str, phrase: str) -> bool:
    """Whether squeezed text holds a phrase. What runs from right to left is read word by word: its order is the reader's."""
    if not "\u0590" < phrase[0] < "\u0700":
        return squeezed(phrase) in text
    return all(squeezed(word) in text for word in phrase.strip(".").split())


@pytest.mark.slow
@pytest.mark.parametrize("language", [name for name in languages() if name != "en"])
def test_no_english_is_left_in_another_language(language: str) -> None:
    """All fixed words of paper, sheet, key, guide and legend are those of the edition's language."""
    about = {"id": "about", "kind": "numeric", "prompt": "0", "answer": "1", "passage": "read"}
    made = course_of([*EXAMPLES, about], passages=[{"id": "read", "text": "2"}])
    quiz = quiz_of(made, versions=2, language=language, minutes=50, choose={"essay": 1})
    text = "".join(said(reader(data)) for name, data in papers.files(made, quiz).items() if name.endswith(".pdf"))
    english, theirs = wording("en"), wording(language)
    for key in ("end", "confidential", "glance", "explanation", "candidate", "criterion", "awarded", "legend_note"):
        assert holds(text, theirs[key]), key
        assert english[key] == theirs[key] or squeezed(english[key]) not in text, key
    for kind, texts in theirs.sections.items():
        assert holds(text, texts["title"])
        assert squeezed(english.sections[kind]["sheet"]) not in text


def test_the_language_of_the_course_stays_that_of_its_text() -> None:
    """German strings around an English course: the document says English, for a reader aloud reads the questions."""
    assert catalog(_made(Edition(language="de"))["paper-A.pdf"])["/Lang"] == "en-GB"


@pytest.mark.slow
def test_the_same_input_gives_the_same_files_anywhere(tmp_path: Path) -> None:
    """In another folder, time zone, language of the machine and hash seed, every file of every format has the same bytes."""
    made = []
    for name, zone, hashes in (("one", "UTC", "1"), ("two", "Asia/Kathmandu", "2")):
        out = tmp_path / name
        out.mkdir()
        env = os.environ | {"TZ": zone, "PYTHONHASHSEED": hashes, "LC_ALL": "C.UTF-8" if name == "one" else "C"}
        command = [
            sys.executable,
            "-m",
            "builder",
            "quiz",
            "--no-lint",
            "--items",
            "8",
            "--seed",
            "s",
            "--versions",
            "2",
        ]
        command += ["--format", "pdf,docx,html,md", "-o", "out"]
        subprocess.run(command, check=True, env=env, cwd=out, capture_output=True)
        made.append({file.name: file.read_bytes() for file in (out / "out").iterdir()})
    assert made[0] == made[1]
    assert {name.rsplit(".")[-1] for name in made[0]} == {"pdf", "docx", "html", "md", "json"}
