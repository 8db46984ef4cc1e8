"""Pictures that a tag turns: they are read as whoever looks at them sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from builder.grading.scans import Scan, scans
from tests.marking.sheets import generator

if TYPE_CHECKING:
    from pathlib import Path

_TAG = 0x0112
_STORED = {  # what undoes the turn of each tag
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
DPI, FAX = (150, 150), (204, 98)


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw"])
@pytest.mark.parametrize("mode", ["L", "1", "RGB"])
@pytest.mark.parametrize("dpi", [DPI, FAX])
def test_a_tiff_is_turned_as_its_tag_says(tmp_path: Path, mode: str, compression: str, dpi: tuple[int, int]) -> None:
    """With any tag the dots are those of the page as it is seen, as wide as they are high, however they are stored."""
    dots = np.random.default_rng(generator(mode).randrange(1000)).integers(0, 2, (70, 60), np.uint8) * 255
    page = Image.fromarray(dots).resize((600, 700), Image.Resampling.NEAREST).convert(mode)
    found = []
    for tag in range(1, 9):
        stored = page.transpose(_STORED[tag]) if tag in _STORED else page
        across = dpi[::-1] if stored.size != page.size else dpi
        stored.save(tmp_path / "page.tif", compression=compression, tiffinfo={_TAG: tag}, dpi=across)
        (scan,) = scans([tmp_path / "page.tif"])
        assert isinstance(scan, Scan), scan
        found.append(scan.dots)
    assert found[0].shape == (700 if dpi == DPI else round(700 * 204 / 98), 600)
    if dpi == DPI:
        assert np.array_equal(found[0], np.asarray(page.convert("L")))
    assert all(np.abs(it.astype(int) - found[0]).max() <= 1 for it in found)  # stretching rounds as it is stored
