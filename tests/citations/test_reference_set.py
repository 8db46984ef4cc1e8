from __future__ import annotations

from functools import cache

import pytest

from builder.citations import processor
from tests.citations import expected
from tests.citations.expected import LANGUAGES, RIGHT, RIGHT_CITED, SORTED_APART, plain


@cache
def _made(language: str) -> tuple[dict[str, str], dict[str, str]]:
    """Entries and citations of the whole set, without markup."""
    works = processor.Works(processor.style(expected.apa(), language), expected.works())
    entries, cited = works.entries(), works.cited()
    return {key: plain(text) for key, text in entries.items()}, {key: plain(text) for key, text in cited.items()}


def test_the_reference_set_is_printed_as_citeproc_js_prints_it_or_right() -> None:
    """Each of the 159 entries is word for word that of citeproc-js, or what the list of its slips says."""
    reference, entries = expected.kept()["en"]["bib"], _made("en")[0]
    assert len(reference) == 159
    assert entries == {key: RIGHT.get(key, (text, ""))[0] for key, text in reference.items()}
    assert len(reference) - len(RIGHT) == 147


def test_every_citation_is_that_of_citeproc_js_or_right() -> None:
    """So are the citations in a text, of works without an entry too."""
    reference, cited = expected.kept()["en"]["cite"], _made("en")[1]
    assert len(reference) == 160
    assert cited == {key: RIGHT_CITED.get(key, (text, ""))[0] for key, text in reference.items()}


def test_the_slips_of_citeproc_js_are_slips() -> None:
    """The list of what citeproc-js prints wrong holds nothing that it prints as we do."""
    reference = expected.kept()["en"]
    assert [key for key, (text, _) in RIGHT.items() if reference["bib"][key] == text] == []
    assert [key for key, (text, _) in RIGHT_CITED.items() if reference["cite"][key] == text] == []


def test_the_order_is_that_of_citeproc_js() -> None:
    """The list is in the same order, but for titles that begin with an article."""
    reference, entries = expected.kept()["en"]["bib"], _made("en")[0]
    assert [key for key in entries if key not in SORTED_APART] == [key for key in reference if key not in SORTED_APART]
    keys = list(entries)
    assert keys[keys.index("newspaper-noauthor") + 1] == "given-yu"  # "the long goodbye" before Lotman


@pytest.mark.slow
@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_the_words_of_a_reference_are_those_of_the_courses_language(language: str) -> None:
    """Roles, months, editions and "Retrieved" come in German, French and Spanish, as citeproc-js has them."""
    reference, (entries, cited) = expected.kept()[language], _made(language)
    for made, right, slips in ((entries, reference["bib"], RIGHT), (cited, reference["cite"], RIGHT_CITED)):
        odd = {
            key: (text, made[key])
            for key, text in right.items()
            if made[key].replace("ª", "a") != text.replace("ª", "a")
        }
        assert odd.keys() <= slips.keys()
