"""Read real scans of another sheet: `python -m tests.marking.open_mcr FOLDER`.

FOLDER is a checkout of https://github.com/iansan5653/open-mcr, whose end-to-end
tests bring scanned pages with their answers. Where its circles are is taken from
its PDF, and where a page lies from its own corner marks; all that judges circles
is ours. Nothing of that repository is kept here.

Its circles are 2.8 mm wide, and ours 4.6: a page is read as if it were enlarged
until they are alike, since what counts as a mark is said in square millimetres.
Its letters are those of an older print than its PDF has, so their ink is taken
from the emptier circles of each page.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pypdfium2
from pypdfium2 import raw

from builder.grading import circles, rows, scans
from builder.grading.frame import fitted, projected, sampled
from builder.grading.place import AstrayError, Placed
from builder.grading.reasons import Reason
from builder.grading.squares import squares
from builder.paper.record import Version
from builder.paper.sheet import TABLE, Box, Mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.grading.frame import Array
    from builder.grading.rows import Group
    from builder.grading.sources import Grey

WANTED = 4720 / 4725  # share of the answers that are equal, at least
_WIDTH = 612.0  # points: US Letter
_BOUNDS, _STROKE, _SQUARE = 9.7, 0.876, 11.23  # points: a circle with its outline on both sides, that outline, a mark
_DIAMETER = _BOUNDS - 2 * _STROKE  # from the middle of the outline
_MM = TABLE[11].bubble / _DIAMETER  # of our sheet to the point
_NEAR = 0.1  # points
_LETTERS = "ABCDE"
_ROWS = {75: 15, 150: 30}  # questions in each column, by those of a sheet
_CORNER = (0.3, 0.22)  # share of the picture's width and height in which a corner mark is
_LOOSE = 0.03  # share by which a page's sides, or its right angle, are off at most
_IS_L = 0.3  # of the way from black to white
_TRIED = 6  # places of a page
_DARKEST, _EMPTIER = 1, 25  # per cent of the dots that are blackest, and of the circles that are surely empty


class Sheet(NamedTuple):
    """A sheet: its circles, and the middles of its corner marks from the top left, clockwise; of the L, its corner's."""

    marks: list[Mark]
    corners: Array


def sheet(path: Path, questions: int) -> Sheet:
    """The sheet that a PDF of open-mcr prints; its paths are counted from the top left."""
    with pypdfium2.PdfDocument(path) as document:
        bounds = np.array([it.get_bounds() for it in document[0].get_objects([raw.FPDF_PAGEOBJ_PATH], max_depth=8)])
    sizes, middles = bounds[:, 2:] - bounds[:, :2], (bounds[:, 2:] + bounds[:, :2]) / 2
    found = middles[(abs(sizes - _BOUNDS) < _NEAR).all(1)]
    down = np.unique(found[:, 1].round())[-_ROWS[questions] :]
    across = np.unique(found[np.isin(found[:, 1].round(), down), 0].round())
    marks = []
    for number in range(questions):
        column, row = divmod(number, len(down))
        for place, letter in enumerate(_LETTERS):
            wanted = (across[column * len(_LETTERS) + place], down[row])
            x, y = (float(n) for n in found[np.hypot(*(found - wanted).T).argmin()] - _DIAMETER / 2)
            marks.append(Mark("bubble", number + 1, letter, Box(x * _MM, y * _MM, _DIAMETER * _MM, _DIAMETER * _MM)))
    (left, top), (right, bottom) = (ends(middles[(abs(sizes - _SQUARE) < _NEAR).all(1)]) for ends in (_least, _most))
    return Sheet(marks, np.array([(left, top), (right, top), (right, bottom), (left, bottom)]) * _MM)


def _least(places: Array) -> Array:
    return np.asarray(places.min(0))


def _most(places: Array) -> Array:
    return np.asarray(places.max(0))


def placed(dots: Grey, on: Sheet) -> Iterator[Placed]:
    """Where a page may lie, the likeliest first: by three squares in corners of the picture, and an L in the fourth."""
    black = float(np.percentile(dots, _DARKEST))  # the marks are printed in grey
    found = [_squares(dots, right=right, low=low) for right, low in ((0, 0), (1, 0), (1, 1), (0, 1))]
    tried: list[tuple[float, Array]] = []
    for turn in range(4):
        for three in product(*(found[(turn + n) % 4] for n in (1, 2, 3))):
            seen = np.array(three)
            if _loose(on.corners[1:], seen) < _LOOSE:
                projection = fitted(on.corners[1:], seen, np.ones(3))
                tried.append((_is_l(dots, projection, on.corners[0]), projection))
    likeliest = sorted(tried, key=lambda it: -it[0])[:_TRIED]
    yield from (Placed(projection, black) for score, projection in likeliest if score > _IS_L)


def _squares(dots: Grey, *, right: int, low: int) -> Array:
    """The dark squares in a corner of a picture."""
    high, wide = (round(side * share) for side, share in zip(dots.shape, reversed(_CORNER), strict=True))
    left, top = (dots.shape[1] - wide) * right, (dots.shape[0] - high) * low
    part = np.ascontiguousarray(dots[top : top + high, left : left + wide])
    found: Array = squares(part, min(dots.shape) * _SQUARE / _WIDTH) + np.array([left, top])
    return found


def _loose(known: Array, seen: Array) -> float:
    """By which share three corners, a right angle in the middle, differ from their shape on the sheet; 1 if mirrored."""
    (a, b), (c, d) = (known[0] - known[1], known[2] - known[1]), (seen[0] - seen[1], seen[2] - seen[1])
    if (c[0] * d[1] - c[1] * d[0]) * (a[0] * b[1] - a[1] * b[0]) <= 0:
        return 1.0
    across, down = np.hypot(*c), np.hypot(*d)
    return float(max(abs(across / down * np.hypot(*b) / np.hypot(*a) - 1), abs(c @ d) / (across * down)))


def _is_l(dots: Grey, projection: Array, corner: Array) -> float:
    """How much darker the three cells of the L are than what is beside them, from 0 to 1."""
    side = _SQUARE * _MM
    line = np.linspace(-0.3, 0.3, 5) * side
    around = np.stack(np.meshgrid(line, line), -1)
    cells = corner + np.array([(0, 0), (side, 0), (0, side), (side, side)])
    means = [float(sampled(dots, projected(projection, cell + around)).mean()) for cell in cells]
    return (means[3] - max(means[:3])) / 255


def read(scan: scans.Scan, on: Sheet) -> list[Group]:
    """The answers on a page.

    Raises:
        AstrayError: it is none of these sheets.
    """
    version = Version.model_construct(name="A", items=())
    bare = np.zeros(len(on.marks))
    for place in placed(scan.dots, on):
        try:
            ink = circles.inked(scan.dots, place, on.marks, bare, is_two_level=True)
        except AstrayError:
            continue
        levels = ink.level.reshape(-1, len(_LETTERS))
        letters = np.tile(np.percentile(levels, _EMPTIER, axis=0) * ink.area, len(levels))
        # Their letters are black, as ours are where a page has two levels.
        ink = circles.inked(scan.dots, place, on.marks, letters, is_two_level=True)
        return list(rows.groups(on.marks, ink, version, is_two_level=scan.is_two_level))
    raise AstrayError(Reason("no corner marks with circles between them are found"))


def expected(folder: Path) -> dict[str, list[str]]:
    """The answers by file, of one of the end-to-end tests: `B`, nothing, or `[A|B]`; blank ones at the end are left out."""
    found: dict[str, list[str]] = {}
    for path in sorted((folder / "output").glob("*.csv")):
        table = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
        if path.stem == "key":  # from top to bottom
            found[table[0][1]] = [line[1] for line in table[1:]]
        elif path.stem in {"results", "keys"}:
            file, first = table[0].index("Source File"), table[0].index("Q1")
            found |= {line[file]: line[first:] for line in table[1:]}
    return found


def _compared(found: Sequence[Group], wanted: Sequence[str], name: str, levels: str) -> Iterator[str]:
    """What became of each answer on a page, and why a person has to look."""
    for place, group in enumerate(found):
        right = wanted[place] if place < len(wanted) else ""
        answer = group.readings[0].answer
        said = f"[{'|'.join(answer)}]" if len(answer) > 1 else "".join(answer)
        outcome = "equal" if said == right else "differs, flagged" if group.doubt else "differs in silence"
        yield outcome
        if outcome != "equal":
            print(name, f"question {place + 1}: {said or '-'}, theirs {right or '-'}", group.doubt, sep="; ")
        if group.doubt:
            doubt = "several marks" if " marks: " in group.doubt else group.doubt.split(": ")[-1]
            yield f"flagged, {levels}, {'answered' if right else 'blank'}: {doubt}"


def _of(test: Path, on: Sheet) -> Iterator[str]:
    """What became of the pages of one of the end-to-end tests."""
    wanted = expected(test)
    for scan in scans.scans([test / "input"]):
        name = Path(scan.file).name
        is_sheet = name in wanted
        if name.endswith(".csv"):
            continue
        try:
            found = [] if isinstance(scan, scans.Unread) else read(scan, on)
        except AstrayError:
            found = []
        if found and isinstance(scan, scans.Scan):
            levels = "two levels" if scan.is_two_level else "grey"
            yield f"{'sheets' if is_sheet else 'no sheet'}: {levels}"
            yield from _compared(found, wanted.get(name, ()), f"{test.name}/{name}", levels)
        else:
            yield f"{'sheets' if is_sheet else 'no sheet'}: refused"
            yield from ["refused"] * (len(on.marks) // len(_LETTERS) * is_sheet)


def main() -> int:
    """Read the pages; the exit code is 1 where fewer are equal than wanted, or any differs and no person is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    kinds = {
        questions: sheet(folder / f"src/assets/multiple_choice_sheet_{questions}q.pdf", questions)
        for questions in _ROWS
    }
    counts: Counter[str] = Counter()
    for test in sorted((folder / "test/end-to-end").iterdir()):
        if test.is_dir():
            arguments = test / "args.txt"
            is_long = arguments.exists() and "--variant 150" in arguments.read_text()
            counts.update(_of(test, kinds[150 if is_long else 75]))
    for key, count in sorted(counts.items()):
        print(key, count, sep="\t")
    silent = counts["differs in silence"]
    total = counts["equal"] + counts["differs, flagged"] + silent + counts["refused"]
    flagged = sum(count for key, count in counts.items() if key.startswith("flagged"))
    print(f"{counts['equal']} of {total} answers are equal, {flagged} flagged, {silent} wrong in silence")
    return int(silent > 0 or not total or counts["equal"] < WANTED * total)


if __name__ == "__main__":
    sys.exit(main())
