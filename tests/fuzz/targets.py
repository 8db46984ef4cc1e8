"""What is fuzzed: functions of bytes that raise when something that must hold does not."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from builder import citations, fixes
from builder.cards import html as field_html
from builder.deck import apkg
from builder.diagnostics import MAX_FINDINGS, BuilderError
from builder.loading import promises
from builder.loading.released import load_released
from builder.model import Bank, Lock
from builder.model.verdict import judge
from builder.release import advanced
from builder.rules import run
from builder.source import controls, nodes, places
from builder.text import numbers
from builder.text.tree import Paragraph
from tests.fuzz import inline
from tests.fuzz.imports import imported
from tests.fuzz.told import assert_told
from tests.make.course import course_of
from tests.make.folder import desk, every_file
from tests.make.items import EXAMPLES
from tests.make.papers import quiz_of
from tests.make.typing import number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.diagnostics import Keys
    from builder.loading.loaded import Loaded
    from builder.paper.record import Quiz


@dataclass(frozen=True)
class Target:
    """One thing to fuzz: what it must hold, its share of the time, and whether its inputs are YAML."""

    check: Callable[[bytes], None]
    worth: int
    is_yaml: bool = True


def text_of(data: bytes) -> str:
    """Any text that a YAML file can hold."""
    return controls.ESCAPED.sub("", data.decode("utf-8", "ignore"))


def yaml(data: bytes) -> None:
    """Values and places agree, with and without the starts of items, and what is dumped is read back."""
    text = data.decode("utf-8", "ignore")
    parsed = nodes.values("f", text)
    lines = text.split("\n")
    for problem in parsed.problems:
        assert 1 <= problem.span.line <= len(lines), problem
        assert 1 <= problem.span.column <= len(lines[problem.span.line - 1]) + 1, problem
    wanted = [(keys, on_key) for keys in _paths(parsed.value) for on_key in (False, True)]
    spans = places.locate("f", text, wanted)
    for span in spans:
        assert 1 <= span.line <= len(lines), span
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1, span
    assert places.locate("f", text, wanted, parsed.starts) == spans
    if parsed.value is not None and not parsed.problems:
        again = nodes.values("f", nodes.dump(parsed.value))
        assert (again.value, again.problems) == (parsed.value, [])
        assert repr(again.value) == repr(parsed.value)  # the order of keys too


def _paths(value: nodes.Value | None, keys: Keys = ()) -> Iterator[Keys]:
    yield keys
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _paths(inner, (*keys, key))


def bank(data: bytes) -> None:
    """A bank is told about or exported, and is the same bank when its items are written out and read again."""
    loaded = desk().read({"bank.yaml": data})
    _checked(loaded)
    if loaded.course and not loaded.errors:
        notes = list(apkg.notes(loaded.course, _works()))
        assert [note.id for _, note in notes if "\x1f" in "".join(note.fields)] == []
        assert all(tag and not set(tag) & set(" \u3000\"'") for _, note in notes for tag in note.tags)
        assert all(note.ordinals or loaded.course.by_id[note.id].retired for _, note in notes)
        items = [item.model_dump(mode="json", exclude_defaults=True) for item in loaded.course.items]
        again = nodes.values("f", nodes.dump({"bank": "b", "title": "t", "items": items}))
        assert Bank.model_validate(again.value).items == loaded.course.items


def _checked(loaded: Loaded) -> None:
    """Told about, by the structural check and every rule."""
    if loaded.course:
        loaded.add(run(loaded.course))
    assert_told(loaded)


@cache
def _works() -> apkg.Works:
    course = desk().read({}).course
    assert course
    return citations.bibliography(course, course.references)


def course(data: bytes) -> None:
    """Several files at once, each behind a line `%%% name`: whatever leads where, it is told."""
    known = every_file() | {"course.lock.yaml": b"", "released.jsonl": b""}
    files: dict[str, bytes] = {}
    for part in data.split(b"%%% ")[1:]:
        name, _, content = part.partition(b"\n")
        if (typed := name.decode("utf-8", "ignore")) in known:
            files[typed] = content
    _checked(desk(is_released=True).read(files, load_released))


def references(data: bytes) -> None:
    """References are told about, or formatted, each of them, with an address that is a web address."""
    loaded = desk().read({"references.yaml": data})
    assert_told(loaded)
    if loaded.course and not loaded.errors and len(loaded.course.references) < 20:
        course = loaded.course
        made = citations.bibliography(course, course.references)
        cited = citations.in_text(course, course.references)
        assert made.keys() == cited.keys() == set(course.references)
        for runs in (*made.values(), *cited.values()):
            assert all(run.href.startswith(("http://", "https://")) for run in runs if run.href)
            inline.assert_shown(field_html.as_html(runs), (Paragraph(tuple(runs)),))


def lock(data: bytes) -> None:
    """A lock is told about; where it lets the course be, a release after it is read back and finds nothing broken."""
    assert_told(desk(is_released=True).read({"course.lock.yaml": data}, _released))


def _released(loaded: Loaded) -> None:
    course, lock = loaded.course, loaded.lock
    if course is None or lock is None or loaded.errors:
        return
    notes = load_released(loaded)
    with suppress(BuilderError):  # of a shape that students don't have, or of no later version
        files = advanced(apkg.Rendered(course, {}, tuple(apkg.notes(course, _works()))), lock, notes, _LAST, _LATE)
        after = nodes.values("f", files["course.lock.yaml"].decode())
        assert after.faults == []
        newest = Lock.model_validate(after.value)
        assert newest.release == _LAST
        assert list(promises.broken(course, newest)) == []


_LAST, _LATE = "999999999.0.0", 4_000_000_000


def sidecar(name: str) -> Callable[[bytes], None]:
    """A file beside the banks: whatever it holds, it is told."""

    def check(data: bytes) -> None:
        _checked(desk().read({name: data}))

    return check


def mended(data: bytes) -> None:
    """Mending makes no error, leaves nothing to mend, and changes no item's id."""
    loaded = desk().read({"bank.yaml": data})
    if loaded.course is None:
        return
    before = _marks(loaded)
    path = str(desk().folder / "bank.yaml")
    new = fixes.fixed(loaded).get(path)
    if new:
        again = desk().read({"bank.yaml": new.text.encode()})
        assert _marks(again) == before
        assert fixes.fixed(again) == {}


def _marks(loaded: Loaded) -> list[Any]:
    """What mending may not change: ids, and the codes of what the structural check finds."""
    ids = [item.id for item in loaded.course.items] if loaded.course else []
    return [ids, sorted(one.code for one in loaded.diagnostics)]


def roster(data: bytes) -> None:
    """A list of candidates is read whole or refused in one line."""
    from builder.paper.roster import read

    with suppress(BuilderError):
        students = read("f.csv", data, ["A", "B"]).students
        assert students
        assert len({student.id for student in students}) == len(students)
        assert {student.version for student in students} <= {"A", "B"}
        assert all(student.id and student.name for student in students)


def responses(data: bytes) -> None:
    """Answers to a paper of every kind are read whole, and earn no more than there is, or are refused in one line."""
    from builder.paper.responses import read

    quiz = _quiz()
    points = {item.id: item.points for item in quiz.items}
    with suppress(BuilderError):
        found = read("f.csv", data, quiz)
        assert found.takers
        assert len({taker.student for taker in found.takers}) == len(found.takers)
        for taker in found.takers:
            assert taker.answers.keys() <= set(found.asked)
            assert all(0 <= answer.marks <= points[item] for item, answer in taker.answers.items())


def used(data: bytes) -> None:
    """Each line on how an item did is taken or told with its place, and none is taken of a group under five."""
    from builder.loading.usage import usage

    text = text_of(data)
    part = usage("usage.jsonl", text)
    assert all(1 <= told.span.line <= text.count("\n") + 1 and told.help for told in part.diagnostics)
    lines = sum(bool(line.strip()) for line in text.split("\n"))
    assert len(part.value or ()) + len(part.diagnostics) == lines or len(part.diagnostics) == MAX_FINDINGS
    assert all(use.n >= 5 and 0 <= use.p <= 1 for use in part.value or ())


@cache
def _quiz() -> Quiz:
    return quiz_of(course_of(EXAMPLES), versions=2)


def typed(data: bytes) -> None:
    """Whatever is typed as a number is judged, and what is read of it is read again as it is printed."""
    text = text_of(data)
    item = number(answer="19.6", tolerance="0.1", unit={"symbol": "m", "convert": {"km": "1000"}}, figures="3")
    for decimal in ".,":
        assert 0 <= judge(item, text, decimal).share <= 1
        found = numbers.read(text, decimal)
        if found:
            seen = numbers.read(numbers.shown(numbers.as_decimal(found.value), decimal).removesuffix("^"), decimal)
            assert seen, text
            assert seen.value == found.value, text


TARGETS = {
    "bank": Target(bank, 4),
    "course": Target(course, 4, is_yaml=False),
    "yaml": Target(yaml, 3),
    "markup": Target(lambda data: inline.markup_holds(text_of(data)), 3, is_yaml=False),
    "cloze": Target(lambda data: inline.cloze_holds(text_of(data)), 2, is_yaml=False),
    "references": Target(references, 4),
    "lock": Target(lock, 3),
    "fixes": Target(mended, 3),
    "blueprint": Target(sidecar("blueprint.yaml"), 1),
    "outline": Target(sidecar("outline.yaml"), 1),
    "head": Target(sidecar("course.yaml"), 1),
    "specification": Target(sidecar("specification.yaml"), 1),
    "traps": Target(sidecar("traps.yaml"), 1),
    "history": Target(sidecar("history.yaml"), 1),
    "number": Target(typed, 1, is_yaml=False),
    "roster": Target(roster, 1, is_yaml=False),
    "responses": Target(responses, 1, is_yaml=False),
    "usage": Target(used, 1, is_yaml=False),
    "import": Target(imported, 4, is_yaml=False),
}
