"""The quiz as Markdown (CommonMark): plain text to edit, to convert with pandoc, or to put online."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from builder.paper.sheet import LETTERS
from builder.printing import answers, questions
from builder.printing.markdown.commonmark import BLANK, block, escaped, inline
from builder.printing.questions import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.model import Course
    from builder.paper.record import Quiz
    from builder.printing.questions import Data, Runs


def files(course: Course, quiz: Quiz, done: Callable[[], object] = lambda: None) -> dict[str, bytes]:
    """`paper-A.md` and `key-A.md` for each version, and their pictures; `done` is called after each text."""
    works = answers.Works(course, quiz)
    used = {item.image.file: None for entry in quiz.items if (item := course.by_id[entry.id]).image}
    names = {file: f"picture-{n}{PurePosixPath(file).suffix.lower()}" for n, file in enumerate(used, 1)}
    made = {name: course.media[file] for file, name in names.items()}
    for version in quiz.versions:
        form = Form(course, quiz, version)
        text = _Text(form, names)
        made[f"paper-{version.name}.md"] = _joined(text.paper())
        done()
        made[f"key-{version.name}.md"] = _joined(text.key(answers.document(form, works)))
        done()
    return made


def _joined(blocks: Iterator[str]) -> bytes:
    return ("\n\n".join(block for block in blocks if block) + "\n").encode("utf-8", "replace")


class _Text:
    """Writes the texts of one version, block by block."""

    def __init__(self, form: Form, pictures: dict[str, str]) -> None:
        self.form, self.words, self.pictures = form, form.words, pictures

    def head(self, name: str) -> Iterator[str]:
        """What the text is, and how much of it."""
        quiz, said = self.form.quiz, questions.head(self.form)
        yield f"# {escaped(quiz.title)}"
        names = " · ".join(escaped(part) for part in dict.fromkeys(filter(None, (quiz.heading, name))))
        yield f"**{names} · {escaped(self.words['version'])} {self.form.version.name}**"
        yield " · ".join(escaped(said[key]) for key in ("count", "points", "minutes") if said[key])

    def paper(self) -> Iterator[str]:
        """The paper."""
        document, words = questions.document(self.form), self.words
        yield from self.head(document["heading"])
        yield "  \n".join(f"{escaped(field + words['colon'])} {BLANK}" for field in document["fields"])
        yield from (f"> {block(runs)}" for runs in document["cover"])
        yield from (block(runs) for runs in document["instructions"])
        for section in document["sections"]:
            yield from self.section(section, [section["instruction"], section["choose"]], self.asked)
        yield f"**{escaped(words['end'])}**"

    def key(self, document: Data) -> Iterator[str]:
        """The key."""
        words = self.words
        yield from self.head(words["key"])
        yield f"**{escaped(words['confidential'])}**"
        if document["glance"]:
            yield f"## {escaped(words['glance'])}"
            yield "; ".join(f"{g['number']} **{escaped(g['key'])}**" for g in document["glance"])
        for section in document["sections"]:
            yield from self.section(section, [section["choose"]], self.solved)
        if document["works"]:
            yield f"## {escaped(words['works_cited'])}"
            yield "\n".join(f"{n}. {block(work)}" for n, work in enumerate(document["works"], 1))

    def section(self, section: Data, notes: list[str], render: Callable[[Data], Iterator[str]]) -> Iterator[str]:
        """A part, its questions as `render` makes their answers."""
        yield f"## {escaped(section['heading'])}"
        yield f"{escaped(section['size'])}"
        yield from (f"*{escaped(note)}*" for note in notes if note)
        for question in section["questions"]:
            yield f"**{question['number']}** {inline(question['prompt'])} \\[{escaped(question['points'])}\\]"
            if question["image"]:
                yield f"![{escaped(question['image']['alt'])}]({self.pictures[question['image']['file']]})"
            yield from render(question)

    def asked(self, question: Data) -> Iterator[str]:
        """What a candidate answers with."""
        words, here = self.words, self.form.inline
        match question["kind"]:
            case "mcq":
                yield f"*{escaped(words['several'])}*" if question["several"] else ""
                yield _lettered(question["options"])
            case "truefalse":
                yield f"- {escaped(words['true'])}\n- {escaped(words['false'])}"
                yield f"*{escaped(words['correction'])}:* {BLANK}" if here else ""
            case "matching":
                before = r"\_\_\_ " if here else ""
                yield "\n".join(f"- {before}({n}) {inline(runs)}" for n, runs in enumerate(question["terms"], 1))
                yield "<!-- -->"  # or the two lists would be one
                yield _lettered(question["responses"])
            case "ordering":
                yield _lettered(question["steps"])
            case "short" | "essay":
                yield f"*{escaped(question['limit'])}*" if question["limit"] else ""

    def solved(self, question: Data) -> Iterator[str]:
        """What is right, why, and where to read it up."""
        facts = answers.facts(self.words, question)
        yield "\n".join(f"- *{escaped(label)}:* {inline(runs)}" for label, runs in facts)


def _lettered(texts: list[Runs]) -> str:
    return "\n".join(f"- **{letter}** {inline(runs)}" for letter, runs in zip(LETTERS, texts, strict=False))
