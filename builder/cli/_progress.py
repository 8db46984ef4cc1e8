"""A progress bar for work that takes more than a second; it is shown on a terminal only."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from threading import Lock
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONG = 1.0  # seconds; shorter work gets no bar
_STEPS = 1000  # that the bar is divided into


class Progress(ExitStack):
    """A piece of work in stages, and its progress bar.

    The bar appears as soon as the share done so far tells that the whole will take more than a second. For example,
    after 0.3 seconds a fifth is done: the whole will take 1.5 seconds, and the bar appears. At the end of the work
    the bar stays where it is.
    """

    def __init__(self, parts: Mapping[str, float], clock: Callable[[], float] = time.monotonic) -> None:
        """Start the clock; `parts` are the stages in their order, and how much of the time each usually takes."""
        super().__init__()
        self.parts, self.clock, self.start = parts, clock, clock()
        self.whole, self.lock = sum(parts.values()), Lock()
        self.bar: Any = None

    def stage(self, name: str) -> Callable[[float], object]:
        """Begin a stage. The function that it returns is to be told which share of the stage is done, 0 to 1.

        It may be called from any thread.
        """
        before = sum(self.parts[earlier] for earlier in list(self.parts)[: list(self.parts).index(name)])

        def tell(share: float) -> None:
            with self.lock:
                self._show(name, (before + share * self.parts[name]) / self.whole)

        tell(0.0)
        return tell

    def _show(self, name: str, share: float) -> None:
        label = name.ljust(max(map(len, self.parts)))
        if self.bar is None:
            taken = self.clock() - self.start
            if not 0 < share < 1 or taken < LONG * share or not sys.stderr.isatty():
                return
            self.bar = self.enter_context(click.progressbar(length=_STEPS, label=label, file=sys.stderr))
            self.bar.start -= taken
        self.bar.label = label
        self.bar.update(max(0, round(share * _STEPS) - self.bar.pos))  # never back, though threads tell out of order
        self.bar.render_progress()  # a new stage shows its name even where the bar does not move
