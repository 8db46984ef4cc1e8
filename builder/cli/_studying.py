"""Studying in a terminal: a card after the other, by single keys."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from builder.cli._course import WRITTEN
from builder.cli._keys import ESCAPE, keys
from builder.study import days
from builder.study.faces import lines
from builder.study.progress import MOST_ANSWER, Mark, Review, as_entry, as_line
from builder.study.schedule import AGAIN, EASY, GOOD, HARD
from builder.study.sheets import LETTERS
from builder.study.terminal import BOLD, DIM, GREEN, RED, Writer, cleaned, columns
from builder.study.verdict import verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from builder.disk.ledger import Ledger
    from builder.study.days import Moment
    from builder.study.progress import Entry
    from builder.study.queue import Queue
    from builder.study.schedule import State
    from builder.study.sheets import Card, Deck, Place, Sheet

_WIDEST = 80  # columns: longer lines are hard to read
_ENTER, _ERASE, _CLEAR, _LEAVE = "\r\n", "\x7f\b", "\x15", "\x04"
_TAKE_BACK, _FLAG, _SUSPEND = "u*@"
_NAMES = {AGAIN: "again", HARD: "hard", GOOD: "good", EASY: "easy"}
_MINUTE, _DAYS_OF_MONTH, _DAYS_OF_YEAR = 60_000, 30.4, 365


class _End(Exception):  # noqa: N818 - it is no error
    """The student ends the session."""


class _Undo(Exception):  # noqa: N818 - likewise
    """The student takes the last answer back."""


class Desk:
    """A student at a terminal: the queue, and the ledger that keeps each answer."""

    _next_key: Callable[[], str]

    def __init__(self, deck: Deck, ledger: Ledger, queue: Queue, last: int, place: Path, flagged: set[Place]) -> None:
        """`last` is the number of the newest line of the ledger that the queue knows, `place` the ledger's file."""
        self._flagged, self._given = flagged, list[Review]()
        self._deck, self._ledger, self._queue, self._last, self._place = deck, ledger, queue, last, place
        self._answered, self._note = 0, ""
        self._root = os.path.dirname(os.path.abspath(deck.path))
        self._says = {name: cleaned(text) for name, text in deck.around.items()}

    def study(self) -> None:
        """Ask until the day's work is done or the student ends it; then say how much was done and is to come."""
        with keys() as self._next_key, suppress(_End, EOFError):
            again: Card | None = None
            while card := again or self._queue.next(days.now()):
                again = None
                try:
                    self._ask(card)
                except _Undo:
                    again = self._undo() or card
                self._catch_up()
        click.clear()
        click.echo("\n".join(filter(None, (self._note, self._told()))))

    def _ask(self, card: Card) -> None:
        sheet, writer = card.sheet, self._writer()
        order = card.order(sheet, "study", str(self._answered), str(days.now().day))
        seen = self._queue.newest(card.place)
        self._show([*self._head(card, writer), "", *lines(sheet.front, order, writer), ""])
        typed = self._typed(LETTERS[: sheet.choices], writer)
        told = ["", *self._judged(sheet, typed, order, writer), *lines(sheet.back, order, writer), ""]
        state = self._queue.states[card.place]
        self._show([*told, *self._buttons(state, writer), *self._more(writer)], clears=False)
        rating = self._rating(card, takes_enter=not (typed and sheet.choices))
        if not rating or self._is_answered(card, seen):
            return
        now = days.now()
        review = Review(now.time, now.day, *card.place, rating, typed)
        self._keep(review)
        self._queue.take(review)
        self._given.append(review)
        self._answered += 1

    def _is_answered(self, card: Card, seen: int) -> bool:
        """Whether another terminal has answered the card since it was `seen`: that answer counts, and the next card says so."""
        self._catch_up()
        if self._queue.newest(card.place) <= seen:
            return False
        self._note = self._says["is_answered"]
        return True

    def _keep(self, entry: Entry) -> None:
        self._ledger.add(self._deck.course, [as_line(entry)])
        click.get_current_context().meta.setdefault(WRITTEN, [self._place])

    def _mark(self, card: Card, mark: str, of: int = 0) -> None:
        now = days.now()
        self._keep(Mark(now.time, now.day, *card.place, mark, of))

    def _undo(self) -> Card | None:
        """Take back the last review of this session, and return its card; None where there is none."""
        if not self._given:
            return None
        review = self._given.pop()
        card = self._queue.cards[review.item, review.card]
        self._mark(card, "undone", review.time)
        self._queue.forget(review)
        self._answered -= 1
        return card

    def _flag(self, card: Card) -> None:
        """Flag the card, or take its flag away, and say so."""
        is_flagged = card.place in self._flagged
        self._mark(card, "unflagged" if is_flagged else "flagged")
        self._flagged ^= {card.place}
        click.echo("no longer flagged" if is_flagged else self._says["flagged"])

    def _catch_up(self) -> None:
        """Take up what other terminals have added, so that no card is asked in two of them one after the other."""
        for number, line in self._ledger.lines(self._deck.course, self._last):
            self._queue.heed(as_entry(line))
            self._last = number

    def _writer(self) -> Writer:
        has_styles = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        width = min(_WIDEST, shutil.get_terminal_size().columns - 1)
        return Writer(width, has_styles, lambda name: os.path.join(self._root, name))

    def _show(self, lines: Sequence[str], *, clears: bool = True) -> None:
        if clears:
            click.clear()
        click.echo("\n".join(lines), color=True)

    def _head(self, card: Card, writer: Writer) -> list[str]:
        counts = self._queue.counts(days.now())
        said = [f"{self._says[name]} {number}" for name, number in zip(counts._fields, counts, strict=True)]
        flag = [self._says["flagged"]] if card.place in self._flagged else []
        head = _spread([cleaned(self._deck.course), *said, f"({self._says['end']})", *flag], writer, DIM)
        note, self._note = self._note, ""
        return [*head, *writer.wrapped(note)] if note else head

    def _more(self, writer: Writer) -> list[str]:
        keys = ((_TAKE_BACK, "undo"), (_FLAG, "flag"), (_SUSPEND, "suspend"))
        return _spread([f"{key} {self._says[name]}" for key, name in keys], writer, DIM)

    def _judged(self, sheet: Sheet, typed: str, order: Sequence[int], writer: Writer) -> list[str]:
        """The line that says what a typed answer earns; nothing where nothing was typed."""
        found = verdict(sheet.key, typed, order, self._deck.words, self._deck.language) if typed else None
        if found is None:
            return []
        colour = GREEN if found.is_right else RED
        return [writer.styled(cleaned(found.told), BOLD, colour), ""]

    def _buttons(self, state: State, writer: Writer) -> list[str]:
        now = days.now()
        said = [
            f"{rating} {self._says[name]} {self._until(self._queue.after(state, rating, now), now)}"
            for rating, name in _NAMES.items()
        ]
        return _spread(said, writer, BOLD)

    def _until(self, state: State, now: Moment) -> str:
        """The time until a card comes again in the language of the course: `<10m`, `8d`, `1.5mo`, `2.1y` in English."""
        from builder.wording.tongue import counted  # late: the first card is shown without it

        sign, number, unit = _until(state, now)
        return sign + counted(self._deck.language, number, self._deck.units[unit])

    def _rating(self, card: Card, *, takes_enter: bool) -> int:
        """The button that is pressed, or 0 where the card was suspended.

        Who chose by a letter may press Enter out of habit, which then means nothing.

        Raises:
            _Undo: the last answer is taken back.
        """
        while True:
            key = self._key()
            if key == _TAKE_BACK:
                raise _Undo
            if key == _FLAG:
                self._flag(card)
            if key == _SUSPEND:
                self._mark(card, "suspended")
                self._queue.suspend(card.place)
                return 0
            if key in "1234":
                return int(key)
            if key == " " or (takes_enter and key in _ENTER):
                return GOOD

    def _typed(self, choices: str, writer: Writer) -> str:
        """What the student types or chooses: nothing if they begin with space or Enter, which show the answer.

        A letter of `choices` chooses at once.

        Raises:
            _Undo: they begin with Backspace, which takes the last answer back.
        """
        text = ""
        self._draw(text, writer)
        while True:
            key = self._key()
            if key in _ENTER or (key == " " and not text):
                click.echo()
                return text.strip()
            if key in _ERASE and not text and self._given:
                raise _Undo
            if key in _ERASE:
                text = text[:-1]
            elif key == _CLEAR:
                text = ""
            elif key.isprintable() and len(text) < MOST_ANSWER:
                text += key
            self._draw(text, writer)
            if choices and key.upper() in choices:
                click.echo()
                return key.upper()

    def _draw(self, text: str, writer: Writer) -> None:
        """Show the line that is typed on, or its end where it is longer than the terminal is wide."""
        shown = cleaned(text)
        while columns(shown) > writer.width - 3:
            shown = shown[1:]
        click.echo(f"\r\x1b[K> {shown}", nl=False, color=True)

    def _key(self) -> str:
        """The next key.

        Raises:
            _End: Escape was pressed.
        """
        key = self._next_key()
        if key in {ESCAPE, _LEAVE}:
            raise _End
        return key

    def _told(self) -> str:
        """What was done, and what is still to come today."""
        from builder.report import counted

        counts = self._queue.counts(days.now())
        done = f"{self._deck.course}: {counted(self._answered, 'card')} answered"
        if self._queue.weights and self._queue.weights.values:
            done = f"{done}, by weights of your own"
        if not any(counts):
            return f"{done}; nothing is left for today"
        return f"{done}; still to come today: {counts.new} new, {counts.learning} being learnt, {counts.due} due"


def _spread(parts: Sequence[str], writer: Writer, *styles: str) -> list[str]:
    """Short parts side by side, on as many lines as the terminal needs to keep each in one piece."""
    rows = [""]
    for part in parts:
        row = f"{rows[-1]}   {part}" if rows[-1] else part
        if columns(row) > writer.width and rows[-1]:
            rows.append(part)
        else:
            rows[-1] = row
    return [line for row in rows for line in writer.wrapped(writer.styled(row, *styles))]


def _until(state: State, now: Moment) -> tuple[str, float, str]:
    """The time until a card comes again, as on Anki's buttons: a sign before it, a number and a unit, such as 1.5 of `month`."""
    if state.is_stepping:
        return "<", max(1, round((state.due - now.time) / _MINUTE)), "minute"
    number = state.due - now.day
    if number < _DAYS_OF_MONTH:
        return "", number, "day"
    unit, long = ("month", _DAYS_OF_MONTH) if number < _DAYS_OF_YEAR else ("year", _DAYS_OF_YEAR)
    return "", round(number / long, 1), unit
