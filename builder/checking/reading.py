"""Banks from their texts: in this process alone, or with a second one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.checking.packed import dumps, loads
from builder.disk.processes import may_fork, shared
from builder.loading.bank import parse_bank, parse_each
from builder.loading.sharing import share

if TYPE_CHECKING:
    from builder.loading.bank import ParsedBank, Tell, Texts

# Characters of all texts, which are those of a thousand items. With fewer, a second process takes longer to start than
# it saves.
_MUCH = 600_000
# Characters of a course whose items take so much room that less of it is worth a little more time.
_VERY_MUCH = 20_000_000


def parse_banks(texts: Texts, tell: Tell = lambda _: None) -> list[ParsedBank]:
    """What each of these banks comes to, given by path and text (see `parse_bank`); `tell` hears the share that is done."""
    size = sum(len(text) for _, text in texts)
    parse = _parsed_to_share if size >= _VERY_MUCH else parse_bank
    if len(texts) < 2 or size < _MUCH or not may_fork():  # noqa: PLR2004 - one can't be shared
        return list(parse_each(texts, tell, parse))
    return shared(texts, lambda bank: parse(*bank), tell=lambda done: tell(done / len(texts)), dumps=dumps, loads=loads)


def _parsed_to_share(path: str, text: str, tell: Tell = lambda _: None) -> ParsedBank:
    """What a bank comes to, with one object for what is equal in its items (see `share`)."""
    bank = parse_bank(path, text, tell)
    share([item for item, _ in bank.items])
    return bank
