"""Items as the questions of QTI 1.2 in the form that Canvas takes; how each kind is answered is in `_answers`."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from builder.exchange import _guide
from builder.exchange._html import Html
from builder.exchange._qti.writing import Base, points
from builder.exchange.qti12 import _answers
from builder.model import Basic, Cloze, Essay, Matching, Mcq, Numeric, Occlusion, Ordering, Reversed, Short, TrueFalse
from builder.text import cloze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.exchange._frame import Losses
    from builder.exchange.qti12._answers import Answers
    from builder.model import Course, Item

FOLDER = "images/"  # of the pictures and recordings in the package
ADDRESS = f"%24IMS-CC-FILEBASE%24/{FOLDER}"
_SCHEMA = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<questestinterop xmlns="{_SCHEMA}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'xsi:schemaLocation="{_SCHEMA} {_SCHEMA}p1.xsd">\n'
)


class Writer(Base):
    """Writes questions; what they can't hold goes to `losses`."""

    def __init__(self, course: Course, items: Sequence[Item], losses: Losses) -> None:
        super().__init__(course, items, losses, Html(ADDRESS))
        self.worth = 0.0  # of all questions so far

    def questions(self, item: Item) -> Iterator[str]:
        """The question of an item; a reversed one has two, and one that Canvas can't take none."""
        match item:
            case Ordering() | Occlusion():
                what = "an order of steps" if isinstance(item, Ordering) else "boxes on a picture"
                self.losses.add(item, (), f"left out: {what} can't be asked for in Canvas's classic quizzes")
                return
            case Basic():
                yield self.question(item, _answers.short(self, item, item.answer, item.accept))
            case Reversed():
                yield self.question(item, _answers.short(self, item, item.answer, item.accept), side=".a")
                back = _answers.short(self, item, item.reverse_answer, (), key="reverse_answer")
                yield self.question(item, back, side=".b", prompt=item.reverse_prompt)
            case Cloze():
                shown, names = self.gapped(item)
                yield self.question(item, _answers.gaps(self, item, names), shown=shown)
            case Mcq():
                yield self.question(item, _answers.choice(self, item))
            case TrueFalse():
                yield self.question(item, _answers.verdict(self, item))
            case Matching():
                yield self.question(item, _answers.matching(self, item))
            case Numeric():
                yield self.question(item, _answers.number(self, item))
            case Short() | Essay():
                if item.words:
                    self.losses.add(item, ("words",), "Canvas counts no words of an answer")
                yield self.question(item, _answers.written())
        self.nowhere(item)

    def question(
        self, item: Item, answers: Answers, *, side: str = "", prompt: str = "", shown: str | None = None
    ) -> str:
        """A question: `shown` is its HTML where that is not the HTML of the prompt."""
        asked = self.asked(item, self.typed(prompt or item.prompt, item) if shown is None else shown)
        told = self.told(item)
        self.worth += item.points
        fields = [
            ("question_type", answers.kind),
            ("points_possible", points(item.points)),
            ("original_answer_ids", ",".join(answers.names)),
            ("assessment_question_identifierref", f"{item.id}{side}-question"),
            *(("tag", tag) for tag in self.tags(item)),
            *(
                [("theme_title", self.course.themes[item.theme])]
                if item.theme and item.theme in self.course.themes
                else []
            ),
        ]
        listed = "".join(
            f"<qtimetadatafield><fieldlabel>{label}</fieldlabel><fieldentry>{escape(entry, quote=False)}</fieldentry></qtimetadatafield>"
            for label, entry in fields
        )
        general = [("general_fb", told)] if told else []
        rules = (_TOLD if told else "") + answers.rules
        return (
            f'<item ident="{item.id}{side}" title="{item.id}{side}">'
            f"<itemmetadata><qtimetadata>{listed}</qtimetadata></itemmetadata>{self.rubric(item)}"
            f"<presentation>{material(asked)}{answers.shown}</presentation>"
            f'<resprocessing><outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>'
            f"{rules}</resprocessing>"
            + "".join(
                f'<itemfeedback ident="{name}"><flow_mat>{material(html)}</flow_mat></itemfeedback>'
                for name, html in [*general, *answers.feedback]
            )
            + "</item>\n"
        )

    def rubric(self, item: Item) -> str:
        """What earns marks in a written answer, for those who mark it."""
        if not isinstance(item, Short | Essay):
            return ""
        html = _guide.written(item, lambda text: self.typed(text, item))
        return f'<rubric view="Scorer">{material(html)}</rubric>'

    def gapped(self, item: Cloze) -> tuple[str, list[str]]:
        """The HTML of a cloze, each gap as `[blank1]` and its hint after it; and the names of the gaps."""
        self.gaps(item)
        stem = "blank"
        while f"[{stem}" in item.prompt:  # what an author typed must be no gap
            stem += "x"
        names: list[str] = []

        def gap(node: cloze.Gap) -> str:
            names.append(f"{stem}{len(names) + 1}")
            return f"[{names[-1]}]" + (f" ({self.html.line(node.hint)})" if node.hint else "")

        html = Html(ADDRESS, gap)
        shown = html.text(cloze.read(item.prompt, math=item.math))
        self.html.files += html.files
        return shown, names


_TOLD = (
    '<respcondition continue="Yes"><conditionvar><other/></conditionvar>'
    '<displayfeedback feedbacktype="Response" linkrefid="general_fb"/></respcondition>'
)


def material(html: str) -> str:
    """Something that is shown."""
    return f'<material><mattext texttype="text/html">{escape(html, quote=False)}</mattext></material>'


def document(writer: Writer, items: Sequence[Item], name: str) -> bytes:
    """The assessment with all items, in the one section that Canvas wants."""
    title = escape(writer.course.title)
    # Bytes, of which a text takes twice as many or more.
    questions = [question.encode() for item in items for question in writer.questions(item)]
    head = f'{_HEAD}<assessment ident="{name}" title="{title}"><section ident="root_section">\n'
    return b"".join([head.encode(), *questions, b"</section></assessment>\n</questestinterop>\n"])
