"""The prompt gives its answer away.

A card whose answer stands in its question is answered by reading. It comes up
as known each time, its interval grows, and nothing has been recalled
(Matuschak 2020, effortful prompts; NBME 2020, words shared by question and key).

A hit means: every content word of the answer, and every number in it, stands
in the prompt as well, or, for a blank, in what the cloze leaves in sight, its
hint included. Endings do not count. A choice that the prompt offers ("warm or cold") is no leak.
So it is a hit if the transcript of a recording is the answer or the right option, since a
paper prints it: `paper: listen` prints that something is played.

Bad:

    - id: letters-label
      kind: basic
      prompt: Which manufactured closeness, a kind of intimacy, does the paper on *Her* find in letters?
      answer: Manufactured intimacy  # F07

Good:

    - id: letters-label
      kind: basic
      prompt: Which two-word label does the paper on *Her* give the closeness in commissioned letters?
      answer: Manufactured intimacy
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.diagnostics import Severity
from builder.model import Basic, Cloze, Mcq, Reversed
from builder.model.readings import recalled, worded_blanks
from builder.rules import Hit
from builder.text.cloze import Blank, pieces
from builder.text.words import STEMMED, normal, stems, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course, Item

SEVERITY = Severity.ERROR
REMEDY = "reword the prompt, so that the answer has to come from memory"
LANGUAGES = STEMMED

# What stands between two things to choose from, and the small words before them, as alternatives of an expression.
_CHOICES = {
    "en": ("or", "a|an|the|by|in|of|for|from|to|with"),
    "de": ("oder", "der|die|das|den|dem|des|ein|eine|einen|einem|einer|in|im|von|vom|für|aus|zu|zum|zur|mit|durch"),
    "es": ("o|u", "el|la|los|las|un|una|por|en|de|del|para|a|al|con"),
    "fr": ("ou", "le|la|les|un|une|des|par|en|dans|de|du|pour|à|au|avec"),
}


def check(course: Course) -> Iterator[Hit]:
    """Answers and blanks whose words all stand in what is asked."""
    for item in course.active:
        at = course.at[item.id]
        if isinstance(item, Cloze):
            for blank in worded_blanks(item):
                if _leaks(blank.text, _in_sight(item.prompt, blank.number), course.tongue):
                    yield Hit(at / "prompt", f"the rest of the sentence holds every word of the blank “{blank.text}”")
        if _is_said(item):
            what = "a paper prints the transcript, which is the answer"
            yield Hit(at / "audio" / "transcript", what, remedy="write 'paper: listen' beside it")
        for key, answer, prompt in recalled(item):
            if _leaks(answer, prompt, course.tongue) and not _is_offered(normal(answer), normal(prompt), course.tongue):
                yield Hit(at / key, f"every content word of the answer stands in the {key.replace('answer', 'prompt')}")


def _is_said(item: Item) -> bool:
    """Whether the words that a paper prints in the place of a recording are just what is asked for."""
    if not item.audio or item.audio.paper != "transcript":
        return False
    match item:
        case Basic() | Reversed():
            wanted = [item.answer, *item.accept]
        case Mcq():
            wanted = [option.text for option in item.options if option.is_right]
        case _:
            wanted = []
    return normal(item.audio.transcript) in map(normal, wanted)


def _leaks(answer: str, asked: str, language: str) -> bool:
    wanted = stems(answer, language)
    if not wanted or not wanted <= stems(asked, language):
        return False
    return {word for word in words(answer) if word[0].isdigit()} <= set(words(asked))


def _in_sight(prompt: str, number: int) -> str:
    """What the card of a number shows: other blanks filled in, its own as their hints."""
    parts = (
        (part.hint if part.number == number else part.text) if isinstance(part, Blank) else part
        for part in pieces(prompt)
    )
    return " ".join(parts)


def _is_offered(answer: str, prompt: str, language: str) -> bool:
    """Whether the prompt names the answer as one side of a choice."""
    either, small = _CHOICES[language]
    if not re.search(rf" (?:{either}) ", prompt):
        return False
    bare = re.escape(re.sub(rf"^(?:(?:{small}) )+", "", answer))
    return bool(
        re.search(rf"\b{bare}\b[^,]{{0,20}}? (?:{either}) | (?:{either}) (?:(?:{small}) ){{0,2}}{bare}\b", prompt)
    )
