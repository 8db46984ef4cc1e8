"""The quiz as Markdown (CommonMark): plain text to edit, to convert with pandoc, or to put online."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from builder.model.fields import LETTERS
from builder.printing import answers, questions
from builder.printing.facts import facts
from builder.printing.form import E, Form, head
from builder.printing.jobs import Job, file
from builder.printing.markdown.commonmark import BLANK, Writer, escaped, flows, parted
from builder.printing.questions import (
    BasicTask,
    ClozeTask,
    EssayTask,
    MatchingTask,
    McqTask,
    NumericTask,
    OcclusionTask,
    OrderingTask,
    ShortTask,
    TrueFalseTask,
)
from builder.printing.text import on_one_line, pictures
from builder.printing.works import Works
from builder.text import blocks
from builder.text.tree import Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from builder.model import Course
    from builder.paper.record import Quiz
    from builder.printing.answers import Answer
    from builder.printing.form import Reading, Section
    from builder.printing.questions import Question
    from builder.printing.text import Text

_SHORT = r"\_\_\_"  # room for a letter or a number


@contextmanager
def jobs(course: Course, quiz: Quiz) -> Iterator[list[Job]]:
    """`paper-A.md` and `key-A.md` for each version, and their pictures."""
    works = Works(course, quiz)
    shown = pictures(course, quiz)
    names = {it: f"picture-{n}{PurePosixPath(it).suffix.lower()}" for n, it in enumerate(shown, 1)}
    listed = [file(name, partial(shown.__getitem__, it)) for it, name in names.items()]
    for version in quiz.versions:
        text = _Text(Form(course, quiz, version), names)
        listed.append(file(f"paper-{version.name}.md", text.paper))
        listed.append(file(f"key-{version.name}.md", partial(text.key, works)))
    yield listed


def _joined(blocks: Iterator[str]) -> bytes:
    return ("\n\n".join(block for block in blocks if block) + "\n").encode("utf-8", "replace")


class _Text:
    """Writes the texts of one version, block by block."""

    def __init__(self, form: Form, pictures: Mapping[str, str]) -> None:
        self.form, self.words, self.pictures = form, form.words, pictures
        self.write = Writer(pictures)

    def paper(self) -> bytes:
        """The paper."""
        return _joined(self.asked())

    def key(self, works: Works) -> bytes:
        """The key."""
        return _joined(self.solved(works))

    def head(self, name: str) -> Iterator[str]:
        """What the text is, and how much of it."""
        quiz = self.form.quiz
        yield f"# {escaped(quiz.title)}"
        names = " · ".join(escaped(part) for part in dict.fromkeys(filter(None, (quiz.heading, name))))
        yield f"**{names} · {escaped(self.words['version'])} {self.form.version.name}**"
        yield " · ".join(map(escaped, head(self.form).facts))

    def asked(self) -> Iterator[str]:
        """What stands on the paper."""
        paper, words = questions.paper(self.form), self.words
        yield from self.head(paper.head.heading)
        yield "  \n".join(f"{escaped(field + words['colon'])} {BLANK}" for field in paper.fields)
        yield from (blocks.quoted(self.write.text((it,))) for it in paper.cover)
        yield self.write.text(paper.instructions)
        for section in paper.sections:
            yield from self.section(section, [section.instruction, section.choose, section.scoring], self.task)
        yield f"**{escaped(words['end'])}**"

    def solved(self, works: Works) -> Iterator[str]:
        """What stands on the key."""
        key, words = answers.answer_key(self.form, works), self.words
        yield from self.head(words["key"])
        yield f"**{escaped(words['confidential'])}**"
        yield self.write.paragraph(key.report)
        if key.glance:
            yield f"## {escaped(words['glance'])}"
            yield "; ".join(f"{g.number} **{escaped(g.key)}**" for g in key.glance)
        for section in key.sections:
            yield from self.section(section, [section.choose], self.answer)
        if key.works:
            yield f"## {escaped(words['works_cited'])}"
            yield "\n".join(f"{n}. {self.write.paragraph(work)}" for n, work in enumerate(key.works, 1))

    def section(self, section: Section[E], notes: list[str], render: Callable[[E], Iterator[str]]) -> Iterator[str]:
        """A part, its questions as `render` makes their answers."""
        yield f"## {escaped(section.heading)}"
        yield f"{escaped(section.size)}"
        yield from (f"*{escaped(note)}*" for note in notes if note)
        for question in section.questions:
            yield from self.reading(question.reading)
            yield self.led(f"**{question.label}**", question.prompt, f"\\[{escaped(question.points)}\\]")
            if question.image:
                yield f"![{escaped(question.image.alt)}]({self.pictures[question.image.file]})"
            yield from render(question)

    def reading(self, it: Reading | None) -> Iterator[str]:
        """A passage, quoted, behind its number, its title, and the line that says which questions are on it."""
        if it:
            yield f"*{escaped(it.note)}*" if it.note else ""
            yield " ".join(f"**{escaped(said)}**" for said in (it.label, it.title) if said)
            yield blocks.quoted(self.write.text(it.text)) if it.text else ""

    def task(self, question: Question) -> Iterator[str]:
        """What a candidate answers with."""
        words, here = self.words, self.form.inline
        yield f"*{escaped(question.scoring)}*" if question.scoring else ""
        match question.task:
            case McqTask(options, note=note):
                yield f"*{escaped(note)}*" if note else ""
                yield self.lettered(options)
            case TrueFalseTask():
                if here:
                    yield f"- ☐ {escaped(words['true'])}\n- ☐ {escaped(words['false'])}"
                    yield f"*{escaped(words['correction'])}:* {BLANK}"
            case MatchingTask(terms, responses, note):
                yield f"*{escaped(note)}*" if note else ""
                before = f"{_SHORT} " if here else ""
                yield "\n".join(self.entry(f"{before}({n})", text) for n, text in enumerate(terms, 1))
                yield "<!-- -->"  # or the two lists would be one
                yield self.lettered(responses)
            case OrderingTask(steps):
                yield "\n".join(self.entry(_SHORT, text) for text in steps) if here else self.lettered(steps)
            case ClozeTask(bank):
                yield self.write.paragraph(bank)
            case OcclusionTask(lines, bank):
                yield self.write.paragraph(bank)
                signs = [f"- ({number}) " for number in range(1, lines + 1)] if lines > 1 else [""]
                yield "\n".join(f"{sign}{BLANK}" for sign in signs) if here else ""
            case BasicTask():
                pass  # a few words need no ruled line
            case NumericTask(note, unit):
                yield f"*{self.write.paragraph(on_one_line(note))}*" if note else ""
                yield (self.led(BLANK, unit) if unit else BLANK) if here else ""
            case ShortTask(limit) | EssayTask(limit):
                yield f"*{escaped(limit)}*" if limit else ""

    def answer(self, answer: Answer) -> Iterator[str]:
        """What is right, why, and where to read it up."""
        yield "\n".join(self.entry(f"*{escaped(label)}:*", text) for label, text in facts(self.words, answer))

    def lettered(self, texts: Iterable[Text]) -> str:
        """Texts behind letters."""
        return "\n".join(self.entry(f"**{letter}**", text) for letter, text in zip(LETTERS, texts, strict=False))

    def entry(self, label: str, text: Text) -> str:
        """A text behind a label, as an item of a list."""
        return blocks.hung("-", self.led(label, text))

    def led(self, label: str, text: Text, after: str = "") -> str:
        """A text with a label in the line of its first paragraph, or above what else it begins with, and a note at its end."""
        text = parted(text)
        first, *rest = text or (Paragraph(()),)
        if isinstance(first, Paragraph) and flows(first):
            made = f"{label} {self.write.inline(first.runs)}"
            made += f"\n\n{self.write.text(tuple(rest))}" if rest else ""
        else:
            made = f"{label}\n\n{self.write.text(text)}"
        if not after:
            return made
        return f"{made} {after}" if not text or flows(text[-1]) else f"{made}\n\n{after}"
