"""What Typst is given: documents as JSON data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typst

from builder.printing import papers, raster
from builder.printing.pdf.typeset import Made, Press, as_json, program_lines
from builder.text import markup
from builder.text.tree import Picture, Run, Sound
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.papers import quiz_of

if TYPE_CHECKING:
    import pytest


def test_runs_become_data_without_absent_styles() -> None:
    """JSON of runs holds the text and the styles that are on."""
    assert as_json(markup.inline("a *b*"), {}) == [{"text": "a "}, {"text": "b", "em": True}]


def test_pictures_and_sounds_become_data() -> None:
    """A picture is the file that Typst finds, a sound what is heard."""
    shown = as_json(Picture("a/b.png", "A cat", 60), {"a/b.png": "1.png"})
    assert shown == {"file": "1.png", "alt": "A cat", "width": 60}
    assert as_json(Sound("a.mp3", "Hello"), {}) == {"sound": "Hello"}


def test_program_becomes_lines_with_their_indentation() -> None:
    """A program's line ends part its runs, and a line says how far in it begins."""
    lines = as_json(markup.parse("```\nif x:\n  y\n\nz\n```"), {})[0]["lines"]
    assert [line["indent"] for line in lines] == [0, 2, 0, 0]
    assert [[run["text"] for run in line["runs"]] for line in lines] == [["if x:"], ["  y"], [], ["z"]]


def test_tabs_lead_to_stops() -> None:
    """A tab is as many spaces as lead to the next stop, counted over all runs of its line."""
    lines = program_lines([Run("ab"), Run("\tc\td\n\te", strong=True)])
    assert ["".join(run.text for run in line) for line in lines] == ["ab  c   d", "    e"]


def test_a_document_is_set_again_only_where_its_last_page_is_thin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typst is called once for each document; once more, or up to three times, where a page might be saved."""
    documents: list[list[bool]] = []  # for each, whether its last page was thin, try by try
    compiled = Press._compiled

    def counting(press: Press, template: str, inputs: dict[str, str], lacking: set[str]) -> Made | None:
        made = compiled(press, template, inputs, lacking)
        assert made
        if inputs["tight"] == "0":
            documents.append([])
        documents[-1].append(made.is_thin)
        return made

    monkeypatch.setattr(Press, "_compiled", counting)
    for count in (3, 6, 7):
        items = [EXAMPLES[0].model_copy(update={"id": f"item-{n}"}) for n in range(count)]
        made = course_of(items)
        papers.files(made, quiz_of(made, answers="inline"))
    assert {len(tries) for tries in documents if not tries[0]} == {1}
    thin = [len(tries) for tries in documents if tries[0]]
    assert thin
    assert all(1 < tries <= 4 for tries in thin)


def test_typst_gets_places_as_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a `Path` it would ask the text by a function of Python's, and a Ctrl-C in that comes out as its TypeError."""
    given: list[object] = []
    real = typst.compile

    def compiled(main: str, **more: Any) -> Any:
        given.extend((main, more["root"]))
        return real(main, **more)

    monkeypatch.setattr(typst, "compile", compiled)
    assert raster.png(b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", ".svg", 72)
    assert [type(it) for it in given] == [str, str]
