"""The first paper by rank that meets every limit.

Of all papers that meet the limits there is one that comes first: it takes the
item of the best rank that any of them holds, of those the one with the next
best, and so on. It depends on seed, blueprint and bank alone, not on the
solver or its version, and an item more in the bank moves it as little as the
limits allow. Mostly it is found by taking each item that no limit forbids.
Where that leads nowhere, a solver for integer programs (HiGHS) says of each
item in doubt whether a paper with it exists.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from builder.drawing.problem import ENDLESS, FEW

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from builder.drawing.problem import Limit, Problem

Weights = tuple[tuple[int, int], ...]


class Taken:
    """The variables taken so far, and which others the limits forbid beside them."""

    def __init__(self, problem: Problem) -> None:
        """Start with nothing taken."""
        self.variables: set[int] = set()
        self._room: list[int] = []
        self._of: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for limit in problem.limits:
            # Where a weight is negative, an item more may make room for another: only the end can tell.
            if limit.most < ENDLESS and all(weight > 0 for weight in limit.weights.values()):
                self._room.append(limit.most)
                for variable, weight in limit.weights.items():
                    self._of[variable].append((len(self._room) - 1, weight))

    def may(self, variable: int) -> bool:
        """Whether there is room for a variable."""
        return all(self._room[limit] >= weight for limit, weight in self._of[variable])

    def take(self, variable: int) -> None:
        """Take it."""
        self.variables.add(variable)
        for limit, weight in self._of[variable]:
            self._room[limit] -= weight


def first(problem: Problem) -> frozenset[int] | None:
    """The variables of the first solution by rank, or None where there is no solution."""
    return _greedy(problem) or _sought(problem)


def _greedy(problem: Problem) -> frozenset[int] | None:
    """Every item that no limit forbids, in the order of rank, if that meets all limits; it is then the first solution."""
    taken = Taken(problem)
    for variable in range(len(problem.variables)):
        if taken.may(variable):
            taken.take(variable)
    found = taken.variables
    found |= {switch for switch, counted in problem.switches.items() if len(found.intersection(counted)) <= FEW}
    found |= {switch for switch, members in problem.passages.items() if not found.isdisjoint(members)}
    return frozenset(found) if meets(problem.limits, found) else None


def meets(limits: Iterable[Limit], found: set[int]) -> bool:
    """Whether these variables meet all limits."""
    return all(
        limit.least <= sum(weight for v, weight in limit.weights.items() if v in found) <= limit.most
        for limit in limits
    )


def _sought(problem: Problem) -> frozenset[int] | None:
    """The first solution, item by item: one stays in if a solution with it and all taken before exists.

    Items that weigh the same in every limit are alike: any solution may have
    one for the other. So where one was refused, those after it are as well.
    """
    from builder.drawing.solver import Solver

    solver = Solver(problem.limits, problem.size)
    taken, refused, weights = Taken(problem), set[Weights](), _weights(problem)
    outdone = _outdone(problem, weights)
    for variable in outdone:
        solver.hold(variable, 0)
    solution = solver.solve()
    if solution is None:
        return None
    for variable in range(len(problem.variables)):
        if variable in outdone:
            continue
        if taken.may(variable) and variable not in solution and weights[variable] not in refused:
            solver.hold(variable, 1)
            better = solver.solve()
            solution = better or solution
            if better is None:
                refused.add(weights[variable])
        is_in = variable in solution
        solver.hold(variable, int(is_in))
        if is_in:
            taken.take(variable)
    return solution


def _outdone(problem: Problem, weights: Mapping[int, Weights]) -> set[int]:
    """The items that cannot win: the first solution never takes them, since enough better-ranked ones do as well.

    An item is as good as another if both weigh the same in every limit but those that keep questions apart, and the
    better-ranked one is kept apart from nothing but itself on a tied paper.

    An example. A paper holds at most 12 items, and 12 interchangeable ones rank before item X. If a solution took X,
    one of those 12 would be left over. Put in the place of X, it makes a solution that ranks before. So X is dropped.
    An item of a passage weighs in a limit of that passage, so only the passage's other items are as good.
    """
    held = _most_held(problem)
    apart = {i: _is_tie(problem, limit) for i, limit in enumerate(problem.limits) if _keeps_apart(limit)}
    free: dict[tuple[str, Weights], int] = defaultdict(int)
    found = set()
    for variable, (paper, _) in enumerate(problem.variables):
        alike = (paper, tuple((i, weight) for i, weight in weights[variable] if i not in apart))
        if free[alike] >= held:
            found.add(variable)
        elif all(apart.get(i, True) for i, _ in weights[variable]):
            free[alike] += 1
    return found


def _keeps_apart(limit: Limit) -> bool:
    return limit.least <= 0 and limit.most == 1 and set(limit.weights.values()) == {1}


def _is_tie(problem: Problem, limit: Limit) -> bool:
    """Whether a limit keeps an item from being on two papers."""
    known = [problem.variables[v] for v in limit.weights if v < len(problem.variables)]
    return len(known) == len(limit.weights) and len({item.id for _, item in known}) == 1


def _most_held(problem: Problem) -> int:
    """The most items that a solution holds, on all papers together, as far as single limits say it."""
    sizes = Counter(paper for paper, _ in problem.variables)
    most = dict(sizes)
    for limit in problem.limits:
        papers = {problem.variables[v][0] if v < len(problem.variables) else "" for v in limit.weights}
        if len(papers) == 1 and min(limit.weights.values()) > 0:
            paper = papers.pop()
            if len(limit.weights) == sizes[paper]:
                most[paper] = min(most[paper], limit.most // min(limit.weights.values()))
    return sum(most.values())


def _weights(problem: Problem) -> Mapping[int, Weights]:
    """What each variable weighs in which limits."""
    weights: dict[int, Weights] = defaultdict(tuple)
    for i, limit in enumerate(problem.limits):
        for variable, weight in limit.weights.items():
            weights[variable] += ((i, weight),)
    return weights
