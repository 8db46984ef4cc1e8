"""Items as questions of H5P: the parameters of its libraries."""

from __future__ import annotations

import uuid
from html import escape
from typing import TYPE_CHECKING, Any

from builder.exchange._frame import UnfitError
from builder.exchange._html import Html
from builder.model import Basic, Cloze, Matching, Mcq, TrueFalse
from builder.paper.rules import rule_of
from builder.text import cloze, markup
from builder.text.tree import Paragraph, Run, lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.diagnostics import Keys
    from builder.exchange._frame import Losses
    from builder.model import Course, Item
    from builder.text.tree import Text

LIBRARIES = {
    "H5P.QuestionSet": (1, 20),
    "H5P.MultiChoice": (1, 16),
    "H5P.TrueFalse": (1, 8),
    "H5P.Blanks": (1, 14),
    "H5P.DragText": (1, 10),
}
_TITLES = {
    "H5P.MultiChoice": "Multiple Choice",
    "H5P.TrueFalse": "True/False Question",
    "H5P.Blanks": "Fill in the Blanks",
    "H5P.DragText": "Drag the Words",
}
_SIGNS = "*/:\\"  # have a meaning in a gap
_MOST_BLOCKS = 31  # texts with gaps of one question
_IDS = uuid.UUID("5b1d3a52-5e0f-4f0a-9b64-0d2f6f7c1c11")  # from which those of questions are made
_OF_ALL = {"id", "kind", "prompt", "explanation", "math"}
_KEPT = {
    "mcq": {"options", "multiple", "order", "scoring"},
    "truefalse": {"answer", "correction"},
    "basic": {"answer", "accept", "case"},
    "cloze": {"accept", "word_bank"},
    "matching": {"pairs", "distractors"},
}
Params = dict[str, Any]


def question(course: Course, item: Item, losses: Losses) -> Params | None:
    """The question that an item becomes; None, and a note, where it is left out."""
    writer = _Writer(course, item)
    try:
        library, params = _made(writer, item)
    except UnfitError as error:
        losses.add(item, (), f"left out: {error}")
        return None
    for key in sorted(item.model_fields_set - _OF_ALL - _KEPT[item.kind]):
        if getattr(item, key) not in (None, "", (), False, {}):
            losses.add(item, (key,), f"'{key}' has no place in H5P")
    for keys, message in dict.fromkeys(writer.lost):
        losses.add(item, keys, message)
    major, minor = LIBRARIES[library]
    return {
        "library": f"{library} {major}.{minor}",
        "params": params,
        "subContentId": str(uuid.uuid5(_IDS, f"{course.id}/{item.id}")),
        "metadata": {"contentType": _TITLES[library], "license": "U", "title": item.id},
    }


def _made(writer: _Writer, item: Item) -> tuple[str, Params]:
    """The library and its parameters.

    Raises:
        UnfitError: H5P has none for it.
    """
    match item:
        case Mcq():
            return "H5P.MultiChoice", _choice(writer, item)
        case TrueFalse():
            return "H5P.TrueFalse", _verdict(writer, item)
        case Basic():
            return "H5P.Blanks", _typed(writer, item)
        case Cloze() if item.word_bank is None:
            return "H5P.Blanks", _gaps(writer, item)
        case Cloze():
            return "H5P.DragText", _words(writer, item)
        case Matching():
            return "H5P.DragText", _pairs(writer, item)
        case _:
            message = f"a question set of H5P has no question for the kind {item.kind}"
            raise UnfitError(message)


class _Writer:
    """Writes texts of one item, and notes what is lost of them."""

    def __init__(self, course: Course, item: Item) -> None:
        self.course, self.item = course, item
        self.lost: list[tuple[Keys, str]] = []

    def rich(self, keys: Keys, text: str) -> str:
        """A text as the HTML that H5P keeps: paragraphs and emphasis."""
        return self.tree(keys, markup.parse(text, math=self.item.math)) if text else ""

    def tree(self, keys: Keys, text: Text[cloze.Node], html: Html | None = None) -> str:
        """A text that was read, as HTML."""
        html = html or Html("")
        made = []
        for line in lines(text):
            kept = [self._kept(keys, node) for node in line]
            made.append(f"<p>{html.line(kept)}</p>")
        if any(not isinstance(block, Paragraph) for block in text):
            self.lost.append((keys, "H5P has paragraphs alone here: lists, tables and programs are lines"))
        return "".join(made)

    def _kept(self, keys: Keys, node: cloze.Node) -> cloze.Node:
        """A piece of a line without what H5P takes away."""
        if isinstance(node, Run):
            bare = node._replace(strike=False, lang="", href="")
            if not isinstance(self.item, Mcq | TrueFalse):
                bare = bare._replace(sub=False, sup=False)
            if bare != node and not node.math:
                self.lost.append(
                    (keys, "H5P has emphasis and code alone here: links, strokes, raised and lowered signs are lost")
                )
            return bare
        if isinstance(node, cloze.Formula):
            self.lost.append((keys, "a gap in a formula stands after the formula"))
        if isinstance(node, cloze.Gap | cloze.Formula):
            return node
        self.lost.append((keys, "H5P has no pictures and recordings inside texts: their words stand there"))
        return Run(getattr(node, "alt", "") or getattr(node, "transcript", ""))

    def bare(self, keys: Keys, text: str) -> str:
        """The words of a text; its markup is noted as lost."""
        read = markup.parse(text, math=self.item.math)
        if any(not isinstance(node, Run) or node != Run(node.text) for line in lines(read) for node in line):
            self.lost.append((keys, "H5P takes words alone here: markup, formulas and pictures are lost"))
        return " ".join(markup.plain(text, math=self.item.math).split())

    def gap(self, keys: Keys, text: str) -> str:
        """The words of a gap.

        Raises:
            UnfitError: there is a sign in them that would end it, or part it.
        """
        words = self.bare(keys, text)
        if not words or set(words) & set(_SIGNS):
            message = f"an answer of it is empty, or has one of {' '.join(_SIGNS)} in it: {words[:40]}"
            raise UnfitError(message)
        return escape(words, quote=False)

    def words(self, keys: Keys, text: str) -> str:
        """The words of a text as HTML, which players take feedback for, though hosts let no element stand in it."""
        return escape(self.bare(keys, text), quote=False) if text else ""

    def told(self) -> list[Params]:
        """The explanation, as feedback whatever the score is."""
        said = self.words(("explanation",), self.item.explanation)
        return [{"from": 0, "to": 100} | ({"feedback": said} if said else {})]


def _choice(writer: _Writer, item: Mcq) -> Params:
    """Options with their feedback; whether all are shuffled, since H5P pins none."""
    rule = rule_of(item, defaults=writer.course.scoring)
    is_whole = rule is None or rule.rule == "all"
    if "scoring" in item.model_fields_set:
        writer.lost.append((("scoring",), "H5P gives a point for each right option and takes one for each wrong one"))
    if any(option.pin for option in item.options) or item.order == "value":
        writer.lost.append((("options",), "H5P shuffles all options or none: here none is"))
    is_fixed = item.is_ordered or any(option.pin for option in item.options)
    order = item.printed_order if is_fixed else range(len(item.options))
    answers = []
    for place in order:
        option = item.options[place]
        keys = ("options", place, "right" if option.is_right else "wrong")
        told = {
            "tip": "",
            "chosenFeedback": writer.rich(("options", place, "why"), option.why),
            "notChosenFeedback": "",
        }
        answers.append({"text": writer.rich(keys, option.text), "correct": option.is_right, "tipsAndFeedback": told})
    kind = "multi" if item.multiple else "single"
    behaviour = {"type": kind, "singlePoint": is_whole, "randomAnswers": not is_fixed} | _BUTTONS
    return {
        "question": writer.rich(("prompt",), item.prompt),
        "answers": answers,
        "behaviour": behaviour,
        "overallFeedback": writer.told(),
    }


_BUTTONS = {"enableRetry": True, "enableSolutionsButton": True, "enableCheckButton": True}


def _verdict(writer: _Writer, item: TrueFalse) -> Params:
    """A statement; the correction answers the wrong verdict, the explanation both."""
    why = writer.words(("explanation",), item.explanation)
    correction = writer.words(("correction",), item.correction or "")
    told = {"feedbackOnCorrect": why, "feedbackOnWrong": " ".join(filter(None, (correction, why)))}
    words = writer.course.words
    return {
        "question": writer.rich(("prompt",), item.prompt),
        "correct": str(item.answer).lower(),
        "l10n": {"trueText": words["true"], "falseText": words["false"]},
        "behaviour": _BUTTONS | told,
    }


def _typed(writer: _Writer, item: Basic) -> Params:
    """A question, and a blank below it."""
    if not item.accents:
        writer.lost.append((("accents",), "H5P always minds accents"))
    texts = [writer.gap(("answer",), item.answer)]
    texts += [writer.gap(("accept", place), text) for place, text in enumerate(item.accept)]
    return _blanks(writer, writer.rich(("prompt",), item.prompt), [f"<p>*{'/'.join(texts)}*</p>"], is_case=item.case)


def _gaps(writer: _Writer, item: Cloze) -> Params:
    """A text with blanks in it, each with its other answers and its hint as tip."""
    accepted = iter(item.accepted)

    def gap(node: cloze.Gap) -> str:
        key = ("accept", f"c{node.blank.number}")
        texts = [writer.gap(("prompt",), node.blank.text)]
        texts += [writer.gap(key, text) for text in next(accepted)]
        tip = f":{writer.gap(('prompt',), node.blank.hint)}" if node.blank.hint else ""
        return f"\ufdd0{'/'.join(texts)}{tip}\ufdd0"

    text = cloze.read(item.prompt, math=item.math)
    made = writer.tree(("prompt",), text, Html("", gap))
    # What an author typed as a star must begin no gap.
    made = made.replace("*", "&#42;").replace("\ufdd0", "*")
    blocks = [f"{block}</p>" for block in made.split("</p>") if block]
    if len(blocks) > _MOST_BLOCKS:
        blocks = ["".join(blocks)]
    return _blanks(writer, "", blocks, is_case=False)


def _blanks(writer: _Writer, above: str, blocks: list[str], *, is_case: bool) -> Params:
    return {
        "text": above,
        "questions": blocks,
        "overallFeedback": writer.told(),
        "behaviour": _BUTTONS | {"caseSensitive": is_case},
    }


def _words(writer: _Writer, item: Cloze) -> Params:
    """A text into which words are dragged."""
    if item.accept:
        writer.lost.append((("accept",), "a gap into which a word is dragged has one right word"))
    made = []
    for piece in cloze.pieces(item.prompt):
        if isinstance(piece, str):
            made.append(_outside(writer.bare(("prompt",), piece), piece))
        else:
            hint = f":{writer.gap(('prompt',), piece.hint)}" if piece.hint else ""
            made.append(f"*{writer.gap(('prompt',), piece.text)}{hint}*")
    spare = item.word_bank if isinstance(item.word_bank, tuple) else ()
    return _dragged(writer, "", "".join(made), (writer.gap(("word_bank", at), it) for at, it in enumerate(spare)))


def _pairs(writer: _Writer, item: Matching) -> Params:
    """A line for each pair: its term, and the place of its response."""
    made = []
    for place, (left, right) in enumerate(item.pairs):
        words = _outside(writer.bare(("pairs", place, 0), left), left).strip()
        made.append(f"{words}: *{writer.gap(('pairs', place, 1), right)}*")
    spare = (writer.gap(("distractors", place), text) for place, text in enumerate(item.distractors))
    return _dragged(writer, writer.rich(("prompt",), item.prompt), "\n".join(made), spare)


def _outside(words: str, typed: str) -> str:
    """Words outside gaps, with the spaces at their ends.

    Raises:
        UnfitError: a star in them would begin a gap.
    """
    if "*" in words:
        message = "a star in its text would begin a gap"
        raise UnfitError(message)
    head, tail = (" " * (end != end.strip() and bool(end)) for end in (typed[:1], typed[-1:]))
    return f"{head}{escape(words, quote=False)}{tail}"


def _dragged(writer: _Writer, above: str, text: str, spare: Iterable[str]) -> Params:
    return {
        "taskDescription": above,
        "textField": text,
        "distractors": " ".join(f"*{word}*" for word in spare),
        "overallFeedback": writer.told(),
        "behaviour": _BUTTONS | {"instantFeedback": False},
    }
