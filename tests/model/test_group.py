"""Items of a course by bank, asked once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.diagnostics import At
from builder.model.group import groups_of
from tests.make.course import course_of
from tests.make.items import EXAMPLES

if TYPE_CHECKING:
    from builder.model.group import Group


def test_runs_of_one_file_are_groups() -> None:
    """In order, each with the places of its items; a part of a course has groups of its own."""
    whole = course_of(EXAMPLES[:4])
    at = {item.id: At("ab"[n > 1] + ".yaml", ("items", n)) for n, item in enumerate(whole.items)}
    groups = groups_of(whole.items, at)
    assert [group.path for group in groups] == ["a.yaml", "b.yaml"]
    assert [item for group in groups for item in group.items] == list(whole.items)
    assert groups[0].by_key == {0: whole.items[0], 1: whole.items[1]}
    part = replace(replace(whole, at=at), items=whole.items[:1])
    assert [group.ids for group in part.groups] == [(whole.items[0].id,)]


def test_a_group_is_asked_once() -> None:
    """What a function said of it is kept, by the function."""
    asked = []

    def ids(group: Group) -> tuple[str, ...]:
        asked.append(group)
        return group.ids

    (group,) = course_of(EXAMPLES[:4]).groups
    assert group.of(ids) == group.of(ids) == group.ids
    assert len(asked) == 1
