"""Text as papers print it: blocks whose lines hold styled runs, drawn formulas, gaps to write in, pictures and sounds."""

from __future__ import annotations

from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from builder.model.readings import files
from builder.printing import formula
from builder.printing.figure import shown
from builder.printing.formula import Formula
from builder.text import cloze, languages, markup, tree
from builder.text.highlight import highlighted
from builder.text.markup import SOUNDS
from builder.text.tree import Paragraph, Picture, Run, Sound, flat, mapped

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from builder.model import Cloze, Course, Item, Passage
    from builder.paper.record import Quiz
    from builder.text.languages import Speech
    from builder.text.tree import Inline


class Gap(NamedTuple):
    """A gap to write in: its number, or the empty string where it is the only one, and its hint."""

    gap: str
    hint: Line


Node = Run | Formula | Gap | Picture | Sound
Line = tuple[Node, ...]
Text = tree.Text[Node]


def read(item: Item, language: str, text: str) -> Text:
    """A text of an item in a course of that language: formulas drawn, tokens of programs and words of others told apart."""
    return _read(text, item.id, language, math=item.math)


def read_number(item: Item, text: str) -> Text:
    """A number or a unit of an item: a dollar in it begins no formula."""
    return _read(text, item.id, "", math=False)


def read_passage(passage: Passage, language: str) -> Text:
    """The text of a passage of a course in that language: formulas drawn, tokens of programs and other languages told apart."""
    return _read(passage.text, passage.id, language, math=passage.math)


# A hundred versions print the same texts in another order.
@lru_cache(maxsize=1 << 14)
def _read(text: str, item: str, language: str, *, math: bool) -> Text:
    speech = languages.speech(text, language, language)
    return highlighted(mapped(markup.parse(text, math=math), lambda line: formula.drawn(speech.line(line), item)))


def fixed(text: str, language: str, there: Container[str]) -> Text:
    """A text that belongs to no item: what a paper says on its cover, and how it is to be answered.

    A record may name pictures that its course has no more: of those that are not `there`, the words are printed.
    """
    speech = languages.speech(text, language, language)

    def kept(line: tuple[Inline, ...]) -> Line:
        said = (it if isinstance(it, Run) or it.file in there else Run(markup.words(it)) for it in line)
        return speech.line(said)

    return highlighted(mapped(markup.parse(text), kept))


def pictures(course: Course, quiz: Quiz) -> dict[str, bytes]:
    """The pictures that a quiz shows, by their names in the course: those of its cover and instructions, then its items'."""
    named = [file for text in (quiz.cover, quiz.instructions) for file in tree.files(markup.parse(text))]
    asked = [course.by_id[entry.id] for entry in quiz.items]
    named += [file for item in asked for keys, file in files(item) if keys != ("image", "file")]
    named += [image.file for item in asked if (image := shown(item))]
    return {file: course.media[file] for file in named if file in course.media and not file.lower().endswith(SOUNDS)}


def gapped(item: Cloze, language: str) -> Text:
    """The text of a cloze with gaps in the place of what is hidden.

    `From {{c1::here}} to {{c2::there}}` is `From`, gap (1), `to`, gap (2).
    """
    numbers = (str(number) if len(item.blanks) > 1 else "" for number in count(1))
    read_ = cloze.read(item.prompt, math=item.math)
    speech = languages.speech(item.prompt, language, language)
    return highlighted(mapped(read_, lambda line: tuple(_gapped(line, item.id, speech, numbers))))


def _gapped(line: tuple[cloze.Node, ...], item: str, speech: Speech, numbers: Iterator[str]) -> Iterator[Node]:
    for node in speech.line(line):
        match node:
            case Run() | Picture() | Sound():
                yield from formula.drawn((node,), item)
            case cloze.Gap():
                yield Gap(next(numbers), formula.drawn(speech.line(node.hint), item))
            case cloze.Formula():
                tex = "".join(piece if isinstance(piece, str) else _box(next(numbers)) for piece in node.parts)
                yield from formula.drawn((Run(tex, math=True, display=node.display),), item)


def heard(item: Item, *, in_words: bool) -> Text:
    """The recording of an item, if it has one: with its words, or as a mark where the author wants no more on a paper."""
    if not item.audio:
        return ()
    is_said = in_words or item.audio.paper == "transcript"
    return (Paragraph((Sound(item.audio.file, item.audio.transcript if is_said else ""),)),)


def hidden(item: Cloze, language: str) -> tuple[Line, ...]:
    """What each blank of a cloze hides, in the style that it stands in: code as code, TeX as a formula."""
    speech = languages.speech(item.prompt, language, language)
    return tuple(formula.drawn(speech.line(nodes), item.id) for nodes in _hidden(item))


def _hidden(item: Cloze) -> Iterator[tuple[Inline, ...]]:
    for node in (node for line in tree.lines(cloze.read(item.prompt, math=item.math)) for node in line):
        match node:
            case Run() | Picture() | Sound():
                pass
            case cloze.Gap():
                yield node.content
            case cloze.Formula():
                yield from ((Run(it.text, math=True),) for it in node.parts if isinstance(it, cloze.Blank))


def _box(number: str) -> str:
    """The TeX of an empty box to write in, with the number of its gap."""
    return rf"\boxed{{{f'({number})' if number else ''}\qquad}}"


def filled(item: Cloze) -> str:
    """The sentence of a cloze with nothing hidden, still in the item's markup."""
    return cloze.filled(item.prompt)


def on_one_line(text: Text) -> Line:
    """A text for a place that holds one line: blocks in a row, a space between them."""
    return flat(text, (Run(" "),))
