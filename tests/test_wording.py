from __future__ import annotations

import pytest

from builder.model import KINDS, Reversed, kind_of
from builder.wording import languages, nearest, wording


@pytest.mark.parametrize("language", languages())
def test_every_kind_has_its_words(language: str) -> None:
    """A table has the texts of a part for each kind; a reversed item stands in the part of the basic ones."""
    assert set(wording(language).sections) == set(KINDS) - {kind_of(Reversed)}


@pytest.mark.parametrize(
    ("language", "table"), [("de", "de"), ("de-AT", "de"), ("FR-ca", "fr"), ("ja", "en"), ("en-GB", "en")]
)
def test_a_course_has_the_words_of_its_language(language: str, table: str) -> None:
    """A region has the table of its language, and where there is none the English one stands in."""
    assert nearest(language).language == table
