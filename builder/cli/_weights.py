"""`her-study study --optimise` and `--default-weights`: weights of FSRS that fit a student's own reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.study import days
from builder.study.progress import Weights, as_line, settled
from builder.study.weights import DEFAULT, as_text, fitted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.disk.ledger import Ledger
    from builder.study.progress import Entry
    from builder.study.weights import Fit


def optimise(course: str, ledger: Ledger, entries: Iterable[Entry], *, takes: bool) -> None:
    """Compute weights for the course of this id, say how well they foretell the reviews, and with `takes` keep them if they are better."""
    reviews, _, _, weights = settled(entries)
    found = fitted(reviews, weights.values if weights else DEFAULT)
    click.echo(f"{found.reviews} reviews on a later day than the one before tell how well weights foretell you:\n")
    click.echo(f"{'':<17}  log loss  RMSE (bins)")
    click.echo(_row("default weights", found.default))
    if found.before.values:
        click.echo(_row("your weights now", found.before))
    click.echo(_row("weights computed", found.after))
    click.echo("\nThe lower, the better. They are computed from the reviews that they are measured on.")
    if not found.is_better:
        click.echo("They foretell no better than those in use: nothing is changed.")
    elif takes:
        _keep(course, ledger, as_text(found.after.values))
        click.echo("Taken: your cards come by them from now on; --default-weights goes back.")
    else:
        click.echo("Nothing is changed; --optimise --yes takes them, and moves the days on which your cards come.")


def go_back(course: str, ledger: Ledger, entries: Iterable[Entry]) -> None:
    """Let the cards come by the default weights again, and say so."""
    weights = settled(entries).weights
    if weights is None or not weights.values:
        click.echo("Your cards come by the default weights already.")
        return
    _keep(course, ledger, as_text(DEFAULT))
    click.echo("Your cards come by the default weights again.")


def told(weights: Weights | None) -> str:
    """By which weights the cards come."""
    from datetime import date

    if weights is None or not weights.values:
        return "the default weights of FSRS"
    return f"weights of your own, of {date.fromordinal(weights.day).isoformat()}; --default-weights goes back"


def _row(name: str, fit: Fit) -> str:
    return f"{name:<17}  {fit.log_loss:8.4f}  {fit.rmse:11.4f}"


def _keep(course: str, ledger: Ledger, text: str) -> None:
    now = days.now()
    ledger.add(course, [as_line(Weights(now.time, now.day, text))])
