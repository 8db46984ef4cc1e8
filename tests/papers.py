"""Papers for tests: items of every kind, small courses of them, and what a PDF says."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader

from builder.model import AnkiDeck, Basic, Cloze, Course, Essay, Matching, Mcq, Ordering, Reversed, Short, TrueFalse
from builder.paper.order import arrange
from builder.paper.record import Edition, Quiz, version_name
from builder.printing import papers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.model import Item

# Words that stand in the key alone, so that a leak onto the paper shows.
KINDS: tuple[Item, ...] = (
    Mcq.model_validate(
        {
            "id": "one",
            "kind": "mcq",
            "prompt": "Which *single* option is right?",
            "options": [
                {"right": "The first thing", "why": "SECRETwhyright"},
                {"wrong": "The second thing", "why": "SECRETwhywrong"},
                {"wrong": "None of these", "pin": "last"},
            ],
            "explanation": "SECRETexplanation",
        }
    ),
    Mcq.model_validate(
        {
            "id": "many",
            "kind": "mcq",
            "multiple": True,
            "prompt": "Which options are right?",
            "options": [{"right": "Apples"}, {"right": "Pears"}, {"wrong": "Stones"}],
        }
    ),
    TrueFalse.model_validate(
        {
            "id": "lie",
            "kind": "truefalse",
            "prompt": "The moon is a cheese.",
            "answer": False,
            "correction": "SECRETrock",
        }
    ),
    TrueFalse.model_validate({"id": "truth", "kind": "truefalse", "prompt": "Water is wet.", "answer": True}),
    Matching.model_validate(
        {
            "id": "pairs",
            "kind": "matching",
            "prompt": "Match each capital.",
            "pairs": [("France", "Paris"), ("Spain", "Madrid")],
            "distractors": ["Lima"],
        }
    ),
    Ordering.model_validate(
        {"id": "steps", "kind": "ordering", "prompt": "Put these in order.", "sequence": ["Wake", "Rise", "Wash"]}
    ),
    Cloze.model_validate(
        {"id": "gaps", "kind": "cloze", "prompt": "From {{c1::SECRETgap}} to {{c2::SECREThole::a hint}} it goes."}
    ),
    Basic.model_validate(
        {"id": "basic", "kind": "basic", "prompt": "What is it?", "answer": "SECRETanswer", "accept": ["SECRETalso"]}
    ),
    Reversed.model_validate(
        {
            "id": "back",
            "kind": "reversed",
            "prompt": "Forwards?",
            "answer": "SECRETforth",
            "reverse_prompt": "SECRETback?",
            "reverse_answer": "Nothing",
        }
    ),
    Short.model_validate(
        {
            "id": "short",
            "kind": "short",
            "prompt": "Explain briefly.",
            "words": 60,
            "key_points": [{"point": "SECRETpoint", "marks": 3}, {"point": "SECRETmore"}],
        }
    ),
    Essay.model_validate(
        {
            "id": "essay",
            "kind": "essay",
            "prompt": "Write at length.",
            "words": 700,
            "rubric": [
                {"criterion": "SECRETcriterion", "marks": 6, "levels": ["SECRETnone", "SECRETsome", "SECRETall"]}
            ],
        }
    ),
)


def course(items: Iterable[Item], **fields: Any) -> Course:
    """A course of just these items."""
    empty: dict[str, Any] = {"path": "course.yaml", "id": "test", "title": "A test", "language": "en-GB", "licence": ""}
    return Course(
        **(empty | {"anki": AnkiDeck(deck="test"), "themes": {}, "theories": {}, "items": tuple(items)} | fields)
    )


def quiz_of(made: Course, versions: int = 1, seed: str = "seed", **fields: Any) -> Quiz:
    """The quiz of all items of a course; fields that an edition has are the edition's."""
    edition = Edition(**{key: fields.pop(key) for key in Edition.model_fields if key in fields})
    names = [version_name(n) for n in range(versions)]
    return Quiz(
        course=made.id,
        title=made.title,
        seed=seed,
        edition=edition,
        versions=tuple(arrange(made.items, name, seed, points=fields.pop("points", None)) for name in names),
        **fields,
    )


def printed(items: Iterable[Item], **fields: Any) -> tuple[Quiz, PdfReader, PdfReader]:
    """The quiz of these items in version A, with room for the answers, its paper and its key."""
    made = course(items, **fields)
    quiz = quiz_of(made, answers="inline")
    files = papers.files(made, quiz)
    return quiz, reader(files["paper-A.pdf"]), reader(files["key-A.pdf"])


def reader(pdf: bytes) -> PdfReader:
    """The PDF as pypdf reads it."""
    return PdfReader(io.BytesIO(pdf))


def squeezed(text: str) -> str:
    """The text without spaces, break opportunities and underscores, for comparing what is laid out in lines."""
    return re.sub(r"[\s\u200b_]", "", text)


def said(pdf: PdfReader) -> str:
    """All that a PDF says, squeezed; headers and footers stand between the pages."""
    return squeezed("".join(page.extract_text() for page in pdf.pages))


def catalog(pdf: PdfReader) -> Any:
    """A PDF's catalogue: what it says of itself."""
    return pdf.root_object


def alternatives(pdf: PdfReader) -> list[str]:
    """The alternative texts of a PDF's pictures."""
    objects: list[Any] = [pdf.get_object(number) for number in range(1, len(pdf.xref[0]) + 1)]
    return [str(entry["/Alt"]) for entry in objects if isinstance(entry, dict) and "/Alt" in entry]
