"""Parts of a page that lie flat."""

from __future__ import annotations

import numpy as np
import pytest

from builder.grading.frame import STEP, Flat

REACH = 3  # steps


@pytest.mark.parametrize("places", [[(8, 9), (12, 5)], [(8, 9), (1, 5), (0, 0), (19, 14), (30, -4)]])
def test_windows_past_an_edge_repeat_what_is_there(places: list[tuple[float, float]]) -> None:
    """A window holds the greys around its place, and beyond the part's edges those of the edge, for some places or all."""
    grey = np.random.default_rng(1).integers(0, 256, (15, 20), np.uint8)
    page = Flat(grey, left=4.0, top=2.0)
    at = np.array(places) * STEP + (4.0, 2.0) + STEP / 3
    wide = np.pad(grey, 50, mode="edge")
    wanted = [wide[y + 50 - REACH : y + 51 + REACH, x + 50 - REACH : x + 51 + REACH] for x, y in places]
    cut = page.windows(at, REACH)
    assert cut.dtype == np.float32
    assert np.array_equal(cut, wanted)
