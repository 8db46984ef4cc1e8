"""Progress as a file, `progress.jsonl`: a line a review, and nothing else, since all states are computed from it.

    {"time":"2026-11-29T09:10:11.123Z","day":"2026-11-29","item":"worden-tasks","card":1,"rating":3,"answer":"four"}

`time` is UTC, `day` the local day of study (`builder.study.days`). `card` is the number of the card within its item:
1, or 2 for the way back of a reversed item, or the number of a blank or of a box. `rating` is 1 (again), 2 (hard),
3 (good) or 4 (easy). `answer` is what was typed or chosen; it is left out where nothing was.

A line is its own identity. So the files of two devices are merged by taking every line once, and no review is lost.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_BYTES = 1 << 26  # of a file
MOST_LINE = 1 << 14  # bytes
MOST_ANSWER = 2000  # characters
MOST_CARDS = 500  # of an item: the highest number of a blank
EASY = 4

_NEEDED = {"time", "day", "item", "card", "rating"}
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


def as_line(review: Review) -> str:
    """The review as a line of the file, without its end; equal reviews have equal lines."""
    said = review._asdict() | {"time": _utc(review.time), "day": date.fromordinal(review.day).isoformat()}
    if not review.answer:
        del said["answer"]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _utc(time: int) -> str:
    moment = datetime.fromtimestamp(time // 1000, UTC).replace(microsecond=time % 1000 * 1000)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def as_review(line: str) -> Review:
    """The review that a line holds.

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
        time = datetime.fromisoformat(raw["time"])
        day = date.fromisoformat(raw["day"]).toordinal()
    except ValueError as error:
        message = "there is no such time or day"
        raise ValueError(message) from error
    if abs(day - time.date().toordinal()) > _NEAR:
        message = f"the day {raw['day']} is not that of the time {raw['time']}"
        raise ValueError(message)
    millis = int(time.replace(microsecond=0).timestamp()) * 1000 + time.microsecond // 1000
    return Review(millis, day, raw["item"], raw["card"], raw["rating"], raw.get("answer", ""))


def _trouble(raw: Any) -> str:
    """What is wrong with the value of a line, or the empty string."""
    if not isinstance(raw, dict) or raw.keys() | {"answer"} != _NEEDED | {"answer"}:
        return f"it has not the keys {', '.join(sorted(_NEEDED))} and, at most, answer"
    for key, form in (("time", _TIME), ("day", _DAY), ("item", _ITEM)):
        if not isinstance(raw[key], str) or not form.fullmatch(raw[key]) or len(raw[key]) > _MOST_ITEM:
            return f"its {key} is not of the form that progress has"
    for key, most in (("card", MOST_CARDS), ("rating", EASY)):
        if type(raw[key]) is not int or not 1 <= raw[key] <= most:
            return f"its {key} is no number from 1 to {most}"
    answer = raw.get("answer", "")
    if not isinstance(answer, str) or len(answer) > MOST_ANSWER:
        return f"its answer is no text of at most {MOST_ANSWER} characters"
    if any("\ud800" <= sign <= "\udfff" for sign in answer):
        return "its answer holds half a character"
    return ""


def read(name: str, data: bytes) -> list[Review]:
    """The reviews in the bytes of a file, in its order; `name` is for the message.

    Raises:
        BuilderError: the file is no progress, or one of its lines holds no review.
    """
    if len(data) > MOST_BYTES:
        message = f"{name}: more than {MOST_BYTES >> 20} MB, which no progress has"
        raise BuilderError(message)
    reviews = []
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not raw.strip():
            continue
        try:
            if len(raw) > MOST_LINE:
                message = f"it has more than {MOST_LINE} bytes"
                raise ValueError(message)  # noqa: TRY301 - one message for all that is wrong with a line
            reviews.append(as_review(raw.decode("utf-8")))
        except UnicodeDecodeError as error:
            message = f"{name}:{number}: the line is no UTF-8; nothing was taken over"
            raise BuilderError(message) from error
        except ValueError as error:
            message = f"{name}:{number}: the line is no review: {error}; nothing was taken over"
            raise BuilderError(message) from error
    return reviews


def written(reviews: Iterable[Review]) -> bytes:
    """The bytes of a file that holds these reviews, each once, in the order of time."""
    return "".join(f"{as_line(review)}\n" for review in sorted(set(reviews))).encode()
