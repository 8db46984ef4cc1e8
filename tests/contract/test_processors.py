from __future__ import annotations

from importlib.resources import as_file, files

import pytest

from builder.citations import processor
from tests.citations import expected
from tests.contract import processors

pytestmark = pytest.mark.contract


def test_what_is_kept_of_citeproc_js_is_what_it_prints() -> None:
    """`tests/citations/citeproc-js.json` holds the output of the version that is installed here, in each language."""
    assert expected.printed() == expected.kept()


# Where pandoc 3.9 prints something else than we do, and why.
PANDOC_DIFFERS = {
    "it leaves out roles of CSL 1.0.2": "role-chair role-compiler role-composer role-contributor role-creator "
    "role-curator role-guest role-host role-narrator role-producer role-writer-director tv-series",
    "a hyphen in volumes and issues stays a hyphen": "book-volumes volume-range",
    "a number with a hyphen or comma is several": "law-act patent",
    "a publisher that is the author is printed": "book-publ-same dataset name-literal",
    "a DOI given as a link is printed twice": "art-elocpage",
    "given names in Arabic and Hebrew have no initials, and Hindi no space": "given-arabic given-hebrew given-hindi",
}


def test_pandoc_agrees_where_it_knows_the_roles() -> None:
    """Of the reference set pandoc prints all but 23 entries word for word as we do, and the list says why not those."""
    works = expected.works()
    with as_file(files("builder") / "data" / "apa.csl") as style:
        theirs = processors.pandoc([expected.as_json(work) for work in works], style)
    entries = processor.Works(processor.style(expected.apa(), "en"), works).entries()
    ours = {key: expected.plain(text) for key, text in entries.items()}
    differ = {
        key: (ours.get(key), text) for key, text in theirs.items() if text and expected.plain(text) != ours.get(key)
    }
    assert differ.keys() == set(" ".join(PANDOC_DIFFERS.values()).split()), differ
