"""What a line of a list of questions is, by what it begins with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.exchange._listed import Line
from builder.exchange._listed.signs import EMPTY, FILLED
from builder.model.fields import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

QUESTION = re.compile(r"(?:#{1,6} *)?(?:(?:question|frage|pregunta|q) ?)?(\d{1,4}) ?[.):]\s+(\S.*)", re.IGNORECASE)
OPTION = re.compile(r"(?:[-+]\s+)?(\*(?=\S))?\(?([a-zA-Z])[.)]\s+(\S.*)")
_BOX = re.compile(r"([-*+]\s+)?(?:\[([ xX*✓✔]?)\]|\(([ xX*])\))\s+(\S.*)")
_DRAWN = re.compile(rf"([{FILLED}{EMPTY}])\s*(\S.*)")  # they stand before choices of one and of several
_TWO = re.compile(r"(?<! ) {2,}(?=\*{0,2}\(?[a-zA-Z][.)]\s)")
_BOLD = re.compile(r"\*\*(\(?(?:[a-zA-Z]|\d{1,4})[.)])\s+([^*]+)\*\*")  # `**b) Rome**` is `b) **Rome**`
_HEADED = re.compile(
    r"(?:#{1,6} *|\*\*)?(?:question|frage|pregunta) ?(\d{1,4}) ?[.):]?(?:\*\*)?[.):]?\s*(.*)", re.IGNORECASE
)
_SAID = r"[*_]*\s*[:=]\s*[*_]*\s*(.*)"
ANSWER = re.compile(
    r"[*_>\s]*(?:correct answers?|right answers?|answers?|ans|key|(?:richtige )?antwort|l(?:ö|oe)sung"
    rf"|respuesta(?: correcta)?|(?:bonne )?r[ée]ponse|solution){_SAID}", re.IGNORECASE,
)  # fmt: skip
WHY = re.compile(
    r"[*_>\s]*(?:explanation|feedback|rationale|reason|why|erkl(?:ä|ae)rung|begr(?:ü|ue)ndung|explicaci[óo]n"
    rf"|explication){_SAID}", re.IGNORECASE,
)  # fmt: skip
KEY = re.compile(
    r"[#*_\s]*(?:answer key|answers|key|solutions|l(?:ö|oe)sungen|antworten|respuestas|soluciones|corrig[ée]|r[ée]ponses)"
    r"[*_\s]*:?[*_\s]*", re.IGNORECASE,
)  # fmt: skip
_POINTS = re.compile(r"points:\s*(\d{1,4}(?:\.5)?)(?:\.0)?", re.IGNORECASE)
_SETTING = re.compile(
    r"(?:quiz title|title|quiz description|text title|text|shuffle answers|show correct answers|one question at a time"
    r"|can't go back|feedback is sanitized|solutions are sanitized)\s*:.*|(?:END_)?GROUP|pick:.*|solutions? per .*",
    re.IGNORECASE,
)  # fmt: skip
_PAIR = r"\d{1,4} ?[.):=-]? ?\(?[A-Za-z](?: ?[,;&+] ?[A-Za-z]\b)*\)?(?!\w)"
_NO_QUESTION = 10_000  # above all numbers: a key may stand before its questions
_PAIRS = re.compile(rf"(?:{_PAIR}[ ,;.]*)+(?:[-–—:(].*)?")


def _behind_head(line: str, last: int) -> str:
    """The pairs of a key behind its head, as in `Answers: 1a, 2b`.

    A single one may be the answer of a question, and so may pairs with a number above `last`, the highest of the questions before.
    """
    head = KEY.match(line)
    there = line[head.end() :] if head else ""
    numbers = [int(re.split(r"\D", pair, maxsplit=1)[0]) for pair in re.findall(_PAIR, there)]
    return there if len(numbers) > 1 and max(numbers) <= last and _PAIRS.fullmatch(there) else ""


class Reader:
    """Says of line after line what it is; numbers and letters count as such where they follow the one before."""

    def __init__(self) -> None:
        self._number, self._options, self._letters, self._most = 0, 0, 0, 0
        self._is_key, self._is_far, self._is_asked, self._is_answered = False, False, False, False

    def text(self, number: int, line: str) -> Line:
        """A line that goes on with what is above it."""
        far, self._is_far = self._is_far and not line.startswith(" "), False
        return Line(number, "text", line, is_far=far)

    def other(self, number: int, said: str) -> Line:
        """Something that is dropped."""
        return Line(number, "other", said)

    def lines(self, number: int, line: str) -> Iterator[Line]:
        """What a line is; one with several options, two or more spaces apart, is several."""
        if not line.strip():
            self._is_far = True
            yield Line(number, "text", "")
            return
        core = line.strip()
        pairs = " ".join(core.replace("|", " ").split())
        there = _behind_head(pairs, self._most or _NO_QUESTION)
        self._is_key = bool(there or KEY.fullmatch(core)) or (self._is_key and bool(_PAIRS.fullmatch(pairs)))
        if self._is_key:
            yield Line(number, "key", there or pairs)
            return
        found = self._question(number, line) or self._sign(number, core)
        if found:
            self._is_far = False
            self._is_answered |= found.sort in {"answer", "short", "number", "essay"}
            yield found
            return
        options = list(self._in(number, line)) if self._is_asked else []
        if options:
            self._is_far = False
        yield from options or [self.text(number, line)]

    def _question(self, number: int, line: str) -> Line | None:
        """A line that begins a question: its number follows, or begins anew, and it is not set in."""
        found = QUESTION.fullmatch(_BOLD.sub(r"\1 \2", line, count=1)) or _HEADED.fullmatch(line)
        if not found:
            return None
        here = int(found[1])
        is_done = self._options or self._is_answered
        follows = here == self._number + 1 or (is_done and (here == 1 or here > self._number))
        if self._is_asked and not follows:
            return None
        self._number, self._options, self._letters, self._is_asked, self._is_answered = here, 0, 0, True, False
        self._most = max(self._most, here)
        return Line(number, "question", found[2], found[1])

    def _sign(self, number: int, core: str) -> Line | None:
        """A line with a word or a sign of its own at the beginning."""
        if found := _POINTS.fullmatch(core):
            return Line(number, "points", found[1])
        if _SETTING.fullmatch(core):
            return Line(number, "other", core)
        if not self._is_asked:
            return None
        if found := ANSWER.fullmatch(core):
            return Line(number, "answer", found[1].rstrip("*_ "))
        if found := WHY.fullmatch(core):
            return Line(number, "feedback", found[1].rstrip("*_ "), "all")
        if core.startswith("... "):
            return Line(number, "feedback", core[4:].strip())
        if self._options == 0 and core.startswith("= "):
            return Line(number, "number", core[2:].strip())
        if self._options == 0 and core.startswith("*  "):
            return Line(number, "short", core[1:].strip())
        if core in {"____", "___"}:
            return Line(number, "essay", "")
        if re.match(r"[+-] {2,}\S|\^{3,}$", core):
            return Line(number, "other", core)
        return None

    def _in(self, number: int, line: str) -> Iterator[Line]:
        """The options of a line; none where the first is not the next in the alphabet."""
        core = line.strip()
        if found := _BOX.fullmatch(core):
            self._options += 1
            self._letters += 1
            ticked = bool((found[2] or found[3] or "").strip())
            is_several = found[2] is not None and not found[1]
            yield Line(number, "option", found[4], "", is_right=ticked, is_several=is_several)
            return
        if found := _DRAWN.fullmatch(core):
            yield self._drawn(number, line[: len(line) - len(line.lstrip())] + found[1], found[2])
            return
        yield from self._lettered(number, _TWO.split(core))

    def _drawn(self, number: int, sign: str, said: str) -> Line:
        """An option behind a sign. Without a letter it may be a line of a list in the question: letters begin below it."""
        self._options += 1
        found = OPTION.fullmatch(said)
        if not found or not self._follows(found):
            return Line(number, "option", said, sign=sign)
        self._letters += 1
        return Line(number, "option", found[3], found[2].upper(), is_right=bool(found[1]), sign=sign)

    def _follows(self, found: re.Match[str]) -> bool:
        return self._letters < len(LETTERS) and found[2].upper() == LETTERS[self._letters]

    def _lettered(self, number: int, parts: list[str]) -> list[Line]:
        """The options of the parts of a line; a part that is none belongs to the one before."""
        made: list[Line] = []
        for part in parts:
            found = OPTION.fullmatch(_BOLD.sub(r"\1 **\2**", part.strip(), count=1))
            if found and self._follows(found):
                self._options += 1
                self._letters += 1
                is_starred = found[3].endswith("*") and found[3].count("*") == 1
                said = found[3].removesuffix("*").rstrip() if is_starred else found[3]
                made.append(Line(number, "option", said, found[2].upper(), is_right=bool(found[1]) or is_starred))
            elif made:
                made[-1] = made[-1]._replace(said=f"{made[-1].said}  {part}")
            else:
                break
        return made
