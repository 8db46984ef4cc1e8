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


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["10m", "1d", "8d", "1.5mo", "2y"]),
        ("de", ["10 Min.", "1 Tg.", "8 Tg.", "1,5 Mon.", "2 J"]),
        ("fr", ["10 min", "1 j", "8 j", "1,5 m.", "2 ans"]),
        ("pl", ["10 min", "1 dzień", "8 dni", "1,5 mies.", "2 lata"]),
        ("ar", ["10 د", "يوم", "8 أيام", "1.5 شهر", "سنتان"]),
        ("ja", ["10 分", "1 日", "8 日", "1.5 か月", "2 年"]),
    ],
)
def test_a_time_is_told_in_short(language: str, said: list[str]) -> None:
    """Minutes, days, months and years have the short forms of Unicode CLDR, which browsers show too; in English those of Anki."""
    times = [(10, "minute"), (1, "day"), (8, "day"), (1.5, "month"), (2.0, "year")]
    assert [wording(language).counted(number, unit) for number, unit in times] == said


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
