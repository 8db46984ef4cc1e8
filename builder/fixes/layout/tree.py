"""A YAML text as a tree that keeps its comments, each at the entry to which it belongs.

libyaml drops comments. But its tokens have marks, and what stands between two tokens is white space and comments. A
comment behind something on its line is the `note` of the entry there. A comment on a line of its own belongs to the
entry below it, or to the end of a list or mapping, if it stands as far in as that one's entries:

    items:
      - id: a
        answer: B
        # belongs to the end of item a
      # belongs to item b
      - id: b
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

_COMMENT = re.compile(r"#[^\n]*")
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\n]*)")  # of a block scalar
_TWO = "two comments belong to one entry"
_BETWEEN = "a comment stands between a key and its value"


class UnkeptError(Exception):
    """Something at `offset` can't be kept in another layout."""

    def __init__(self, offset: int, message: str, remedy: str) -> None:
        super().__init__(message)
        self.offset, self.message, self.remedy = offset, message, remedy


@dataclass(slots=True)
class Scalar:
    """A text, and the style in which it is typed: plain (empty), `'`, `"`, `|` or `>`."""

    value: str = ""
    style: str = ""


@dataclass(slots=True)
class Entry:
    """An entry of a mapping, which has a key, or of a list.

    `above` has the comments above it, and an empty text for blank lines; `note` is the comment behind it.
    """

    key: Scalar | None = None
    value: Scalar | Group = field(default_factory=Scalar)
    above: list[str] = field(default_factory=list)
    note: str = ""


@dataclass(slots=True)
class Group:
    """A mapping or a list, typed as lines or (`is_flow`) in brackets; `tail` has the comments at its end."""

    is_mapping: bool
    is_flow: bool
    entries: list[Entry] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)


def read(text: str) -> Scalar | Group:
    """The tree of a text that `nodes.values` finds nothing wrong with, and whose lines end at line feeds alone.

    Raises:
        UnkeptError: there is something that a tree can't hold, such as a comment between a key and its value.
    """
    return _Reader(text).read()


class _Reader:
    """A text while it is read: tokens from `at` on are to come, `pending` are comments of which nobody is the owner yet.

    `pending` has columns and comments, and None for blank lines. `last` is the entry that a comment on this line
    belongs to.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Any] = list(yaml.scan(text, Loader=yaml.CSafeLoader))
        self.at = 0
        self.pending: list[tuple[int, int, str] | None] = []
        self.root = self.last = Entry()

    def read(self) -> Scalar | Group:
        while isinstance(self._next, yaml.StreamStartToken | yaml.DocumentStartToken):
            self._take()
        value = self._value(self.root)
        while isinstance(self._next, yaml.DocumentEndToken):
            self._take()
        if not isinstance(self._next, yaml.StreamEndToken):
            self._refuse("this is not known here", "write it as other entries are written")
        if isinstance(value, Group):
            value.tail += self._pending()
        if self.root.note:
            raise UnkeptError(self.text.index(self.root.note), _BETWEEN, "put it on a line of its own")
        return value

    @property
    def _next(self) -> Any:
        return self.tokens[self.at]

    def _refuse(self, message: str, remedy: str) -> None:
        raise UnkeptError(self._next.start_mark.index, message, remedy)

    def _take(self) -> Any:
        """The next token; the comments behind it are noted, or pending."""
        token = self._next
        self.at += 1
        begin, end = token.start_mark.index, token.end_mark.index
        if begin == end and not isinstance(token, yaml.StreamStartToken):
            return token
        if isinstance(token, yaml.ScalarToken) and (found := _HEADER.match(self.text, begin, end)):
            self._note(found.start(1), found[1])
        stop = self._next.start_mark.index if self.at < len(self.tokens) else len(self.text)
        for found in _COMMENT.finditer(self.text, end, stop):
            if self._is_first(found.start()):
                self._blank(found.start())
                line = self.text.rfind("\n", 0, found.start()) + 1
                self.pending.append((found.start() - line, found.start(), found[0].rstrip()))
            else:
                self._note(found.start(), found[0])
        if self._is_first(stop):
            self._blank(stop)
        return token

    def _note(self, offset: int, comment: str) -> None:
        if self.last.note:
            raise UnkeptError(offset, _TWO, "put one of them on a line of its own, above the entry")
        self.last.note = comment.rstrip()

    def _is_first(self, offset: int) -> bool:
        """Whether nothing stands before this place on its line."""
        return not self.text[self.text.rfind("\n", 0, offset) + 1 : offset].strip()

    def _blank(self, offset: int) -> None:
        """Note a blank line above the line of this place."""
        line = self.text.rfind("\n", 0, offset)
        if line > 0 and not self.text[self.text.rfind("\n", 0, line) + 1 : line].strip():
            self.pending.append(None)

    def _pending(self, column: int = 0) -> list[str]:
        """The pending comments up to the first one that stands less far in than `column`; no longer pending then.

        Blank lines behind the last of them stay pending, but for `column` 0.
        """
        shallow = [i for i, it in enumerate(self.pending) if it and it[0] < column]
        end = shallow[0] if shallow else len(self.pending)
        while column and end and self.pending[end - 1] is None:
            end -= 1
        taken, self.pending = self.pending[:end], self.pending[end:]
        lines: list[str] = []
        for it in taken:
            line = it[2] if it else ""
            if line or ((lines or column == 0) and lines[-1:] != [""]):
                lines.append(line)
        return lines

    def _value(self, owner: Entry, *, in_list: bool = False) -> Scalar | Group:
        """The value that comes next; an empty text where none does."""
        match self._next:
            case yaml.BlockMappingStartToken():
                return self._block(self._mapping_entry, is_mapping=True)
            case yaml.BlockSequenceStartToken():
                return self._block(self._list_entry, is_mapping=False)
            case yaml.BlockEntryToken() if not in_list:  # a list whose dashes stand under its key
                group = Group(is_mapping=False, is_flow=False)
                while isinstance(self._next, yaml.BlockEntryToken):
                    group.entries.append(self._list_entry())
                return group
            case yaml.ScalarToken() | yaml.FlowSequenceStartToken() | yaml.FlowMappingStartToken() as token:
                for it in filter(None, self.pending):
                    raise UnkeptError(it[1], _BETWEEN, "put it above the key")
                self.pending.clear()
                self.last = owner
                if not isinstance(token, yaml.ScalarToken):
                    return self._flow(owner)
                self._take()
                return Scalar(token.value, "" if token.plain else token.style or "")
            case _:
                return Scalar()

    def _block(self, entry: Callable[[], Entry], *, is_mapping: bool) -> Group:
        """A mapping or list of lines."""
        column = self._take().start_mark.column
        group = Group(is_mapping, is_flow=False)
        while not isinstance(self._next, yaml.BlockEndToken):
            group.entries.append(entry())
        group.tail = self._pending(column) if column else []
        self._take()
        return group

    def _list_entry(self) -> Entry:
        if not isinstance(self._next, yaml.BlockEntryToken):
            self._refuse("this is no entry of a list", "begin it with '- '")
        entry = self.last = Entry(above=self._pending())
        self._take()
        entry.value = self._value(entry, in_list=True)
        return entry

    def _mapping_entry(self) -> Entry:
        if not isinstance(self._next, yaml.KeyToken) or self.text.startswith("?", self._next.start_mark.index):
            self._refuse("this is no plain 'key: value'", "write 'key: value'")
        entry = self.last = Entry(above=self._pending())
        self._take()
        token = self._next
        if isinstance(token, yaml.ScalarToken):
            self._take()
            entry.key = Scalar(token.value, "" if token.plain else token.style or "")
        elif isinstance(token, yaml.ValueToken):
            entry.key = Scalar()
        else:
            self._refuse("this key is no text", "write 'key: value'")
        if isinstance(self._next, yaml.ValueToken):
            self._take()
            entry.value = self._value(entry)
        return entry

    def _flow(self, owner: Entry) -> Group:
        """A mapping or list in brackets."""
        is_mapping = isinstance(self._take(), yaml.FlowMappingStartToken)
        group = Group(is_mapping, is_flow=True)
        while not isinstance(self._next, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken):
            if isinstance(self._next, yaml.FlowEntryToken):
                self._take()
            elif is_mapping:
                group.entries.append(self._mapping_entry())
            elif isinstance(self._next, yaml.KeyToken):  # [a: b] is [{a: b}]
                pair = self._mapping_entry()
                above, pair.above = pair.above, []
                group.entries.append(Entry(None, Group(is_mapping=True, is_flow=True, entries=[pair]), above))
            else:
                entry = self.last = Entry(above=self._pending())
                entry.value = self._value(entry)
                group.entries.append(entry)
        group.tail = self._pending()
        self.last = owner
        self._take()
        for entry in group.entries:
            entry.above = list(filter(None, entry.above))
        group.tail = list(filter(None, group.tail))
        return group
