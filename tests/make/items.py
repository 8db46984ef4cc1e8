"""Items of every kind: examples written by hand, and the fields of a kind as a pen writes them."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, Protocol

from builder.model import Basic, Cloze, Essay, Matching, Mcq, Numeric, Occlusion, Ordering, Reversed, Short, TrueFalse

if TYPE_CHECKING:
    from builder.model import Item

FIGURE = "media/dot.png"  # the picture under boxes: `tests.make.course` gives it to every course that names it

# Words that stand in the key alone, so that a leak onto the paper shows.
EXAMPLES: tuple[Item, ...] = (
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
    Occlusion.model_validate(
        {
            "id": "boxes",
            "kind": "occlusion",
            "prompt": "Name the parts.",
            "image": {"file": FIGURE, "alt": "A figure"},
            "boxes": [
                {"label": "SECRETroof", "at": [10, 5.5, 30, 20], "accept": ["SECREThat"]},
                {"label": "SECRETwall", "at": [50, 40, 45, 60]},
            ],
        }
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
    Numeric.model_validate(
        {
            "id": "number",
            "kind": "numeric",
            "prompt": "How deep is the well?",
            "answer": "19.64",
            "tolerance": "0.01",
            "unit": {"symbol": "SECRETm", "accept": ["SECRETmetre"], "convert": {"SECRETkm": "1000"}, "cost": "1/2"},
            "figures": {"number": "4", "cost": "1/4"},
            "accept": [{"between": ["18.2", "21.3"], "share": "1/2", "why": "SECRETrough"}],
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


class Pen(Protocol):
    """Writes what stands in an item: a test's own words, or whatever Hypothesis draws."""

    def text(self) -> str:
        """A text."""

    def several(self, least: int, most: int) -> list[str]:
        """From `least` to `most` texts, no two alike."""

    def cloze(self) -> str:
        """A text with a blank or more."""

    def choice(self) -> dict[str, Any]:
        """The options of a choice, and whether several may be chosen."""

    def marks(self, usual: int) -> str:
        """What a part of an answer is worth: `usual`, or near it."""

    def truth(self) -> str:
        """`true` or `false`."""

    def number(self) -> str:
        """A number with decimals."""


def fields(example: Item, pen: Pen) -> dict[str, Any]:
    """The fields that items of the example's kind have for themselves, as the plain values of a bank file."""
    match example:
        case Basic():
            typed = {"case": pen.truth(), "accents": pen.truth()}
            return {"answer": pen.text(), "accept": pen.several(0, 2)} | typed
        case Reversed():
            back = {"reverse_prompt": pen.text(), "reverse_answer": pen.text()}
            return {"answer": pen.text(), "accept": pen.several(0, 2)} | back
        case Cloze():
            return {"prompt": pen.cloze()}
        case Occlusion():
            boxes = [
                {"label": text, "at": [f"{20 * place}", "10", "15.5", "30"], "accept": []}
                for place, text in enumerate(pen.several(1, 4))
            ]
            return {"image": {"file": FIGURE, "alt": "A figure"}, "boxes": boxes}
        case Mcq():
            return pen.choice()
        case TrueFalse():
            return {"answer": pen.truth(), "correction": pen.text()}
        case Matching():
            lefts = pen.several(2, 4)
            rights = pen.several(len(lefts), len(lefts) + 2)
            pairs = [[left, right] for left, right in zip(lefts, rights, strict=False)]
            return {"pairs": pairs, "distractors": rights[len(pairs) :]}
        case Ordering():
            return {"sequence": pen.several(2, 6)}
        case Numeric():
            value = pen.number()
            accept = [
                {"value": f"{value}{digit}", "share": "1/2", "why": text}
                for digit, text in enumerate(pen.several(0, 2), 1)
            ]
            return {"answer": value, "tolerance": "0", "accept": accept, "unit": {"symbol": "m", "cost": "50 %"}}
        case Short():
            points = [{"point": text, "marks": pen.marks(2)} for text in pen.several(1, 3)]
            return {"key_points": points, "words": "80"}
        case Essay():
            criteria = pen.several(1, 3)
            return {"rubric": [{"criterion": t, "marks": pen.marks(5), "levels": pen.several(2, 4)} for t in criteria]}


class Fixed:
    """A pen that writes one text wherever a text may stand; a number after it keeps texts apart where they must differ."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.numbers = count(1)

    def text(self) -> str:
        """The text."""
        return self.words

    def several(self, least: int, most: int) -> list[str]:
        """As many texts as may be."""
        return [f"{self.words} {next(self.numbers)}" for _ in range(max(least, most))]

    def cloze(self) -> str:
        """The text before a blank; double braces that are no blank would be refused."""
        return f"{self.words.replace('{{', '{').replace('}}', '}')} {{{{c1::hidden}}}}"

    def choice(self) -> dict[str, Any]:
        """Three options, each with its reason."""
        right, *wrong = ({"why": self.words, "text": text} for text in self.several(3, 3))
        options = [("right", right), *(("wrong", one) for one in wrong)]
        return {"options": [{verdict: one["text"], "why": one["why"]} for verdict, one in options]}

    def marks(self, usual: int) -> str:
        """What is usual."""
        return str(usual)

    def truth(self) -> str:
        """A lie, which has a correction."""
        return "false"

    def number(self) -> str:
        """A number that no other text holds."""
        return "8071.3"
