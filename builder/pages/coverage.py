"""The coverage of a course as one page: a map of paragraphs by theme, works, and the tables of the specification.

The page is whole without a script or a request, so that it can be sent,
printed and kept. A number stands on a tint that grows with its logarithm, since
one paragraph with twenty items must not make all others look alike; what is
missed has a sign, a word and a frame as well as a colour. Everything that
authors wrote goes through `escape` or `markup`.
"""

from __future__ import annotations

import math
from html import escape
from importlib.resources import files as package_files
from itertools import groupby
from typing import TYPE_CHECKING

from builder import citations
from builder.text import markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.coverage import Cell, Coverage, Covered, Head, Line, Table
    from builder.model import Course

_TINTS = 5
_MOST_UNSCROLLED = 11  # themes that fit side by side on a telephone
_SIGNS = {"too few": "▼", "too many": "▲"}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def files(course: Course, coverage: Coverage) -> dict[str, bytes]:
    """`coverage.html`."""
    style = (package_files("builder.pages") / "coverage.css").read_text("utf-8")
    body = "\n".join(_body(course, coverage))
    page = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>Coverage: {escape(coverage.title)}</title>
<style>
{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""
    return {"coverage.html": page.encode()}


def _body(course: Course, coverage: Coverage) -> Iterator[str]:
    yield f'<p class="label">Coverage</p><h1 dir="auto">{escape(coverage.title)}</h1>'
    yield from _summary(coverage)
    if coverage.paragraphs:
        yield from _map(coverage)
    if coverage.works:
        yield from _works(course, coverage)
    for table in coverage.tables:
        yield from _table(table)


def _summary(coverage: Coverage) -> Iterator[str]:
    """How many targets are met, and the list of those that are not."""
    paragraphs = [p.cell for p in coverage.paragraphs if p.cell.want is not None]
    works = [line.cells[0] for line in coverage.works if line.cells[0].want is not None]
    others = [cell for _, cell in coverage.targets][len(paragraphs) + len(works) :]
    yield f'<dl class="tiles"><div><dt>Items in use</dt><dd>{coverage.items}</dd></div>'
    yield _tile("Paragraphs covered", paragraphs)
    yield _tile("Works covered", works)
    yield _tile("Cells within tolerance", others)
    yield "</dl>"
    misses = coverage.misses
    if misses:
        count = f"{len(misses)} targets are missed" if len(misses) > 1 else "1 target is missed"
        entries = "".join(f"<li>{escape(str(miss))}</li>" for miss in misses)
        yield f'<div class="told missed"><p>✗ {count}</p><ul>{entries}</ul></div>'
    elif coverage.targets:
        yield f'<div class="told all-met"><p>✓ All targets are met ({len(coverage.targets)}).</p></div>'


def _tile(what: str, cells: Sequence[Cell]) -> str:
    if not cells:
        return ""
    met = sum(not cell.verdict for cell in cells)
    state = "" if met == len(cells) else ' class="short"'
    share = f'<span class="bar"><span style="width:{100 * met / len(cells):.1f}%"></span></span>'
    return f"<div{state}><dt>{what}</dt><dd>{met} <small>of {len(cells)}</small>{share}</dd></div>"


def _map(coverage: Coverage) -> Iterator[str]:
    """The heat map: a row group for each section, headed by its source where that begins."""
    top = max(number for p in coverage.paragraphs for number in (*p.by_theme, 1))
    yield "<h2>Paragraphs by theme</h2>"
    yield (
        '<p class="about">How many items in use draw on each paragraph of the sources. An item on two paragraphs '
        "counts in both. The last column gives all of them and, after the stroke, the least number wanted.</p>"
    )
    yield _scale(top)
    columns = len(coverage.themes)
    yield _scrolling("Paragraphs by theme") if columns > _MOST_UNSCROLLED else "<div>"
    yield f'<table class="map" role="table" style="--themes:{columns}">'
    yield f'<thead role="rowgroup"><tr role="row"><th role="columnheader"><b class="unseen">paragraph</b></th>{_slanted(coverage.themes)}</tr></thead>'
    source = ""
    for section, group in groupby(coverage.paragraphs, key=lambda p: p.place.section):
        rows = list(group)
        heading = rows[0].place.source
        yield '<tbody role="rowgroup">'
        if heading.id != source:
            source = heading.id
            yield _wide("source", heading.title, columns)
        yield _wide("section", section.title, columns)
        yield from (_paragraph(row, coverage.themes, top) for row in rows)
        yield "</tbody>"
    yield "</table></div>"


def _slanted(heads: Iterable[Head]) -> str:
    themes = "".join(
        f'<th role="columnheader" scope="col" title="{escape(head.title)}"><span>{escape(head.name)}</span></th>'
        for head in heads
    )
    return f'{themes}<th role="columnheader" scope="col"><span>all/wanted</span></th>'


def _wide(kind: str, title: str, columns: int) -> str:
    cell = f'<th role="rowheader" scope="rowgroup" colspan="{columns + 2}" dir="auto">{escape(title)}</th>'
    return f'<tr role="row" class="{kind}">{cell}</tr>'


def _paragraph(row: Covered, themes: Sequence[Head], top: int) -> str:
    paragraph = row.place.paragraph
    gist = escape(paragraph.gist)
    name = f"<b>{escape(paragraph.id.rpartition('/')[2])}</b>"
    cells = "".join(
        f'<td role="cell" class="t{_tint(number, top)}" title="{escape(f"{number} on {head.name}: {paragraph.gist}")}">{number}</td>'
        if number
        else '<td role="cell" class="t0"></td>'
        for head, number in zip(themes, row.by_theme, strict=True)
    )
    state = "off" if row.cell.verdict else "t0"
    head = f'<th role="rowheader" scope="row" title="{gist}">{name}<span class="gist" dir="auto">{gist}</span></th>'
    return f'<tr role="row">{head}{cells}<td role="cell" class="sum {state}">{_number(row.cell)}</td></tr>'


def _works(course: Course, coverage: Coverage) -> Iterator[str]:
    yield "<h2>Works cited</h2>"
    yield '<p class="about">How many items in use cite each work of the references, and the least number wanted.</p>'
    top = max(line.cells[0].have for line in coverage.works)
    wanted = [line for line in coverage.works if line.cells[0].want is not None]
    others = [line for line in coverage.works if line.cells[0].want is None]
    # Apart, since a record beside the entry as printed would turn 2001 into 2001a and 2001b.
    for lines in (wanted, others):
        texts = citations.bibliography(course, (line.head.key for line in lines))
        by_key = {line.head.key: line for line in lines}
        entries = "".join(_work(by_key[key], markup.as_html(runs), top) for key, runs in texts.items())
        if lines is others and entries:
            yield '<p class="about apart">Nothing is wanted of these:</p>'
        yield f'<ul class="works">{entries}</ul>' if entries else ""


def _work(line: Line, text: str, top: int) -> str:
    (cell,) = line.cells
    state = "off" if cell.verdict else f"t{_tint(cell.have, top)}"
    wants = "" if cell.want is None else f", wants {cell.range}"
    late = ' class="late"' if cell.verdict else ""
    told = f"<small{late}>{escape(line.head.key)}{wants}</small>"
    return (
        f'<li><span class="number {state}">{_number(cell)}</span><span><span dir="auto">{text}</span>{told}</span></li>'
    )


def _table(table: Table) -> Iterator[str]:
    top = max(cell.have for line in table.lines[:-1] or table.lines for cell in line.cells[:-1] or line.cells)
    is_asked = any(cell.want is not None for line in table.lines for cell in line.cells)
    yield f"<h2>{escape(table.title)}</h2>"
    yield f'<p class="about">Items in use{", and after the stroke those that the specification wants" if is_asked else ""}.</p>'
    yield _scrolling(table.title)
    heads = "".join(f'<th scope="col">{escape(head.name)}</th>' for head in table.columns)
    yield f'<table class="table"><thead><tr><td></td>{heads}</tr></thead><tbody>'
    for line in table.lines:
        is_sum = line is table.lines[-1]
        cells = "".join(
            _cell(cell, 0 if is_sum or i == len(line.cells) - 1 else top) for i, cell in enumerate(line.cells)
        )
        full = f'<small dir="auto">{escape(line.head.title)}</small>' if line.head.title != line.head.name else ""
        yield f'<tr><th scope="row">{escape(line.head.name)}{full}</th>{cells}</tr>'
    yield "</tbody></table></div>"


def _cell(cell: Cell, top: int) -> str:
    """A number with its tint; without a `top`, such as a sum, it has none."""
    if not cell.have and not cell.want:
        return "<td></td>"
    state = "off" if cell.verdict else f"t{_tint(cell.have, top)}" if top else "sum"
    told = f' title="wants {cell.range}"' if cell.want is not None else ""
    return f'<td class="{state}"{told}>{_number(cell)}</td>'


def _number(cell: Cell) -> str:
    """`12/10`, with a sign and a word where that is missed."""
    sign = f'<span aria-hidden="true">{_SIGNS[cell.verdict]} </span>' if cell.verdict else ""
    word = f'<span class="unseen"> {cell.verdict}</span>' if cell.verdict else ""
    of = "" if cell.want is None else f'<span class="of">/{cell.want}</span>'
    return f"{sign}{cell.have}{of}{word}"


def _scrolling(name: str) -> str:
    """A box of its own for what may be wider than the window; keys can reach and scroll it."""
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(name)}">'


def _tint(number: int, top: int) -> int:
    """0 for none, else 1 to 5: the number itself while that is enough, else by its logarithm."""
    if top <= _TINTS:
        return number
    return 1 + int(_TINTS * math.log(number) / math.log(top + 1)) if number else 0


def _scale(top: int) -> str:
    """The tints and the numbers that they stand for."""
    groups = [(tint, list(numbers)) for tint, numbers in groupby(range(1, top + 1), key=lambda n: _tint(n, top))]
    entries = "".join(
        f'<li class="t{tint}">{numbers[0]}{f"–{numbers[-1]}" if len(numbers) > 1 else ""}</li>'
        for tint, numbers in groups
    )
    return f'<ul class="scale" aria-label="Tints and numbers of items">{entries}</ul>'
