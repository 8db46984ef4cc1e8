"""The comment that tells an editor which schema a bank follows (`# yaml-language-server: $schema=...`)."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from builder.source.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LINE = re.compile(r"^[ \t]*#[ \t]*yaml-language-server[ \t]*:[ \t]*\$schema=(?P<name>\S+)", re.MULTILINE)


class Schema(NamedTuple):
    """A schema that banks name: a web address, an absolute path or (`is_relative`) a path relative to the bank.

    Banks in different folders write different relative paths to one file. So `name` holds such a path from the folder
    in which the banks' own paths start.
    """

    name: str
    is_relative: bool


OWN = ".schemas/bank.json"  # where `her-study new` and `her-study schemas` put it


def common(texts: Mapping[str, str], root: str) -> Schema | None:
    """The one schema that all banks name which name any; None where they name several.

    Where none names any, it is that of the course's own folder `root`, if it has one.
    """
    named = {_schema(path, found["name"]) for path, text in texts.items() if (found := _LINE.search(text))}
    own = os.path.join(root, *OWN.split("/"))
    if not named and os.path.isfile(own):
        return Schema(os.path.normpath(own), is_relative=True)
    return named.pop() if len(named) == 1 else None


def _schema(path: str, name: str) -> Schema:
    if "://" in name or os.path.isabs(name):
        return Schema(name, is_relative=False)
    return Schema(os.path.normpath(os.path.join(os.path.dirname(path), name)), is_relative=True)


def missing(path: str, text: str, schema: Schema | None) -> Iterator[Edit]:
    """The edit that puts the comment above a bank's first line; none if the bank has it, or `schema` is None."""
    if schema is None or _LINE.search(text):
        return
    name = schema.name
    if schema.is_relative:
        name = os.path.relpath(name, os.path.dirname(path) or ".").replace(os.sep, "/")
    end = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
    yield Edit(0, 0, f"# yaml-language-server: $schema={name}{end}")
