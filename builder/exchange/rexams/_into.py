"""Exercises of R/exams as entries of a bank."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from builder.diagnostics import Span
from builder.exchange import _files, _guide
from builder.exchange._choices import banked
from builder.exchange._frame import BrokenSourceError, Entry, UnfitError
from builder.exchange._ids import slug
from builder.exchange._rich import Rich, gap, plain, typed
from builder.text import markup
from builder.text.numbers import is_number
from builder.text.tree import Picture, mapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from builder.exchange._frame import Read
    from builder.exchange._package import Package
    from builder.exchange.rexams._parts import Exercise
    from builder.text.tree import Inline

_TRUTH = re.compile(
    r"\s*\**(?:true|false|wahr|falsch|richtig|correct|incorrect|wrong)\**[.:,;]?(?:\s+|$)", re.IGNORECASE
)
_PLACE = re.compile(r"##ANSWER(\d{1,3})##")
_BITS = re.compile(r"[01]+")
_KNOWN = frozenset(
    "exname extype exsolution exshuffle extol expoints exsection exclozetype exstringtype extitle".split()
)
_NOT_TEXT = re.compile("[\ufdd0-\ufdef]")  # noncharacters, which stand for gaps here


def take(read: Read, package: Package, member: str, exercise: Exercise) -> None:
    """Add an exercise.

    Raises:
        UnfitError: it can't become an item.
    """
    span = Span(package.place(member))
    taker = _Taker(read, package, member, span)
    meta = exercise.meta
    kind = meta["extype"].strip().lower()
    if member.lower().endswith((".rnw", ".rtex")) or kind not in _KINDS:
        message = "it is LaTeX: save it as .Rmd" if kind in _KINDS else f"'extype: {kind[:30]}' has no counterpart"
        raise UnfitError(message)
    value = _KINDS[kind](taker, exercise)
    if not value["prompt"].text:
        message = "it asks nothing"
        raise UnfitError(message)
    explanation = taker.text(exercise.solution)
    value |= {"explanation": explanation} if explanation.text else {}
    if worth := _guide.marks(meta.get("expoints", "")):
        value |= {"marks": worth} if worth != "1" or kind == "cloze" else {}
    sections = [part for part in meta.get("exsection", "").split("/") if part.strip()]
    if sections:
        value |= {"theme": slug(sections[0])}
        value |= {"tags": list(dict.fromkeys(map(slug, sections[1:])))} if sections[1:] else {}
        read.themes.setdefault(slug(sections[0]), sections[0].strip())
    if dropped := [key for key in meta if key not in _KNOWN]:
        taker.lost(f"meta-information is dropped: {', '.join(dropped)[:100]}")
    stem = member.rpartition("/")[2].rpartition(".")[0]
    read.entries.append(Entry(typed(value), meta.get("exname") or stem, span))


class _Taker:
    """What the texts of one exercise need: its place, and the files beside it."""

    def __init__(self, read: Read, package: Package, member: str, span: Span) -> None:
        self.read, self.package, self.member, self.span = read, package, member, span

    def lost(self, message: str) -> None:
        """Note what is dropped."""
        self.read.lost(self.span, message)

    def text(self, said: Sequence[str]) -> Rich:
        """The text of some lines of Markdown; pictures are taken along, or left out and named."""
        joined = _NOT_TEXT.sub("", "\n".join(said).strip("\n"))
        return self.parsed(joined)

    def parsed(self, joined: str) -> Rich:
        """The text of some Markdown, in which gaps may stand."""
        if not joined.strip():
            return Rich(())
        text = markup.parse(joined.replace("\\(", "$").replace("\\)", "$"), math=True)
        return Rich(mapped(text, self._line))

    def _line(self, line: tuple[Inline, ...]) -> tuple[Inline, ...]:
        made: list[Inline] = []
        for node in line:
            if not isinstance(node, Picture):
                made.append(node)
                continue
            folder = self.member.rpartition("/")[0]
            found = self.package.find(node.file, folder)
            name = None
            if found is None or found == self.member:
                self.lost(f"a picture is not beside it in an archive: {node.file[:80]}")
            else:
                try:
                    name = _files.taken(self.read, found.rpartition("/")[2], self.package.read(found), self.lost)
                except BrokenSourceError as error:
                    self.lost(error.diagnostic.message)
            if name:
                made.append(node._replace(file=name, alt=node.alt or name.rpartition(".")[0]))
        return tuple(made)


def _choice(taker: _Taker, exercise: Exercise) -> dict[str, Any]:
    """A choice: `exsolution: 0100` says which options are right."""
    solution = exercise.meta.get("exsolution", "").strip()
    if not _BITS.fullmatch(solution) or len(solution) != len(exercise.answers) or "1" not in solution:
        message = (
            f"'exsolution: {solution[:30]}' does not say of each option whether it is right, with one at least that is"
        )
        raise UnfitError(message)
    is_several = exercise.meta["extype"].strip().lower() == "mchoice"
    if not is_several and solution.count("1") > 1:
        message = "a single choice has several right options"
        raise UnfitError(message)
    options = []
    has_reasons = len(exercise.reasons) == len(exercise.answers)
    if exercise.reasons and not has_reasons:
        taker.lost("the reasons in its solution are not as many as its options: dropped")
    for place, said in enumerate(exercise.answers):
        option: dict[str, Any] = {"right" if solution[place] == "1" else "wrong": taker.text(said)}
        if has_reasons:
            first, *rest = exercise.reasons[place]
            why = taker.text([_TRUTH.sub("", first, count=1), *rest])
            option |= {"why": why} if why.text else {}
        options.append(option)
    shuffle = exercise.meta.get("exshuffle", "").strip()
    if shuffle.isdecimal() and shuffle != "0" and int(shuffle[:6]) < len(options):
        taker.lost(f"of its options R shows {shuffle[:6]}: here all are shown")
    made = {"kind": "mcq", "prompt": taker.text(exercise.question), "options": options}
    made |= {"multiple": "true"} if is_several else {}
    return made | ({"order": "author"} if shuffle.lower() in {"", "false", "f", "0"} else {})


def _number(taker: _Taker, exercise: Exercise) -> dict[str, Any]:
    """A number and how far off it may be."""
    answer, tolerance = (exercise.meta.get(key, "").strip() for key in ("exsolution", "extol"))
    if not is_number(answer) or (tolerance and not is_number(tolerance)):
        message = f"'exsolution: {answer[:30]}' with 'extol: {tolerance[:30]}' is no number with a tolerance"
        raise UnfitError(message)
    made = {"kind": "numeric", "prompt": taker.text(exercise.question), "answer": answer}
    return made | ({"tolerance": tolerance} if tolerance and float(tolerance) else {})


def _string(taker: _Taker, exercise: Exercise) -> dict[str, Any]:
    """A text that is typed."""
    answer = exercise.meta.get("exsolution", "").strip()
    if "essay" in exercise.meta.get("exstringtype", "") or "file" in exercise.meta.get("exstringtype", ""):
        message = "essays and uploads have no key"
        raise UnfitError(message)
    if not answer:
        message = "nothing says what is right"
        raise UnfitError(message)
    return {"kind": "basic", "prompt": taker.text(exercise.question), "answer": plain(answer)}


def _cloze(taker: _Taker, exercise: Exercise) -> dict[str, Any]:
    """Answers in a text, each at its place `##ANSWER1##`, or behind the text."""
    kinds, solutions = (exercise.meta.get(key, "").split("|") for key in ("exclozetype", "exsolution"))
    if len(kinds) != len(solutions):
        message = "'exclozetype' and 'exsolution' are not as many"
        raise UnfitError(message)
    choices = iter(exercise.answers)
    wanted = [len(it.strip()) if "choice" in kind else 1 for kind, it in zip(kinds, solutions, strict=True)]
    is_labelled = len(exercise.answers) >= sum(wanted)  # else only choices have entries in the list
    hidden: list[tuple[str, list[str]]] = []
    joined = _NOT_TEXT.sub("", "\n".join(exercise.question).strip("\n"))
    for number, (kind, solution) in enumerate(zip(kinds, solutions, strict=True), 1):
        label = next(choices, []) if is_labelled and "choice" not in kind else []
        said = "\n".join(label).strip()
        if f"##ANSWER{number}##" not in joined:
            joined += f"\n\n{said}: ##ANSWER{number}##" if said else f"\n\n##ANSWER{number}##"
        hidden.append(_hidden(kind.strip().lower(), solution.strip(), choices, number))
    order: list[int] = []

    def placed(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        if not 0 <= place < len(hidden) or place in order:
            message = f"{found[0]} has no answer of its own"
            raise UnfitError(message)
        order.append(place)
        return gap(len(order) - 1)

    text = taker.parsed(_PLACE.sub(placed, joined)).text
    if any(float(part or 0) for part in exercise.meta.get("extol", "").split("|") if is_number(part.strip())):
        taker.lost("tolerances of the numbers in a cloze are dropped: they are typed as they stand")
    right, lists = zip(*(hidden[place] for place in order), strict=True) if order else ((), ())
    return {"kind": "cloze", "prompt": Rich(text, right)} | banked(lists, [[it] for it in right], taker.lost)


def _hidden(kind: str, solution: str, choices: Iterator[list[str]], number: int) -> tuple[str, list[str]]:
    """The text of a gap: a number, a text, or the right option of a choice, with all that it is chosen from.

    Raises:
        UnfitError: it is none of these.
    """
    if kind not in {"schoice", "mchoice"}:
        if kind not in {"num", "string"} or not solution:
            message = f"answer {number} of the type '{kind[:30]}' has no counterpart"
            raise UnfitError(message)
        return solution, []
    options = [next(choices, []) for _ in solution]
    right = [said for bit, said in zip(solution, options, strict=True) if bit == "1"]
    if not all(options) or len(right) != 1 or not _BITS.fullmatch(solution):
        message = f"answer {number} is not a choice of one"
        raise UnfitError(message)
    texts = [markup.plain("\n".join(said)) for said in options]
    return texts[solution.index("1")], texts


_KINDS: dict[str, Callable[[_Taker, Exercise], dict[str, Any]]] = {
    "schoice": _choice,
    "mchoice": _choice,
    "num": _number,
    "string": _string,
    "cloze": _cloze,
}
