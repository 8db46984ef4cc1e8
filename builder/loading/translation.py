"""A course in another language: the texts of a translation laid over the items of the original.

A translation is a folder in the folder of the original, and has a course.yaml of its own, which says
`translates: ..`. Its banks hold ids and texts alone; all else an item says (kind, key, sources, marks)
comes from the original. So a key can't differ between languages, and a student of one language has notes of
their own, since the translation is a course with an id of its own.

An entry may say `of:`, the digest of the texts that were translated: when the original changes, its translation
is asked for another look.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from builder.diagnostics import At, Finding, Severity, did_you_mean
from builder.model.translation import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from builder.diagnostics import Keys
    from builder.source.nodes import Value

_OPTIONAL = {"accept", "word_bank"}  # what is right in one language may not be in another
_NO_TEXTS = {"truefalse": {"answer"}, "numeric": {"answer"}}  # keys that hold no texts in items of these kinds
# Keys within texts that are the same in any language.
_NUMBERS = {"pin", "marks", "value", "between", "tolerance", "share", "at"}
# What course.yaml of a translation takes from the original where it says nothing itself.
LENT = (
    *("licence", "report", "references", "citations", "outline", "fonts", "math", "scoring", "grades", "use"),
    *("digits", "status", "lint"),
)
_LENT_BY_BANK = ("theme", "theory", "math", "scoring", "use", "status")
_NAMED = 5  # in one message

Entry = dict[str, Any]


def head(raw: Mapping[str, Value], original: Mapping[str, Value]) -> dict[str, Value]:
    """course.yaml of a translation with what it takes from that of the original.

    Themes and theories that it doesn't name keep the original's names.
    """
    lent = {key: original[key] for key in LENT if key in original}
    named = {
        key: {**theirs, **(ours if isinstance(ours := raw.get(key, {}), dict) else {})}
        for key in ("themes", "theories")
        if isinstance(theirs := original.get(key), dict)
    }
    return {**lent, **raw, **named}


def whole_bank(path: str, raw: Entry, original: Entry) -> tuple[Entry, list[Finding]]:
    """A bank as it would be written in the language of the translation, and what is wrong with the translation.

    `raw` is the value of the bank at `path`, `original` that of the bank that it translates. An entry without an
    original is empty in what is returned.
    """
    theirs = entries(original)
    findings: list[Finding] = []
    items: list[Value] = []
    for place, entry in enumerate(raw["items"]):
        merged, wrong = _item(At(path, ("items", place)), entry, theirs)
        findings += wrong
        items.append(merged)
    passages, wrong = _passages(
        path, raw, original, {str(it["passage"]) for it in items if isinstance(it, dict) and "passage" in it}
    )
    findings += wrong
    lent = {key: original[key] for key in ("bank", "title", *_LENT_BY_BANK) if key in original}
    return {**lent, **passages, **({"title": raw["title"]} if "title" in raw else {}), "items": items}, findings


def _passages(path: str, raw: Entry, original: Entry, wanted: set[str]) -> tuple[Entry, list[Finding]]:
    """The passages that the items of a translated bank ask about, in its language; and what is wrong with them."""
    theirs, ours = entries(original, "passages"), entries(raw, "passages")
    findings = [
        Finding(
            At(path, ("passages",), on_key=True),
            "half-translated",
            f"the passage '{name}' is not translated",
            f"add '{name}'",
        )
        for name in theirs
        if name in wanted and not ours.get(name, {}).get("text")
    ]
    findings += [
        Finding(
            At(path, ("passages",), on_key=True),
            "not-in-original",
            f"the original has no passage '{name}'",
            "leave it out",
        )
        for name in ours.keys() - theirs
    ]
    texts = {name: {key: value for key, value in it.items() if key in {"title", "text"}} for name, it in ours.items()}
    made: list[Value] = [{**it, **texts.get(name, {})} for name, it in theirs.items() if name in wanted]
    return ({"passages": made} if made else {}), findings


def entries(bank: Value | None, key: str = "items") -> dict[str, Entry]:
    """The entries of a bank's value by id: its items, or what else is listed at a key."""
    typed = bank.get(key) if isinstance(bank, dict) else None
    found = [entry for entry in typed if isinstance(entry, dict)] if isinstance(typed, list) else []
    return {str(entry["id"]): entry for entry in found if isinstance(entry.get("id"), str)}


def digest(original: Mapping[str, Value]) -> str:
    """Eight hexadecimal digits over the texts of an entry that are to be translated."""
    texts = {key: original[key] for key in TEXTS if key in original}
    said = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()[:8]


def untranslated(path: str, bank: Value | None, original: Value | None) -> Iterator[Finding]:
    """A warning that names the items in use of the original bank that have no text in the translated one."""
    there = entries(bank)
    left = [name for name, entry in entries(original).items() if name not in there and "retired" not in entry]
    if left:
        yield _missing(At(path, ("items",), on_key=True), left, "item")


def untouched(at: At, banks: Sequence[str]) -> Iterator[Finding]:
    """A warning that names the banks of the original that no bank of the translation translates."""
    if banks:
        yield _missing(at, banks, "bank")


def _missing(at: At, names: Sequence[str], what: str) -> Finding:
    named = ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
    said = f"{len(names)} {what}{'s' if len(names) > 1 else ''} of the original not translated: {named}"
    return Finding(at, "untranslated", said, "translate them; until then they are left out", Severity.WARNING)


def overlaid(original: Entry, entry: Entry) -> Entry:
    """An item as typed with the texts of its translation; texts that don't fit it are left out."""
    merged, _ = _item(At(""), entry, {entry["id"]: original})
    return merged if isinstance(merged, dict) else original


def _item(at: At, entry: Value, theirs: Mapping[str, Entry]) -> tuple[Value, list[Finding]]:
    """The original of an entry with the entry's texts, and what is wrong with them; without an original the entry as typed."""
    name = entry.get("id") if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or not isinstance(name, str):
        return entry, []  # the model says what is wrong
    original = theirs.get(name)
    if original is None:
        near = did_you_mean(name, theirs) or "take the id from the original; new items belong there first"
        return {}, [Finding(at / "id", "not-in-original", f"the original bank has no item '{name}'", near)]
    texts = set(TEXTS) - _NO_TEXTS.get(kind := str(original.get("kind")), set())
    free = set() if kind == "numeric" else _OPTIONAL
    findings = [
        Finding(At(at.path, (*at.keys, key), on_key=True), "not-in-original", said, "leave it out")
        for key in entry
        if key not in {"id", "of"} and (said := _unfit(key, original, texts))
    ]
    findings += [
        Finding(at / "id", "half-translated", f"'{key}' of '{name}' is not translated", f"add '{key}:'")
        for key in TEXTS
        if key in texts - free and original.get(key) and not entry.get(key)
    ]
    if (of := entry.get("of")) and of != (now := digest(original)):
        what = f"'{name}' has changed in the original since this was translated"
        remedy = f"read both again, then write 'of: {now}'"
        findings.append(Finding(at / "of", "stale-translation", what, remedy, Severity.WARNING))
    merged = dict(original)
    for key in entry.keys() & texts:
        typed, ours = _in_form(key, original.get(key)), _in_form(key, entry[key])
        merged[key], wrong = (ours, []) if key in free else _laid_over(at / key, typed, ours)
        findings += wrong
    return merged, findings


def _unfit(key: str, original: Mapping[str, Value], texts: Iterable[str]) -> str:
    """Why a key has no place in the translation of an item, if it has none."""
    if key not in texts:
        return f"'{key}' is said by the original alone"
    return "" if key in original or key in _OPTIONAL else f"the original has no '{key}'"


def _in_form(key: str, value: Value | None) -> Any:
    """A value in the one form in which it is laid over another: boxes as a list, `{roof: [1, 2, 3, 4]}` too."""
    if key == "boxes" and isinstance(value, dict):
        return [{"label": label, "at": at} for label, at in value.items()]
    return value


def _laid_over(at: At, original: Value | None, text: Value) -> tuple[Value, list[Finding]]:
    """A translated value in the place of the original one, which has its shape: equal lists, equal keys."""
    if isinstance(original, dict) and isinstance(text, dict):
        there = ", ".join(f"'{key}'" for key in original)
        said = [
            (
                f"'{key}' stands where the original has {there}"
                if key not in original
                else f"'{key}' is the original's",
                key,
            )
            for key, value in text.items()
            if key not in original or (key in _NUMBERS and value != original[key])
        ]
        findings = [_other_shape(at, what, (key,)) for what, key in said]
        wanted = [key for key, value in original.items() if value and key not in {*text, *_NUMBERS, "file"}]
        findings += [_other_shape(at, f"'{key}' is not translated") for key in wanted]
        both = {key: _laid_over(at / key, value, text[key]) for key, value in original.items() if key in text}
        return {**original, **{key: value for key, (value, _) in both.items()}}, [
            *findings,
            *(finding for _, wrong in both.values() for finding in wrong),
        ]
    if isinstance(original, list) and isinstance(text, list):
        if len(original) != len(text):
            return original, [_other_shape(at, f"{len(text)} entries, and the original has {len(original)}")]
        pairs = [_laid_over(at / i, *both) for i, both in enumerate(zip(original, text, strict=True))]
        return [value for value, _ in pairs], [finding for _, wrong in pairs for finding in wrong]
    if type(original) is not type(text):
        return original or "", [_other_shape(at, "this is written in another form than in the original")]
    return text, []


def _other_shape(at: At, said: str, keys: Keys = ()) -> Finding:
    where = At(at.path, (*at.keys, *keys), on_key=bool(keys))
    return Finding(where, "other-shape", said, "write the texts in the order and with the keys of the original")
