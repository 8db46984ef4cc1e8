"""Banks from their texts: in this process alone, or with a second one that begins at the other end.

The two meet where they meet, so that neither waits for long, however busy the processors are. For example, of five
banks this process reads 0, 1 and 2, and meanwhile the second one sends 4 and 3; it is at 2 then, in vain, and is ended.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from builder.checking.packed import dumps, loads
from builder.disk.processes import forked, may_fork
from builder.loading.bank import parse_bank, parse_each

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from builder.loading.bank import ParsedBank, Tell, Texts

# Characters of all texts, which are those of a thousand items. With fewer, a second process takes longer to start than it saves.
_MUCH = 600_000


def parse_banks(texts: Texts, tell: Tell = lambda _: None) -> list[ParsedBank]:
    """What each of these banks comes to, given by path and text (see `parse_bank`); `tell` hears the share that is done."""
    if len(texts) > 1 and sum(len(text) for _, text in texts) >= _MUCH and may_fork():
        return _by_two(texts, tell)
    return list(parse_each(texts, tell))


def _by_two(texts: Texts, tell: Tell) -> list[ParsedBank]:
    """What each bank comes to, where this process begins with the first and another with the last."""
    first: list[ParsedBank] = []  # read here
    last: list[ParsedBank] = []  # sent by the other, the last bank first
    with forked(partial(_send, texts)) as pipe:
        while left := len(texts) - len(first) - len(last):
            bank = texts[len(texts) - len(last) - 1]  # that the other is at, if this process is not
            # The last one that is left is waited for: the other is at it already.
            data = _received(pipe) if left == 1 or pipe.poll() else b""
            if data:
                last.append(loads(data))
            elif data is None:  # it has ended, or the bank is one that can't be sent
                last.append(parse_bank(*bank))
            else:
                first.append(parse_bank(*texts[len(first)]))
            tell(1 - (left - 1) / len(texts))
    return first + last[::-1]


def _send(texts: Texts, pipe: Connection[bytes, Any]) -> None:
    """Send what each bank comes to, the last one first; nothing of one that can't be sent."""
    for bank in reversed(texts):
        try:
            data = dumps(parse_bank(*bank))
        except ValueError:
            data = b""
        pipe.send_bytes(data)


def _received(pipe: Connection[Any, bytes]) -> bytes | None:
    """What the other process has sent of its next bank; None where it sends none."""
    try:
        return pipe.recv_bytes() or None
    except (EOFError, OSError):
        return None
