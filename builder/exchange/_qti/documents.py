"""The item documents of a package of QTI 2 or 3, in the order of its manifest, each with its tags and its section."""

from __future__ import annotations

import posixpath
import re
from itertools import product
from typing import NamedTuple

from builder.exchange._frame import BrokenSourceError, Read
from builder.exchange._ids import slug
from builder.exchange._package import HEAD, Package, is_xml, title_in
from builder.exchange._qti import into
from builder.exchange._qti.reading import bare, clean, folder_of, is_clean, plain_tags
from builder.exchange._qti.versions import as_version_2
from builder.exchange._qti.xhtml import as_html, is_odd
from builder.exchange._xml import elements

_TITLE = re.compile(rb"""<(?:\w+:)?(?:assessmentTest|qti-assessment-test)\b[^>]*?\stitle=["']([^"'<>]*)["']""")
_TESTS = ("{*}assessmentTest", "{*}qti-assessment-test")


class _Known(NamedTuple):
    """What a manifest says of the items, and the title of the section of each, by the names of their documents."""

    tags: dict[str, list[str]]
    sections: dict[str, str]


def read(name: str, data: bytes, pattern: re.Pattern[bytes], tag: str) -> Read:
    """The questions of a package, or of one XML file; a document that is broken is left out, and named.

    `pattern` is how documents of items begin, and `tag` their root.

    Raises:
        BrokenSourceError: the package can't be read, or what is alone in it.
    """
    package = Package(name, data)
    reader = into.Reader(package)
    known = _known(package)
    order = {member: place for place, member in enumerate(known.tags)}
    members = [it for it in package if it == name or is_xml(it)]
    number, broken = 0, []
    for member in sorted(members, key=lambda it: order.get(it, len(order))):
        try:
            content = package.read(member)
            if title := title_in(content[:HEAD], _TITLE):
                reader.read.titles[title] = None
            if not pattern.search(content[:HEAD]):
                continue
            number += 1
            _take(reader, member, content, tag, known)
        except BrokenSourceError as error:
            broken.append(error)
            reader.read.refused(error.diagnostic.span, f"'{member}' is left out: {error}")
    if broken and number <= 1:
        raise broken[0]
    return reader.done()


def _take(reader: into.Reader, member: str, content: bytes, tag: str, known: _Known) -> None:
    """The items of one document."""
    tags = known.tags.get(member, [])
    theme = next((slug(it.rpartition("::theme::")[2]) for it in tags if "::theme::" in it), "")
    if theme and member in known.sections:
        reader.read.themes[theme] = known.sections[member]
    content = bare(content)
    for element in elements(reader.package.place(member), content, tag):
        if b"xmlns" in content:
            plain_tags(element)
        if not is_clean(content):
            clean(element)
        as_version_2(element)
        if is_odd(content):
            as_html(element)
        reader.take(element, member, tags)


def _known(package: Package) -> _Known:
    """What the manifest and the tests of a package say.

    Raises:
        BrokenSourceError: the manifest is no XML that is safe to read.
    """
    tags: dict[str, list[str]] = {}
    sections: dict[str, str] = {}
    manifest = next((it for it in package if posixpath.basename(it).lower() == "imsmanifest.xml"), None)
    if manifest is None:
        return _Known(tags, sections)
    tests = []
    for resource in elements(package.place(manifest), package.read(manifest), "{*}resource"):
        member = package.find(resource.get("href") or "", folder_of(manifest))
        if member and "_test_" in (resource.get("type") or ""):
            tests.append(member)
        elif member:
            words = (it.text for keyword in resource.iter("{*}keyword") for it in keyword.iterdescendants())
            tags[member] = [" ".join(text.split()) for text in words if text and text.strip()]
    for test, tag in product(tests, _TESTS):
        for root in elements(package.place(test), bare(package.read(test)), tag):
            plain_tags(root)
            as_version_2(root)
            for section in root.iter("assessmentSection"):
                for item in section.iterfind("assessmentItemRef"):
                    member = package.find(item.get("href") or "", folder_of(test))
                    if member:
                        sections[member] = section.get("title") or ""
    return _Known(tags, sections)
