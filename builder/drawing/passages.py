"""Passages on drawn papers: with as many of their questions as they are to have, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.drawing.problem import Cause, Limit

if TYPE_CHECKING:
    from builder.drawing.problem import Problem
    from builder.model import Passage


def keep_whole(posed: Problem) -> Problem:
    """The problem with the limits that keep its passages whole.

    An example. The passage P has the items a, b and c, of which `take: 2` wants two. With a switch p, the limit
    a + b + c = 2p lets none of them be drawn, or two. Without `take:` it wants all of its items that may be asked here.
    """
    for (name, _), (passage, members) in _of(posed).items():
        wanted = passage.take or len(members)
        text = f"the passage '{passage.id}' with {wanted} of its questions, or without any"
        if wanted > len(members):
            text += f": {len(members)} may be asked here"
        cause = Cause(name, (), text)
        if wanted != len(members):
            # Beside a switch this says nothing more, but a drawing that takes item after item can keep to it.
            most = wanted if wanted < len(members) else 0
            posed.limits.append(Limit(cause, dict.fromkeys(members, 1), most=most))
        if 1 < wanted <= len(members):
            switch = posed.new()
            posed.passages[switch] = tuple(members)
            posed.limits.append(Limit(cause, dict.fromkeys(members, 1) | {switch: -wanted}, most=0))
    return posed


def _of(posed: Problem) -> dict[tuple[str, str], tuple[Passage, list[int]]]:
    """The passages of each paper with their variables, by the names of both."""
    found: dict[tuple[str, str], tuple[Passage, list[int]]] = {}
    for variable, (name, item) in enumerate(posed.variables):
        if item.passage:
            found.setdefault((name, item.passage.id), (item.passage, []))[1].append(variable)
    return found
