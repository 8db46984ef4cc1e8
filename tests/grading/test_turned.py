"""Pictures that say how they are to be turned, as scanners and phones write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, TiffImagePlugin

from builder.grading.sources import opened

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

ORIENTATION = 0x0112
STORED = np.full((60, 40), 255, np.uint8)
STORED[5:15, 5:12] = 0
STORED[40:50, 20:38] = 0
SHOWN = {
    1: STORED,
    2: STORED[:, ::-1],
    3: STORED[::-1, ::-1],
    4: STORED[::-1],
    5: STORED.T,
    6: np.rot90(STORED, -1),
    7: STORED[::-1, ::-1].T,
    8: np.rot90(STORED),
}  # by TIFF 6.0, section 8, Orientation


def page_of(path: Path) -> NDArray[np.uint8]:
    """The dots of the only page, as marks are looked for in them."""
    with opened(str(path)) as source:
        return source.page(0)[0]


def written(path: Path, mode: str, turn: int, **how: object) -> Path:
    """A TIFF of the stored dots, with the tag that says how to turn it."""
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[ORIENTATION] = turn
    picture = (
        Image.fromarray(STORED.astype(np.uint16) * 257) if mode == "I;16" else Image.fromarray(STORED).convert(mode)
    )
    picture.save(path, tiffinfo=tags, **how)  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("turn", SHOWN)
@pytest.mark.parametrize("packing", ["raw", "tiff_lzw"])
@pytest.mark.parametrize("mode", ["L", "1", "RGB", "I;16"])
def test_a_tiff_is_turned_as_it_says(tmp_path: Path, mode: str, packing: str, turn: int) -> None:
    """However its dots are packed, and however many greys they have."""
    path = written(tmp_path / "page.tif", mode, turn, compression=packing)
    assert np.array_equal(page_of(path), SHOWN[turn])


@pytest.mark.parametrize("turn", SHOWN)
def test_dots_of_a_turned_fax_are_made_square(tmp_path: Path, turn: int) -> None:
    """Of such a page 200 dots to the inch go across and 100 down, in the rows as they are stored."""
    path = written(tmp_path / "fax.tif", "1", turn, dpi=(200, 100))
    assert page_of(path).shape == ((120, 40) if turn <= 4 else (40, 120))
