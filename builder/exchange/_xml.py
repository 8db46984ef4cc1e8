"""XML from strangers: no document type, no entities, no network, nothing kept longer than it is looked at."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from builder.diagnostics import Span
from builder.exchange._frame import MOST_BYTES, BrokenSourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Encodings in which `<!DOCTYPE` has the bytes of ASCII, so that it is found without a parser.
_ENCODING = re.compile(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']([^"'>]*)""")
_KNOWN = re.compile(rb"utf-?8|us-ascii|ascii|iso-8859-\d+|windows-125\d", re.IGNORECASE)
_SAFE: dict[str, Any] = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True, "remove_pis": True,
    "huge_tree": True,
}  # fmt: skip
_AT_ONCE = 256 * 1024  # bytes of a document that is parsed before its first element is looked at: three times as fast


def elements(name: str, data: bytes, *tags: str) -> Iterator[Any]:
    """Each element of these tags, whole; it is forgotten when the next one is asked for.

    Raises:
        BrokenSourceError: the file is no XML, is too large, or declares a document type, which may hold entities.
    """
    from lxml import etree

    _refuse_unsafe(name, data)
    try:
        if len(data) <= _AT_ONCE:
            yield from list(etree.fromstring(data, _parser()).iter(*tags))
            return
        for _, element in etree.iterparse(io.BytesIO(data), tag=tags, **_SAFE):
            yield element
            if element.getparent() is None:
                continue  # the root ends the file; where a part of it is still held, lxml takes quadratic time to clear it
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise BrokenSourceError(Span(name, max(1, line), max(1, column)), f"no well-formed XML: {error.msg}") from error


@lru_cache(maxsize=1)
def _parser() -> Any:
    """What parses documents that are small, as those of a package are."""
    from lxml import etree

    return etree.XMLParser(**_SAFE)


def _refuse_unsafe(name: str, data: bytes) -> None:
    """Refuse what is too large, and what could hold entities, by which a file unpacks to gigabytes or reads other files."""
    if len(data) > MOST_BYTES:
        raise BrokenSourceError(Span(name), f"more than {MOST_BYTES} bytes", "export it in several parts")
    encoding = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1000])
    if b"\0" in data[:1000] or (encoding and not _KNOWN.fullmatch(encoding[1])):
        raise BrokenSourceError(Span(name), "its encoding is not UTF-8", "save it as UTF-8")
    at = data.find(b"<!DOCTYPE")
    if at >= 0 and b"<![CDATA[" not in data[:at]:
        line = data.count(b"\n", 0, at) + 1
        message = "declares a document type, by which a file can unpack to gigabytes or read other files"
        raise BrokenSourceError(Span(name, line), message, "no list of questions needs one: ask where the file is from")
