"""From the text of a bank to its items: one pure function, which knows neither the disk nor the course.

So an editor can ask it of an open buffer, and whoever loads a course over and
over can keep what it said of a text: path and text alone decide it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from pydantic import TypeAdapter

from builder.diagnostics import At, Diagnostic, Finding
from builder.loading import passages
from builder.loading.names import look_of
from builder.loading.part import parse_values, validate
from builder.loading.sharing import share_keys
from builder.model import Bank, Basic, Item, Reversed
from builder.model.fields import Unapproved, Use
from builder.model.passage import Passage, resolved, sound
from builder.model.values import fixed_of, said_of
from builder.text.expressions import MOST_WORK, bounded
from builder.text.late import late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from builder.model.scoring import Scorings
    from builder.source.nodes import Start, Value

    Texts = Sequence[tuple[str, str]]
    Tell = Callable[[float], object]
    ParseBank = Callable[[str, str, Tell], "ParsedBank"]

Placed = tuple[Item, At]

_NAMED = late(r"""^[ {-]*(id|contrast): *['"]?([^\s'",}#]+)""", re.MULTILINE)


class Uses(NamedTuple):
    """What the sound items of a bank are called and name, and what is special in any of them.

    So a loader can tell of a whole bank at once that there is nothing to look for in it.
    """

    ids: tuple[str, ...]
    locators: frozenset[str]
    cites: frozenset[str]
    bases: frozenset[str]
    themes: frozenset[str]
    theories: frozenset[str]
    has_partners: bool  # enemies, contrasts, reviews, or answers that are compared in a way of their own
    has_values: bool
    has_media: bool  # images or recordings beside the texts
    has_passages: bool


@dataclass(frozen=True)
class ParsedBank:
    """What the text of a bank comes to.

    `items` are the sound ones with their places, `unsound` the entries that were left out, as typed; of a text that
    can't be read at all, what its lines name. What is wrong is in `findings`, or in `diagnostics` where its line is
    known. `starts` is as in `nodes.Parsed`. `scoring` are the rules that the bank has for its items; a bank that is not sound has none. `passages` are the
    sound ones with their places.
    """

    items: Sequence[Placed] = ()
    unsound: Sequence[Mapping[str, Any]] = ()
    findings: Sequence[Finding] = ()
    diagnostics: Sequence[Diagnostic] = ()
    starts: Sequence[Start] = ()
    scoring: Scorings | None = None
    passages: Sequence[tuple[Passage, At]] = ()

    @cached_property
    def uses(self) -> Uses:
        """What its sound items name."""
        items = [item for item, _ in self.items]
        return Uses(
            tuple(item.id for item in items),
            frozenset(chain.from_iterable(item.locator for item in items)),
            frozenset(chain.from_iterable(item.cites for item in items)),
            frozenset(item.basis for item in items if item.basis),
            frozenset(item.theme for item in items if item.theme),
            frozenset(item.theory for item in items if item.theory),
            any(map(_has_partners, items)),
            any(item.values is not None for item in items),
            any(item.image or item.audio for item in items),
            bool(self.passages) or any(item.passage for item in items),
        )

    @cached_property
    def looks(self) -> tuple[str, ...]:
        """The ids of its sound items as an eye sees them: ids that look alike are one."""
        # One call for all ids, in which no line ends, takes a tenth of the time that a call for each takes.
        return tuple(look_of("\n".join(self.uses.ids)).split("\n")) if self.uses.ids else ()


def _has_partners(item: Item) -> bool:
    is_compared = isinstance(item, Basic | Reversed) and (item.case or not item.accents)
    return bool(item.enemies or item.contrast or item.reviewed or is_compared)


def parse_bank(path: str, text: str, tell: Tell = lambda _: None) -> ParsedBank:
    """What the text of the bank at `path` comes to; `tell` hears the share that is done."""
    parsed = parse_values(path, text)
    tell(0.5)
    read = read_bank(path, parsed.value)
    tell(1.0)
    unsound = read.unsound if read.items or read.unsound else _typed(text)
    return replace(read, unsound=unsound, diagnostics=tuple(parsed.problems), starts=parsed.starts)


def parse_each(texts: Texts, tell: Tell = lambda _: None, parse: ParseBank = parse_bank) -> Iterator[ParsedBank]:
    """What each bank comes to, given by path and text; `parse` takes the place of `parse_bank`."""
    for number, (path, text) in enumerate(texts):
        yield parse(path, text, partial(_tell_of_one, tell, number, len(texts)))


def _tell_of_one(tell: Tell, number: int, of: int, share: float) -> None:
    """Tell the share that is done of `of` banks when that share of the bank of this number is."""
    tell((number + share) / of)


def _typed(text: str) -> list[dict[str, str]]:
    """The names of the items of a text that can't be read, by its lines.

    What is half typed in one item is no reason to miss all others: nobody has taken them away.
    """
    entries: list[dict[str, str]] = []
    for key, name in _NAMED.findall(text):
        if key == "id":
            entries.append({key: name})
        elif entries:
            entries[-1][key] = name
    return entries


def read_bank(path: str, raw: Value | None) -> ParsedBank:
    """The sound items of a bank with their places, the entries that are not sound, and why they are not.

    Pydantic says of a bank as a whole whether it is sound. Where it is not, the
    places of its errors tell which entries to leave out: an error at
    `items, 3, prompt` is one of entry 3.
    """
    entries = raw.get("items") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not isinstance(entries, list):
        return ParsedBank([], [], validate(Bank, path, raw)[1])
    defaults = {key: raw[key] for key in ("theme", "theory") if isinstance(raw.get(key), str) and raw[key]}
    if str(raw.get("math")).lower() in {"true", "false"}:  # anything else is told of the bank alone
        defaults["math"] = raw["math"]
    for key, values in (("use", get_args(Use)), ("status", get_args(Unapproved))):
        if raw.get(key) in values:
            defaults[key] = raw[key]
    typed = [defaults | entry if isinstance(entry, dict) else entry for entry in entries]
    places = [At(path, ("items", i)) for i in range(len(entries))]
    raw = passages.with_defaults(raw)
    with bounded():
        bank, findings = validate(Bank, path, {**raw, "items": typed})
    named = sound(raw.get("passages"))
    faults = list(passages.faults(path, raw))
    read = partial(ParsedBank, passages=passages.placed(path, raw))
    if bank:
        share_keys(bank.items)
        return read(list(zip(bank.items, places, strict=True)), [], faults, scoring=bank.scoring)
    with bounded(MOST_WORK // 4):  # it is told with which values, where that takes little
        findings = [_with_values(finding, typed) for finding in findings]
    bad = {f.at.keys[1] for f in findings if f.at.keys[:1] == ("items",) and len(f.at.keys) > 1}
    if findings and findings[-1].code == "too-many":  # the rest was not looked at
        bad = set(range(len(entries)))
    bad |= {i for i, entry in enumerate(entries) if isinstance(entry, dict) and passages.is_unsound(entry, named)}
    unsound = [entry for i, entry in enumerate(entries) if i in bad and isinstance(entry, dict)]
    fine = [i for i in range(len(entries)) if i not in bad]
    items = TypeAdapter(list[Item]).validate_python(resolved([typed[i] for i in fine], named))
    return read(list(zip(items, [places[i] for i in fine], strict=True)), unsound, [*findings, *faults])


def _with_values(finding: Finding, entries: Sequence[Any]) -> Finding:
    """A finding on an item with values tells which of them it is about."""
    keys = finding.at.keys
    drawn = (
        fixed_of(entries[keys[1]]) if keys[:1] == ("items",) and len(keys) > 1 and isinstance(keys[1], int) else None
    )
    return replace(finding, message=f"{finding.message} (with {said_of(drawn)})") if drawn else finding
