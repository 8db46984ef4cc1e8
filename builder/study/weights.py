"""The 21 weights of FSRS: the default ones, and ones that fit a student's own reviews.

`fitted` computes weights with fsrs-rs, the library that Anki uses, which is in
the extra `optimise`. It asks for 400 reviews that came on a later day than the
review before them, since only these tell how long something is remembered.
Anki asks for 400 as well (26.9.3, its message `deck_config_must_have_400_reviews`).

As text, weights have four decimals each, so that a page and a terminal write
the same text for the same weights: `0.2120 1.2931 ...`; `default` stands for
the default ones.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from builder.study.progress import Review

Values = tuple[float, ...]
DEFAULT: Values = ()  # the weights that the libraries bring
NEEDED = 400  # reviews on a later day than the one before

# The bounds within which py-fsrs 6.3, ts-fsrs 5.4 and fsrs-rs 6.6 all take a weight as it is.
LEAST = (*[0.001] * 4, 1.0, *[0.001] * 3, 0.0, 0.0, *[0.001] * 4, 0.0, 0.0, 1.0, 0.0, 0.0, 0.01, 0.1)
MOST = (*[100.0] * 4, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5, 5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8)

_WORD = "default"
_FORM = re.compile(r"(?:0|[1-9][0-9]{0,2})\.[0-9]{4}(?: (?:0|[1-9][0-9]{0,2})\.[0-9]{4}){20}")


class Fit(NamedTuple):
    """How well weights foretell reviews, as fsrs-rs measures it: the lower, the better.

    `log_loss` is the mean of -ln of the chance that was given to what came about. `rmse` is the root of the mean
    square of the gap between foretold and real shares of recall, over groups of like reviews.
    """

    values: Values
    log_loss: float
    rmse: float


class Fitted(NamedTuple):
    """How many reviews were used, and how well the weights in force, the default ones and the new ones foretell them."""

    reviews: int
    before: Fit
    default: Fit
    after: Fit

    @property
    def is_better(self) -> bool:
        """Whether the new weights foretell the reviews better than those in force."""
        return self.after.log_loss < self.before.log_loss


def as_text(values: Values) -> str:
    """Weights as text; `DEFAULT` is `default`."""
    return " ".join(f"{value:.4f}" for value in values) or _WORD


def of_text(text: str) -> Values:
    """The weights that a text holds.

    Raises:
        ValueError: it holds none, or one that FSRS does not take; the message says why.
    """
    if text == _WORD:
        return DEFAULT
    if not _FORM.fullmatch(text):
        message = "its weights are not of the form that progress has"
        raise ValueError(message)
    values = tuple(map(float, text.split(" ")))
    if not all(least <= value <= most for least, value, most in zip(LEAST, values, MOST, strict=True)):
        message = "its weights are not within the bounds of FSRS"
        raise ValueError(message)
    return values


def fitted(reviews: Iterable[Review], before: Values) -> Fitted:
    """Weights that fit these reviews, which are in the order of time; `before` are those in force.

    Raises:
        BuilderError: the reviews do not suffice, or the extra is missing.
    """
    histories = _histories(reviews)
    if len(histories) < NEEDED:
        message = (
            f"your reviews do not suffice for weights of your own: {len(histories)} came on a later day than the "
            f"review before, and {NEEDED} are needed; the weights stay as they are"
        )
        raise BuilderError(message)
    try:
        from fsrs_rs_python import DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview
    except ImportError as error:
        message = "computing weights needs fsrs-rs: pip install 'her-study[optimise]'"
        raise BuilderError(message) from error
    items = [FSRSItem([FSRSReview(rating, gap) for rating, gap in history]) for history in histories]
    raw = FSRS(DEFAULT_PARAMETERS).compute_parameters(items, num_relearning_steps=1)
    values = tuple(round(min(max(value, least), most), 4) for least, value, most in zip(LEAST, raw, MOST, strict=True))

    def fit(values: Values) -> Fit:
        found = FSRS(values or DEFAULT_PARAMETERS).evaluate(items)
        return Fit(values, found.log_loss, found.rmse_bins)

    return Fitted(len(histories), fit(before), fit(DEFAULT), fit(values))


def _histories(reviews: Iterable[Review]) -> list[Sequence[tuple[int, int]]]:
    """For each review on a later day than the one before, the reviews of its card up to it: rating, and days since the last.

    The reviews of a card on the days 1, 1 and 4 give one history: its days are 0, 0 and 3.
    """
    cards: dict[tuple[str, int], list[Review]] = {}
    made: list[tuple[int, Sequence[tuple[int, int]]]] = []
    for review in reviews:
        some = cards.setdefault((review.item, review.card), [])
        some.append(review)
        if len(some) > 1 and review.day > some[-2].day:
            gaps = [0, *(max(0, later.day - one.day) for one, later in pairwise(some))]
            made.append((review.time, [(one.rating, gap) for one, gap in zip(some, gaps, strict=True)]))
    return [history for _, history in sorted(made, key=lambda found: found[0])]
