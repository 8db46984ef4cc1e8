"""Works cited: CSL data in YAML or JSON, as pandoc reads it.

A list at the top, or `references:` among the metadata of a document. What
pandoc ignores is no error here either: a key that CSL lacks is a warning. A
reference that is wrong stays known by its key, so that who cites it is not
told of it again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from builder.diagnostics import At, Finding, Severity, did_you_mean
from builder.loading.errors import findings as model_findings
from builder.loading.part import Part, parse_values, validate
from builder.model import dates
from builder.model.csl import DATES, NAMES, VARIABLES, Reference, References, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

Works = dict[str, dict[str, Any]]

_BY_LOWER = {name.lower(): name for name in VARIABLES}
_UNREAD = {"custom"}  # a program's own, which CSL-JSON allows
_LISTS = {"categories", "keyword"}


def references(path: str, text: str) -> Part[Works]:
    """CSL data by citation key: names of variables as CSL spells them, dates as `date-parts`."""
    parsed = parse_values(path, text)
    raw: Any = parsed.value
    entries = raw.get("references") if isinstance(raw, dict) else raw
    if not isinstance(entries, list) or not entries:
        return Part(None, validate(References, path, raw)[1], (*parsed.problems,))
    reading = _Reading(path, () if isinstance(raw, list) else ("references",))
    for i, entry in enumerate(entries):
        reading.take(i, entry)
    return Part(reading.works, [*reading.findings, *reading.unknown()], (*parsed.problems,))


class _Reading:
    """One reading of a list of references."""

    def __init__(self, path: str, keys: tuple[str, ...]) -> None:
        self.at = At(path, keys)
        self.works: Works = {}
        self.findings: list[Finding] = []
        self.strange: dict[str, At] = {}
        self.count: Counter[str] = Counter()

    def take(self, number: int, entry: Any) -> None:
        """Take in a reference."""
        at = self.at / number
        if not isinstance(entry, dict):
            self.findings.append(
                Finding(
                    at,
                    "wrong-type",
                    f"entry {number + 1} of the references must be a mapping",
                    "write 'key: value' lines",
                )
            )
            return
        work = {name: value for key, value in entry.items() if (name := self.known(key, value, at))}
        found = list(self.wrong(work, entry, at))
        self.findings += found
        key = str(work.get("id", ""))
        if key in self.works:
            what = f"the key '{key}' is taken"
            self.findings.append(Finding(at / "id", "duplicate-id", what, "rename one of the two"))
        elif key:
            bad = {str(f.at.keys[len(at.keys)]) for f in found if len(f.at.keys) > len(at.keys)}
            sound = {name: value for name, value in work.items() if name not in bad or name == "id"}
            self.works[key] = {"type": "document"} | {name: _canonical(name, value) for name, value in sound.items()}

    def known(self, key: str, value: Any, at: At) -> str:
        """The variable that a key names, whatever its case; nothing for one without a value, or that CSL lacks."""
        name = key if key in VARIABLES else _BY_LOWER.get(key.lower(), "")
        if name or key in _UNREAD:
            return name if value not in ("", [], {}) or name == "id" else ""
        meant = did_you_mean(key, VARIABLES)
        if meant:
            what = f"'{key}' is no variable of CSL, and is not printed"
            self.findings.append(
                Finding(At(at.path, (*at.keys, key), on_key=True), "unknown-key", what, meant, Severity.WARNING)
            )
        else:
            self.strange.setdefault(key, At(at.path, (*at.keys, key), on_key=True))
            self.count[key] += 1
        return ""

    def unknown(self) -> Iterator[Finding]:
        """Each key that CSL lacks and that is like none of its own, once for the file."""
        for key, at in self.strange.items():
            often = f" (in {self.count[key]} references)" if self.count[key] > 1 else ""
            what = f"'{key}' is no variable of CSL, and is not printed{often}"
            yield Finding(
                at, "unknown-key", what, "delete it, or leave it to the program that wrote it", Severity.WARNING
            )

    def wrong(self, work: dict[str, Any], entry: dict[str, Any], at: At) -> Iterator[Finding]:
        """Why a reference is none, each reason at its place."""
        if "type" not in work:
            what = f"the reference '{work.get('id', '')}' has no 'type:', and is printed as a document"
            yield Finding(at, "missing-key", what, "add 'type: book', or what it is", Severity.WARNING)
        try:
            Reference.model_validate({k: ", ".join(v) if k in _LISTS and _is_texts(v) else v for k, v in work.items()})
        except ValidationError as error:
            typed = {name: key for key in entry for name in (_BY_LOWER.get(key.lower()),) if name}
            for finding in model_findings(error, Reference, at.path, work):
                first, *rest = finding.at.keys or ("",)
                keys = (typed.get(str(first), first), *rest) if first else ()
                yield replace(finding, at=replace(finding.at, keys=(*at.keys, *keys)))


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _canonical(name: str, value: Any) -> Any:
    if name in DATES:
        return dates.read(value)
    return listed(value) if name in NAMES else value
