"""Items of QTI 2.1, each an XML document of its own; how each kind is answered is in `_qti.answers`."""

from __future__ import annotations

from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from builder.exchange import _guide
from builder.exchange._qti import answers
from builder.exchange._qti.processing import FEEDBACK, GENERAL, SCORE, TOLD, base, number, scores
from builder.exchange._qti.writing import Base
from builder.exchange._qti.xhtml import Xhtml
from builder.model import Basic, Cloze, Essay, Matching, Mcq, Numeric, Occlusion, Ordering, Reversed, Short, TrueFalse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from builder.exchange._frame import Losses
    from builder.exchange._qti.answers import Answers
    from builder.model import Course, Item

FOLDER = "images/"  # of the pictures and recordings in the package
NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"


class Document(NamedTuple):
    """An item as a document: its name in the package, its XML, the files that it shows, its tags, and its theme."""

    identifier: str
    text: str
    files: Sequence[str]
    tags: Sequence[str]
    theme: str | None


class Writer(Base):
    """Writes items; what they can't hold goes to `losses`."""

    def __init__(self, course: Course, items: Sequence[Item], losses: Losses) -> None:
        super().__init__(course, items, losses, Xhtml(f"../{FOLDER}"))

    def documents(self, item: Item) -> Iterator[Document]:
        """The document of an item; a reversed one has two, and one that QTI can't take none."""
        match item:
            case Occlusion():
                self.losses.add(item, (), "left out: boxes on a picture are not written for QTI")
                return
            case Basic():
                yield self.document(item, answers.short(self, item, item.answer, item.accept))
            case Reversed():
                front = answers.short(self, item, item.answer, item.accept)
                yield self.document(item, front, side=".a")
                back = answers.short(self, item, item.reverse_answer, (), key="reverse_answer")
                yield self.document(item, back, side=".b", prompt=item.reverse_prompt)
            case Cloze():
                yield self.document(item, answers.gaps(self, item))
            case Mcq():
                yield self.document(item, answers.choice(self, item))
            case TrueFalse():
                yield self.document(item, answers.verdict(self, item))
            case Matching():
                yield self.document(item, answers.matching(self, item))
            case Ordering():
                yield self.document(item, answers.ordering(self, item))
            case Numeric():
                yield self.document(item, answers.numeric(self, item))
            case Short() | Essay():
                yield self.document(item, answers.written(item))
        self.nowhere(item)

    def document(self, item: Item, made: Answers, *, side: str = "", prompt: str = "") -> Document:
        """A document: the text of the item, unless its kind has written it with its gaps."""
        shown = self.asked(item, self.typed(prompt or item.prompt, item) if made.text is None else made.text)
        told = self.told(item)
        feedback = [*([(TOLD, GENERAL, told)] if told else []), *((FEEDBACK, *it) for it in made.feedback)]
        processing = made.processing + (scores(base("identifier", GENERAL), TOLD) if told else "")
        name = f"{item.id}{side}"
        text = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<assessmentItem xmlns="{NAMESPACE}" identifier="{identifier(name)}" title="{name}" adaptive="false" '
            f'timeDependent="false" xml:lang="{escape(self.course.language)}">\n'
            f"{made.declarations}{_outcomes(item, {outcome for outcome, *_ in feedback})}"
            f"\n<itemBody>{shown}{made.shown}{self._rubric(item)}</itemBody>\n"
            + (f"<responseProcessing>{processing}</responseProcessing>\n" if processing else "")
            + "".join(
                f'<modalFeedback outcomeIdentifier="{outcome}" showHide="show" identifier="{which}">{html}</modalFeedback>\n'
                for outcome, which, html in feedback
            )
            + "</assessmentItem>\n"
        )
        files, self.html.files = list(dict.fromkeys(self.html.files)), []
        return Document(identifier(name), text, files, self.tags(item), item.theme)

    def _rubric(self, item: Item) -> str:
        """What earns marks in a written answer, for those who mark it."""
        if not isinstance(item, Short | Essay):
            return ""
        html = _guide.written(item, lambda text: self.typed(text, item))
        return f'<rubricBlock view="scorer">{html}</rubricBlock>'


def identifier(name: str) -> str:
    """A name as an identifier, which begins with no digit."""
    return f"_{name}" if name[0].isdigit() else name


def _outcomes(item: Item, feedback: Collection[str]) -> str:
    """The outcomes of an item: the score, the marks that it is worth, and those by which feedback is shown."""
    points = number(Fraction(item.points))
    zero = "<defaultValue><value>0</value></defaultValue>"
    most = f"<defaultValue><value>{points}</value></defaultValue>"
    made = [
        f'<outcomeDeclaration identifier="{SCORE}" cardinality="single" baseType="float" normalMaximum="{points}">{zero}',
        f'<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float">{most}',
    ]
    for name, cardinality in ((FEEDBACK, "multiple"), (TOLD, "single")):
        if name in feedback:
            made.append(f'<outcomeDeclaration identifier="{name}" cardinality="{cardinality}" baseType="identifier">')
    return "".join(f"{it}</outcomeDeclaration>" for it in made)
