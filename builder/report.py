"""Diagnostics for people and for programs: text with a caret, JSON, GitHub annotations, SARIF."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING
from urllib.parse import quote

from builder.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from builder.diagnostics import Diagnostic

_WIDTH = 100  # characters of a source line that are shown around a place
_LEAD = 60  # at most so many of them stand before the place
_MOST = 10  # findings of one sort that people are shown; programs get all
_RULE = re.compile(r"[A-Z]\d\d")


def printable(text: str) -> str:
    """Text that can steer neither a terminal nor a forge's runner.

    Control characters, bidirectional overrides and lone surrogates become escapes. So does the bracket of `##[...]`,
    which a runner takes as a command anywhere in a line.
    """
    text = text.replace("##[", "##\\x5b")
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == " " else c.encode("unicode_escape").decode() for c in text)


def as_line(text: str) -> str:
    """Printable text that may start a line: a forge's runner takes `::name::` there as a command."""
    text = printable(text)
    start = len(text) - len(text.lstrip())
    return f"{text[:start]}\\x3a{text[start + 1 :]}" if text.startswith("::", start) else text


def json_text(document: object) -> str:
    """Indented JSON in which every character that could steer a terminal or a forge's runner is escaped."""
    text = json.dumps(document, ensure_ascii=False, indent=2).replace("##[", "##\\u005b")
    if text.isascii():
        return text
    return "".join(c if c.isprintable() or c in " \n" else json.dumps(c)[1:-1] for c in text)


def as_text(diagnostics: Sequence[Diagnostic], texts: Mapping[str, str], *, whole: Container[str] = ()) -> str:
    """Each finding with its line of source, a caret under the place, and its remedy, in the given order.

    Only the first ten findings of a sort are shown, and a line at the end says
    how many more there are. Findings of the codes in `whole` are all shown.
    `texts` has the text of each file by its path.
    """
    by_sort: dict[tuple[str, str], list[Diagnostic]] = defaultdict(list)
    for d in diagnostics:
        by_sort[_sort(d)].append(d)
    cut = {sort: found for sort, found in by_sort.items() if len(found) > _MOST and sort[0] not in whole}
    hidden = {id(d) for found in cut.values() for d in found[_MOST:]}
    lines = {path: texts[path].split("\n") for path in {d.span.path for d in diagnostics} if path in texts}
    shown = (_entry(d, lines.get(d.span.path, [])) for d in diagnostics if id(d) not in hidden)
    return "".join([*shown, *(_more(*sort, len(found) - _MOST) for sort, found in cut.items())])


def _sort(diagnostic: Diagnostic) -> tuple[str, str]:
    """The key of a finding's sort: for a rule its code alone, for any other finding code and message."""
    is_rule = _RULE.fullmatch(diagnostic.code)
    return diagnostic.code, "" if is_rule else diagnostic.message


def _more(code: str, message: str, number: int) -> str:
    """A line that says how many findings of a sort are not shown, and how to see them or turn them off."""
    if message:
        return f"... and {number} more: {as_line(message)} [{code}]\n\n"
    off = f"`{_off(code)}` in course.yaml turns them off"
    return f"... and {number} more of {code}: --select {code} shows all; {off}\n\n"


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning in 2 files`."""
    diagnostics = list(diagnostics)
    counts = Counter(d.severity for d in diagnostics)
    files = len({d.span.path for d in diagnostics})
    parts = [counted(counts[s], str(s)) for s in Severity if counts[s]]
    return f"{', '.join(parts)} in {counted(files, 'file')}" if parts else "no problem found"


def counted(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _entry(diagnostic: Diagnostic, lines: Sequence[str]) -> str:
    """One finding as text. Of a long line, only the part around the place is shown, with a caret below the place."""
    span = diagnostic.span
    out = [as_line(str(diagnostic))]
    if 1 <= span.line <= len(lines) and lines[span.line - 1].strip():
        line = lines[span.line - 1]
        start = max(0, span.column - 1 - _LEAD)
        head = printable(line[start : span.column - 1].replace("\t", " "))
        rest = printable(line[span.column - 1 : start + _WIDTH].replace("\t", " "))
        lead, tail = "…" if start else "", "…" if start + _WIDTH < len(line) else ""
        number = str(span.line)
        pad = " " * len(number)
        out += [
            f"  {pad} |",
            f"  {number} | {lead}{head}{rest}{tail}",
            f"  {pad} | {' ' * (len(lead) + _columns(head))}^",
        ]
    if diagnostic.help:
        out.append(f"  help: {printable(diagnostic.help)}")
    return "\n".join(out) + "\n\n"


def _columns(text: str) -> int:
    """Columns that a terminal gives the text: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(bool(unicodedata.combining(c)) for c in text)


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A JSON array of objects with path, line, column, severity, code, message and help."""
    return json_text(
        [
            {
                "path": d.span.path,
                "line": d.span.line,
                "column": d.span.column,
                "severity": str(d.severity),
                "code": d.code,
                "message": d.message,
                "help": d.help,
            }
            for d in diagnostics
        ]
    )


def statistics(diagnostics: Iterable[Diagnostic], names: Mapping[str, str] | None = None) -> str:
    """How often each code was found, the most frequent first: `  12 warning X02 cross-item-cue  lint: {severity: {X02: off}}`.

    `names` gives the name of each rule by code. A rule has the line that turns it off in course.yaml; what no rule
    finds can't be turned off.
    """
    names = names or {}
    counts = Counter((str(d.severity), d.code) for d in diagnostics)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    width = max((len(_named(code, names)) for _, code in counts), default=0)
    return "".join(
        f"{number:5} {severity:7} {_named(code, names):{width}}  {_off(code)}".rstrip() + "\n"
        for (severity, code), number in ranked
    )


def _named(code: str, names: Mapping[str, str]) -> str:
    return f"{code} {names.get(code, '')}".strip()


def _off(code: str) -> str:
    """The line of course.yaml that turns a rule off; of any other code, nothing does."""
    return f"lint: {{severity: {{{code}: off}}}}" if _RULE.fullmatch(code) else ""


def as_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Workflow commands, by which a forge shows each finding beside its line (docs.github.com, "Workflow commands")."""
    return "".join(
        f"::{d.severity} file={_property(d.span.path)},line={d.span.line},col={d.span.column},"
        f"title={_property(d.code)}::{_data(d.message + (f' ({d.help})' if d.help else ''))}\n"
        for d in diagnostics
    )


def _data(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(diagnostics: Iterable[Diagnostic], rules: Mapping[str, str], version: str) -> str:
    """A SARIF 2.1.0 log of one run; `rules` gives the summary of each rule by code (OASIS, 2020)."""
    driver = {
        "name": "her-study",
        "version": version,
        "rules": [{"id": code, "shortDescription": {"text": summary}} for code, summary in rules.items()],
    }
    results = [
        {
            "ruleId": d.code,
            "level": str(d.severity),
            "message": {"text": f"{d.message}. {d.help}" if d.help else d.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(os.fsencode(d.span.path.replace("\\", "/")))},
                        "region": {"startLine": d.span.line, "startColumn": d.span.column},
                    }
                }
            ],
        }
        for d in diagnostics
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json_text(log)
