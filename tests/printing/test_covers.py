"""Pictures on the cover of a paper, in every format."""

from __future__ import annotations

import io

import docx
import pytest

from builder.printing import papers
from tests.make.course import course_of
from tests.make.papers import quiz_of, reader
from tests.pictures import png

FORMATS = ("pdf", "docx", "html", "md")


@pytest.mark.parametrize("is_there", [True, False])
def test_a_picture_on_the_cover_is_printed_or_said_in_words(is_there: bool) -> None:  # noqa: FBT001 - a parameter
    """A course has it, or a record names one that the course has no more: then its words stand in its place."""
    media = {"map.png": png(40, 20)} if is_there else {}
    course = course_of([{"id": "a", "kind": "basic", "prompt": "Where is it?", "answer": "x"}], media=media)
    quiz = quiz_of(course).model_copy(update={"cover": "Look: ![the map](map.png)", "formats": FORMATS})
    files = papers.files(course, quiz)
    assert ("picture-1.png" in files) == is_there
    pages = {
        "pdf": reader(files["paper-A.pdf"]).pages[0].extract_text(),
        "html": files["paper-A.html"].decode(),
        "md": files["paper-A.md"].decode(),
        "docx": "\n".join(p.text for p in docx.Document(io.BytesIO(files["paper-A.docx"])).paragraphs),
    }
    assert ("the map" in pages["pdf"]) != is_there
    assert ("the map" in pages["docx"]) != is_there
    assert ('alt="the map"' in pages["html"]) == is_there
    assert ("![the map](picture-1.png)" in pages["md"]) == is_there
    assert all("Look" in page for page in pages.values())
