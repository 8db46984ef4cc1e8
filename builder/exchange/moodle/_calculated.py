"""Questions of Moodle whose values are drawn, from a data set for each: calculated, simple, and as a multiple choice."""

from __future__ import annotations

import ast
import re
from fractions import Fraction
from html import unescape
from itertools import combinations
from typing import TYPE_CHECKING, Any

from builder.exchange import _formulas
from builder.exchange._drawn import Drawn, Form, Range, names_for
from builder.exchange._formulas import Formula, binary, call, formula
from builder.exchange._frame import UnfitError
from builder.exchange._rich import Rich
from builder.exchange.moodle._formulas import PHP
from builder.exchange.moodle._numbers import asked, earned, is_any
from builder.exchange.moodle._values import answers_of, child, text_of
from builder.text.numbers import as_decimal, is_number
from builder.text.rounding import fixed, to_figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.exchange.moodle._into import Question

Value = dict[str, Any]
_NAME = r"\{[^\W\d_][^>} <`{\"']*\}"
_WILDCARD = re.compile(_NAME)
_EMBEDDED = re.compile(rf"\{{=([^{{}}]*(?:{_NAME}[^{{}}]*)*)\}}")
_RELATIVE, _NOMINAL, _GEOMETRIC = ("1", "relative"), ("2", "nominal"), ("3", "geometric")


def number(question: Question) -> Value:
    """A number that is computed: formulas with tolerances."""
    read = _Computed(question)
    values = []
    for answer in answers_of(question):
        if is_any(question, answer):
            continue
        entries = read.entries(answer)
        values += [entry | earned(question, answer) for entry in entries]
    for entry in values[1:]:
        if "share" not in entry and "between" in entry:
            entry.pop("why")  # it stands at the value that the range belongs to
    return asked(question, [{"why": Rich(()), **entry} for entry in values])


def chosen(question: Question, choice: Callable[[Question], Value]) -> Value:
    """A choice of options in which something is computed; `choice` reads one in which nothing is."""
    read = _Computed(question)
    made = choice(question)
    read.tell_apart()
    return made


class _Computed:
    """Reads what is computed in a question, and has its texts filled from now on."""

    def __init__(self, question: Question) -> None:
        self.question = question
        found = list(_ranges(question))
        self.texts = [text_of(it) for it in question.element.iter("text")]
        is_number_asked = question.element.get("type") != "calculatedmulti"
        told = [text_of(child(it, "text")) for it in answers_of(question)] if is_number_asked else []
        wanted = {it for text in self.texts for it in _WILDCARD.findall(text)}
        self.ranges = [it for it in found if f"{{{it.name}}}" in wanted]
        named = names_for(self.ranges)
        self.names: dict[str, ast.expr] = {f"{{{name}}}": ast.Name(ours) for name, ours in named.items()}
        inside = [it for text in self.texts for it in _EMBEDDED.findall(text)]
        formulas = [self.formula(it) for it in (*inside, *(it for it in told if it != "*"))]
        if not self.ranges:
            message = "the file has no values for it"
            raise UnfitError(message)
        self.drawn = question.drawn = Drawn(self.ranges, formulas, question.lost)
        question.fill = self.fill

    def formula(self, text: str) -> Formula:
        """A formula of the question."""
        return formula(unescape(text), PHP, self.names)

    def fill(self, html: str, element: Any) -> str:
        """HTML with signs for what is computed in it, in the form of the answer that it belongs to."""
        answer = next((it for it in (element, element.getparent()) if it.tag == "answer"), None) if html else None
        form = _form(answer) if answer is not None else None
        html = _EMBEDDED.sub(lambda found: self.drawn.place(self.formula(found[1]).tree, form), html)
        return _WILDCARD.sub(
            lambda found: self.drawn.place(self.names[found[0]]) if found[0] in self.names else found[0], html
        )

    def entries(self, answer: Any) -> Iterator[Value]:
        """The value of an answer with its tolerance, and a range where that is not as far up as down."""
        tree, form = self.formula(text_of(child(answer, "text"))).tree, _form(answer)
        said, kind = text_of(child(answer, "tolerance")) or "0", text_of(child(answer, "tolerancetype")) or "1"
        if not is_number(said):
            self.question.lost(f"the tolerance {said[:40]} is no number, and is read as 0")
        size = abs(Fraction(said)) if is_number(said) else Fraction(0)
        is_part = kind not in _NOMINAL
        value = self.drawn.number(tree, form, lambda it: abs(it) * size if is_part else size)
        if not size:
            if value.startswith(("round(", "{{")):
                self.question.lost("the number has no tolerance: as it is rounded it is right here")
            yield {"value": value}
        elif kind in _NOMINAL:
            yield {"value": value, "tolerance": as_decimal(size)}
        elif kind in _GEOMETRIC:
            yield {"value": value}
            yield {"between": self._between(tree, form, size)}
        else:
            self.drawn.keep_from_zero(tree)
            yield {"value": value, "tolerance": f"{as_decimal(100 * size)} %"}

    def _between(self, tree: ast.expr, form: Form, size: Fraction) -> list[str]:
        """The ends of a geometric tolerance: of 10 with 0.25 they are 8 and 12.5."""
        factor = _formulas.number(float(1 + size))
        ends = [binary(tree, "/", factor), binary(tree, "*", factor)]
        results = self.drawn.results(tree)
        if any(it <= 0 for it in results):
            ends = [call("min", *ends), call("max", *ends)]
            self.drawn.keep_from_zero(tree)
        fine = Form(0 if form.is_figures else form.number)
        return [self.drawn.number(end, fine, lambda it: abs(it) * size / 10) for end in ends]

    def tell_apart(self) -> None:
        """Keep values out with which two options would say the same."""
        options = []
        for answer in answers_of(self.question):
            text = text_of(child(answer, "text"))
            if len(found := _EMBEDDED.findall(text)) == 1:
                form, tree = _form(answer), self.formula(found[0]).tree
                shown = to_figures if form.is_figures else fixed
                said = [shown(it, form.number) for it in self.drawn.results(tree)]
                options.append((tree, form, _EMBEDDED.sub("", text), said))
        for (one, form, text, said), (other, _, beside, told) in combinations(options, 2):
            if text == beside and any(a == b for a, b in zip(said, told, strict=True)):
                is_rounded = form.number and not form.is_figures
                both = [call("round", it, _formulas.number(form.number)) if is_rounded else it for it in (one, other)]
                self.drawn.where.append(" != ".join(map(ast.unparse, both)))


def _form(answer: Any) -> Form:
    """How Moodle shows an answer."""
    said = text_of(child(answer, "correctanswerlength"))
    is_figures = text_of(child(answer, "correctanswerformat")) == "2"
    return Form(int(said) if said.isdecimal() and len(said) < len("100") else 2, is_figures)


def _ranges(question: Question) -> Iterator[Range]:
    """The data sets of the question."""
    for it in question.element.iterfind("dataset_definitions/dataset_definition"):
        least, most, decimals = (text_of(it.find(f"{name}/text")) for name in ("minimum", "maximum", "decimals"))
        listed = tuple(text_of(value) for value in it.iterfind("dataset_items/dataset_item/value"))
        is_even = text_of(it.find("distribution/text")) in {"uniform", ""}
        yield Range(
            text_of(it.find("name/text")), least, most,
            int(decimals) if decimals.isdecimal() and len(decimals) < len("100") else 0, listed, is_even,
        )  # fmt: skip
