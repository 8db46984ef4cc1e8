"""Questions of QTI 1.2 as entries of a bank: their texts, conditions and feedback; each kind is in `_kinds`."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.diagnostics import Span
from builder.exchange import _guide
from builder.exchange._frame import UnfitError
from builder.exchange._ids import slug
from builder.exchange._markup import from_html
from builder.exchange._qti import reading
from builder.exchange._qti.reading import cleaned, folder_of, plain_tags
from builder.exchange._qti.xhtml import inside
from builder.exchange._rich import Rich
from builder.exchange.qti12 import _dialects, _kinds
from builder.text.tree import lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TEXTS = ("mattext", "mat_formattedtext")  # the second is Blackboard's
# A question that a quiz takes from a bank of the account, or some that it draws there: of New and of Classic Quizzes.
BANKED = ("{*}bankentry_item", "{*}sourcebank_ref")
_TEXT_ONLY = "text_only_question"
_NO_TITLES = frozenset({"question", "frage", "pregunta"})
_WHOLE = "general_fb"
_COMMON = ("correct_fb", "general_incorrect_fb", "correct", "incorrect")


class Condition(NamedTuple):
    """A condition: values that responses must have and must not have, bounds, and what then comes of it."""

    equal: tuple[tuple[str, str], ...]
    unequal: tuple[tuple[str, str], ...]
    bounds: tuple[tuple[str, str], ...]  # `vargte` and the like, and the number
    score: Fraction | None
    is_added: bool
    shows: tuple[str, ...]
    line: int


class Reader(reading.Reader):
    """Takes one item after the other."""

    def take(self, element: Any, member: str) -> None:
        """A question of a document that is that member of the package."""
        plain_tags(element)
        span = Span(self.package.place(member), element.sourceline or 1)
        if element.tag != "item":
            what = "what the quiz takes from a bank is not in the file, and is left out: export the bank too"
            self.read.refused(span, what)
            return
        _dialects.rewritten(element)
        question = Question(self, element, span, folder_of(member))
        wish = element.get("ident") or element.get("title") or ""
        try:
            value = _kinds.value_of(question)
        except UnfitError as error:
            name = question.name or wish or question.type
            if question.field("question_type") == _TEXT_ONLY or question.is_text:
                self.read.lost(span, f"'{name[:60]}' is no question but a text, and is left out")
            else:
                self.read.refused(span, f"'{name[:60]}' is left out: {error}")
            return
        tags = question.fields.get("tag", [])
        theme = next((slug(tag.rpartition("::theme::")[2]) for tag in tags if "::theme::" in tag), "")
        if theme and question.field("theme_title"):
            self.read.themes[theme] = question.field("theme_title")
        self.add(question, value | question.common(value), wish, tags)


class Question(reading.Question):
    """One item: its metadata, its conditions, and its feedback."""

    def __init__(self, reader: Reader, element: Any, span: Span, folder: str) -> None:
        super().__init__(reader, element, span, folder)
        self.fields: dict[str, list[str]] = {}
        for field in element.iterfind("itemmetadata//fieldlabel/.."):  # the fields themselves have several names
            label, entry = field.findtext("fieldlabel") or "", field.findtext("fieldentry") or ""
            self.fields.setdefault(label.strip(), []).append(entry.strip())
        name = _dialects.score_name(element)
        found = [_condition(it, name) for it in element.iterfind("resprocessing/respcondition")]
        self.feedback = {it.get("ident") or "": html_of(it) for it in element.iterfind("itemfeedback")}
        self.conditions = _dialects.keyed(found)
        self.whole = _dialects.whole(found, self.feedback) | {_WHOLE}
        self.taken: set[str] = set()  # names of feedback that has its place

    @property
    def name(self) -> str:
        """What a message calls the question: its title, or how its text begins, since Canvas calls each "Question"."""
        title = (self.element.get("title") or "").strip()
        if title and title.casefold() not in _NO_TITLES:
            return title
        shown = self.element.find("presentation//material")
        text = () if shown is None else from_html(html_of(shown)).text
        return " ".join(getattr(node, "text", "") for line in lines(text) for node in line)[:60].strip() or title

    def lost(self, message: str) -> None:
        """Note what is dropped, and of which question: a line of a file in a package says little."""
        super().lost(f"{message} (in '{self.name}')" if self.name else message)

    def field(self, label: str) -> str:
        """A field of the metadata; empty where there is none."""
        return self.fields.get(label, [""])[0]

    @property
    def points(self) -> str:
        """What the question is worth; empty where nothing says so."""
        return _dialects.points(self.fields, self.element)

    @property
    def type(self) -> str:
        """What the system that wrote the question calls its type; empty where it doesn't say."""
        return self.field("question_type") or (self.element.findtext("itemmetadata/bbmd_questiontype") or "").strip()

    @property
    def is_text(self) -> bool:
        """Whether no response is asked for, nor looked at."""
        shown = any(it.tag.startswith("response_") for it in self.element.iterfind("presentation//*"))
        return not (shown or _dialects.unfit(self.type) or any(it.equal or it.bounds for it in self.conditions))

    def why(self, *values: str) -> Rich:
        """The feedback for a response of one of these values alone."""
        often = Counter(name for condition in self.conditions for name in set(condition.shows))
        for condition in self.conditions:
            said = {value for _, value in condition.equal}
            shows = [
                name
                for name in dict.fromkeys(condition.shows)
                if name not in self.whole and (often[name] == 1 or set(values) > said)
            ]
            if shows and said and said <= set(values) and not condition.unequal:
                self.taken.update(shows)
                return self.rich(_joined(self.feedback.get(name, "") for name in shows))
        return Rich(())

    def scores(self, respident: str) -> dict[str, Fraction]:
        """What each value of a response earns by itself."""
        earned: dict[str, Fraction] = {}
        for condition in self.conditions:
            if condition.score is not None and not condition.unequal:
                for name, value in condition.equal:
                    if name == respident:
                        earned[value] = earned.get(value, Fraction(0)) + condition.score
        return earned

    def common(self, value: dict[str, Any]) -> dict[str, Any]:
        """Marks and explanation; feedback that has no place is noted as dropped."""
        told = self.explanation(_joined(html for name, html in self.feedback.items() if name in self.whole))
        made: dict[str, Any] = {"explanation": Rich((*told.text, *value.get("explanation", Rich(())).text))}
        for name, html in self.feedback.items():
            if name not in self.taken | self.whole and self.rich(html).text:
                is_common = name in _COMMON or name.endswith(("_C", "_IC"))  # the last two are Respondus's
                which = "for every right or wrong answer" if is_common else f"'{name[:40]}'"
                self.lost(f"the feedback {which} is dropped")
        worth = value.get("marks") or _guide.marks(self.points)
        return made | ({"marks": worth} if worth else {})


def _joined(texts: Iterable[str]) -> str:
    """HTML of several texts, each in a block of its own; one alone stays as it is."""
    found = [html for html in texts if html.strip()]
    return found[0] if len(found) == 1 else "".join(f"<div>{html}</div>" for html in found)


def _condition(element: Any, score_name: str) -> Condition:
    signs: dict[bool, list[tuple[str, str]]] = {False: [], True: []}
    bounds = []
    for part in element.iterfind("conditionvar//*"):
        text = (part.text or "").strip()
        if part.tag in {"varequal", "varsubset", "varsubstring"}:
            signs[any(it.tag == "not" for it in part.iterancestors())].append((part.get("respident") or "", text))
        elif part.tag in {"vargte", "vargt", "varlte", "varlt"}:
            bounds.append((part.tag, text))
    score, is_added = None, False
    for action in element.iterfind("setvar"):
        if (action.get("varname") or action.get("variablename") or _dialects.SCORE).upper() != score_name.upper():
            continue
        score, is_added = _number(action.text or ""), action.get("action") in {"Add", "Subtract"}
        if score is not None and action.get("action") == "Subtract":
            score = -score
    shows = tuple(it.get("linkrefid") or "" for it in element.iterfind("displayfeedback"))
    equal, unequal = tuple(signs[False]), tuple(signs[True])
    return Condition(equal, unequal, tuple(bounds), score, is_added, shows, element.sourceline or 1)


def _number(text: str) -> Fraction | None:
    if text.strip() == f"{_dialects.SCORE}.max":  # so Blackboard says "all"
        return Fraction(100)
    try:
        return Fraction(text.strip()[:40])
    except (ValueError, ZeroDivisionError):
        return None


def labels(response: Any) -> dict[str, Any]:
    """The answers of a response that can be chosen, by their names."""
    return {it.get("ident") or "": it for it in response.iter("response_label")}


def html_of(element: Any) -> str:
    """The HTML of all that an element shows, in its order."""
    return "".join(_shown(element))


def _shown(element: Any) -> Iterator[str]:
    for part in element.iter(*_TEXTS, "matimage", "matbreak", "mataudio"):
        uri, said = escape(part.get("uri") or ""), escape(part.get("label") or "")
        if part.tag in _TEXTS and len(part):
            yield cleaned(inside(part))
        elif part.tag in _TEXTS:
            text = cleaned((part.text or "").strip())
            kind = (part.get("texttype") or part.get("type") or "").lower()
            yield text if kind in {"text/html", "html", "text/xhtml", "smart_text"} else escape(text, quote=False)
        elif part.tag == "matbreak":
            yield "<br />"
        elif uri:
            is_picture = part.tag == "matimage"
            yield f'<img src="{uri}" alt="{said}" />' if is_picture else f'<audio src="{uri}">{said}</audio>'
