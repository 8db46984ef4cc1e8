"""QR codes of many pages at once: `builder.printing.pdf.codes`."""

from __future__ import annotations

import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.printing.pdf import codes
from tests.paper.test_stamp import STAMPS


def cells(path: bytes) -> list[list[int]]:
    """The modules that the lines of a path cover."""
    found = [[0] * codes.SIDE for _ in range(codes.SIDE)]
    for line in path.decode().splitlines():
        first, y, m, last, same, lead = line.split()
        assert (m, lead, same) == ("m", "l", y)
        row = int(float(y))
        assert float(y) == row + 0.5
        for column in range(int(first), int(last)):
            found[row][column] += 1
    return found


@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", min_size=1, max_size=38)
        | STAMPS.map(lambda it: it.text),
        min_size=1,
        max_size=6,
    )
)
def test_codes_are_those_of_segno(texts: list[str]) -> None:
    """Module by module each is what segno makes, with the mask that segno takes, whatever the texts beside it."""
    for text, path in zip(texts, codes.strokes(texts), strict=True):
        theirs = segno.make(text, version=2, error="m", mode="alphanumeric", boost_error=False)
        assert cells(path) == [[module & 1 for module in row] for row in theirs.matrix]
