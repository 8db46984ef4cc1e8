"""The figures of an analysis as CSV: items, options, results, and the Rasch model."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from builder.analysis.linking import abilities as of_takers
from builder.text.cells import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.analysis.estimates import Estimate
    from builder.analysis.items import ItemReport
    from builder.analysis.papers import PaperReport
    from builder.analysis.sittings import Sitting

_FIGURES = ("p", "r", "r_shrunk", "d")
_ITEMS = ("item", "digest", "kind", "uses", "n", "right", "omitted", "not_reached", "p_shrunk")
_MODEL = (
    "exam", "item", "difficulty", "difficulty_low", "difficulty_high", "error", "infit", "infit_z", "outfit", "outfit_z",
)  # fmt: skip
_ABILITIES = ("exam", "student", "right", "ability", "error")
_OPTIONS = ("item", "digest", "option", "right", "count", "share", "share_low", "share_high", "r", "r_low", "r_high")


def items(reports: Sequence[ItemReport]) -> bytes:
    """`items.csv`: a line an item; a figure that the takers are too few for is empty."""
    ends = [column for name in _FIGURES for column in (name, f"{name}_low", f"{name}_high")]
    return _written([(*_ITEMS, *ends, "flags"), *(_item(report) for report in reports)])


def _item(report: ItemReport) -> tuple[str, ...]:
    counts = (report.n, report.right, report.omitted, report.not_reached)
    figures = (part for name in _FIGURES for part in _parts(getattr(report, name)))
    shrunk = "" if report.p_shrunk is None else _figure(report.p_shrunk)
    head = (report.id, report.digest, report.kind, " ".join(report.uses))
    return (*head, *map(str, counts), shrunk, *figures, " ".join(report.flags))


def options(reports: Sequence[ItemReport]) -> bytes:
    """`options.csv`: a line an option, numbered from 1 as in the bank; `true` is 1 and `false` 2."""
    return _written([_OPTIONS, *(line for report in reports for line in _options(report))])


def _options(report: ItemReport) -> Iterator[tuple[str, ...]]:
    for it in report.options:
        right = "yes" if it.is_right else "no"
        head = (report.id, report.digest, str(it.index + 1), right, str(it.count))
        yield (*head, *_parts(it.share), *_parts(it.r))


def totals(sittings: Sequence[Sitting]) -> bytes:
    """`totals.csv`: a line a student, with the marks for each question by item id; what does not count is empty."""
    ids = list(dict.fromkeys(question.id for sat in sittings for question in sat.questions))
    lines = [("exam", "student", "version", "total", "most", *ids)]
    for sat in sittings:
        for taker, row, total in zip(sat.takers, sat.rows, sat.totals, strict=True):
            marks = (f"{row[item].marks:g}" if item in row else "" for item in ids)
            lines.append((sat.name, taker.student, taker.version, f"{total:g}", f"{sat.most:g}", *marks))
    return _written(lines)


def model(papers: Sequence[PaperReport]) -> bytes:
    """`rasch.csv`: a line an item of a paper that the Rasch model was fitted to, its difficulty in logits."""
    lines: list[tuple[str, ...]] = [_MODEL]
    for paper in papers:
        for item, it in paper.rasch.items.items() if paper.rasch else ():
            fits = (it.error, it.infit, it.infit_z, it.outfit, it.outfit_z)
            lines.append((paper.name, item, *_parts(it.difficulty), *map(_figure, fits)))
    return _written(lines)


def abilities(papers: Sequence[PaperReport], sittings: Sequence[Sitting]) -> bytes:
    """`abilities.csv`: a line a student, with the number of items of the model that are right, and the ability in logits."""
    lines: list[tuple[str, ...]] = [_ABILITIES]
    for paper, sat in zip(papers, sittings, strict=True):
        if not paper.rasch:
            continue
        for taker, found in zip(sat.takers, of_takers(paper.rasch, sat), strict=True):
            right = paper.rasch.abilities.index(found)
            lines.append((sat.name, taker.student, str(right), *map(_figure, found)))
    return _written(lines)


def _parts(estimate: Estimate | None) -> tuple[str, ...]:
    return ("", "", "") if estimate is None else tuple(map(_figure, estimate))


def _figure(value: float) -> str:
    return f"{round(value, 4) + 0.0:.4f}"


def _written(lines: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([guarded(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig", "replace")
