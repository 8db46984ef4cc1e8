"""Word documents of a quiz: made, read back by python-docx, and printed by LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from builder.printing import papers
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.papers import quiz_of, reader, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from docx.document import Document
    from pypdf import PdfReader

    from builder.model import Item

_COURSE = ("title", "language", "media")


def files(items: Iterable[Item | dict[str, Any]] = EXAMPLES, **fields: Any) -> dict[str, bytes]:
    """The files of a quiz of these items; `fields` are those of the course, the quiz and its edition."""
    own = {key: fields.pop(key) for key in _COURSE if key in fields}
    made = course_of(items, **({"title": "A test"} | own))
    return papers.files(made, quiz_of(made, formats=fields.pop("formats", ("docx",)), **fields))


def opened(data: bytes) -> Document:
    """The document as python-docx reads it."""
    return docx.Document(io.BytesIO(data))


def paper(*items: Item | dict[str, Any], **fields: Any) -> Document:
    """The paper of these items."""
    return opened(files(items, **fields)["paper-A.docx"])


def key(*items: Item | dict[str, Any], **fields: Any) -> Document:
    """The key of these items."""
    return opened(files(items, **fields)["key-A.docx"])


def paragraphs(document: Document) -> list[Paragraph]:
    """All paragraphs, those in tables too, in the order of the document."""
    return [Paragraph(element, document) for element in document.element.body.iter(qn("w:p"))]


def text_of(document: Document) -> str:
    """All its text, squeezed."""
    return squeezed("".join(paragraph.text for paragraph in paragraphs(document)))


def texts(document: Document, style: str) -> list[str]:
    """What the paragraphs of a style say."""
    return [it.text for it in paragraphs(document) if it.style and it.style.name == style]


def in_libreoffice(folder: Path, documents: dict[str, bytes]) -> dict[str, PdfReader]:
    """What LibreOffice makes of the documents, as PDF."""
    program = shutil.which("soffice")
    if program is None:
        pytest.fail("LibreOffice is missing, and only it shows what DOCX looks like: sh tests/programs.sh")
    for name, data in documents.items():
        (folder / name).write_bytes(data)
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    names = [str(folder / name) for name in documents]
    subprocess.run([*command, "--outdir", str(folder), *names], check=True, capture_output=True, timeout=180)
    return {name: reader((folder / name).with_suffix(".pdf").read_bytes()) for name in documents}
