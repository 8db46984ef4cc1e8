"""pydantic's errors in an author's words: a rule code, a place, what is wrong and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from builder.diagnostics import At, Finding, capped, did_you_mean
from builder.loading.forms import form, here, parted
from builder.model import Bank, CourseFile, Item
from builder.model.base import ItemBase
from builder.model.fields import CITE_KEY, DATE, DIGEST, PAGE_DIGEST
from builder.model.items import KINDS, kind_of
from builder.model.own_rule import OWN_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_FORMS = {
    "locator": ("a locator", "write it like paper/section/p3"),
    "language": ("a language code", "write it like en or pt-BR"),
}
_PAIR = 2
_SLUG_FORM = ("a name", "use lower-case letters from a to z and digits, joined by '-', '_' or '.'")
# By their pattern: the last key is the name of an item, or `id:`, which other things have too.
_BY_PATTERN = {
    DIGEST: ("the hash of an item", "restore the line as her-study wrote it"),
    PAGE_DIGEST: ("the hash of a page", "take it from pages.csv: 16 digits and letters from a to f"),
    OWN_CODE: ("a code for a course's own rule", "write L and two digits, such as L01: other letters are her-study's"),
    DATE: ("a date", "write it like 2026-11-22"),
    CITE_KEY: ("a citation key", "write it like worden2009, without spaces"),
}
_SHAPES = {
    "tuple_type": ("a list", "write [one, two], or a line '- one' for each"),
    "list_type": ("a list", "write [one, two], or a line '- one' for each"),
    "dict_type": ("a mapping", "write 'key: value' lines"),
    "model_type": ("a mapping", "write 'key: value' lines"),
    "model_attributes_type": ("a mapping", "write 'key: value' lines"),
    "bool_type": ("true or false", "write true or false"),
    "bool_parsing": ("yes or no", "write yes or no"),
    "int_type": ("a whole number", "write digits only, without separators"),
    "float_type": ("a number", "write whole or half marks, such as 2 or 1.5"),
    "int_parsing": ("a whole number", "write digits only, without separators"),
    "int_parsing_size": ("a whole number", "write fewer digits"),
    "string_type": ("text", "write plain text, in quotes if it holds ': ' or starts with a special character"),
}


def findings(error: ValidationError, model: type[BaseModel], path: str, raw: Any) -> Iterator[Finding]:
    """Every error of one file, each at the keys that lead to it in `raw`."""
    found = list(capped(_findings(error, model, path, raw)))
    # A mistyped key is one mistake, not also a missing one.
    mistyped = {(f.at.keys[:-1], f.help) for f in found if f.code == "unknown-key"}
    for finding in found:
        if finding.code != "missing-key" or (finding.at.keys, _MEANT.format(finding.help[5:-2])) not in mistyped:
            yield finding


_MEANT = "did you mean '{}'?"


def _findings(error: ValidationError, model: type[BaseModel], path: str, raw: Any) -> Iterator[Finding]:
    for detail in error.errors(include_url=False):
        if detail["type"] == "too_short" and len(detail["input"]) > detail["ctx"]["actual_length"]:
            continue  # its entries are there, but each has an error of its own
        keys, owner, name = _route(detail["loc"], model, raw)
        yield _finding(detail, At(path, keys), owner, name)


def _route(
    loc: tuple[str | int, ...], model: type[BaseModel], raw: Any
) -> tuple[tuple[str | int, ...], type[BaseModel], str]:
    """The keys in the file, the model that the last key belongs to, and the last key's name.

    pydantic puts the name of a union's member into the path; the file has no such key.
    """
    keys: list[str | int] = []
    owner, candidates, name = model, [model], ""
    for step in loc:
        if isinstance(step, int):
            raw = raw[step] if isinstance(raw, list) and step < len(raw) else None
            keys.append(step)
            continue
        if len(candidates) > 1 and not (isinstance(raw, dict) and step in raw and step not in KINDS):
            candidates = [c for c in candidates if _kind(c) == step] or candidates
            continue
        field = next((f for n, f in candidates[0].model_fields.items() if (f.alias or n) == step), None)
        owner, name = candidates[0], step
        keys.append(step)
        raw = raw.get(step) if isinstance(raw, dict) else None
        candidates = (list(_models(field.annotation)) if field else []) or candidates
    if name and (not keys or keys[-1] != name) and isinstance(raw, dict):
        owner = candidates[0]
    return tuple(keys), owner, name


def _kind(model: type[BaseModel]) -> str:
    """The kind of item that a model is of, or nothing: other things have a `kind` too."""
    names = get_args(model.model_fields["kind"].annotation) if "kind" in model.model_fields else ()
    return names[0] if len(names) == 1 and names[0] in KINDS else ""


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) is not Literal:
        for inner in get_args(annotation):
            yield from _models(inner)


_NAMES = {
    "Accepted": "accepted answer",
    "AnkiDeck": "'anki:'",
    "Changes": "file of changes",
    "CourseFile": "course.yaml",
    "CslDate": "date",
    "Decisions": "file of decisions",
    "GivenPaper": "paper",
    "GradeScale": "'grades:'",
    "KeyPoint": "key point",
    "LintOptions": "'lint:'",
    "LockedItem": "released item",
    "LockedNoteType": "released note type",
    "NumericAnswer": "number",
    "OwnRule": "rule",
    "Quota": "'references:'",
    "SignificantFigures": "'figures:'",
    "Unit": "'unit:'",
    "Scoring": "'scoring:'",
    "Scorings": "'scoring:'",
}


def _what(model: type[BaseModel]) -> str:
    kind = _kind(model)
    if kind:
        return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind} item"
    name = _NAMES.get(model.__name__, model.__name__.lower())
    if name.endswith((".yaml", ":'")):
        return name
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _elsewhere(name: str, owner: type[BaseModel]) -> str:
    """Where else a key of this name stands that was written into `owner`, in words; the empty string if nowhere."""
    kinds = {kind_of(it): it for it in get_args(get_args(Item)[0])}
    files: dict[str, type[BaseModel]] = {"course.yaml": CourseFile, "a bank": Bank, "every item": ItemBase}
    found = [words for words, model in files.items() if name in model.model_fields and not issubclass(owner, model)]
    if "every item" not in found and not _kind(owner):
        of = [kind for kind, model in kinds.items() if name in model.model_fields]
        found += [f"items of {', '.join(of)}"] if of else []
    return f"'{name}' is a key of {' and of '.join(found)}; here " if found else ""


def _finding(detail: ErrorDetails, at: At, owner: type[BaseModel], name: str) -> Finding:
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    match kind:
        case "extra_forbidden":
            return _unknown(name, given, at, owner)
        case "missing" if detail["loc"] and isinstance(detail["loc"][-1], int):
            at = At(at.path, at.keys[:-1])
            return Finding(at, "too-few", f"{here(at)} is not a pair", "write [left, right]")
        case "missing":
            at = At(at.path, at.keys[:-1]) if at.keys and at.keys[-1] == name else at
            return Finding(at, "missing-key", f"{_what(owner)} needs '{name}:'", f"add '{name}:'")
        case "union_tag_not_found":
            return Finding(at, "missing-key", "an item needs 'kind:'", f"the kinds are {', '.join(KINDS)}")
        case "union_tag_invalid":
            tag = str(context["tag"])
            remedy = did_you_mean(tag, KINDS) or f"the kinds are {', '.join(KINDS)}"
            return Finding(at / "kind", "unknown-kind", f"'{tag}' is not a kind of item", remedy)
        case "literal_error":
            allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
            remedy = did_you_mean(str(given), allowed) or f"write one of {', '.join(allowed)}"
            return Finding(at, "unknown-value", f"'{given}' is no value of '{name}'", remedy)
        case "string_pattern_mismatch":
            what, remedy = _BY_PATTERN.get(context["pattern"]) or _FORMS.get(name, _SLUG_FORM)
            return Finding(at, "bad-form", f"'{given}' is not {what}", remedy)
        case _ if kind in _SHAPES:
            what, remedy = _SHAPES[kind]
            shape = kind != "string_type" and form(owner, name)
            return Finding(at, "wrong-type", f"{here(at)} must be {what}", shape or remedy)
        case "too_long" if isinstance(given, list) and context["max_length"] == _PAIR:
            remedy = f"{form(owner, name)}, with quotes around a text that holds a comma"
            return Finding(at, "too-many", f"{here(at)} has {len(given)} parts in place of {_PAIR}", remedy)
        case _:
            return _counted(kind, at, detail)


def _unknown(name: str, given: object, at: At, owner: type[BaseModel]) -> Finding:
    """A key that its model doesn't have. A name that is known elsewhere is no slip of the pen."""
    known = [field.alias or key for key, field in owner.model_fields.items()]
    other = _elsewhere(name, owner)
    remedy = parted(given, name) or (not other and did_you_mean(name, known))
    remedy = remedy or f"{other}the keys are {', '.join(known)}"
    place = At(at.path, at.keys, on_key=True)
    return Finding(place, "unknown-key", f"'{name}' is not a key of {_what(owner)}", remedy)


def _counted(kind: str, at: At, detail: ErrorDetails) -> Finding:
    context = detail.get("ctx", {})
    match kind:
        case "string_too_short":
            return Finding(at, "empty", f"{here(at)} is empty", "write it, or delete the key if it is optional")
        case "string_too_long":
            return Finding(at, "too-long", f"{here(at)} has more than {context['max_length']} characters", "shorten it")
        case "too_short":
            need, have = context["min_length"], context["actual_length"]
            return Finding(at, "too-few", f"{here(at)} has {have} of at least {need}", f"add {need - have} more")
        case "too_long":
            return Finding(at, "too-many", f"{here(at)} has more than {context['max_length']}", "take some out")
        case "greater_than" | "less_than":
            bound, word = (context["gt"], "more") if kind == "greater_than" else (context["lt"], "less")
            return Finding(at, "out-of-range", f"{here(at)} must be {word} than {bound}", "correct the number")
        case "greater_than_equal" | "less_than_equal":
            bound = context.get("ge", context.get("le"))
            word = "less" if "ge" in context else "more"
            return Finding(
                at,
                "out-of-range",
                f"{here(at)} is {word} than {bound}",
                f"write {bound} or {'more' if 'ge' in context else 'less'}",
            )
        case _:
            keys = context.get("keys", (context["key"],) if "key" in context else ())
            where = At(at.path, (*at.keys, *keys))
            return Finding(where, kind, detail["msg"], context.get("help") or _REMEDIES.get(kind, ""))


_REMEDIES = {
    "cloze-syntax": "hide one short part: {{c1::hidden text}}",
    "unknown-passage": "name one that stands under 'passages:', or add it there",
    "no-right-option": "mark the key with 'right:' in place of 'wrong:'",
    "several-right-options": "keep one 'right:', or add 'multiple: true'",
    "no-approval": "write 'status: approved' and 'reviewed: {by: a name, on: 2026-01-31}' together",
    "no-such-blank": "write the number of a blank that stands once, as in 'accept: {c1: [another text]}'",
    "lone-response": "add a term with another response, or 'distractors:'",
    "other-number": "make as many options 'right:' as are to be chosen",
    "no-values": "leave out 'order:', or write 'order: author' to keep the options as they stand",
    "option-verdict": "write either 'right: text' or 'wrong: text'",
    "not-an-address": "write it like https://example.org/faults or faults@example.org",
    "not-a-time": "write it like 2026-11-24T15:00:00Z",
    "no-such-day": "correct the date",
    "no-date": "write 2009-04-17, 2009, 'date-parts: [[2009, 4, 17]]', or words as 'literal: n.d.'",
    "no-name": "write 'family: Doe' and 'given: Jane', or 'literal:' for a body",
    "bad-form": "write [[2009]] or [[2009, 4, 17]], and words as 'literal: n.d.'",
    "no-such-date": "correct the date",
    "too-many": "take some out",
    "twin-choice": "make the texts differ: the key would not be unique",
    "not-a-number": "write digits only, without separators",
    "not-a-flag": "write true or false",
    "bad-number": "write it with a point, like 9.81, -2.5e-3 or 1/3",
    "bad-tolerance": "write it like 0.1 or 2 %",
    "bad-share": "write it like 1/2, 0.5 or 50 %",
    "bad-factor": "write how many of the unit one of these is, like 1000, 0.01 or 1/60",
    "bad-unit": "write it as it is printed, like m/s^2^, without a number",
    "wide-tolerance": "narrow it, or accept a range: between: [-1, 5]",
    "percent-of-nothing": "write the tolerance as a number, like 0.1",
    "endless-decimal": "add 'tolerance: 0.01', or 'tolerance: 0' if only the fraction itself is right",
    "other-figures": "write it as a student should, what is computed with a form (m / 3 : .3g); or correct 'figures:'",
    "value-or-range": "write either 'value:' and a 'tolerance:', or 'between: [1, 2]'",
    "empty-range": "write the smaller number first",
    "twin-unit": "keep one of the two: spaces, dots and ways to write powers make no difference",
    "twin-range": "keep one of the two",
    "overlapping-ranges": "set the ranges apart; one for fewer marks may also lie around one for more",
    "not-marks": "write whole or half marks, such as 2 or 1.5",
    "not-a-share": "write it like 1/4, 1/3 or 0.25",
    "bad-values": "write a list, [2, 3, 5], or a range, 10..20 or 0..1 step 0.25",
    "bad-name": "start with a letter, and use letters, digits and '_': m, t_2",
    "twin-value": "keep one of the two",
    "bad-expression": "write arithmetic of the values, m * t / 2, in texts {{m * t / 2}}; round what has no end: m / 3 : .2f",
    "too-much-work": "split the bank, or loosen 'where'",
    "no-variant": "loosen 'where', or add values",
    "no-values-drawn": "add 'values: {m: [2, 3]}', or delete 'where'",
    "bad-pattern": "correct the regular expression",
    "not-one-test": "write a rule for each",
    "idle-key": "delete the key",
    "twin-rule": "give each rule a code and a name of its own",
    "no-picture": "add 'image: {file: heart.png, alt: what it shows}'",
    "not-percent": "write per cent of the picture's width or height, like 12.5",
    "no-rectangle": "write [left, top, width, height] in per cent of the picture, like [12.5, 40, 20, 10]",
    "not-one-change": "write one of them, and further changes as entries of their own",
    "no-item": "add 'item:' with an id of results.csv, or leave it out beside 'grades:'",
    "thin-box": "write [left, top, width, height] in per cent of the picture",
    "outside-picture": "left and width, and top and height, come to 100 at most",
    "twin-boxes": "make one box of the two, or set them apart",
    "misfit-scoring": "write another rule, or leave it out",
    "steps-or-line": "write {A: 90, F: 0}, or 'line: {0: 0, 100: 20}' with a 'step:'",
    "twin-step": "give each grade a result of its own from which on it is given",
    "no-lowest-grade": "add the grade that is given from 0 on, like F: 0",
    "past-hundred": "write per cent, or add 'in: marks'",
    "no-line": "write it like 'line: {0: 0, 100: 20}' and 'step: 0.5'",
}
