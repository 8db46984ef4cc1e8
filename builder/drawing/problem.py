"""What a drawing must meet, as sums: each limit bounds a weighted number of the questions drawn.

A variable is an item on one paper. Several papers that share no item
(`disjoint:`) are one problem, since an item given to one is lost to the others.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from math import ceil, floor
from typing import TYPE_CHECKING, Literal, NamedTuple

from builder.model import TrueFalse, kind_of
from builder.model.fields import plain
from builder.paper.key import is_whole, worth
from builder.paper.mixing import rank

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from builder.diagnostics import Keys
    from builder.model import Blueprint, Filter, Item
    from builder.model.measures import Shares

LOW, HIGH = 4, 6  # tenths of the true/false questions that are true: neither answer is the better guess
_WHY_NOT = ", which is retired or not worth what 'points:' says, or of a passage and a kind to choose from"
FEW = 3  # so few true/false questions can't always be shared out like that
ENDLESS = 1 << 30


def half_marks(marks: float) -> int:
    """Marks as a number of half marks, which limits count in whole numbers."""
    return int(2 * marks)


class Cause(NamedTuple):
    """What a limit stands for: the blueprint, the keys in its file, what it wants in words."""

    paper: str
    keys: Keys
    text: str
    wants: str = ""

    @property
    def total(self) -> Literal["items", "marks"] | None:
        """What it sets for the whole paper, if anything: the number of questions, written down or summed up, or marks."""
        match self.keys:
            case ("items",) | ("rows",):
                return "items"
            case ("marks",):
                return "marks"
            case _:
                return None

    @property
    def is_mean(self) -> bool:
        """Whether it wants a mean of shares, and no number of questions."""
        return self.keys[-1:] == ("mean_p",)

    def said(self, paper: str) -> str:
        """The cause in words, with its own paper's name where that is another one."""
        return (
            f"{'' if self.paper == paper else f'{self.paper}: '}{self.text}{f' ({self.wants})' if self.wants else ''}"
        )


class Limit(NamedTuple):
    """`least <= sum of weight * variable <= most`."""

    cause: Cause
    weights: Mapping[int, int]
    least: int = 0
    most: int = ENDLESS


class Mean(NamedTuple):
    """A mean that a cause wants: the value of each variable that counts, and the range of the mean, all in hundredths."""

    values: Mapping[int, int]
    wanted: Shares


@dataclass(slots=True)
class Problem:
    """Variables in order of rank, the limits on them, and the switches among the variables.

    A switch is a variable that stands for no item. `switches[s]` lists the items that switch `s` counts; `s` is 1
    when at most `FEW` of them are drawn, else 0. `passages[s]` lists the items of a passage; `s` is 1 when the
    passage is on the paper, else 0. `means` has the causes that want one.
    """

    variables: list[tuple[str, Item]] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    switches: dict[int, tuple[int, ...]] = field(default_factory=dict)
    passages: dict[int, tuple[int, ...]] = field(default_factory=dict)
    means: dict[Cause, Mean] = field(default_factory=dict)
    size: int = 0

    def new(self) -> int:
        """One more variable."""
        self.size += 1
        return self.size - 1


def problem(
    papers: Mapping[str, Blueprint],
    pools: Mapping[str, Sequence[Item]],
    apart: Iterable[tuple[Item, Item]],
    seed: str,
    avoided: Mapping[str, Container[str]] | None = None,
    endless: str | None = None,
) -> Problem:
    """The problem of drawing these papers at once, each from its pool.

    `apart` are pairs that may not stand on one paper, `avoided` the ids that
    each paper may not have, since they stood on earlier ones. The papers come one after the other,
    each with its fixed items first, then the rest in the rank order of the seed. The items of a passage follow each
    other, at the rank of the passage: so a long passage is drawn no more often than a short one.
    The paper named `endless` may have any number of questions, whatever its blueprint says.
    """
    made = Problem()
    pairs = [(one.id, two.id) for one, two in apart]
    places: dict[str, dict[str, int]] = {}
    for name, blueprint in papers.items():
        pool = sorted(pools[name], key=partial(_preferred, blueprint, seed))
        own = {item.id: made.new() for item in pool}
        made.variables += [(name, item) for item in pool]
        places[name] = own
        _Paper(made, name, blueprint, pool, own, None if name == endless else blueprint.questions).limit()
        used = {own[item.id]: 1 for item in pool if avoided and item.id in avoided[name]}
        if used:
            made.limits.append(Limit(Cause(name, (), "no question of earlier papers"), used, most=0))
        together = Cause(name, (), "no two enemies, siblings, cues or near-duplicates")
        for a, b in pairs:
            if a in own and b in own:
                made.limits.append(Limit(together, {own[a]: 1, own[b]: 1}, most=1))
        for group in _groups(pool):
            made.limits.append(Limit(together, {own[item.id]: 1 for item in group}, most=1))
    made.limits += _disjoint(papers, places)
    # Switches come after all items, so that items are numbered by rank.
    for name, blueprint in papers.items():
        _true_share(made, name, blueprint, places[name], pools[name])
    return made


def _preferred(blueprint: Blueprint, seed: str, item: Item) -> tuple[bool, bytes, bytes]:
    """The place of an item among those that a paper may have."""
    together = item.passage.id if item.passage else item.id
    return item.id not in blueprint.fixed, rank(seed, together), rank(seed, item.id)


def _groups(pool: Iterable[Item]) -> list[list[Item]]:
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in pool:
        if item.group:
            groups[item.group].append(item)
    return [group for group in groups.values() if len(group) > 1]


def pool_of(blueprint: Blueprint, items: Iterable[Item]) -> list[Item]:
    """The items that may stand on the paper at all: for its use, of its sort, worth what it gives, of a kind that it counts.

    A fixed item need only be for its use, and worth it. Where candidates choose among the questions of a kind, no
    passage has one of them: nobody could choose half of a passage.
    """
    by_kind = [row for row in blueprint.rows if row.count is not None and row.named.keys() == {"kind"}]
    whole = by_kind and sum(row.count or 0 for row in by_kind) == blueprint.questions
    kinds = {kind for row in by_kind for kind in row.kind} if whole else None
    return [
        item
        for item in items
        if blueprint.may_ask(item)
        and not (item.passage and item.kind in blueprint.choose)
        and (is_whole(item) or item.points == blueprint.points.get(item.kind, item.points))
        and (
            item.id in blueprint.fixed
            or (
                item.id not in blueprint.excluded
                and blueprint.only.matches(item)
                and (kinds is None or item.kind in kinds)
            )
        )
    ]


class _Paper(NamedTuple):
    """One paper of a problem while its limits are written down."""

    problem: Problem
    name: str
    blueprint: Blueprint
    pool: list[Item]
    own: Mapping[str, int]
    size: int | None  # how many questions; None: any number

    def limit(self) -> None:
        """Size, rows, marks, choices, and fixed items."""
        every, size = self.of(None), self.size
        if size is not None:
            key = "items" if self.blueprint.items else "rows"
            cause = Cause(self.name, (key,), "questions in all", str(size))
            self.problem.limits.append(Limit(cause, every, size, size))
        causes: dict[tuple[str, str], Cause] = {}  # of equal rows the first
        for i, row in enumerate(self.blueprint.rows):
            said = (str(row), row.wants)
            if row.has_number and said not in causes:
                causes[said] = Cause(self.name, ("rows", i), *said)
                self.row(causes[said], i)
        self.marks()
        self.choices()
        for item in self.blueprint.fixed:
            why = "" if item in self.own else _WHY_NOT
            cause = Cause(self.name, ("fixed",), f"the fixed question '{item}'{why}", "1")
            self.problem.limits.append(Limit(cause, {self.own[item]: 1} if item in self.own else {}, 1, 1))

    def of(self, sort: Filter | None) -> dict[int, int]:
        """The variables of a sort of items, each with weight one."""
        return {self.own[item.id]: 1 for item in self.pool if sort is None or sort.matches(item)}

    def row(self, cause: Cause, number: int) -> None:
        """The limit of one row of the blueprint."""
        row, share = self.blueprint.rows[number], self.blueprint.rows[number].share
        weights = self.of(row)
        if share is None:
            least, most = row.bounds
            self.problem.limits.append(Limit(cause, weights, least, ENDLESS if most is None else most))
        elif self.size is not None:
            exact = share * self.size / 100
            self.problem.limits.append(Limit(cause, weights, floor(exact), ceil(exact)))
        else:
            # |100 n - share * N| < 100: n is the share of N, up to the next whole number.
            each = {v: 100 * (v in weights) - share for v in self.of(None)}
            self.problem.limits.append(Limit(cause, each, -99, 99))

    def marks(self) -> None:
        """The limit on the sum of the marks, in halves; of questions to choose from, only those that are answered count."""
        blueprint = self.blueprint
        if blueprint.marks is None:
            return
        weights = {
            self.own[item.id]: half_marks(worth(item, blueprint.points))
            for item in self.pool
            if item.kind not in blueprint.choose
        }
        left = plain(blueprint.marks - blueprint.chosen)
        text = "marks beside those of questions to choose from" if blueprint.choose else "marks in all"
        cause = Cause(self.name, ("marks",), text, str(left))
        self.problem.limits.append(Limit(cause, weights, half_marks(left), half_marks(left)))

    def choices(self) -> None:
        """Where candidates choose, no fewer questions than they answer."""
        for kind, number in self.blueprint.choose.items():
            cause = Cause(self.name, ("choose",), f"{kind} questions to choose {number} from", f"at least {number}")
            offered = {self.own[item.id]: 1 for item in self.pool if item.kind == kind}
            self.problem.limits.append(Limit(cause, offered, number))


def _disjoint(papers: Mapping[str, Blueprint], places: Mapping[str, Mapping[str, int]]) -> list[Limit]:
    """No item on two papers that are to share none."""
    names = list(papers)
    limits = []
    for i, one in enumerate(names):
        for two in names[i + 1 :]:
            if two in papers[one].disjoint or one in papers[two].disjoint:
                keys = ("disjoint",) if two in papers[one].disjoint else ()
                cause = Cause(one, keys, f"no question that is on {two}")
                both = places[one].keys() & places[two].keys()
                limits += [Limit(cause, {places[one][v]: 1, places[two][v]: 1}, most=1) for v in sorted(both)]
    return limits


def _true_share(made: Problem, name: str, blueprint: Blueprint, own: Mapping[str, int], pool: Iterable[Item]) -> None:
    """From 40 to 60 % of the true/false questions are true; of one or three, the nearest that can be."""
    asked = {own[item.id]: item.answer for item in pool if isinstance(item, TrueFalse)}
    if not asked:
        return
    cause = Cause(name, (), f"of the true/false questions {LOW}0 to {HIGH}0 % are true")
    counts = [row.count for row in blueprint.rows if row.count and row.named == {"kind": (kind_of(TrueFalse),)}]
    if counts:
        number = max(counts)
        most = number - number // 2 if number in {1, FEW} else HIGH * number // 10
        for answer in (True, False):
            weights = {v: 1 for v, is_true in asked.items() if is_true is answer}
            made.limits.append(Limit(cause, weights, most=most))
        return
    # The number is open: the bounds move with it, and a switch loosens them where it is small.
    switch = made.new()
    made.switches[switch] = tuple(asked)
    loose = max(FEW, len(asked))
    made.limits.append(Limit(cause, dict.fromkeys(asked, 1) | {switch: loose - FEW}, most=loose))
    made.limits.append(Limit(cause, {v: 10 * t - LOW for v, t in asked.items()} | {switch: 4}, least=0))
    made.limits.append(Limit(cause, {v: HIGH - 10 * t for v, t in asked.items()} | {switch: 4}, least=0))
