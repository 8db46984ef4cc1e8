"""Pictures in DOCX: as they are where Word can show them, else drawn anew as PNG by Typst."""

from __future__ import annotations

import io
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from docx.shared import Emu, Mm

from builder.diagnostics import BuilderError
from builder.printing.docx.elements import clean, element, put
from builder.printing.raster import png

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.text.run import Run

    from builder.printing.formula import Formula

_READABLE = (".png", ".jpg", ".jpeg", ".gif")
_INCH, _SHARP = 72, 288  # points, and dots of what is drawn as lines
_HEIGHT = 120  # millimetres, at most


def add(run: Run, media: Mapping[str, bytes], file: str, alt: str, *, width: float, share: int = 0) -> None:
    """Put a picture of the course into a run, with its words: no wider than `width` millimetres, or so many per cent of it.

    Raises:
        BuilderError: the file is damaged, or of a kind that neither Word nor Typst knows.
    """
    try:
        data = media[file]
        suffix = PurePosixPath(file).suffix.lower()
        scale = 1.0
        if suffix not in _READABLE:
            dots = _SHARP if suffix == ".svg" else _INCH
            data, scale = png(data, suffix, dots), _INCH / dots
        shape = run.add_picture(io.BytesIO(data))
    except Exception as error:  # of many kinds: those of reading bytes, of python-docx and of Typst
        message = f"{file}: this picture can't be read; save it anew as PNG or JPEG"
        raise BuilderError(message) from error
    own = shape.width * scale, shape.height * scale
    scale = Mm(width * share / 100) / own[0] if share else min(1, Mm(width) / own[0])
    scale = min(scale, Mm(_HEIGHT) / own[1])
    shape.width, shape.height = Emu(round(own[0] * scale)), Emu(round(own[1] * scale))
    shape._inline.docPr.set("descr", clean(alt))  # noqa: SLF001 - python-docx has no other way to an alternative text


def add_formula(run: Run, formula: Formula, size: float) -> None:
    """Put a formula into a run as a picture on the line of the text, which is of `size` points."""
    shape = run.add_picture(io.BytesIO(png(formula.svg.encode(), ".svg", _SHARP)))
    points = 12700  # to the point, of Word's units
    shape.width, shape.height = (Emu(round(em * size * points)) for em in (formula.width, formula.height))
    shape._inline.docPr.set("descr", clean(formula.alt))  # noqa: SLF001 - as above
    put(run._r.get_or_add_rPr(), element("w:position", val=-round(formula.depth * size * 2)))  # noqa: SLF001 - no baselines in python-docx
