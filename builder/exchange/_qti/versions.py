"""What sets the versions of QTI apart: names of elements and attributes, namespaces, and how a package says it.

QTI 3 writes `simpleChoice` as `qti-simple-choice` and `maxChoices` as `max-choices`, and leaves HTML as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

_HUMP = re.compile(r"(?<=[a-z0-9])([A-Z])")
_DASH = re.compile(r"-([a-z])")
_HTML = frozenset(
    """p div span ul ol li table thead tbody tfoot tr th td caption pre code em strong sub sup a img br blockquote object
    audio video source h1 h2 h3 h4 h5 h6 hr dl dt dd b i tt small big q cite kbd samp var dfn abbr acronym address s
    figure figcaption section article label ruby rb rt rp math picture col colgroup""".split()
)
_V3 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_BODIES = ("rubricBlock", "modalFeedback", "feedbackBlock", "templateBlock")  # in QTI 3 these hold a body


class Version(NamedTuple):
    """A version as its packages say it: names of schema and types, and the namespace of the manifest."""

    name: str
    schema: str
    number: str
    suffix: str
    manifest: str


V21 = Version("2.1", "QTIv2.1 Package", "1.0.0", "xmlv2p1", "http://www.imsglobal.org/xsd/imscp_v1p1")
V30 = Version("3.0", "QTI Package", "3.0.0", "xmlv3p0", "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1")


def as_version_3(text: str) -> bytes:
    """A document of QTI 2.1, an item or a test that this module's neighbours wrote, as one of QTI 3.0."""
    from lxml import etree

    root = etree.fromstring(text.encode())
    made = _renamed(root)
    etree.cleanup_namespaces(made)
    made_text: str = etree.tostring(made, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{made_text}\n'.encode()


def _renamed(old: Any, parent: Any = None) -> Any:
    from lxml import etree

    name = etree.QName(old).localname
    is_html = name in _HTML
    tag = f"{{{_V3}}}{name if is_html else f'qti-{_dashed(name)}'}"
    new = etree.Element(tag, nsmap={None: _V3}) if parent is None else etree.SubElement(parent, tag)
    for key, value in old.items():
        new.set(key if is_html or key[0] == "{" else _dashed(key), value)
    if name == "rubricBlock":
        new.set("use", "scoring")
    if name == "extendedTextInteraction":
        for outcome in new.getroottree().getroot().iterfind(f"{{{_V3}}}qti-outcome-declaration[@identifier='SCORE']"):
            outcome.set("external-scored", "human")
    inside = etree.SubElement(new, f"{{{_V3}}}qti-content-body") if name in _BODIES else new
    inside.text = old.text
    for child in old:
        _renamed(child, inside).tail = child.tail
    return new


def as_version_2(root: Any) -> None:
    """Give an element without namespaces, and all in it, the names of QTI 2; bodies in rubrics and feedback go."""
    from lxml import etree

    if not root.tag.startswith("qti-"):
        return
    for part in list(root.iter()):
        if not isinstance(part.tag, str) or not part.tag.startswith("qti-"):
            continue
        part.tag = _humped(part.tag.removeprefix("qti-"))
        for key, value in list(part.items()):
            if "-" in key:
                del part.attrib[key]
                part.set(_humped(key), value)
    etree.strip_tags(root, "contentBody")


@lru_cache(maxsize=4096)
def _dashed(name: str) -> str:
    return _HUMP.sub(r"-\1", name).lower()


@lru_cache(maxsize=4096)
def _humped(name: str) -> str:
    return _DASH.sub(lambda found: found[1].upper(), name)
