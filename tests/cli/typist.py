"""A student at a terminal: a run of `her-study` on a terminal of its own, with keys to press and a screen to read."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path

WAIT = 30  # seconds, on a machine that has much else to do
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))


# A leader of a session that opens a terminal gets it as its own, so that Ctrl-C reaches it.
_OWNS = "import os, sys; os.open(os.ttyname(0), os.O_RDWR); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"


def _without_size() -> dict[str, str]:
    """The environment but for the size of a terminal, which some that run tests set: it would outdo that of our own."""
    return {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}


class Typist:
    """A run of the command line whose stdin, stdout and stderr are a terminal."""

    def __init__(self, data: Path, *arguments: str | Path, columns: int = 80) -> None:
        """`data` is the student's data folder, `columns` the width of the terminal."""
        import fcntl
        import pty
        import struct
        import termios

        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-c", _OWNS, "-m", "builder", *map(str, arguments)],
            cwd=ROOT,
            env=_without_size() | {"XDG_DATA_HOME": str(data), "NO_COLOR": "1", "TERM": "xterm"},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        self.screen = ""

    def __enter__(self) -> Self:
        """The run itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the run, if it still goes on."""
        self.process.kill()
        self.process.wait()
        os.close(self._ours)

    def press(self, keys: str) -> None:
        """Press keys."""
        os.write(self._ours, keys.encode())

    def sees(self, text: str) -> str:
        """Wait until a text is on the screen since the last call; what stands up to it."""
        end = time.monotonic() + WAIT
        while text not in self.screen:
            if time.monotonic() > end or not self._reads(end):
                raise AssertionError((text, self.screen))
        before, _, self.screen = self.screen.partition(text)
        return before + text

    def ends(self) -> int:
        """Wait until the run ends; its exit code. The rest of the screen is read."""
        end = time.monotonic() + WAIT
        while self._reads(end):
            pass
        return self.process.wait(WAIT)

    def _reads(self, end: float) -> bool:
        """Read on; false where the terminal is closed."""
        if not select.select([self._ours], [], [], max(0.0, end - time.monotonic()))[0]:
            return False
        try:
            data = os.read(self._ours, 1 << 16)
        except OSError:  # Linux says that the other side is closed
            return False
        self.screen += data.decode("utf-8", "replace")
        return bool(data)
