"""An exercise of R/exams in its parts: question, solution, the lists of answers in both, and meta-information."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from builder.exchange._frame import UnfitError

_PARTS = {"question": "question", "solution": "solution", "meta-information": "meta", "metainformation": "meta"}
_HEAD = re.compile(r"(?:#{1,6} +)?([A-Za-z-]+)\s*#*")
_RULE = re.compile(r"(=+|-+)\s*")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})\s*(\{.*|.*)")
_RUNS = re.compile(r"\{\s*[rR]\b")
_INLINE = re.compile(r"`r[ \t][^`\n]*`|\\Sexpr\{")
_BRINGS = re.compile(
    r"(?:\s*(?:include_supplement\(\s*[\"'][^\"'\n]*[\"']\s*(?:,[^()\n]*)?\)|library\([^()\n]*\)|#.*))*\s*"
)
_ENTRY = re.compile(r"[*+-]\s+(.*)")
_KEY = re.compile(r"(ex\w+(?:\[[^]]*\])?)\s*:\s*(.*)")


@dataclass(slots=True)
class Exercise:
    """The lines of the question and of the solution, their answers, and the meta-information."""

    question: list[str] = field(default_factory=list)
    answers: list[list[str]] = field(default_factory=list)
    solution: list[str] = field(default_factory=list)
    reasons: list[list[str]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)


def parted(text: str) -> Exercise:
    """The parts of an exercise.

    Raises:
        UnfitError: R makes it anew each time, or it is none.
    """
    if _INLINE.search(text):
        message = "R reckons a part of its text: export it from R by exams2moodle, and import that"
        raise UnfitError(message)
    made = Exercise()
    part, listed = "", False
    lines = _static(text.replace("\r\n", "\n"))
    place, fence = 0, ""
    while place < len(lines):
        line = lines[place]
        after = lines[place + 1] if place + 1 < len(lines) else ""
        place += 1
        found = _FENCE.match(line)
        if found and (not fence or found[1].startswith(fence)):
            fence = "" if fence else found[1]
        head = _HEAD.fullmatch(line.strip()) if not fence else None
        is_head = bool(head and (line.startswith("#") or _RULE.fullmatch(after)))
        word = head[1].lower() if head and is_head else ""
        if word in _PARTS or word == "answerlist":
            place += not line.startswith("#")
            part, listed = (part, True) if word == "answerlist" else (_PARTS[word], False)
        elif part == "meta":
            if key := _KEY.match(line.strip()):
                made.meta[key[1]] = key[2].strip()
        elif part:
            _add(made, part, line, listed=listed and not fence)
    if "extype" not in made.meta:
        message = "it has no meta-information with 'extype:'"
        raise UnfitError(message)
    return made


def _add(made: Exercise, part: str, line: str, *, listed: bool) -> None:
    """A line of the question or of the solution; what is set in below an answer belongs to it."""
    texts, entries = (made.question, made.answers) if part == "question" else (made.solution, made.reasons)
    entry = _ENTRY.match(line) if listed else None
    if entry:
        entries.append([entry[1]])
    elif listed and entries:
        entries[-1].append(line.strip())
    else:
        texts.append(line)


def _static(text: str) -> list[str]:
    """The lines without R code that only brings along pictures.

    Raises:
        UnfitError: there is other code.
    """
    kept: list[str] = []
    code: list[str] | None = None
    fence = ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if code is not None:
            if found and found[1].startswith(fence):
                if not _BRINGS.fullmatch("\n".join(code)):
                    message = "R code makes it anew each time: export it from R by exams2moodle, and import that"
                    raise UnfitError(message)
                code = None
            else:
                code.append(line)
        elif found and _RUNS.match(found[2]):
            code, fence = [], found[1]
        else:
            kept.append(line)
    if code is not None and any(map(str.strip, code)):
        message = "its R code has no end"
        raise UnfitError(message)
    return kept
