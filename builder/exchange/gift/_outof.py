"""Items as the questions of a GIFT file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.exchange import _grid, _sources, _tags
from builder.exchange._html import Html
from builder.model import Basic, Cloze, Essay, Matching, Mcq, Numeric, Occlusion, Ordering, Reversed, Short, TrueFalse
from builder.paper.rules import rule_of
from builder.text import cloze, markup
from builder.text.numbers import as_decimal, exact, is_endless
from builder.text.tree import Picture, Run, Sound, lines, mapped, single

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from fractions import Fraction

    from builder.diagnostics import Keys
    from builder.exchange._frame import Losses
    from builder.model import Course, Item

_SIGNS = re.compile(r"[\\{}=~#:]")
_ACTS = re.compile(r"->|\A(?:%-*\d|\[(?:html|markdown|moodle|plain)\])")
_MOST_RIGHT = 255  # signs of a right side of a matching


def document(course: Course, items: Sequence[Item], losses: Losses) -> str:
    """The text of all items, those of a theme below its category."""
    writer = Writer(course, losses, _sources.teller(course, items))
    made, theme = [], ""
    for item in items:
        questions = "".join(writer.questions(item))
        if questions and theme != (theme := item.theme or "-"):
            path = "/".join(["$course$", "top", course.id, *([item.theme] if item.theme else [])])
            made.append(f"$CATEGORY: {path}\n\n")
        made.append(questions)
    return "".join(made)


def escaped(text: str) -> str:
    r"""Text in which nothing acts: `a=b` is `a\=b`, and a line's end is `\n`, since an empty line ends a question."""
    return _SIGNS.sub(r"\\\g<0>", text).replace("\r", "").replace("\n", "\\n")


class Writer:
    """Writes questions; what they can't hold goes to `losses`."""

    def __init__(self, course: Course, losses: Losses, tell: Callable[[Html, Item], str]) -> None:
        self.course, self.losses, self.tell = course, losses, tell
        self.html = Html("")

    def questions(self, item: Item) -> Iterator[str]:
        """The question of an item; none where GIFT has no such kind, or would take what is typed for something else."""
        if told := _unfit(item):
            self.losses.add(item, (), f"left out: {told}")
            return
        match item:
            case Basic():
                yield self.question(item, item.prompt, self.short(item, item.answer, item.accept))
            case Reversed():
                yield self.question(item, item.prompt, self.short(item, item.answer, item.accept), side=".a")
                back = self.short(item, item.reverse_answer, (), key="reverse_answer")
                yield self.question(item, item.reverse_prompt, back, side=".b", key="reverse_prompt")
            case Cloze():
                yield from self.cloze(item)
            case Mcq():
                yield self.question(item, item.prompt, self.choice(item))
            case TrueFalse():
                yield self.question(item, item.prompt, self.verdict(item))
            case Matching():
                yield self.question(item, item.prompt, self.matching(item))
            case Ordering():
                self.losses.add(item, (), "left out: GIFT has no ordering")
            case Occlusion():
                self.losses.add(item, (), "left out: GIFT has no boxes on a picture")
            case Numeric():
                yield self.question(item, item.prompt, self.number(item))
            case Short():
                self.losses.add(item, ("key_points",), "what earns marks has no place in GIFT")
                yield self.question(item, item.prompt, "")
            case Essay():
                for key in ("rubric", "kind"):
                    self.losses.add(item, (key,), "what earns marks has no place in GIFT")
                yield self.question(item, item.prompt, "")

    def question(self, item: Item, prompt: str, answers: str, *, side: str = "", key: str = "prompt") -> str:
        """A question: its comment, its title, its text and its answers."""
        if side != ".b":
            self.losses_of(item)
        return self.framed(item, self.rich(item, (key,), prompt), answers, side=side)

    def framed(self, item: Item, text: str, answers: str, *, side: str = "") -> str:
        """A question whose text is escaped already; a gap in it is where the answers stand."""
        tags = " ".join(f"[tag:{_bracketed(tag)}]" for _, tag in _tags.written(self.course, item) if _tags.is_kept(tag))
        name = f"{item.id}{side}"
        told = self.rich(item, ("explanation",), item.explanation) if item.explanation else ""
        told += escaped(self.tell(self.html, item))
        block = f"{{{answers}{f'####{told}' if told else ''}}}"
        asked = text.replace("\ufdd0", block) if "\ufdd0" in text else f"{text} {block}"
        return f"// [id:{name}] {tags}\n::{name}::[html]{asked}\n\n"

    def rich(self, item: Item, keys: Keys, text: str) -> str:
        """A text as escaped HTML, without its pictures and recordings, which give way to their words."""
        tree = markup.parse(text, math=item.math)
        if any(isinstance(node, Picture | Sound) for line in lines(tree) for node in line):
            self.losses.add(item, keys, "GIFT carries no pictures and recordings: their words stay")
            tree = mapped(tree, lambda line: tuple(n if isinstance(n, Run) else Run(markup.words(n)) for n in line))
        made = escaped(self.html.text(tree))
        # In front of a text, brackets would be its format, and spaces are cut away.
        return f"<span></span>{made}" if made.startswith("[") else made

    def words(self, item: Item, keys: Keys, text: str) -> str:
        """The words of a text, where nothing else can stand."""
        tree = markup.parse(text, math=item.math)
        nodes = [node for line in lines(tree) for node in line]
        if single(tree) is None or any(not isinstance(node, Run) or node != Run(node.text) for node in nodes):
            self.losses.add(item, keys, "GIFT takes words alone here: markup, formulas and pictures are lost")
        return escaped(_plain(text, item))

    def short(self, item: Basic | Reversed, answer: str, accept: Iterable[str], *, key: str = "answer") -> str:
        """Answers that are typed; a bare star would be anything at all."""
        for lost, is_lost in (("case", item.case), ("accents", not item.accents)):
            if is_lost:
                self.losses.add(item, (lost,), f"'{lost}' of typed answers has no place in GIFT")
        texts = [self.words(item, (key,), answer)]
        texts += [self.words(item, ("accept", place), text) for place, text in enumerate(accept)]
        return " ".join(f"={_starred(text)}" for text in texts)

    def cloze(self, item: Cloze) -> Iterator[str]:
        """A cloze with one gap, as GIFT's missing word."""
        nodes = [node for line in lines(cloze.read(item.prompt, math=item.math)) for node in line]
        is_single = len(item.blanks) == 1 and not any(isinstance(node, cloze.Formula) for node in nodes)
        if not is_single or item.word_bank is not None:
            self.losses.add(item, (), "left out: GIFT has one gap in a text, no word bank, and no gap in a formula")
            return
        (blank,) = item.blanks
        if blank.number != 1 or blank.hint:
            self.losses.add(item, ("prompt",), "the number and the hint of a gap have no place in GIFT")
        self.losses_of(item)
        if any(isinstance(node, Picture | Sound) for node in nodes):
            self.losses.add(item, ("prompt",), "GIFT carries no pictures and recordings")
        html = Html("", lambda _: "\ufdd0")
        text = escaped(html.text(cloze.read(item.prompt, math=item.math)))
        answers = [self.words(item, ("prompt",), blank.text)]
        answers += [self.words(item, ("accept", "c1", place), text) for place, text in enumerate(item.accepted[0])]
        # Text must stand after the gap: without it, the question would be a short answer.
        text = f"<p>{text}<br /></p>" if text.endswith("\ufdd0") else text
        text = f"<span></span>{text}" if text.startswith(("[", "\ufdd0")) else text
        yield self.framed(item, text, " ".join(f"={_starred(answer)}" for answer in answers))

    def choice(self, item: Mcq) -> str:
        """Options with grades and reasons."""
        rule = rule_of(item, defaults=self.course.scoring)
        right, wrong = _grid.grades(item, rule, lambda told: self.losses.add(item, ("scoring",), told))
        for place, option in enumerate(item.options):
            if option.pin:
                self.losses.add(item, ("options", place, "pin"), "GIFT keeps no option in its place")
        for key in ("order", "choose"):
            if getattr(item, key):
                self.losses.add(item, (key,), f"'{key}' has no place in GIFT")
        made = []
        for place, option in enumerate(item.options):
            keys: Keys = ("options", place, "right" if option.is_right else "wrong")
            sign = "=" if option.is_right and not item.multiple else f"~%{right if option.is_right else wrong}%"
            text = self.rich(item, keys, option.text)
            sign = "~" if sign == "~%0%" and not text.startswith("%") else sign
            why = self.rich(item, ("options", place, "why"), option.why) if option.why else ""
            made.append(f"{sign}{text}{f'#{why}' if why else ''}")
        return " ".join(made)

    def verdict(self, item: TrueFalse) -> str:
        """True or false in capitals; the first feedback is that for the wrong verdict, whatever the answer is."""
        rule = rule_of(item, defaults=self.course.scoring)
        if item.correction or (rule and rule.penalty):
            self.losses.add(
                item, ("scoring",), "the correction is told, not asked for, and a wrong verdict costs nothing"
            )
        told = self.rich(item, ("correction",), item.correction) if item.correction else ""
        return f"{'TRUE' if item.answer else 'FALSE'}{f'#{told}' if told else ''}"

    def matching(self, item: Matching) -> str:
        """Pairs, and spare responses without a left side."""
        rule = rule_of(item, defaults=self.course.scoring)
        if rule and rule.rule != "each":
            self.losses.add(item, ("scoring",), "each pair earns its part in Moodle")
        made = [
            f"={self.rich(item, ('pairs', place, 0), left)} -> {self.words(item, ('pairs', place, 1), right)}"
            for place, (left, right) in enumerate(item.pairs)
        ]
        made += [f"= -> {self.words(item, ('distractors', n), text)}" for n, text in enumerate(item.distractors)]
        return " ".join(made)

    def number(self, item: Numeric) -> str:
        """Values with their tolerances and grades."""
        for key in ("figures", "unit"):
            if getattr(item, key):
                self.losses.add(item, (key,), f"'{key}' has no place in GIFT")
        made = []
        for place, span in enumerate(item.spans, -1):
            keys: Keys = ("answer",) if place < 0 else ("accept", place)
            middle = exact(item.answer) if place < 0 else (span.least + span.most) / 2
            value, grade = _grid.nearest(span.share)
            if value != span.share or is_endless(middle) or is_endless(span.most - middle):
                self.losses.add(item, keys, "a value or its grade is none that GIFT can say exactly")
            why = self.rich(item, (*keys, "why"), span.why) if span.why else ""
            weight = "" if value == 1 else f"%{grade}%"
            said = f"{_decimal(middle)}:{_decimal(span.most - middle)}"
            made.append(f"={weight}{said}{f'#{why}' if why else ''}")
        return f"#{' '.join(made)}"

    def losses_of(self, item: Item) -> None:
        """Note what no question of GIFT can hold."""
        if item.points != 1 or item.marks:
            self.losses.add(item, ("marks",), f"its marks, {item.points}: each question of GIFT counts 1")
        for key, tag in _tags.written(self.course, item):
            if not _tags.is_kept(tag):
                self.losses.add(item, (key,), f"'{tag}' is longer than a tag of Moodle")
        for key in ("image", "audio", "allow", "reviewed", "words"):
            if getattr(item, key, None) and (key != "words" or isinstance(item, Short | Essay)):
                self.losses.add(item, (key,), f"'{key}' has no place in GIFT")
        if item.status == "approved":
            self.losses.add(item, ("status",), "an approval has no place in GIFT")
        if isinstance(item, Cloze) and (rule := rule_of(item, defaults=self.course.scoring)) and rule.rule != "each":
            self.losses.add(item, ("scoring",), "a gap is right or wrong in Moodle")


def _unfit(item: Item) -> str:
    """Why Moodle would read the question of an item as another one, or stop at it; empty where it would not."""
    typed: tuple[str, ...] = ()
    match item:
        case Basic():
            typed = (item.answer, *item.accept)
        case Reversed():
            typed = (item.answer, *item.accept, item.reverse_answer)
        case Cloze():
            typed = (*(blank.text for blank in item.blanks), *(text for texts in item.accepted for text in texts))
        case Matching() if any(len(_plain(text, item)) > _MOST_RIGHT for text in item.responses):
            return f"a response has more than {_MOST_RIGHT} signs, at which Moodle stops the import"
        case _:
            pass
    if any(_ACTS.search(_plain(text, item)) for text in typed):
        return "in a typed answer, GIFT takes '->' for a pair, and '%5' or '[html]' in front of it for a weight or a format"
    return ""


def _plain(text: str, item: Item) -> str:
    return " ".join(markup.plain(text, math=item.math).split())


def _starred(text: str) -> str:
    return text.replace("*", "\\*")


def _bracketed(tag: str) -> str:
    return tag.replace("]", "\\]")


def _decimal(value: Fraction) -> str:
    return f"{float(value):.15g}" if is_endless(value) else as_decimal(value)
