"""Lines of AMC-TXT as questions with their choices, by the rules of AMC's own parser."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_SETTINGS = """title presentation code lang font boxcolor papersize answersheettitle answersheetpresentation
    answersheetcolumns completemulti separateanswersheet automarks defaultscoringm defaultscorings l-question l-none
    l-name l-student latex latex-preambule latex-begindocument latex-begincopy latex-endcopy pdf-begincopy pdf-endcopy
    latexengine xltxtra shufflequestions columns questionblocks arabic arabicfont disable manualduplex singlesided
    l-opentext l-openreserved codedigitsdirection packageoptions namefieldwidth namefieldlines namefieldlinespace
    titlewidth pages randomseed preassociation preassociationkey preassociationname""".split()
_SETTING = re.compile(rf"\s*({'|'.join(_SETTINGS)}):\s*(.*)", re.IGNORECASE)
_INCLUDED = re.compile(r"\s*IncludeFile:\s*(.*)", re.IGNORECASE)
_GROUP = re.compile(r"\s*\*([()])(?:\[([^]]*)\])?\s*(.*)")
_QUESTION = re.compile(r"\s*(\*{1,2})(?:<([^>]*)>)?(?:\[([^]]*)\])?(?:\{([^}]*)\})?\s*(.*)")
_CHOICE = re.compile(r"\s*([+-])(?:\[([^]]*)\])?(?:\{([^}]*)\})?\s*(.*)")


@dataclass(slots=True)
class Choice:
    """A choice: whether it is right, its own scoring, and the lines of its text."""

    is_right: bool
    scoring: str
    said: list[str]


@dataclass(slots=True)
class Question:
    """A question, with its options (`id`, `ordered`) and its scoring as they are typed; `space` is of an open one."""

    line: int
    is_several: bool
    is_open: bool
    options: dict[str, str]
    scoring: str
    said: list[str]
    group: str = ""
    choices: list[Choice] = field(default_factory=list)


@dataclass(slots=True)
class Source:
    """The questions of a file, its settings by their names in small letters, and what has no place in a question."""

    questions: list[Question] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    odd: list[tuple[int, str]] = field(default_factory=list)


def questions(text: str) -> Source:
    """The questions of a text."""
    source = Source()
    reader = _Reader(source)
    is_verbatim = False
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.rstrip("\r")
        if is_verbatim or ("[verbatim]" in bare and "[/verbatim]" not in bare):
            reader.follow.append(bare)
            is_verbatim = "[/verbatim]" not in bare.lower()
        elif not bare.lstrip().startswith("#"):
            reader.take(number, bare)
    return source


class _Reader:
    """Takes line after line; `follow` is the text that the next plain line goes on with."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.follow: list[str] = []
        self.question: Question | None = None
        self.groups: list[str] = []

    def take(self, number: int, line: str) -> None:
        """A line that is no comment."""
        if found := _INCLUDED.match(line):
            self.source.odd.append(
                (number, f"the file '{found[1].strip()[:60]}' is not in this one: import it by itself")
            )
        elif found := _SETTING.match(line):
            self.source.settings[found[1].lower()] = found[2].strip()
            self.question, self.follow = None, []
        elif found := _GROUP.match(line):
            self._group(number, found)
        elif found := _QUESTION.match(line):
            options = _options(found[3])
            group = options.get("group", self.groups[-1] if self.groups else "")
            self.question = Question(
                number, found[1] == "**", found[2] is not None, options, found[4] or "", [found[5]], group
            )
            self.source.questions.append(self.question)
            self.follow = self.question.said
        elif found := _CHOICE.match(line):
            choice = Choice(found[1] == "+", found[3] or "", [found[4]])
            if self.question is None:
                self.source.odd.append((number, f"the choice '{found[4][:60]}' belongs to no question: dropped"))
            else:
                self.question.choices.append(choice)
            self.follow = choice.said
        else:
            self.follow.append(line)

    def _group(self, number: int, found: re.Match[str]) -> None:
        """The beginning or the end of a group."""
        if found[1] == "(":
            self.groups.append(_options(found[2]).get("group", ""))
        elif self.groups:
            self.groups.pop()
        if found[3].strip():
            where = "above" if found[1] == "(" else "below"
            self.source.odd.append((number, f"the text {where} a group is dropped: '{found[3].strip()[:60]}'"))
        self.follow = []
        self.question = None


def _options(typed: str | None) -> dict[str, str]:
    """Options as they are typed: `id=one,ordered`."""
    made = {}
    for part in filter(None, (typed or "").split(",")):
        key, equals, value = part.partition("=")
        made[key.strip()] = value.strip() if equals else "1"
    return made
