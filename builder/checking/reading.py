"""Banks from their texts: in this process alone, or with a second one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.checking.packed import dumps, loads
from builder.disk.processes import may_fork, shared
from builder.loading.bank import parse_bank, parse_each

if TYPE_CHECKING:
    from builder.loading.bank import ParsedBank, Tell, Texts

# Characters of all texts, which are those of a thousand items. With fewer, a second process takes longer to start than
# it saves.
_MUCH = 600_000


def parse_banks(texts: Texts, tell: Tell = lambda _: None) -> list[ParsedBank]:
    """What each of these banks comes to, given by path and text (see `parse_bank`); `tell` hears the share that is done."""
    if len(texts) < 2 or sum(len(text) for _, text in texts) < _MUCH or not may_fork():  # noqa: PLR2004 - one can't be shared
        return list(parse_each(texts, tell))
    return shared(texts, _read, tell=lambda done: tell(done / len(texts)), dumps=dumps, loads=loads)


def _read(bank: tuple[str, str]) -> ParsedBank:
    return parse_bank(*bank)
