from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from builder.citations import bibliography, in_text
from builder.loading.course import load
from builder.loading.style import style
from tests import samples

if TYPE_CHECKING:
    from pathlib import Path

HARVARD = (files("citeproc") / "data" / "styles" / "harvard-cite-them-right.csl").read_text("utf-8")
NS = 'xmlns="http://purl.org/net/xbiblio/csl"'


def test_a_course_brings_its_own_style(tmp_path: Path) -> None:
    """`citations:` in course.yaml names the style of reference lists and citations."""
    folder = samples.course(tmp_path / "course", samples.HERE / "good" / "all-kinds.yaml")
    (folder / "harvard.csl").write_text(HARVARD, "utf-8")
    head = folder / "course.yaml"
    head.write_text(head.read_text("utf-8") + "citations: harvard.csl\n", "utf-8")
    loaded = load(folder)
    assert loaded.course
    assert loaded.diagnostics == []
    entry = "".join(run.text for run in bibliography(loaded.course, ["worden2009"])["worden2009"])
    assert entry == "Worden, J.W. (2009) Grief counseling and grief therapy. 4th ed."
    assert "".join(run.text for run in in_text(loaded.course, ["masi2011"])["masi2011"]) == "(Masi and Chen, 2011)"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not XML", "the style is not XML"),
        ("<style/>", "the file is no CSL style"),
        (f'<!DOCTYPE a [<!ENTITY b "c">]><style {NS}/>', "the style has a document type"),
        (HARVARD.replace('citation-format="author-date"', 'citation-format="numeric"'), "the style cites by number"),
        (HARVARD.replace('class="in-text"', 'class="note"'), "the style cites in footnotes"),
        (f'<style {NS}><info><link rel="independent-parent" href="x/apa"/></info></style>', "the style only points to"),
        (f"<style {NS}><citation><layout/></citation></style>", "the style has no bibliography"),
        (
            HARVARD.replace("</citation>", '</citation><macro name="z"><text macro="z"/></macro>'),
            "the macro 'z' of the",
        ),
        (
            HARVARD.replace("</citation>", '</citation><macro name="z"><text macro="y"/></macro>'),
            "the style calls the macro",
        ),
    ],
)
def test_a_style_that_can_not_be_printed_is_refused_in_plain_words(text: str, said: str) -> None:
    """Numbers, footnotes, pointers to other styles and what is no style: one line each, with what to do."""
    part = style("s.csl", text)
    assert part.value is None
    assert [finding.message.startswith(said) for finding in part.findings] == [True]
    assert part.findings[0].help
