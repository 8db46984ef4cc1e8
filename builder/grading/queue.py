"""The queue as a page: what a person has to look at, row by row, answered by keys alone.

The page asks for nothing from the network. What is typed is saved as
`decisions.yaml`, with what was decided before.
"""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from builder import shell
from builder.grading.reasons import Reason, listed, told
from builder.grading.rows import NONE
from builder.text.languages import from_the_left, is_leftward
from builder.text.late import late
from builder.wording import wording
from builder.wording.exams import exam_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.grading.decisions import Decisions
    from builder.grading.pages import Page
    from builder.grading.rows import Field
    from builder.paper.record import Quiz

# What is asked about a page as a whole, by the reason; and the reasons that stand out, since people or scans differ.
_ASKED = {
    "whose": "student",
    "whose_differ": "student",
    "other_student": "student",
    "which_differ": "use",
    "twice_differ": "use",
    "copy_of_two": "use",
}
_DIFFER = frozenset({"differ", "whose_differ", "which_differ", "twice_differ"})
_FIELDS = {"marks": "marks_of", "chosen": "chosen_of", "candidate": "candidate"}
_NUMBER = late(r"-\d+(?:\.\d+)?|\d+\.\d+")
_JPEG = b"\xff\xd8"


def queue_page(quiz: Quiz, pages: Sequence[Page], decisions: Decisions) -> bytes:
    """The page for all that is in the queue, and below it what was refused, in the language of the paper.

    What is saved there holds the `decisions` too: those of the file in whose place it comes.
    """
    says = Says(quiz.edition.language)
    ordered = sorted(pages, key=lambda page: (page.digest, page.file, page.number))
    scans: dict[tuple[str, int], list[Page]] = defaultdict(list)
    for page in ordered:
        if page.stamp and any(map(_is_twice, page.doubts)):
            scans[page.owner, page.stamp.page].append(page)
    twins = {id(page): [it for it in group if it is not page] for group in scans.values() for page in group}
    asked = [
        question
        for page in ordered
        if page.list == "queue"
        for question in _questions(page, says, twins.get(id(page), []))
    ]
    refused = [
        {"where": says.where(page), "reason": says.why(page.refused), "picture": data_url(page.picture)}
        for page in ordered
        if page.list == "refused"
    ]
    before = decisions.model_dump(mode="json", exclude_defaults=True).get("pages", {})
    values = {"language": says.words.language, "title": quiz.heading or quiz.title, "by": decisions.by}
    words = says.words.queue
    return shell.page(
        "grading/queue.html",
        asked=asked,
        refused=refused,
        before=before,
        words=words,
        answers={key: says.words.reasons[key] for key in ("yes", "no")},
        leftward=is_leftward(says.words.language),
        **values,
    )


class Says:
    """What the pages of `grade` say, in the words of a language."""

    def __init__(self, language: str) -> None:
        self.words = exam_words(language)
        self._paper = wording(self.words.language)

    def why(self, reason: str) -> str:
        """A reason."""
        return told(reason, self.words, self.shown)

    def where(self, page: Page) -> str:
        """Where a page comes from."""
        queue, stamp = self.words.queue, page.stamp
        parts = [queue["where"].format(page.file, page.number)]
        parts += [queue["sheet"].format(stamp.version, stamp.page)] if stamp else []
        return f"{self.listed(parts)}{f': {page.owner}' if page.owner else ''}"

    def listed(self, parts: Iterable[str]) -> str:
        """Several things, with what parts them in the language."""
        return self.why(listed(parts))

    def field(self, it: Field) -> str:
        """What circles are called that are no answer."""
        label = self.words.queue["choice"].format(-it.question) if it.question < 0 else it.label
        return self.words.queue[_FIELDS[it.use]].format(label)

    def shown(self, value: str) -> str:
        """What the sheet prints for the value of a circle, `V` for `true`; a number with the decimal sign of the language."""
        if not _NUMBER.fullmatch(value):
            return self.circle(value)
        number = value.replace(".", self._paper.sign("."))
        is_turned = self._paper.is_leftward and number.startswith("-")
        return from_the_left(number) if is_turned else number

    def circle(self, value: str) -> str:
        """What the sheet prints for a circle, `V` for `true`; circle 3 of row 1 is `1.3` in every language."""
        return self._paper.sign(value) if value in {"true", "false"} else value

    def signs(self, values: Sequence[str]) -> str:
        """What the sheet prints for several values: `V F` for true and false."""
        return " ".join(map(self.shown, values))


def _is_twice(doubt: str) -> bool:
    return _key(doubt) == "twice_differ"


def _unlike(page: Page, others: Sequence[Page], says: Says) -> str:
    """What a scan says that another scan of the same page does not: `1: B; 17: A C`."""
    found = []
    for row in page.rows:
        theirs = [it.answer for other in others for it in other.rows if it.label == row.label]
        if any(it != row.answer for it in theirs):
            found.append(f"{row.label}: {says.signs(row.said.split()) or NONE}")
    for it in page.fields:
        theirs = [
            (one.answer,) for other in others for one in other.fields if (one.use, one.label) == (it.use, it.label)
        ]
        if any(answer != (it.answer,) for answer in theirs):
            found.append(f"{says.field(it)}: {says.shown(it.answer) or NONE}")
    return "; ".join(found)


def _questions(page: Page, says: Says, twins: Sequence[Page]) -> Iterator[dict[str, Any]]:
    """What is asked about a page: as a whole, and about each row in doubt. `twins` are other scans of it that say otherwise."""
    words = says.words.queue
    common = {"page": page.digest, "where": says.where(page), "label": "", "circles": "", "signs": "", "places": 1}
    for doubt in page.doubts:
        yield common | {
            "kind": _ASKED.get(_key(doubt), ""),
            "told": words["page"],
            "reason": says.why(doubt),
            "differs": _key(doubt) in _DIFFER,
            "read": _unlike(page, twins, says) if _is_twice(doubt) else "",
            "picture": data_url(page.picture),
        }
    for row in page.rows:
        if row.doubt:
            yield common | {
                "kind": "answer",
                "label": row.question.label,
                "told": words["question"].format(row.question.label),
                "reason": says.why(row.doubt),
                "differs": _key(row.doubt) in _DIFFER,
                "read": says.signs(row.said.split()),
                "circles": " ".join(row.known),
                "signs": says.signs(row.known),
                "places": 1 if row.known == row.values or not row.known else len(row.question.key),
                "picture": data_url(row.picture),
            }
    for it in page.fields:
        if it.doubt:
            yield common | {
                "kind": "student" if it.use == "candidate" else it.use,
                "label": "" if it.use == "candidate" else it.label,
                "told": says.field(it),
                "reason": says.why(it.doubt),
                "differs": _key(it.doubt) in _DIFFER,
                "read": says.shown(it.answer),
                "circles": " ".join(it.values) if it.use == "chosen" else "",
                "signs": " ".join(it.values) if it.use == "chosen" else "",
                "picture": data_url(it.picture),
            }


def _key(doubt: str) -> str:
    return doubt.key if isinstance(doubt, Reason) else ""


def data_url(picture: bytes) -> str:
    """A picture within a page."""
    kind = "jpeg" if picture.startswith(_JPEG) else "png"
    return f"data:image/{kind};base64,{b64encode(picture).decode()}" if picture else ""
