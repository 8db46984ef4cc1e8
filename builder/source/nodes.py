"""YAML as an author typed it: dicts, lists and strings, and places on demand.

`values` reads libyaml's event stream and leaves every scalar a string. So `No`,
`1_000`, `12:30` and `0777` stay what they look like, and the model decides what
is a number or a flag. Some parts of YAML make a bank mean something else than
it shows: anchors, merge keys, tags, duplicate keys, a second document. They are
refused, and all of them are reported in one pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from builder.diagnostics import Diagnostic, Lines, Severity, Span
from builder.source import controls, escapes, slips
from builder.source.syntax import fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Value = str | list["Value"] | dict[str, "Value"]

MAX_DEPTH = 32
ITEM_DEPTH = 4  # the size of the stack inside an item, which lies in a list in a mapping in the file
MAX_TEXT = 100_000  # characters of one text: some forty pages
MAX_ENTRIES = 100_000  # of one list or mapping
MAX_PROBLEMS = 1000  # of one file; a file with more is probably no file of a course

_CLOSING = re.compile(r"\n---[ \t]*\n?\s*\Z")  # pandoc's metadata ends as it begins

Start = int  # offset in characters, from 0


@dataclass(slots=True)
class Parsed:
    """A file's value (None where nothing could be read), and the problems of its YAML.

    `starts` has the offset of each item of a bank, so that a place inside an item is found without reading the whole
    file again. It is empty for files that are no bank.
    """

    value: Value | None = None
    problems: list[Diagnostic] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)

    @property
    def faults(self) -> list[Diagnostic]:
        """The problems for which a program leaves the file as it is: all but slips (`builder.source.slips`)."""
        return [it for it in self.problems if it.code not in slips.CODES]


def values(path: str, text: str) -> Parsed:
    """The value of a YAML text and every problem of its YAML; `path` names it in reports."""
    lines = Lines(path, text)
    found = controls.control(text)
    if found:
        what = f"control character U+{ord(found[0]):04X}"
        span = lines.span(found.start())
        return Parsed(None, [Diagnostic(span, "control-character", what, "delete it: it is invisible and not text")])
    problems = _Problems(_turns(lines) if controls.may_turn(text) else [])
    starts: list[Start] = []
    value = None
    try:
        value = _build(lines, problems, starts)
    except yaml.MarkedYAMLError as error:
        broken = fault(error, text)
        span = Span(path) if broken.offset is None else lines.span(broken.offset)
        # libyaml 0.2.6 has a depth limit of its own. It reads ahead, so it may stop before `_build` sees any level.
        is_deep = "nesting depth" in (error.problem or "")
        said = _TOO_DEEP if is_deep else ("yaml-syntax", broken.message, broken.remedy)
        if escapes.UNKNOWN in (error.problem or "") and error.context_mark:
            span, said = lines.span(error.context_mark.index), (escapes.CODE, escapes.MESSAGE, escapes.REMEDY)
        problems.append(Diagnostic(span, *said))
    except yaml.YAMLError as error:
        problems.append(Diagnostic(Span(path), "yaml-syntax", str(error), "save the file as UTF-8 text"))
    except _EnoughError:
        pass
    if value is not None and len(problems) < MAX_PROBLEMS:
        problems.extend(slips.slips(lines))
    return Parsed(value, problems, starts if _is_bank(value, len(starts)) else [])


def _turns(lines: Lines) -> Iterator[Diagnostic]:
    """Warnings of invisible characters that turn the direction of the text after them, so that it shows in another order."""
    for found in islice(controls.BIDI.finditer(lines.text), MAX_PROBLEMS // 2):
        what = f"U+{ord(found[0]):04X} turns the direction of the text after it"
        remedy = "delete it: right-to-left words need no sign"
        yield Diagnostic(lines.span(found.start()), "bidi-control", what, remedy, Severity.WARNING)


def _is_bank(value: Value | None, mappings: int) -> bool:
    """Whether the file is a bank: its only list is `items`, which holds just the mappings that `_build` has noted."""
    if not isinstance(value, dict) or [key for key, inner in value.items() if isinstance(inner, list)] != ["items"]:
        return False
    # A second list `items` is refused, but its mappings were noted as well. Then the numbers differ.
    return len(value["items"]) == mappings and all(isinstance(item, dict) for item in value["items"])


_TOO_DEEP = ("too-deep", f"nested more than {MAX_DEPTH} levels deep", "flatten the file")


class _EnoughError(Exception):
    """The rest of the file is not read: it is nested too deep, has too long a list, or too many problems."""


class _Problems(list[Diagnostic]):
    """The problems of one file. `+=` adds some; at `MAX_PROBLEMS` it adds one that says so, and stops the reading."""

    def __iadd__(self, more: Iterable[Diagnostic]) -> Self:  # type: ignore[misc,override]
        self.extend(more)
        if len(self) >= MAX_PROBLEMS:
            what = f"{MAX_PROBLEMS} mistakes so far: the rest of the file is not read"
            self.append(Diagnostic(self[-1].span, "too-many", what, "mend these first; is it the file that you meant?"))
            raise _EnoughError
        return self


_NONE: Any = object()  # no key is waiting: the next scalar of a mapping is a key
_DROP: Any = object()  # a refused key is waiting: its value is read and dropped


def _build(lines: Lines, problems: _Problems, starts: list[Start]) -> Value | None:
    """The value of the first document; problems are added to `problems`, the offsets of items to `starts`.

    `inside` is the list or mapping that is being filled, `key` the key that waits for its value. `stack` holds both
    for each level above. The loop is flat, since it runs some ten times for each line of a bank: calls of functions
    would double its time.
    """
    parser = CParser(_CLOSING.sub("\n", lines.text))
    scalar, mapping, sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
    ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    next_event, most, none, drop = parser.get_event, MAX_ENTRIES, _NONE, _DROP  # local names are found sooner
    top: list[Any] = []
    stack: list[tuple[Any, Any]] = [(top, none)]
    inside: Any = top
    key = none
    while True:
        event: Any = next_event()
        kind = type(event)
        if kind is scalar:
            value = event.value
            if event.anchor or event.tag or event.style == '"' or (event.style == ">" and slips.may_list(value)):
                problems += _odd_scalar(lines, event)
            if len(value) > MAX_TEXT:
                problems += [_problem(lines, event, "too-long", f"a text of {len(value)} characters", "shorten it")]
                value = value[:100]
        elif kind in ends:
            inside, key = stack.pop()
            continue
        elif kind is mapping or kind is sequence:
            if event.anchor or event.tag:
                problems += _odd_properties(lines, event)
            value = {} if kind is mapping else []
        elif kind is yaml.StreamEndEvent:
            return top[0] if top else None
        else:
            value = ""
            problems += _odd_event(lines, event, top)
            if kind is not yaml.AliasEvent:
                continue
        after = key
        if type(inside) is list:
            inside.append(value)
            if len(inside) > most:
                raise _too_large(problems, lines, event)
        elif key is none:
            if len(inside) >= most:
                raise _too_large(problems, lines, event)
            after = value if kind is scalar else drop
            if kind is not scalar or value in inside or value == "<<":
                problems += _odd_key(lines, event, inside)
                after = after if after == "<<" and event.style else drop
        else:
            if key is not drop:
                inside[key] = value
            after = none
        if kind is mapping or kind is sequence:
            stack.append((inside, after))
            if len(stack) > MAX_DEPTH + 1:
                problems.append(_problem(lines, event, *_TOO_DEEP))
                raise _EnoughError
            if kind is mapping and len(stack) == ITEM_DEPTH and type(stack[-1][0]) is list:
                starts.append(event.start_mark.index)
            inside, key = value, none
        else:
            key = after


def _too_large(problems: _Problems, lines: Lines, event: Any) -> _EnoughError:
    """Add the problem of a list or mapping with too many entries, at the first of these, and return what to raise."""
    what = f"more than {MAX_ENTRIES} entries in a row"
    problems.append(_problem(lines, event, "too-large", what, "split the file"))
    return _EnoughError()


def _problem(lines: Lines, event: Any, code: str, message: str, remedy: str) -> Diagnostic:
    return Diagnostic(lines.span(event.start_mark.index), code, message, remedy)


def _odd_scalar(lines: Lines, event: Any) -> list[Diagnostic]:
    """The problems of a scalar that has an anchor, a tag or double quotes, or is folded."""
    found = _odd_properties(lines, event)
    if event.style == ">":
        return found + slips.folded(lines, event)
    raw = lines.text[event.start_mark.index : event.end_mark.index] if event.style == '"' else ""
    if "\\" in raw and escapes.is_swallowed(raw):
        found.append(_problem(lines, event, escapes.CODE, escapes.MESSAGE, escapes.REMEDY))
    elif raw and controls.ESCAPED.search(event.value):
        found.append(
            _problem(lines, event, "control-character", "an escape stands for a control character", "delete it")
        )
    return found


def _odd_properties(lines: Lines, event: Any) -> list[Diagnostic]:
    found = []
    if event.anchor:
        found.append(_problem(lines, event, "anchor", f"the anchor &{event.anchor} is not supported", "delete it"))
    if event.tag:
        remedy = "delete it, and quote the text if it starts with '!'"
        found.append(_problem(lines, event, "tag", f"the YAML tag {event.tag} is not supported", remedy))
    return found


def _odd_event(lines: Lines, event: Any, top: list[Any]) -> list[Diagnostic]:
    if isinstance(event, yaml.AliasEvent):
        return [
            _problem(
                lines, event, "alias", f"the alias *{event.anchor} stands for text elsewhere", "write the value out"
            )
        ]
    if isinstance(event, yaml.DocumentStartEvent) and top:
        return [
            _problem(
                lines,
                event,
                "several-documents",
                "a second document starts here",
                "keep one document a file: delete the '---'",
            )
        ]
    return []


def _odd_key(lines: Lines, event: Any, inside: dict[str, Value]) -> list[Diagnostic]:
    """The problem of a key that is no text, stands twice, or is a merge key; none for a merge key in quotes."""
    if isinstance(event, yaml.AliasEvent):
        return []  # reported as an alias already
    if not isinstance(event, yaml.ScalarEvent):
        return [_problem(lines, event, "complex-key", "a key is a list or a mapping", "use plain text as the key")]
    if event.value in inside:
        return [
            _problem(
                lines,
                event,
                "duplicate-key",
                f"the key '{event.value}' stands twice in one mapping",
                "keep one of the two",
            )
        ]
    if event.style:
        return []
    return [
        _problem(lines, event, "merge-key", "the merge key '<<' pulls in text from elsewhere", "write the keys out")
    ]


class _Dumper(yaml.CSafeDumper):
    """A writer of YAML without aliases, which `values` would refuse."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the base class names it
        return True


def dump(value: Any, *, flat: bool = False) -> str:
    """YAML text that `values` reads back as `value`, but with numbers as text. Keys keep their order.

    With `flat`, each innermost list or mapping is written on one line, so that a diff shows which entry has changed.
    """
    style, width = (None, 1 << 20) if flat else (False, 100)
    # CSafeDumper has the interface of yaml.Dumper, which the stubs ask for.
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=width, default_flow_style=style)
