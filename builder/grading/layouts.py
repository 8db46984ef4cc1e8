"""The sheets that a paper may have been printed on: its own edition, and the others that one may print for a candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from builder.paper import sheet as layout
from builder.paper.record import Edition
from builder.paper.sheet.stamp import layout_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.paper.record import Quiz, Version
    from builder.paper.sheet import Page


class Layout(NamedTuple):
    """Where everything stands on the sheet of a version, on which paper and in which size of print, and the hash of that."""

    hashed: str
    version: Version
    paper: str
    size: int
    pages: list[Page]


class Layouts:
    """The layouts of a paper, each laid out when a page of it comes."""

    def __init__(self, quiz: Quiz) -> None:
        self._quiz = quiz
        self._versions = {version.name: version for version in quiz.versions}
        self._known: dict[str, dict[str, Layout]] = {}
        self._others: dict[str, Iterator[Layout]] = {}

    def find(self, version: str, hashed: str) -> Layout | None:
        """The layout of a version with that hash, if her-study can still lay it out."""
        if version not in self._versions:
            return None
        known = self._known.setdefault(version, {})
        if version not in self._others:
            self._others[version] = self._laid_out(self._versions[version])
        while hashed not in known:
            made = next(self._others[version], None)
            if made is None:
                return None
            known.setdefault(made.hashed, made)
        return known[hashed]

    def _laid_out(self, version: Version) -> Iterator[Layout]:
        """The layouts of a version: those of the record first, so that they win."""
        own = self._quiz.edition
        usual = (own.paper, own.size)
        others = [(paper, size) for paper in layout.PAPERS for size in layout.TABLE if (paper, size) != usual]
        for paper, size in [usual, *others]:
            edition = Edition.model_validate({**own.model_dump(), "paper": paper, "size": size, "columns": 1})
            quiz = self._quiz.model_copy(update={"edition": edition})
            for is_named in (True, False):
                pages = layout.pages(quiz, version, is_named=is_named)
                yield Layout(layout_hash(pages, paper), version, paper, size, pages)
