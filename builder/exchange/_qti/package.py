"""A content package: items, a test that has them all in their order, a manifest, pictures and recordings."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from builder.disk import archive
from builder.exchange._frame import Losses, Written
from builder.exchange._qti.items import FOLDER, NAMESPACE, Document, Writer
from builder.exchange._qti.versions import V30, Version, as_version_3

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from builder.model import Course, Item

_LOM = "http://ltsc.ieee.org/xsd/LOM"
_TEST = "test.xml"


def written(course: Course, items: Sequence[Item], version: Version) -> Written:
    """The items as one package of that version."""
    losses = Losses(course)
    writer = Writer(course, items, losses)
    files: dict[str, bytes] = {}
    documents: list[Document] = []
    for document in (document for item in items for document in writer.documents(item)):
        files[f"items/{document.identifier}.xml"] = _encoded(document.text, version)
        documents.append(document._replace(text=""))  # bytes take half the memory
    files[_TEST] = _encoded(_test(course, documents), version)
    shown = {FOLDER + file: course.media[file] for it in documents for file in it.files}
    manifest = _manifest(course, documents, shown, version)
    name = f"{course.id}-qti{version.name.removesuffix('.0').replace('.', '')}.zip"
    return Written({name: archive.zipped({"imsmanifest.xml": manifest.encode()} | files | shown)}, losses.found)


def _encoded(text: str, version: Version) -> bytes:
    """A document of QTI 2.1 in that version."""
    return as_version_3(text) if version is V30 else text.encode()


def _test(course: Course, documents: Sequence[Document]) -> str:
    """The test: a section for each run of items of one theme, and their marks added up."""
    sections: list[list[str]] = []
    theme: str | None = ""
    for document in documents:
        if document.theme != theme or not sections:
            theme = document.theme
            title = escape(course.themes.get(theme or "", course.title))
            head = f'<assessmentSection identifier="section{len(sections) + 1}" title="{title}" visible="true">'
            sections.append([head])
        name = document.identifier
        sections[-1].append(f'<assessmentItemRef identifier="{name}" href="items/{name}.xml"/>\n')
    inside = "".join(f"{''.join(section)}</assessmentSection>\n" for section in sections)
    score = '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<assessmentTest xmlns="{NAMESPACE}" identifier="test" title="{escape(course.title)}">\n{score}\n'
        f'<testPart identifier="part" navigationMode="nonlinear" submissionMode="simultaneous">\n{inside}</testPart>\n'
        '<outcomeProcessing><setOutcomeValue identifier="SCORE"><sum><testVariables variableIdentifier="SCORE"/></sum>'
        "</setOutcomeValue></outcomeProcessing>\n</assessmentTest>\n"
    )


def _manifest(course: Course, documents: Sequence[Document], shown: Iterable[str], version: Version) -> str:
    """The manifest: the tags of each item are its keywords."""
    names = {file: f"file{number}" for number, file in enumerate(shown, 1)}
    test = _resource("test", f"imsqti_test_{version.suffix}", _TEST, (it.identifier for it in documents))
    items = (
        _resource(
            it.identifier,
            f"imsqti_item_{version.suffix}",
            f"items/{it.identifier}.xml",
            (names[FOLDER + file] for file in it.files),
            _keywords(it.tags),
        )
        for it in documents
    )
    files = (_resource(name, "webcontent", file) for file, name in names.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest xmlns="{version.manifest}" xmlns:lom="{_LOM}" '
        f'identifier="{course.id}-package">\n<metadata><schema>{version.schema}</schema>'
        f"<schemaversion>{version.number}</schemaversion></metadata>\n<organizations/>\n"
        f"<resources>\n{''.join([test, *items, *files])}</resources>\n</manifest>\n"
    )


def _resource(name: str, kind: str, href: str, needs: Iterable[str] = (), metadata: str = "") -> str:
    depends = "".join(f'<dependency identifierref="{it}"/>' for it in needs)
    href = escape(quote(href))
    return f'<resource identifier="{name}" type="{kind}" href="{href}">{metadata}<file href="{href}"/>{depends}</resource>\n'


def _keywords(tags: Iterable[str]) -> str:
    listed = "".join(
        f'<lom:keyword><lom:string language="en">{escape(tag, quote=False)}</lom:string></lom:keyword>' for tag in tags
    )
    return f"<metadata><lom:lom><lom:general>{listed}</lom:general></lom:lom></metadata>"
