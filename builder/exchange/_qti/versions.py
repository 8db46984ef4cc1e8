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
_V2 = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_V3 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_TAGS = re.compile(r"(<[^>]*>(?:</[^>]*>)*)")  # a tag, and the ends that follow it
_TAG = re.compile(r"<(/?)([\w.?-]+)([^<>]*?)(/?)>")
_MOST_TAGS = 8192  # to be kept
_ATTRIBUTE = re.compile(r'([\w:.-]+)=("[^"]*")')
_NUMBERED = re.compile(r"&#(x?)([0-9a-fA-F]+);")
_SPACE = re.compile(r"\s")
_SCORE = re.compile(r'<qti-outcome-declaration identifier="SCORE"[^<>]*')
_EMPTY = re.compile(r"<([\w.-]+)([^<>]*)(?<!/)></\1>")
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
    """A document of QTI 2.1, an item or a test that this module's neighbours wrote, as one of QTI 3.0.

    Their documents have neither comments nor CDATA, and every attribute stands in double quotes. So tags are renamed
    where they stand, which takes a part of the time of a tree. References become what they stand for, as a writer of
    XML has it: `<p>a&#160;&quot;b&quot;</p>` is `<p>a "b"</p>` with a space that does not break.
    """
    pieces = _TAGS.split(text)  # words, tags, words, tags and so on to the last words
    if "&quot;" in text or "&#" in text:
        pieces[::2] = [_plain(it).replace("&quot;", '"') for it in pieces[::2]]
    pieces[1::2] = map(_renamed.__getitem__, pieces[1::2])
    made = "".join(pieces)
    if "<qti-extended-text-interaction" in made:
        made = _SCORE.sub(r'\g<0> external-scored="human"', made, count=1)
    return made.encode()


class _Renamed(dict[str, str]):
    """Tags without words between them, in names of QTI 3, by what they are in QTI 2.1; most come again and again."""

    def __missing__(self, tags: str) -> str:
        made = _EMPTY.sub(r"<\1\2/>", _TAG.sub(_tag, tags))
        if len(self) < _MOST_TAGS:
            self[tags] = made
        return made


_renamed = _Renamed()


def _tag(found: re.Match[str]) -> str:
    """A tag of QTI 2.1 as one, or two, of QTI 3."""
    end, name, said, is_empty = found.groups()
    if name[0] == "?":
        return found[0]
    is_html = name in _HTML
    new = name if is_html else f"qti-{_dashed(name)}"
    body = "qti-content-body"
    if end:
        return f"</{body}></{new}>" if name in _BODIES else f"</{new}>"
    if not is_html:
        said = _ATTRIBUTE.sub(lambda it: f"{it[1] if ':' in it[1] else _dashed(it[1])}={it[2]}", said)
    said = _plain(_SPACE.sub(" ", said)).replace(_V2, _V3).rstrip()
    said += ' use="scoring"' if name == "rubricBlock" else ""
    return f"<{new}{said}>{f'<{body}>' if name in _BODIES else ''}" if not is_empty else f"<{new}{said}/>"


def _plain(text: str) -> str:
    """Text or attributes with numbered references as the characters that they stand for."""
    return _NUMBERED.sub(lambda found: chr(int(found[2], 16 if found[1] else 10)), text) if "&#" in text else text


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
