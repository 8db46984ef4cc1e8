from __future__ import annotations

import io
import time
import zipfile
from typing import Any

import pytest

from builder.exchange import guessed, rexams
from builder.exchange._frame import BrokenSourceError, Read
from tests.exchange.trip import taken
from tests.pictures import png

_CHOICE = """\
```{r, include = FALSE}
include_supplement("map.png")
```

Question
========
Which city is the **seat** of $x^2$?

![A map](map.png)

Answerlist
----------
* Basel
* Bern
  on the Aare

Solution
========
It is no capital.

Answerlist
----------
* False. It was.
* True

Meta-information
================
exname: Seat of all
extype: schoice
exsolution: 01
exshuffle: TRUE
expoints: 2
exsection: Geography/Central Europe
"""


def exercise(meta: str, *, question: str = "What?", answers: str = "", solution: str = "So.") -> bytes:
    """An exercise with headings of the other form."""
    listed = f"\n## Answerlist\n\n{answers}" if answers else ""
    return f"# Question\n\n{question}\n{listed}\n# Solution\n\n{solution}\n\n# Meta-information\n{meta}".encode()


def one(read: Read) -> dict[str, Any]:
    """What the one item says."""
    (item,) = taken(read)
    return item.model_dump(mode="json", exclude_defaults=True)


def zipped(**files: bytes) -> bytes:
    """An archive of exercises, in a folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"exercises/{name.replace('_', '.')}", data)
    return out.getvalue()


def test_a_choice_comes_with_reasons_and_pictures() -> None:
    """From an archive: the picture, what the solution says of each option, section, marks and name."""
    read = rexams.read("all.zip", zipped(seat_Rmd=_CHOICE.encode(), map_png=png()))
    assert read.notes == []
    assert read.files == {"map.png": png()}
    assert one(read) == {
        "id": "seat-of-all",
        "kind": "mcq",
        "prompt": "Which city is the **seat** of $x^2$?\n\n![A map](map.png)",
        "options": [{"wrong": "Basel", "why": "It was."}, {"right": "Bern on the Aare"}],
        "explanation": "It is no capital.",
        "theme": "geography",
        "tags": ["central-europe"],
        "marks": 2,
        "math": True,
    }


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (
            exercise("extype: num\nexsolution: 3.14\nextol: 0.01\n"),
            {"kind": "numeric", "prompt": "What?", "answer": "3.14", "tolerance": "0.01"},
        ),
        (
            exercise("extype: string\nexsolution: Bern\n"),
            {"kind": "basic", "prompt": "What?", "answer": "Bern"},
        ),
        (
            exercise("extype: mchoice\nexsolution: 11\n", answers="* a\n* b\n"),
            {"kind": "mcq", "prompt": "What?", "multiple": True, "order": "author",
             "options": [{"right": "a"}, {"right": "b"}]},
        ),
        (
            exercise("extype: cloze\nexclozetype: num|schoice\nexsolution: 4|01\n",
                     question="It is ##ANSWER1##, or ##ANSWER2##.", answers="* a\n* b\n"),
            {"kind": "cloze", "prompt": "It is {{c1::4}}, or {{c2::b}}."},
        ),
        (
            exercise("extype: cloze\nexclozetype: num|string\nexsolution: 4|b\n", answers="* Two\n* Letter\n"),
            {"kind": "cloze", "prompt": "What?\n\nTwo: {{c1::4}}\n\nLetter: {{c2::b}}"},
        ),
    ],
    ids=["num", "string", "mchoice", "places", "no places"],
)  # fmt: skip
def test_each_type_becomes_its_kind(data: bytes, wanted: dict[str, Any]) -> None:
    """Numbers with their tolerance, texts, choices, and texts with gaps."""
    assert one(rexams.read("one.Rmd", data)) == {"id": "one", "explanation": "So.", **wanted}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (exercise("extype: num\nexsolution: 1\n", question="```{r}\nx <- runif(1)\n```\nWhat?"), "R code"),
        (exercise("extype: num\nexsolution: 1\n", question="What is `r x`?"), "R reckons"),
        (exercise("extype: num\nexsolution: a\n"), "is no number"),
        (exercise("extype: schoice\nexsolution: 011\n", answers="* a\n* b\n"), "each option"),
        (exercise("extype: schoice\nexsolution: 11\n", answers="* a\n* b\n"), "several right"),
        (exercise("extype: string\nexstringtype: essay\nexsolution: nil\n"), "essays"),
        (exercise("extype: verbatim\nexsolution: a\n"), "no counterpart"),
        (exercise("exsolution: a\n"), "no meta-information"),
    ],
    ids=["code", "inline", "number", "bits", "single", "essay", "type", "none"],
)
def test_an_exercise_that_does_not_fit_is_named_and_the_others_come(data: bytes, why: str) -> None:
    """R is not run, and nothing is guessed."""
    read = rexams.read("all.zip", zipped(a_Rmd=data, b_Rmd=exercise("extype: num\nexsolution: 1\n")))
    assert [(note.code, why in note.message) for note in read.notes] == [("not-imported", True)]
    assert [entry.wish for entry in read.entries] == ["b"]


def test_what_is_dropped_is_named() -> None:
    """Tolerances and options in a cloze, sampled options, pictures that are not there, other meta-information."""
    data = exercise(
        "extype: cloze\nexclozetype: num|schoice\nexsolution: 4|01\nextol: 0.1|0\nexauthor: A\n",
        question="![a](a.png) ##ANSWER1## ##ANSWER2##", answers="* a\n* b\n",
    )  # fmt: skip
    told = " ".join(note.message for note in rexams.read("a.Rmd", data).notes)
    assert all(word in told for word in ("exauthor", "tolerances", "options are dropped: a", "a.png"))


@pytest.mark.parametrize(
    "text",
    [
        "```{r}\n" * 20_000,
        "# Question\n" + "##ANSWER1##" * 20_000,
        "# Question\n## Answerlist\n" + "* a\n" * 50_000,
        "`r " * 100_000,
        "```{r}\n" + "include_supplement('a')" * 5_000 + "(\n```\n",
        "# Question\n" + "$" * 20_000 + "\n# Meta-information\nextype: num\nexsolution: 1\n",
        "# Meta-information\nextype: num\nexsolution: " + "1" * 200_000,
    ],
    ids=["fences", "places", "answers", "inline", "supplements", "dollars", "number"],
)
def test_a_hostile_exercise_is_read_or_refused_in_time(text: str) -> None:
    """However its signs are repeated."""
    start = time.process_time()
    assert rexams.looks_like("x.Rmd", text.encode())
    rexams.read("x.Rmd", text.encode())
    assert time.process_time() - start < 5


def test_an_archive_that_is_none_is_refused() -> None:
    """So is one without an exercise."""
    for data in (b"PK\3\4cut", zipped(a_txt=b"")):
        with pytest.raises(BrokenSourceError):
            rexams.read("x.zip", data)


def test_the_format_is_known_by_its_name_or_its_meta_information() -> None:
    """As a file, or in an archive."""
    assert guessed("x.Rmd", _CHOICE.encode()) == guessed("x.md", _CHOICE.encode()) == "rexams"
    assert guessed("x.zip", zipped(a_Rmd=b"")) == "rexams"
