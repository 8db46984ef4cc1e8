"""Progress as a file, `progress.jsonl`: a line a review, from which all states are computed.

    {"time":"2026-11-29T09:10:11.123Z","day":"2026-11-29","item":"worden-tasks","card":1,"rating":3,"answer":"four"}

`time` is UTC, `day` the local day of study (`builder.study.days`). `card` is the number of the card within its item:
1, or 2 for the way back of a reversed item, or the number of a blank or of a box. `rating` is 1 (again), 2 (hard),
3 (good) or 4 (easy). `answer` is what was typed or chosen; it is left out where nothing was.

Some lines say what became of a card, and have a `mark` in place of the rating: `suspended` and `resumed`, `flagged` and
`unflagged`, of which the last one counts. `undone` takes back the review of the card at the time `of`:

    {"time":"2026-11-29T09:10:19.000Z","day":"2026-11-29","item":"worden-tasks","card":1,"mark":"undone",
     "of":"2026-11-29T09:10:11.123Z"}

A line may also say by which weights of FSRS the cards of the course come again from then on, and back to their first
review (`builder.study.weights`); of such lines the last one counts:

    {"time":"2026-11-29T09:10:19.000Z","day":"2026-11-29","weights":"default"}

A line is its own identity, and none is ever taken away. So the files of two devices are merged by taking every line once, and no review is lost.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.diagnostics import BuilderError
from builder.study.weights import Values, of_text

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_BYTES = 1 << 26  # of a file
MOST_LINE = 1 << 14  # bytes
MOST_ANSWER = 2000  # characters
MOST_CARDS = 500  # of an item: the highest number of a blank
EASY = 4

_PLACE = {"time", "day", "item", "card"}
MARKS = ("suspended", "resumed", "flagged", "unflagged", "undone")
_TIME = re.compile(r"2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
_DAY = re.compile(r"2[0-9]{3}-[0-9]{2}-[0-9]{2}")
_ITEM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MOST_ITEM = 200  # characters of an id
_NEAR = 2  # days: no time zone, and no day that begins at four, takes a day further from that of UTC


class Review(NamedTuple):
    """A review of a card: `time` in milliseconds since 1970, `day` as `date.toordinal` counts, `rating` from 1 to 4."""

    time: int
    day: int
    item: str
    card: int
    rating: int
    answer: str = ""


class Mark(NamedTuple):
    """What became of a card at a time: one of `MARKS`; `of` is the time of the review that an `undone` takes back."""

    time: int
    day: int
    item: str
    card: int
    mark: str
    of: int = 0


class Weights(NamedTuple):
    """The weights of FSRS that were taken at a time, as text."""

    time: int
    day: int
    weights: str

    @property
    def values(self) -> Values:
        """The weights as numbers."""
        return of_text(self.weights)


Entry = Review | Mark | Weights


class Settled(NamedTuple):
    """What the lines of a course add up to: the reviews that count, in the order of time, cards by item and number, and weights.

    `weights` is the line by which the cards come again; None stands for the default weights.
    """

    reviews: list[Review]
    suspended: set[tuple[str, int]]
    flagged: set[tuple[str, int]]
    weights: Weights | None = None


def settled(entries: Iterable[Entry]) -> Settled:
    """Take back what was undone; of the marks that exclude each other, the last one counts."""
    reviews, marks, weighed = set[Review](), set[Mark](), set[Weights]()
    for entry in entries:
        if isinstance(entry, Review):
            reviews.add(entry)
        elif isinstance(entry, Mark):
            marks.add(entry)
        else:
            weighed.add(entry)
    undone = {(it.of, it.item, it.card) for it in marks if it.mark == "undone"}
    held: dict[str, set[tuple[str, int]]] = {"suspended": set(), "flagged": set()}
    for it in sorted(marks):
        if it.mark in held:
            held[it.mark].add((it.item, it.card))
        elif it.mark != "undone":
            held["suspended" if it.mark == "resumed" else "flagged"].discard((it.item, it.card))
    left = sorted(it for it in reviews if (it.time, it.item, it.card) not in undone)
    return Settled(left, held["suspended"], held["flagged"], max(weighed, default=None))


def as_line(entry: Entry) -> str:
    """The entry as a line of the file, without its end; equal entries have equal lines."""
    said = entry._asdict() | {"time": _utc(entry.time), "day": date.fromordinal(entry.day).isoformat()}
    if isinstance(entry, Mark) and entry.of:
        said["of"] = _utc(entry.of)
    return json.dumps({k: v for k, v in said.items() if v}, ensure_ascii=False, separators=(",", ":"))


def _utc(time: int) -> str:
    moment = datetime.fromtimestamp(time // 1000, UTC).replace(microsecond=time % 1000 * 1000)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def as_entry(line: str) -> Entry:
    """The review, the mark or the weights that a line holds.

    Raises:
        ValueError: it holds none; the message says why.
    """
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as error:
        message = "it is no JSON"
        raise ValueError(message) from error
    trouble = _trouble(raw)
    if trouble:
        raise ValueError(trouble)
    try:
        time, of = (_millis(raw[key]) if key in raw else 0 for key in ("time", "of"))
        day = date.fromisoformat(raw["day"]).toordinal()
    except ValueError as error:
        message = "there is no such time or day"
        raise ValueError(message) from error
    if abs(day - datetime.fromisoformat(raw["time"]).toordinal()) > _NEAR:
        message = f"the day {raw['day']} is not that of the time {raw['time']}"
        raise ValueError(message)
    if "weights" in raw:
        return Weights(time, day, raw["weights"])
    place = time, day, raw["item"], raw["card"]
    return Mark(*place, raw["mark"], of) if "mark" in raw else Review(*place, raw["rating"], raw.get("answer", ""))


def _millis(utc: str) -> int:
    time = datetime.fromisoformat(utc)
    return int(time.replace(microsecond=0).timestamp()) * 1000 + time.microsecond // 1000


def _trouble(raw: Any) -> str:
    """What is wrong with the value of a line, or the empty string."""
    if not isinstance(raw, dict) or not _has_keys(raw):
        return f"it has not the keys {', '.join(sorted({*_PLACE, 'rating'}))} and, at most, answer, nor those of a mark"
    for key, form in (("time", _TIME), ("day", _DAY), ("item", _ITEM), ("of", _TIME)):
        value = raw.get(key)
        if key in raw and (not isinstance(value, str) or not form.fullmatch(value) or len(value) > _MOST_ITEM):
            return f"its {key} is not of the form that progress has"
    for key, most in (("card", MOST_CARDS), ("rating", EASY)):
        if key in raw and (type(raw[key]) is not int or not 1 <= raw[key] <= most):
            return f"its {key} is no number from 1 to {most}"
    if "weights" in raw:
        return _weights_trouble(raw["weights"])
    answer = raw.get("answer", "")
    if not isinstance(answer, str) or len(answer) > MOST_ANSWER:
        return f"its answer is no text of at most {MOST_ANSWER} characters"
    if any("\ud800" <= sign <= "\udfff" for sign in answer):
        return "its answer holds half a character"
    return ""


def _weights_trouble(text: Any) -> str:
    try:
        of_text(text if isinstance(text, str) else "")
    except ValueError as error:
        return str(error)
    return ""


def _has_keys(raw: dict[str, Any]) -> bool:
    """Whether a line has the keys of a review, of weights, or of a mark: only an `undone` says of what."""
    if raw.keys() == {"time", "day", "weights"}:
        return True
    if raw.keys() | {"answer"} == _PLACE | {"rating", "answer"}:
        return True
    more = {"mark", "of"} if raw.get("mark") == "undone" else {"mark"}
    return raw.get("mark") in MARKS and raw.keys() == _PLACE | more


def read(name: str, data: bytes) -> list[Entry]:
    """The reviews and marks in the bytes of a file, in its order; `name` is for the message.

    Raises:
        BuilderError: the file is no progress, or one of its lines holds no review.
    """
    if len(data) > MOST_BYTES:
        message = f"{name}: more than {MOST_BYTES >> 20} MB, which no progress has"
        raise BuilderError(message)
    entries = []
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not raw.strip():
            continue
        try:
            if len(raw) > MOST_LINE:
                message = f"it has more than {MOST_LINE} bytes"
                raise ValueError(message)  # noqa: TRY301 - one message for all that is wrong with a line
            entries.append(as_entry(raw.decode("utf-8")))
        except UnicodeDecodeError as error:
            message = f"{name}:{number}: the line is no UTF-8; nothing was taken over"
            raise BuilderError(message) from error
        except ValueError as error:
            message = f"{name}:{number}: the line is no review: {error}; nothing was taken over"
            raise BuilderError(message) from error
    return entries


def written(entries: Iterable[Entry]) -> bytes:
    """The bytes of a file that holds these entries, each once, in the order of time."""
    return "".join(f"{line}\n" for line in sorted(set(map(as_line, entries)))).encode()
