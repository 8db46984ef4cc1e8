from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from builder.loading.course import load
from builder.loading.references import references
from builder.source import nodes
from tests import samples

if TYPE_CHECKING:
    from pathlib import Path


def _read(text: str) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The works of a file, and what is wrong with it: severity and code."""
    part = references("r.yaml", text)
    found = [(str(f.severity), f.code) for f in part.findings] + [(str(p.severity), p.code) for p in part.diagnostics]
    return part.value or {}, found


def _date(text: str) -> Any:
    works, found = _read(f"references:\n  - {{id: a, type: book, issued: {text}}}\n")
    assert found == []
    return works["a"].get("issued")


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("1818", [["1818"]]),
        ("2011-03", [["2011", "3"]]),
        ("2011-03-05", [["2011", "3", "5"]]),
        ("2011-03-05T10:00:00Z", [["2011", "3", "5"]]),
        ("2009/2010", [["2009"], ["2010"]]),
        ("2011-03-05/2011-03-09", [["2011", "3", "5"], ["2011", "3", "9"]]),
        ("2009/..", [["2009"], ["0"]]),
        ("2011-21", [["2011", "21"]]),
        ("'-0350'", [["-351"]]),
        ("{year: 2011, month: 3}", [["2011", "3"]]),
        ("{year: 2011, month: 03, day: 05}", [["2011", "3", "5"]]),
        ("[{year: 2011}]", [["2011"]]),
        ("[{year: 2011}, {year: 2012}]", [["2011"], ["2012"]]),
        ("{date-parts: [['2011', 3]]}", [["2011", "3"]]),
        ("{raw: 2011-03}", [["2011", "3"]]),
        ("{edtf: 2011-03}", [["2011", "3"]]),
        ("{date-parts: [[-12000]]}", [["-12000"]]),
    ],
)
def test_every_form_of_a_date_is_one_form_in_the_course(typed: str, parts: list[list[str]]) -> None:
    """ISO dates and ranges, years alone, years with months and days, lists of them: all become date-parts."""
    assert _date(typed)["date-parts"] == parts


def test_about_seasons_and_words() -> None:
    """A tilde is about, a season a number by name or number, and what is no date is printed as words."""
    assert _date("2011~") == {"date-parts": [["2011"]], "circa": "true"}
    assert _date("{year: 2011, season: Spring}") == {"date-parts": [["2011"]], "season": "1"}
    assert _date("{date-parts: [[2011]], season: 4}") == {"date-parts": [["2011"]], "season": "4"}
    assert _date("Michaelmas term") == {"literal": "Michaelmas term"}
    assert _date("'03:54:37'") == {"literal": "03:54:37"}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2011-13", "no-such-date"),
        ("{date-parts: [[2011, 99]]}", "no-such-date"),
        ("{date-parts: [[2011, 0]]}", "no-such-date"),
        ("{date-parts: [[2011, -3]]}", "no-such-date"),
        ("{date-parts: [[2011, 2, 32]]}", "no-such-date"),
        ("{date-parts: [[0]]}", "no-such-date"),
        ("{year: two}", "bad-form"),
        ("[2010, 2011, 2012]", "no-date"),
    ],
)
def test_a_date_that_there_is_not_is_an_error(typed: str, code: str) -> None:
    """Months, days and years beyond their limits are told, once each."""
    assert _read(f"references:\n  - {{id: a, type: book, issued: {typed}}}\n")[1] == [("error", code)]


@pytest.mark.parametrize(
    "text",
    [
        "- {id: a, type: book, title: T}\n",
        json.dumps([{"id": "a", "type": "book", "title": "T"}]),
        "---\nnocite: '@*'\nreferences:\n- {id: a, type: book, title: T}\ntitle: Paper\n---\n",
        "---\nreferences:\n- {id: a, type: book, title: T}\n...\n",
        "references:\n- {id: a, type: book, title: T, abstract: '', note: ~, custom: {x: [1]}, categories: [x, y]}\n",
    ],
)
def test_a_list_at_the_top_and_metadata_beside_are_read(text: str) -> None:
    """A list alone, JSON, and pandoc's metadata block with what else stands in it."""
    works, found = _read(text)
    assert (list(works), works["a"]["title"], found) == (["a"], "T", [])


def test_unknown_keys_warn_and_unknown_types_do_not_pass() -> None:
    """A key like one of CSL's is told with what is meant, others once for the file; a type must be one of CSL's."""
    text = "references:\n"
    text += "".join(f"  - {{id: k{i}, type: book, libraryID: {i}, publishr: P}}\n" for i in range(3))
    part = references("r.yaml", text)
    told = [(f.at.keys[1], str(f.severity), f.message, f.help) for f in part.findings]
    assert told[:3] == [
        (i, "warning", "'publishr' is no variable of CSL, and is not printed", "did you mean 'publisher'?")
        for i in range(3)
    ]
    assert [(at, said) for at, _, said, _ in told[3:]] == [
        (0, "'libraryID' is no variable of CSL, and is not printed (in 3 references)")
    ]
    assert part.value is not None
    assert "libraryID" not in part.value["k0"]
    for wrong, right in (("artcle-journal", "article-journal"), ("Book", "book")):
        found = references("r.yaml", f"- {{id: a, type: {wrong}}}\n").findings
        assert [(str(f.severity), f.code, f.help) for f in found] == [
            ("error", "unknown-value", f"did you mean '{right}'?")
        ]


def test_names_are_read_as_pandoc_reads_them() -> None:
    """One name stands for a list of one, text for a body, a given name alone for the whole; nobody is an error."""
    works, found = _read(
        "- {id: a, type: book, author: Jane Doe}\n- {id: b, type: book, author: {family: Doe, comma-suffix: true}}\n"
        "- {id: c, type: book, author: [{given: Plato}], url: 'http://x.org', doi: 10.1/x}\n- {id: d, title: T}\n"
    )
    assert [works["a"]["author"], works["c"]["URL"], works["c"]["DOI"]] == [
        [{"literal": "Jane Doe"}],
        "http://x.org",
        "10.1/x",
    ]
    assert (works["d"]["type"], found) == ("document", [("warning", "missing-key")])
    assert _read("- {id: a, type: book, author: [{}]}\n")[1] == [("error", "no-name")]


def test_one_bad_reference_is_one_finding(tmp_path: Path) -> None:
    """Who cites a reference that is wrong, or one in a file that can't be read, is not told of it again."""
    folder = samples.course(tmp_path / "course", samples.HERE / "good" / "all-kinds.yaml")
    file = folder / "references.yaml"
    sound = file.read_text("utf-8")
    file.write_text(sound.replace("{date-parts: [[2009]]}", "2009-13"), "utf-8")
    assert [d.code for d in load(folder).diagnostics] == ["no-such-date"]
    file.write_text(sound + "  - {id: [\n", "utf-8")
    assert [d.code for d in load(folder).diagnostics] == ["yaml-syntax"]


def test_keys_that_differ_in_case_are_two_works() -> None:
    """Keys are told apart by case, as pandoc tells them apart."""
    works, found = _read("- {id: Smith2020, type: book}\n- {id: smith2020, type: book}\n")
    assert (list(works), found) == (["Smith2020", "smith2020"], [])


# What five public lists of references look like, with made-up works: programs' own keys, dates in every form.
ZOTERO = """---
references:
- author:
  - family: Berg
    given: Ada
  id: berg2011
  type: article-journal
  title: A made-up study
  container-title: A Journal
  issued: 2011-03
  accessed: "03:54:37"
  libraryID: 1
  key: ABCD1234
  providerKey: zotero
  rights: none
- id: roe2008
  type: book
  title: A book
  issued: [{year: 2008}]
...
"""
BY_HAND = """# a list kept by hand
references:
  - id: knuth1986
    type: book
    title: "Computers: a set"
    author: [{family: Knuth, given: Donald E.}]
    issued: {year: 1986, month: 2}
    volume: 1
"""
BETTER = """references:
  - id: lee2020
    abstract: >-
      Several lines: with colons.
    accessed:
      - year: 2022
        month: 9
        day: 16
    author:
      - family: Lee
        given: Kim
    citation-key: lee2020
    container-title: Data
    DOI: 10.1000/xyz
    issued:
      - year: 2020
        month: 1
        day: 31
    title: <i>Species</i> and names
    type: article-journal
    title-short: Species
"""
PANDOC = """---
nocite: "[@*]"
references:
- author:
  - family: Doe
    given: Jane
  - literal: Some Org
  doi: 10.1/x
  id: k
  issued: 2011-05
  title: A title
  title-short: A
  type: ""
  url: "http://a.example"
- id: m
  issued: 2009/2010
  title: Un
---
"""
PARTS = """references:
- id: f
  type: article-journal
  author:
  - family: Friendly
    given: F.
  issued:
    date-parts:
    - - 1980
  title: Parts
"""


@pytest.mark.parametrize("text", [ZOTERO, BY_HAND, BETTER, PANDOC, PARTS])
def test_lists_as_programs_write_them_are_accepted(text: str) -> None:
    """Zotero, Better CSL YAML, pandoc and people: no error, and each date is read."""
    works, found = _read(text)
    assert "error" not in {severity for severity, _ in found}
    assert all("date-parts" in work["issued"] for work in works.values())
    raw = nodes.values("r.yaml", text).value
    assert isinstance(raw, dict)
    assert len(works) == len(raw["references"])
