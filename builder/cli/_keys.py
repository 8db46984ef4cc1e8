"""Single keys from a terminal, none of which is lost, however fast they come."""

from __future__ import annotations

import codecs
import os
import re
import signal
import sys
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ESCAPE = "\x1b"
_SEQUENCE = re.compile("\x1b(?:\\[[0-9;?]*[ -/]*[@-~]|O.|[^\x1b[O])|\x1b(?=.)")  # what arrows and other keys send
_MOST = 1 << 12  # bytes that are read at once


@contextmanager
def keys() -> Iterator[Callable[[], str]]:
    """A context with a function that waits for the next key; after it, the terminal is as before.

    Keys that send several signs, such as arrows, are passed over. Ctrl-C is a KeyboardInterrupt.

    `click.getchar` would throw away what is typed between two calls, so it serves only where there is no termios.
    """
    pending: deque[str] = deque()
    with _reader() as read:

        def key() -> str:
            while not pending:
                text = read()
                pending.extend(text if text == ESCAPE else _SEQUENCE.sub("", text))
            return pending.popleft()

        yield key


@contextmanager
def _reader() -> Iterator[Callable[[], str]]:
    """A function that waits for input; what it returns ends with a whole sign.

    Raises:
        EOFError: the terminal is gone.
    """
    if sys.platform == "win32":
        yield _getchar
        return
    import termios
    import tty

    place = sys.stdin.fileno()
    before = termios.tcgetattr(place)
    decoder = codecs.getincrementaldecoder(sys.stdin.encoding or "utf-8")("replace")

    def read() -> str:
        data = os.read(place, _MOST)
        if not data:
            raise EOFError
        return decoder.decode(data)

    def take(*_: object) -> None:
        tty.setcbreak(place, termios.TCSADRAIN)

    take()
    # A shell that stopped the session by Ctrl-Z has put the terminal back to whole lines.
    others = signal.signal(signal.SIGCONT, take)
    try:
        yield read
    finally:
        signal.signal(signal.SIGCONT, others)
        termios.tcsetattr(place, termios.TCSADRAIN, before)


def _getchar() -> str:
    read = click.getchar()
    return "" if read.startswith(("\x00", "\xe0")) else read  # an arrow or another key without a sign
