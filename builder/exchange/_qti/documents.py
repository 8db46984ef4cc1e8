"""The item documents of a package of QTI 2 or 3, in the order of its manifest, each with its tags and its section."""

from __future__ import annotations

import posixpath
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from builder.exchange._frame import BrokenSourceError, Read
from builder.exchange._ids import slug
from builder.exchange._package import Package, is_xml
from builder.exchange._qti import into
from builder.exchange._qti.reading import folder_of, plain_tags
from builder.exchange._qti.versions import as_version_2
from builder.exchange._xml import elements

if TYPE_CHECKING:
    import re


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
    found = [it for it in package if (it == name or is_xml(it)) and pattern.search(package.head(it))]
    known = _known(package)
    order = {member: place for place, member in enumerate(known.tags)}
    for member in sorted(found, key=lambda it: order.get(it, len(order))):
        try:
            for element in elements(package.place(member), package.read(member), tag):
                plain_tags(element)
                as_version_2(element)
                tags = known.tags.get(member, [])
                theme = next((slug(it.rpartition("::theme::")[2]) for it in tags if "::theme::" in it), "")
                if theme and member in known.sections:
                    reader.read.themes[theme] = known.sections[member]
                reader.take(element, member, tags)
        except BrokenSourceError as error:
            if len(found) == 1:
                raise
            reader.read.refused(error.diagnostic.span, f"'{member}' is left out: {error}")
    return reader.done()


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
    for root in elements(package.place(manifest), package.read(manifest), "{*}manifest"):
        for resource in root.iter("{*}resource"):
            member = package.find(resource.get("href") or "", folder_of(manifest))
            if member and "_test_" in (resource.get("type") or ""):
                tests.append(member)
            elif member:
                words = resource.iterfind(".//{*}keyword//*")
                tags[member] = [" ".join(it.text.split()) for it in words if it.text and it.text.strip()]
    for test, tag in product(tests, _TESTS):
        for root in elements(package.place(test), package.read(test), tag):
            plain_tags(root)
            as_version_2(root)
            for section in root.iter("assessmentSection"):
                for item in section.iterfind("assessmentItemRef"):
                    member = package.find(item.get("href") or "", folder_of(test))
                    if member:
                        sections[member] = section.get("title") or ""
    return _Known(tags, sections)
