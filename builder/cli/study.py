"""`her-study study`."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from builder.cli._course import FOLDER, course_argument, written
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from builder.disk.ledger import Ledger
    from builder.study.progress import Entry, Review
    from builder.study.queue import Queue
    from builder.study.sheets import Card, Deck

_BAR = 40  # columns of the longest bar


def _listed(_ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """The single values of an option that may be repeated, and whose values may have commas between them."""
    values = tuple(part.strip() for text in given for part in text.split(",") if part.strip())
    if given and not values:
        message = f"{param.opts[0]} is empty; give it a value, or leave it out"
        raise BuilderError(message)
    return values


@click.command("study")
@course_argument
@click.option("--theme", "themes", multiple=True, callback=_listed, metavar="A,B", help="Only items of these themes.")
@click.option("--kind", "kinds", multiple=True, callback=_listed, metavar="A,B", help="Only items of these kinds.")
@click.option("--limit", type=click.IntRange(0, 9999), default=20, show_default=True, help="New cards a day.")
@click.option("--forecast", is_flag=True, help="Show how many cards come in the next 30 days.")
@click.option("--stats", is_flag=True, help="Show how many cards are known, and how well.")
@click.option(
    "--optimise", is_flag=True, help="Compute weights of FSRS from your own reviews, and show what they gain."
)
@click.option("--yes", "takes", is_flag=True, help="With --optimise: take the weights if they are better.")
@click.option("--default-weights", "goes_back", is_flag=True, help="Go back to the default weights of FSRS.")
@click.option("--resume", is_flag=True, help="Ask suspended cards of these themes and kinds again.")
@click.option("--export", "out", type=FOLDER, metavar="FILE", help="Write your progress to a file: progress.jsonl.")
@click.option(
    "--import",
    "source",
    type=FOLDER,
    metavar="FILE",
    help="Take over progress: a file of --export, or Anki's .colpkg or .apkg.",
)
def command(
    folder: Path | None,
    themes: tuple[str, ...],
    kinds: tuple[str, ...],
    limit: int,
    out: Path | None,
    source: Path | None,
    *,
    forecast: bool,
    stats: bool,
    resume: bool,
    optimise: bool,
    takes: bool,
    goes_back: bool,
) -> None:
    """Study the cards of COURSE here in the terminal, as in Anki: due ones first, then new ones.

    Space shows the answer. A letter chooses an option; words and numbers are
    typed, and Enter checks them. Then 1 is again, 2 hard, 3 or space good, 4
    easy. u takes the last answer back, * flags the card, @ suspends it. Esc
    ends; every answer is kept as soon as it is given.

    Cards come back as in Anki with FSRS. Your progress is kept for you alone,
    and lives on when the course changes.
    """
    _refuse([forecast, stats, resume, optimise, goes_back, out is not None, source is not None], takes and not optimise)
    deck = _deck(folder)
    is_asked, is_some = _filter(deck, themes, kinds), bool(themes or kinds)
    with closing(_ledger()) as ledger:
        if source is not None:
            click.echo(_import(deck, ledger, source))
        elif out is not None:
            _export(deck, ledger, out)
        elif resume:
            click.echo(_resume(deck, ledger, is_asked))
        elif optimise or goes_back:
            _weigh(deck.course, ledger, takes=takes, goes_back=goes_back)
        else:
            _use(deck, ledger, is_asked, limit, "forecast" if forecast else "stats" if stats else "", is_some=is_some)


def _refuse(actions: list[bool], is_half: bool) -> None:  # noqa: FBT001 - the docstring says it
    """Stop a call that asks for two actions, for half of one, or for none where there is no terminal to study in.

    Raises:
        BuilderError: it is such a call.
    """
    if is_half:
        message = "--yes takes the weights that --optimise computes; give both"
        raise BuilderError(message)
    if sum(actions) > 1:
        message = (
            "--forecast, --stats, --optimise, --default-weights, --resume, --export and --import each do one thing; "
            "give one of them"
        )
        raise BuilderError(message)
    if not any(actions) and not (sys.stdin.isatty() and sys.stdout.isatty()):
        message = "study asks in a terminal, and this is none; --stats, --forecast, --export and --import work anywhere"
        raise BuilderError(message)


def _deck(folder: Path | None) -> Deck:
    from builder.cli._deck import deck

    return deck(folder)


def _place() -> Path:
    from platformdirs import user_data_path

    return user_data_path("her-study", appauthor=False) / "progress.db"


def _ledger() -> Ledger:
    from builder.disk.ledger import Ledger

    return Ledger(_place())


def _filter(deck: Deck, themes: tuple[str, ...], kinds: tuple[str, ...]) -> Callable[[Card], bool]:
    """What tells the cards of these themes and kinds; none stands for all.

    Raises:
        BuilderError: the course has no such theme, or no item of these themes and kinds.
    """
    from builder.diagnostics import did_you_mean

    for option, given, known in (("theme", themes, deck.themes), ("kind", kinds, deck.kinds)):
        for name in given:
            if name not in known:
                near = did_you_mean(name, known)
                message = f"--{option} {name}: there is no such {option}; {near or 'there is ' + ', '.join(known)}"
                raise BuilderError(message)

    def is_asked(card: Card) -> bool:
        return (not themes or card.theme in themes) and (not kinds or card.kind in kinds)

    return is_asked


def _entries(lines: list[tuple[int, str]]) -> list[Entry]:
    from builder.study.progress import as_entry

    try:
        return [as_entry(line) for _, line in lines]
    except ValueError as error:
        message = f"{_place()}: a line in it is no review: {error}; put a copy of the file back"
        raise BuilderError(message) from error


def _import(deck: Deck, ledger: Ledger, source: Path) -> str:
    """Take over the reviews of a file, and say how many were new."""
    from builder.report import counted
    from builder.study.progress import Weights, as_line, read

    is_anki = source.suffix.lower() in {".apkg", ".colpkg"}
    reviews: list[Entry] = [*_of_anki(deck, ledger, source)] if is_anki else read(str(source), _bytes(source))
    known = frozenset(deck.items)
    elsewhere = sum(not isinstance(it, Weights) and it.item not in known for it in reviews)
    if reviews and elsewhere == len(reviews):
        message = f"{source}: none of its reviews is of an item of {deck.course}; name the course that it is of"
        raise BuilderError(message)
    new = ledger.add(deck.course, map(as_line, reviews))
    told = f"{counted(new, 'review')} taken over, {len(set(reviews)) - new} were here already"
    return f"{told}; {elsewhere} of items that this release does not have" if elsewhere else told


def _of_anki(deck: Deck, ledger: Ledger, source: Path) -> list[Review]:
    """The reviews of an export of Anki. One that is kept already is that same line, also if the time zone has changed."""
    from builder.deck.reviews import answers
    from builder.study.days import day_at
    from builder.study.progress import Review

    before = _entries(ledger.lines(deck.course))
    kept = {(it.time, it.item, it.card): it for it in before if isinstance(it, Review)}
    found = answers(source, deck.course)
    return [kept.get(it[:3]) or Review(it.time, day_at(it.time), it.item, it.card, it.rating) for it in found]


def _bytes(source: Path) -> bytes:
    from builder.disk.reader import DISK
    from builder.study.progress import MOST_BYTES

    try:
        status = DISK.status(str(source))
        if not status.is_file:
            message = f"{source} is no file; name a progress.jsonl that --export has written"
            raise BuilderError(message)
        return DISK.read(str(source)) if status.size <= MOST_BYTES else bytes(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"{source}: the file can't be read: {reason}"
        raise BuilderError(message) from error


def _export(deck: Deck, ledger: Ledger, out: Path) -> None:
    from builder.study import progress

    entries = _entries(ledger.lines(deck.course))
    for path in written(out.parent, {out.name: progress.written(entries)}):
        click.echo(path)


def _resume(deck: Deck, ledger: Ledger, is_asked: Callable[[Card], bool]) -> str:
    """Let the suspended cards be asked again, and say how many there were."""
    from builder.report import counted
    from builder.study import days
    from builder.study.progress import Mark, as_line, settled

    suspended = settled(_entries(ledger.lines(deck.course))).suspended
    now = days.now()
    resumed = [card.place for card in deck.cards if is_asked(card) and card.place in suspended]
    marks = [Mark(now.time, now.day, *place, "resumed") for place in resumed]
    ledger.add(deck.course, map(as_line, marks))
    return f"{counted(len(marks), 'card')} resumed"


def _weigh(course: str, ledger: Ledger, *, takes: bool, goes_back: bool) -> None:
    from builder.cli._weights import go_back, optimise

    entries = _entries(ledger.lines(course))
    if goes_back:
        go_back(course, ledger, entries)
    else:
        optimise(course, ledger, entries, takes=takes)


def _use(deck: Deck, ledger: Ledger, is_asked: Callable[[Card], bool], limit: int, what: str, *, is_some: bool) -> None:
    """Study, or show the forecast or the figures (`what`) of all cards, or of some of them alone."""
    from builder.study import days
    from builder.study.progress import settled
    from builder.study.queue import Queue

    lines = ledger.lines(deck.course)
    reviews, suspended, flagged, weights = settled(_entries(lines))
    asked = [card for card in deck.cards if is_asked(card) and card.place not in suspended]
    if not asked:
        message = f"{deck.course} has no card to study for these themes and kinds"
        raise BuilderError(message)
    queue = Queue(asked, reviews, limit, weights)
    today = days.now().day
    if what == "forecast":
        click.echo("\n".join(_forecast(queue, today)))
    elif what == "stats":
        places = {card.place for card in deck.cards if is_asked(card)}
        done = [it for it in reviews if not is_some or (it.item, it.card) in places]
        click.echo("\n".join(_stats(queue, done, today)))
    else:
        from builder.cli._studying import Desk

        Desk(deck, ledger, queue, lines[-1][0] if lines else 0, _place(), flagged).study()


def _forecast(queue: Queue, today: int) -> Iterator[str]:
    from datetime import date

    from builder.study.figures import forecast

    counts = forecast(queue, today)
    most = max(counts)
    for day, number in enumerate(counts, today):
        bar = "#" * -(-number * _BAR // most) if most else ""
        yield f"{date.fromordinal(day).isoformat()}  {number:>5}  {bar}".rstrip()


def _stats(queue: Queue, reviews: list[Review], today: int) -> Iterator[str]:
    from builder.study.figures import MATURE, figures

    found = figures(queue, reviews, today)
    rows: list[tuple[Any, str]] = [
        (len(queue.states), "cards"),
        (found.new, "of them new"),
        (found.learning, "being learnt"),
        (found.young, f"young: they come again within {MATURE} days"),
        (found.mature, f"mature: they come again after {MATURE} days or more"),
        (found.reviews, "reviews"),
        (found.today, "of them today"),
        (found.days, "days in a row"),
        ("-" if found.kept is None else f"{found.kept:.0%}", "remembered in the last 30 days; FSRS aims at 90%"),
    ]
    from builder.cli._weights import told

    rows.append(("", f"scheduled by {told(queue.weights)}"))
    for number, what in rows:
        yield f"{number:>6}  {what}"
