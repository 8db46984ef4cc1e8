from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builder.cards import html as field_html
from builder.citations import bibliography, in_text
from builder.diagnostics import BuilderError
from builder.loading.course import load, shipped
from tests.make.course import course_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model import Course


def _course() -> Course:
    course = load(shipped()).course
    assert course
    return course


def _html(course: Course, key: str) -> str:
    return field_html.as_html(bibliography(course, [key])[key])


def test_references_are_in_apa_style() -> None:
    """An article, a book and a film come out as APA 7 prints them, with the DOI as a link."""
    course = _course()
    assert _html(course, "masi2011") == (
        "Masi, C. M., Chen, H.-Y., Hawkley, L. C., &amp; Cacioppo, J. T. (2011). A meta-analysis of interventions to "
        "reduce loneliness. <em>Personality and Social Psychology Review</em>, <em>15</em>(3), 219–266. "
        '<a href="https://doi.org/10.1177/1088868310377394">https://doi.org/10.1177/1088868310377394</a>'
    )
    assert _html(course, "worden2009") == (
        "Worden, J. W. (2009). <em>Grief counseling and grief therapy: A handbook for the mental health practitioner"
        "</em> (4th ed.). Springer Publishing."
    )


def test_editors_are_printed_as_apa_prints_them() -> None:
    """An edited book names its editors once, and the role is capitalised, in a chapter too."""
    course = _course()
    assert _html(course, "sternberg1988-rec") == (
        "Sternberg, R. J., &amp; Barnes, M. L. (Eds.). (1988). <em>The psychology of love</em>. Yale University Press."
    )
    assert "In R. L. Edwards (Ed.), <em>Encyclopedia" in _html(course, "germain1995-rec")
    assert "&amp; H. Schut (Eds.), <em>Handbook" in _html(course, "nolenhoeksema2001-rec")


def test_emphasis_in_a_title_is_kept() -> None:
    """A film's name inside a title is set off from it: italic in roman, roman in italic."""
    course = _course()
    assert "Lessons from <em>Her</em> on" in _html(course, "sebastian2025")
    assert _html(course, "essay-her") == "<em>&#91;Untitled essay on </em>Her<em>&#93;</em>. (n.d.)."


def test_a_bibliography_is_sorted_and_holds_each_work_once() -> None:
    """The order is that of a reference list, whatever the order of asking; unknown keys are left out."""
    course = _course()
    keys = list(bibliography(course, ["worden2009", "bowlby1988", "worden2009", "absent"]))
    assert keys == ["bowlby1988", "worden2009"]


def test_no_citation_is_no_work() -> None:
    """A course without references has an empty list."""
    assert bibliography(course_of([{"id": "a", "kind": "basic", "prompt": "p", "answer": "a"}]), []) == {}


def test_every_shipped_reference_can_be_formatted() -> None:
    """No entry of the shipped list makes the formatter fail or drop it."""
    course = _course()
    assert set(bibliography(course, course.references)) == set(course.references)


@pytest.mark.parametrize(
    ("dates", "printed"),
    [
        ([["2009", "4", "1"], ["2009", "4", "30"]], "2009, April 1–30"),
        ([["2009", "4", "30"], ["2009", "5", "2"]], "2009, April 30–May 2"),
        ([["2009", "4"], ["2009", "5"]], "2009, April–May"),
        ([["2009"], ["0"]], "2009–"),
        ([["2009"], ["2009"]], "2009"),
        ([["2009", "4", "1"]], "2009, April 1"),
        ([["2009"], ["2011"]], "2009–2011"),
    ],
)
def test_a_range_of_dates_is_never_dropped(dates: list[list[str]], printed: str) -> None:
    """A range is printed with what its two dates have in common once."""
    work = {"id": "k", "type": "article-newspaper", "title": "T", "issued": {"date-parts": dates}}
    course = replace(_course(), references={"k": work | {"author": [{"family": "Poe"}]}})
    assert f"({printed})." in _html(course, "k")


@pytest.mark.parametrize("title", ["The <input> element", "a <body> of work", "x < y", "<span"])
def test_a_title_loses_nothing_that_only_looks_like_markup(title: str) -> None:
    """Only citeproc's own elements are taken for markup."""
    work = {"id": "k", "type": "book", "title": title, "issued": {"date-parts": [["2009"]]}}
    assert title in "".join(run.text for run in bibliography(replace(_course(), references={"k": work}), ["k"])["k"])


def _printed(work: Mapping[str, object]) -> tuple[str, str]:
    """The entry and the citation of a work, without their markup."""
    course = replace(_course(), references={"w": {"id": "w", **work}})
    entry = "".join(run.text for run in bibliography(course, ["w"]).get("w", ()))
    return entry, "".join(run.text for run in in_text(course, ["w"])["w"])


PERSON = [{"family": "Forman", "given": "M."}]


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("director", "Forman, M. (Director)."),
        ("host", "Forman, M. (Host)."),
        ("executive-producer", "Forman, M. (Executive Producer)."),
    ],
)
def test_who_directs_or_hosts_stands_in_the_authors_place(role: str, said: str) -> None:
    """Roles that CSL has since 1.0.2 are people, and the role is capitalised; no role stops the processor."""
    work = {"type": "motion_picture", role: PERSON, "title": "T", "issued": {"date-parts": [["1975"]]}}
    entry, cited = _printed(work)
    assert entry.startswith(said)
    assert "1975" in entry
    assert cited == "(Forman, 1975)"


@pytest.mark.parametrize("kind", ["interview", "personal_communication"])
def test_what_has_no_entry_is_listed_as_the_text_cites_it(kind: str) -> None:
    """APA's style gives a personal communication no entry; cards and keys still name it."""
    work = {"type": kind, "author": PERSON, "issued": {"date-parts": [["2012", "11", "2"]]}}
    assert _printed(work) == ("(M. Forman, personal communication, November 2, 2012)",) * 2


@pytest.mark.parametrize("kind", ["webpage", "article-magazine", "post", "broadcast", "report"])
def test_a_season_is_printed_and_sorted(kind: str) -> None:
    """A date of year and season stops no type of reference."""
    work = {"type": kind, "author": PERSON, "title": "T", "issued": {"date-parts": [["2011"]], "season": "1"}}
    assert "2011" in _printed(work)[0]


def test_a_reference_at_which_the_processor_stops_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """What citeproc raises becomes one line with the reference's key."""
    import citeproc.model

    def stop(*_: object, **__: object) -> None:
        message = "no such part"
        raise AttributeError(message)

    monkeypatch.setattr(citeproc.model.Choose, "render", stop)
    with pytest.raises(BuilderError, match=r"the reference 'w' can't be formatted \(AttributeError: no such part\)"):
        _printed({"type": "book", "author": PERSON, "title": "T"})
