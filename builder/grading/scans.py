"""Pages out of scans: PDF, TIFF, PNG and JPEG, and folders of them, each page as grey dots."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from PIL import Image, ImageOps, ImageSequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
_DPI = 150  # that a page of a PDF is drawn with
_SHORT = 1150  # dots that the shorter side of a page has at least after it is made smaller: about 140 dpi
_MOST = 150_000_000  # dots of a picture: A4 at 1200 dpi
_LEAST = 500  # dots of the shorter side: A4 at 60 dpi
_BETWEEN = slice(24, 232)  # greys that a scan of two levels has not
_FEW = 0.002


class Scan(NamedTuple):
    """A page: where it comes from (`number` from 1), its grey dots, and whether the scanner knew only black and white.

    `digest` is the hash of the dots: it is the same in whatever file the page comes, and at whatever place.
    """

    file: str
    number: int
    digest: str
    dots: Grey
    is_two_level: bool


class Unread(NamedTuple):
    """A file, or a page of it, that can't be read, and why."""

    file: str
    number: int
    reason: str


def scans(paths: Iterable[Path]) -> Iterator[Scan | Unread]:
    """The pages of files and folders, in the order of their names. What can't be read is told and stops nothing."""
    for path in paths:
        if path.is_dir():
            inside = sorted(
                os.path.join(folder, name)
                for folder, _, names in os.walk(path)
                for name in names
                if not name.startswith(".")
            )
            for name in inside:
                yield from _file(name)
        else:
            yield from _file(str(path))


def _file(name: str) -> Iterator[Scan | Unread]:
    """The pages of a file."""
    ending = os.path.splitext(name)[1].lower()
    if ending != ".pdf" and ending not in PICTURES:
        yield Unread(name, 1, "neither PDF, TIFF, PNG nor JPEG")
        return
    number = 0
    try:
        for number, (dots, is_two_level) in enumerate(_pdf(name) if ending == ".pdf" else _picture(name), 1):
            if min(dots.shape) < _LEAST:
                yield Unread(
                    name, number, f"too small: {dots.shape[1]} x {dots.shape[0]} dots; scan with 150 dpi or more"
                )
                continue
            digest = hashlib.blake2b(dots.data, digest_size=8, key=repr(dots.shape).encode()).hexdigest()
            yield Scan(name, number, digest, *smaller(dots, is_two_level=is_two_level))
    except Exception as error:  # noqa: BLE001 - decoders raise whatever a broken file leads them to; no file stops the others
        yield Unread(
            name, number + 1, f"can't be read: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
        )
    else:
        if number == 0:
            yield Unread(name, 1, "has no page")


def smaller(dots: Grey, *, is_two_level: bool) -> tuple[Grey, bool]:
    """A page with no more dots than it takes to read it, and whether it has two levels."""
    picture = Image.fromarray(dots)
    share = sum(picture.histogram()[_BETWEEN]) / dots.size
    factor = max(1, min(dots.shape) // _SHORT)
    small = np.asarray(picture.reduce(factor)) if factor > 1 else dots
    return small, is_two_level or bool(share < _FEW)


def _pdf(name: str) -> Iterator[tuple[Grey, bool]]:
    """The pages of a PDF, drawn as a reader shows them: turned as the file says."""
    import pypdfium2

    with open(name, "rb") as file:
        document = pypdfium2.PdfDocument(file.read())
    try:
        for page in document:
            if max(page.get_size()) * _DPI / 72 > _MOST**0.5:
                message = "a page is larger than any sheet of paper"
                raise ValueError(message)
            drawn = page.render(scale=_DPI / 72, grayscale=True).to_numpy()
            yield np.ascontiguousarray(drawn.squeeze()), _is_of_two_levels(page)
    finally:
        document.close()


def _is_of_two_levels(page: Any) -> bool:
    """Whether the picture of a page has one bit for each dot: drawn in another size, it gets greys that mean nothing."""
    from pypdfium2 import raw

    pictures = list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
    return bool(pictures) and all(picture.get_metadata().bits_per_pixel == 1 for picture in pictures)


def _picture(name: str) -> Iterator[tuple[Grey, bool]]:
    """The pages of a picture file, the right way up as its camera says, with dots as wide as they are high."""
    with Image.open(name) as picture:
        for frame in ImageSequence.Iterator(picture):
            if frame.width * frame.height > _MOST:
                message = "a picture is larger than any sheet of paper"
                raise ValueError(message)
            is_two_level = frame.mode == "1"
            if frame.format == "JPEG" and min(frame.size) >= 2 * _SHORT:
                frame.draft("L", (frame.width // 2, frame.height // 2))  # decoded at half of its size, in grey alone
            width, height = _square(frame)
            upright = ImageOps.exif_transpose(
                _grey(frame.resize((width, height)) if frame.size != (width, height) else frame)
            )
            yield np.ascontiguousarray(upright), is_two_level


def _square(frame: Image.Image) -> tuple[int, int]:
    """The size of a picture with dots as wide as they are high: a fax has 204 to the inch across, and 98 down."""
    across, down = (float(dpi) for dpi in frame.info.get("dpi", (1, 1)))
    if across <= 0 or down <= 0 or abs(across / down - 1) < 0.02:  # noqa: PLR2004 - rounded to whole dots to the inch
        return frame.size
    if across > down:
        return frame.width, round(frame.height * across / down)
    return round(frame.width * down / across), frame.height


def _grey(frame: Image.Image) -> Image.Image:
    """A picture in 256 greys, on white paper."""
    exif = frame.getexif()
    if frame.mode.startswith("I"):
        grey = Image.fromarray((np.asarray(frame).astype(np.uint32) >> 8).clip(0, 255).astype(np.uint8))
    elif frame.mode in {"RGBA", "LA", "PA"} or "transparency" in frame.info:
        paper = Image.new("RGBA", frame.size, "white")
        grey = Image.alpha_composite(paper, frame.convert("RGBA")).convert("L")
    else:
        grey = frame.convert("L")
    grey.getexif().update(exif)
    return grey
