"""A plan for people and programs: text for the terminal, Markdown for the changelog, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.report import as_line, counted, json_text, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from builder.release.changes import Change, Plan, Sort
    from builder.release.textdiff import Step

_AROUND = 6  # unchanged words that are shown on each side of a change

_TITLES: dict[Sort, str] = {
    "new": "New",
    "edited": "Edited",
    "retired": "Retired",
    "moved": "Moved",
    "untouched": "Untouched",
}

# The headings of keepachangelog.com, and "Moved", which it does not have.
_HEADINGS: dict[str, Sort] = {"Added": "new", "Changed": "edited", "Removed": "retired", "Moved": "moved"}

_OPENED = "from this release on students have them, and no exam can ask them unseen."

# What each sort means for a student who imports the release with the defaults of Anki's dialog.
MEANING: dict[Sort, str] = {
    "new": "come as new cards, in the order of study.",
    "edited": (
        "get the new text; intervals, flags and reviews stay. A student's own edits and tags on just these notes are"
        " replaced, unless they were made after the release; `her-study upgrade --mine` keeps them."
    ),
    "retired": (
        "stay with their history: their cards say that the question is withdrawn, until the student deletes the note"
        " (or Tools > Empty Cards does, with 'Keep notes with no valid cards' unticked). No card of them comes again, and"
        " new students get none: just a note without a card, to which only Tools > Check Database would give one."
    ),
    "moved": "keep their cards, their decks and their progress; tags that follow the theme change.",
    "untouched": "are left alone, with every edit and tag of the student.",
}


def as_text(plan: Plan, paint: Callable[[str, str], str]) -> str:
    """The plan for a terminal; `paint(text, what)` colours words that are `new` or `gone`."""
    out = [_since(plan), ""]
    for sort, changes in plan.by_sort.items():
        if not changes:
            continue
        out.append(f"{_TITLES[sort]} ({len(changes)}): {MEANING[sort]}")
        out += [line for change in changes for line in _entry(change, paint)] if sort != "untouched" else []
        out.append("")
    if plan.opened:
        out += [f"From the exam into the deck ({len(plan.opened)}): {_OPENED}"]
        out += [*(f"  {as_line(change.item.id)}" for change in plan.opened), ""]
    if plan.kept:
        out += [f"Kept for exams ({len(plan.kept)}): no student gets them.", ""]
    if plan.note_types:
        out += [f"Templates or styles of {', '.join(plan.note_types)} change: the cards' look, and nothing else.", ""]
    out.append(_outcome(plan))
    return "".join(f"{line}\n" for line in out)


def _since(plan: Plan) -> str:
    if plan.lock is None:
        return f"{plan.course} has not been released yet."
    return f"{plan.course}, against release {plan.lock.release}."


def _outcome(plan: Plan) -> str:
    if plan.lock is None:
        return f"Anki will say: {counted(len(plan.by_sort['new']), 'note')} new."
    if plan.is_empty:
        return "Nothing to release."
    counts = f"{len(plan.by_sort['new'])} new, {plan.updated} updated, {plan.duplicates} left alone, 0 conflicting"
    return f"Anki will say: {counts}. No card loses its schedule, and no full sync is asked for."


def _entry(change: Change, paint: Callable[[str, str], str]) -> Iterable[str]:
    yield f"  {change.item.id}{_aside(change)}"
    for field in change.fields:
        yield f"    {as_line(field.field)}: {_painted(field.steps, paint)}"
    if change.tags_gone or change.tags_new:
        tags = [paint(printable(tag), "gone") for tag in change.tags_gone]
        tags += [paint(printable(tag), "new") for tag in change.tags_new]
        yield f"    tags: {' '.join(tags)}"


def _aside(change: Change) -> str:
    """Remarks on a change, in brackets, such as ` (gains 1 card)`; the empty text where there is none."""
    said = ["kept for exams until now"] if change.was_kept else []
    if change.bank_before and change.bank != change.bank_before:
        said.append(printable(f"from {change.bank_before} to {change.bank}"))
    if change.sort != "new" and change.cards:
        said.append(f"gains {counted(change.cards, 'card')}")
    if change.item.retired:
        said.append(printable(change.item.retired.reason))
    if change.updates and not change.text_is_known:
        said.append("the released text is not at hand")
    return f" ({'; '.join(said)})" if said else ""


def _painted(steps: Sequence[Step], paint: Callable[[str, str], str]) -> str:
    """The steps of a change in one line, with up to six unchanged words on each side of every change."""
    out = []
    for place, step in enumerate(steps):
        if step.what != "same":
            core = step.text.strip()
            lead, tail = " " * step.text[:1].isspace(), " " * step.text[-1:].isspace()
            out.append(f"{lead}{paint(printable(core), step.what)}{tail}" if core else " ")
            continue
        words = printable(step.text).split(" ")
        if len(words) > 2 * _AROUND:
            head = words[:_AROUND] if place else []
            foot = words[-_AROUND:] if place < len(steps) - 1 else []
            words = [*head, "…", *foot]
        out.append(" ".join(words))
    return "".join(out)


def plain(text: str, what: str) -> str:
    """Words that came (`new`) or went, marked as git's `--word-diff` marks them: `{+new+}` and `[-gone-]`."""
    return f"{{+{text}+}}" if what == "new" else f"[-{text}-]"


def _marked(text: str, what: str) -> str:
    """Words that came, as bold in Markdown, or went, as struck through."""
    safe = text.replace("\\", "\\\\").replace("*", "\\*").replace("~", "\\~").replace("<", "&lt;").replace("`", "\\`")
    return f"**{safe}**" if what == "new" else f"~~{safe}~~"


def as_markdown(plan: Plan, version: str = "Unreleased", date: str = "") -> str:
    """A section for CHANGELOG.md, after Keep a Changelog."""
    head = f"## [{version}]" + (f" - {date}" if date else "")
    out = [head, ""]
    for title, sort in _HEADINGS.items():
        changes = plan.by_sort[sort]
        looks = plan.note_types if sort == "edited" else ()
        if not changes and not looks:
            continue
        out += [f"### {title}", ""]
        out += [f"{counted(len(changes), 'question')}: they {MEANING[sort]}", ""] if changes else []
        listed = changes if plan.lock else ()
        out += [line for change in listed for line in _bullets(change)]
        out += [f"- The look of the cards of {', '.join(looks)}."] if looks else []
        out += [""] if listed or looks else []
    return "\n".join(out)


def _bullets(change: Change) -> Iterable[str]:
    yield f"- `{change.item.id}`{_aside(change)}"
    for line in list(_entry(change, _marked))[1:]:
        yield f"  - {line.strip()}"


def as_json(plan: Plan) -> str:
    """One object: `counts` by sort, what Anki will report, and every change but the untouched."""
    document: dict[str, Any] = {
        "course": plan.course,
        "release": plan.lock.release if plan.lock else None,
        "counts": {sort: len(changes) for sort, changes in plan.by_sort.items()},
        "import": {
            "new": len(plan.by_sort["new"]),
            "updated": plan.updated,
            "duplicate": plan.duplicates,
            "conflicting": 0,
        },
        "note_types": list(plan.note_types),
        "from_exam_to_deck": [change.item.id for change in plan.opened],
        "kept": len(plan.kept),
        "changes": [_object(change) for change in plan.changes if change.sort != "untouched"],
    }
    return json_text(document)


def _object(change: Change) -> dict[str, Any]:
    return {
        "id": change.item.id,
        "sort": change.sort,
        "updates": change.updates,
        "cards_gained": change.cards,
        "bank": {"before": change.bank_before or None, "now": change.bank},
        "fields": {f.field: [[step.what, step.text] for step in f.steps] for f in change.fields},
        "tags": {"gone": list(change.tags_gone), "new": list(change.tags_new)},
        "meaning": MEANING[change.sort],
    }
