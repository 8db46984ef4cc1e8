"""The reference set: 159 works, what citeproc-js prints of them, and where that is wrong.

`references.yaml` holds the works, `citeproc-js.json` what citeproc-js 2.4.63 prints with `apa.csl` in the four
languages of papers (`make contract` holds it current). `python -m tests.citations.expected` writes it anew.
"""

from __future__ import annotations

import html
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

from builder.loading.references import references

HERE = Path(__file__).parent
LANGUAGES = {"en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES"}

# Where citeproc-js is wrong: what is printed instead, and why. "Manual" is APA's, 7th edition.
RIGHT = {
    "book-foreign": (
        "Amano, N. (2000). Dentōteki na kodomo no asobi. Iwanami.",
        "a name in Latin letters has its comma, whatever the language of the book (manual 9.8)",
    ),
    "book-publ-same": (
        (
            "American Psychological Association. (2020). Publication manual of the American Psychological Association "
            "(7th ed.). https://doi.org/10.1037/0000165-000"
        ),
        "a publisher that is the author is left out (manual 9.29)",
    ),
    "dataset": (
        (
            "Pew Research Center. (2018). American trends panel Wave 26 (Version 2) [Dataset]. "
            "https://www.pewsocialtrends.org/w26"
        ),
        "a publisher that is the author is left out (manual 9.29)",
    ),
    "name-literal": (
        "World Health Organization. (2021). Mental health atlas 2020 (WHO/MH/21). https://www.who.int/atlas",
        "a publisher that is the author is left out (manual 9.29)",
    ),
    "given-boyd": ("boyd, danah. (2014). It’s complicated. Yale.", "one space between words, not two"),
    "given-hooks": ("hooks, bell. (2000). All about love. William Morrow.", "one space between words, not two"),
    "given-hindi": ("प्रेमचंद, मुंशी. (1936). गोदान. सरस्वती.", "Hindi names have a space between their words"),
    "name-orgs": (
        "Cain, A., & Royal Society. (2016). With a body. P.",
        "a comma stands before the ampersand, before bodies too (manual 9.8)",
    ),
    "pages-double": ("Dash, D. (2005). Two hyphens. Brain, 5, 12–19.", "two hyphens are a dash, as pandoc prints them"),
    "art-elocpage": (
        (
            "Jerrentrup, A. (2018). Impact of House MD on teaching. PLOS ONE, 13(3), e0193972. "
            "https://doi.org/10.1371/journal.pone.0193972"
        ),
        "a DOI given as a link is printed once",
    ),
    "law-act": (
        "Lilly Ledbetter Fair Pay Act of 2009, Pub. L. No. 111-2, 123 Stat. 5 (2009).",
        "111-2 is one number (manual 11.5)",
    ),
    "circa-false": ("Sure, S. (2021). Not about. P.", "false is not true"),
}
RIGHT_CITED = {
    "given-alone": ("(Voltaire, 1759)", "who has one name is cited by it"),
    "circa-false": ("(Sure, 2021)", "false is not true"),
}
# Titles that stand where their first word after an article says (manual 9.44), not under "The".
SORTED_APART = {"noauthor-the", "newspaper-noauthor"}


def works() -> list[dict[str, Any]]:
    """The works, as a course loads them."""
    part = references("references.yaml", (HERE / "references.yaml").read_text("utf-8"))
    assert part.value is not None
    return list(part.value.values())


def as_json(work: dict[str, Any]) -> dict[str, Any]:
    """A work as CSL-JSON: years are numbers, and Markdown emphasis is markup."""
    made = dict(work)
    for name, value in work.items():
        if isinstance(value, dict) and "date-parts" in value:
            made[name] = value | {"date-parts": [[int(part) for part in date] for date in value["date-parts"]]}
        elif isinstance(value, str):
            made[name] = re.sub(r"\*(.+?)\*", r"<i>\1</i>", value)
    return made


def plain(text: str) -> str:
    """A printed text without its markup."""
    return html.unescape(re.sub(r"</?(?:i|span|sup|em)\b[^>]*>|\*", "", text)).replace("\u00a0", " ")


def apa() -> str:
    """The style."""
    return (files("builder") / "data" / "apa.csl").read_text("utf-8")


def printed() -> dict[str, dict[str, Any]]:
    """What citeproc-js prints now, by language."""
    from tests.contract.processors import citeproc_js

    given = [as_json(work) for work in works()]
    made = {code: citeproc_js(given, apa(), locale) for code, locale in LANGUAGES.items()}
    return {
        code: {
            "bib": {key: plain(text) for key, text in one["bib"]},
            "cite": {key: plain(text) for key, text in one["cite"].items()},
        }
        for code, one in made.items()
    }


def kept() -> dict[str, dict[str, Any]]:
    """What citeproc-js printed."""
    made: dict[str, dict[str, Any]] = json.loads((HERE / "citeproc-js.json").read_text("utf-8"))
    return made


if __name__ == "__main__":
    text = json.dumps(printed(), ensure_ascii=False, indent=1)
    (HERE / "citeproc-js.json").write_text(text + "\n", "utf-8")
