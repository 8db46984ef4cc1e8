from __future__ import annotations

import pytest

from builder.model import KINDS, Reversed, kind_of
from builder.wording import languages, wording


@pytest.mark.parametrize("language", languages())
def test_every_kind_has_its_words(language: str) -> None:
    """A table has the texts of a part for each kind; a reversed item stands in the part of the basic ones."""
    assert set(wording(language).sections) == set(KINDS) - {kind_of(Reversed)}
