"""Files of scans, opened: how many pages each has, and the grey dots of any of them."""

from __future__ import annotations

import os
import warnings
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from PIL import Image, ImageOps

from builder.grading.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from builder.grading.reasons import Reason

    Grey = NDArray[np.uint8]

PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
SHORT = 1150  # dots that the shorter side of a page has at least after it is made smaller: about 140 dpi
_DPI = 150  # that a page of a PDF is drawn with
MOST_PAGES = 5000  # of a file; a few bytes of a PDF may claim millions
_MOST = 150_000_000  # dots of a picture: A4 at 1200 dpi
_MOST_WHOLE = 12_000_000  # dots of a picture in a PDF that is taken as it is: A4 at 300 dpi, and a little more
_WHOLE_BITS = (8, 24)  # of its dots: greys, or colours
_ORIENTATION = 0x0112  # the tag of Exif
_ON_ITS_SIDE = range(5, 9)  # where rows of what is stored are columns of the page
_STRAIGHT = 1e-3  # of its width or height that a picture in a PDF may be turned by, at most


class SourceError(Exception):
    """A file or page is none that is read; `why` is for a person."""

    def __init__(self, why: Reason) -> None:
        super().__init__(why)
        self.why = why


class Source(Protocol):
    """An open file: the number of its pages, and the dots of one, counted from 0, with whether they have two levels by their form."""

    def __len__(self) -> int:
        """The number of pages."""

    def page(self, place: int) -> tuple[Grey, bool]:
        """The dots of a page, and whether the file has one bit for each.

        Raises:
            SourceError: the page is larger than any sheet of paper.
            Exception: whatever decoders raise over a page that is broken.
        """


@contextmanager
def opened(name: str) -> Iterator[Source]:
    """A file for as long as it is needed; no more of it is read than the pages that are asked for.

    What decoders warn of is nothing to whoever scanned the page: it is read or it is not.

    Raises:
        SourceError: the file is none of those that hold scans, or has more than `MOST_PAGES` pages.
        Exception: whatever decoders raise over a file that is broken.
    """
    ending = os.path.splitext(name)[1].lower()
    with ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings(action="ignore"))
        if ending == ".pdf":
            import pypdfium2

            source: Source = _Pdf(stack.enter_context(pypdfium2.PdfDocument(name)))
        elif ending in PICTURES:
            # Given a name, Pillow maps grey dots that are not compressed, and mixes up their rows where a tag turns them.
            source = _Picture(stack.enter_context(Image.open(stack.enter_context(open(name, "rb")))))
        else:
            raise SourceError(reason("no_scan"))
        if len(source) > MOST_PAGES:
            raise SourceError(reason("many_pages", len(source), MOST_PAGES))
        yield source


class _Pdf:
    """The pages of a PDF, as a reader shows them: turned as the file says."""

    def __init__(self, document: Any) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document)

    def page(self, place: int) -> tuple[Grey, bool]:
        page = self._document[place]
        try:
            if max(page.get_size()) * _DPI / 72 > _MOST**0.5:
                raise SourceError(reason("large_page"))
            pictures = _pictures(page)
            whole = _whole(page, pictures)
            if whole is not None:
                return whole, False
            drawn = page.render(scale=_DPI / 72, grayscale=True).to_numpy()
            # A picture of one bit for each dot gets greys that mean nothing when it is drawn in another size.
            is_two_level = bool(pictures) and all(it.get_metadata().bits_per_pixel == 1 for it in pictures)
            return np.ascontiguousarray(drawn.squeeze()), is_two_level
        finally:
            page.close()


def _pictures(page: Any) -> list[Any]:
    from pypdfium2 import raw

    return list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))


def _whole(page: Any, pictures: list[Any]) -> Grey | None:
    """The dots of the one picture that is all there is on a page, the way up that the page is shown.

    They are those that a scanner wrote, at a quarter of the time that drawing them takes. None where anything else is on
    the page, or lies over it, or where the picture is turned, mirrored, huge, or one of two levels.
    """
    from pypdfium2 import raw

    is_alone = len(pictures) == raw.FPDFPage_CountObjects(page) == 1 and raw.FPDFPage_GetAnnotCount(page) == 0
    if not is_alone or raw.FPDFPageObj_HasTransparency(pictures[0]):
        return None
    about, (across, turned, askew, down, *_) = pictures[0].get_metadata(), pictures[0].get_matrix().get()
    size = (about.width, about.height)
    is_upright = across > 0 and down > 0 and abs(turned) + abs(askew) < _STRAIGHT * min(across, down)
    if not is_upright or about.bits_per_pixel not in _WHOLE_BITS or size[0] * size[1] > _MOST_WHOLE:
        return None
    picture = pictures[0].get_bitmap(render=False).to_pil().convert("L")
    if picture.size != size:
        return None
    wanted = _square(size, (size[0] / across, size[1] / down))
    upright = picture if wanted == size else picture.resize(wanted)
    return np.ascontiguousarray(np.rot90(np.asarray(upright), -page.get_rotation() // 90))


class _Picture:
    """The pages of a picture file, the right way up as its camera says, with dots as wide as they are high."""

    def __init__(self, picture: Image.Image) -> None:
        self._picture = picture
        # A TIFF has pages; what else has several pictures has small or moving ones beside the one that is meant.
        self._count = int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1

    def __len__(self) -> int:
        return self._count

    def page(self, place: int) -> tuple[Grey, bool]:
        frame = self._picture
        frame.seek(place)
        if frame.width * frame.height > _MOST:
            raise SourceError(reason("large_picture"))
        is_two_level = frame.mode == "1"
        if frame.format in {"JPEG", "MPO"} and min(frame.size) >= 2 * SHORT:
            frame.draft("L", (frame.width // 2, frame.height // 2))  # decoded at half of its size, in grey alone
        dpi = frame.info.get("dpi", (1, 1))
        if frame.format == "TIFF":  # as it is loaded, Pillow turns its dots, and not how many there are to the inch
            dpi = dpi[::-1] if frame.getexif().get(_ORIENTATION, 1) in _ON_ITS_SIDE else dpi
            frame.load()
        wanted = _square(frame.size, (float(dpi[0]), float(dpi[1])))
        grey = _grey(frame if wanted == frame.size else frame.resize(wanted))
        is_turned = grey.getexif().get(_ORIENTATION, 1) != 1
        return np.ascontiguousarray(ImageOps.exif_transpose(grey) if is_turned else grey), is_two_level


def _square(size: tuple[int, int], dpi: tuple[float, float]) -> tuple[int, int]:
    """The size of a picture with dots as wide as they are high: a fax has 204 to the inch across, and 98 down."""
    (width, height), (across, down) = size, dpi
    if across <= 0 or down <= 0 or abs(across / down - 1) < 0.02:  # noqa: PLR2004 - rounded to whole dots to the inch
        return size
    if across > down:
        return width, round(height * across / down)
    return round(width * down / across), height


def _grey(frame: Image.Image) -> Image.Image:
    """A picture in 256 greys, on white paper."""
    exif = frame.getexif()
    if frame.mode.startswith("I"):
        grey = Image.fromarray((np.asarray(frame).astype(np.uint32) >> 8).clip(0, 255).astype(np.uint8))
    elif frame.mode in {"RGBA", "LA", "PA"} or "transparency" in frame.info:
        paper = Image.new("RGBA", frame.size, "white")
        grey = Image.alpha_composite(paper, frame.convert("RGBA")).convert("L")
    else:
        grey = frame if frame.mode == "L" else frame.convert("L")  # a copy takes a tenth of the time of reading
    grey.getexif().update(exif)
    return grey
