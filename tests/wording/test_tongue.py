from __future__ import annotations

import pytest

from builder.wording import known, wording
from builder.wording.tongue import forms


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", {1: "1 mark", 0: "0 marks", 0.5: "0.5 marks", 2: "2 marks"}),
        ("fr", {0: "0 point", 1.5: "1,5 point", 2: "2 points"}),
        ("pl", {1: "1 punkt", 2: "2 punkty", 5: "5 punktów", 12: "12 punktów", 22: "22 punkty", 0.5: "0,5 punktu"}),
        ("ar", {1: "درجة واحدة", 2: "درجتان", 5: "5 درجات", 11: "11 درجة", 100: "100 درجة"}),
        ("he", {1: "נקודה אחת", 2: "2 נקודות", 5: "5 נקודות"}),
        ("ja", {1: "1点", 2: "2点"}),
    ],
)
def test_a_noun_has_the_form_of_its_number(language: str, said: dict[float, str]) -> None:
    """Each language counts by its own forms (Unicode CLDR)."""
    assert {number: wording(language).counted(number, "mark") for number in said} == said


def test_a_language_has_as_many_forms_as_it_counts_by() -> None:
    """Six in Arabic, four in Polish, two where nothing is known of the language."""
    assert [forms(language) for language in ("ar", "pl", "he", "ja", "de", "qq")] == [6, 4, 3, 1, 2, 2]


@pytest.mark.parametrize(
    ("language", "table"),
    [
        ("pt-BR", "pt"),
        ("en-GB", "en"),
        ("zh-Hans", "zh"),
        ("zh-CN", "zh"),
        ("zh-TW", None),
        ("zh-Hant", None),
        ("la", None),
    ],
)
def test_a_region_has_the_table_of_its_language(language: str, table: str | None) -> None:
    """Traditional Chinese has none: the table is in simplified characters."""
    assert known(language) == table
