"""Checks that a file is the kind of picture or recording that its name says, and safe to pass on to students.

An SVG passes if it is a plain drawing. It may hold no script, nothing that
answers to events, nothing from outside the file, and no other document.
"""

from __future__ import annotations

import io
import re
import struct
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_IMAGE = 8 * 1024 * 1024
MAX_SOUND = 32 * 1024 * 1024
MAX_PIXELS = 40_000_000  # of a picture: a small file with more would unpack to gigabytes
# The media types of what an item may show or play, by the end of the name.
PICTURES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
SOUNDS = {
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".m4a": "audio/mp4",
    ".flac": "audio/flac",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}
KINDS = PICTURES | SOUNDS
# How files of a kind begin.
_HEADS = {
    ".png": rb"\x89PNG\r\n",
    ".jpg": rb"\xff\xd8\xff",
    ".jpeg": rb"\xff\xd8\xff",
    ".gif": rb"GIF8",
    ".webp": rb"RIFF....WEBP",
    ".svg": rb"(?:\xef\xbb\xbf)?\s*<",
    ".mp3": rb"ID3|\xff[\xe2-\xff]",
    ".ogg": rb"OggS",
    ".oga": rb"OggS",
    ".opus": rb"OggS",
    ".wav": rb"RIFF....WAVE",
    ".m4a": rb"....ftyp",
    ".flac": rb"fLaC",
    ".mp4": rb"....ftyp",
    ".webm": rb"\x1a\x45\xdf\xa3",
}
_SVG = "{http://www.w3.org/2000/svg}"
_SVG_PARTS = frozenset(
    """svg g path rect circle ellipse line polyline polygon text tspan textPath defs use symbol marker linearGradient
    radialGradient stop clipPath mask pattern title desc metadata style image filter feGaussianBlur feOffset feBlend
    feColorMatrix feFlood feComposite feMerge feMergeNode switch view""".split()
)
_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?(?!['\"]?#)|expression\(|javascript:", re.IGNORECASE)
_EMBEDDED = re.compile(r"#|data:image/(?:png|jpeg|gif|webp);base64,")


def kind(name: str) -> str:
    """The media type of a file by its name, as `image/png`; or the empty string where items can't have such files."""
    return KINDS.get(PurePosixPath(name).suffix.lower(), "")


def limit(name: str) -> int:
    """How many bytes a file of this name may have."""
    return MAX_IMAGE if kind(name).startswith("image/") else MAX_SOUND


def fault(name: str, data: bytes) -> str:
    """What is wrong with the bytes of a file of this name, as a phrase without a subject; else the empty string.

    For example, a text under the name `cat.png` "is no PNG file inside". The name must end as `KINDS` has it.
    """
    end = PurePosixPath(name).suffix.lower()
    if not re.match(_HEADS[end], data, re.DOTALL):
        return f"is no {end[1:].upper()} file inside"
    if end in SOUNDS:
        return ""
    if end == ".svg":
        return _drawing(data)
    pixels = _pixels(name, data)
    if not pixels:
        return "has no size that can be read"
    return f"has {pixels / 1e6:.0f} million pixels, more than {MAX_PIXELS // 1_000_000}" if pixels > MAX_PIXELS else ""


def size(name: str, data: bytes) -> tuple[float, float]:
    """Width and height of a sound picture, in pixels or in the units of an SVG; (0, 0) where there are none."""
    if name.lower().endswith(".svg"):
        from xml.etree.ElementTree import fromstring

        root = fromstring(data)  # noqa: S314 - `fault` refuses entities, which are the danger
        box = re.findall(r"[0-9.]+(?:e-?[0-9]+)?", root.get("viewBox", ""))
        found = [re.match(r"\s*([0-9.]+)[a-z]*\s*\Z", root.get(key, "")) for key in ("width", "height")]
        if found[0] and found[1]:
            return float(found[0][1]), float(found[1][1])
        return (float(box[-2]), float(box[-1])) if box else (0.0, 0.0)
    import imagesize

    try:
        width, height = imagesize.get(io.BytesIO(data))
    except (ValueError, struct.error):
        return 0.0, 0.0
    return float(width), float(height)


def _pixels(name: str, data: bytes) -> int:
    """The number of pixels of a picture, as its head says, by which its size in memory is known; 0 if it says none."""
    width, height = size(name, data)
    return int(width * height) if min(width, height) > 0 else 0


def _drawing(data: bytes) -> str:
    """What is wrong with an SVG, or the empty string."""
    if b"<!ENTITY" in data or b"<?xml-stylesheet" in data:
        return "defines entities or names a stylesheet, which a drawing does not need"
    from xml.etree.ElementTree import ParseError, fromstring

    try:
        root = fromstring(data)  # noqa: S314 - entities, which are the danger, are refused above
    except ParseError as error:
        return f"is no well-formed SVG ({error})"
    if root.tag != f"{_SVG}svg":
        return "is no SVG: its root element is another"
    if not (_length(root.get("width")) and _length(root.get("height"))) and not root.get("viewBox"):
        return "has neither a viewBox nor a width and a height"
    return next(filter(None, map(_part, root.iter())), "")


def _length(text: str | None) -> bool:
    return bool(text and re.match(r"\s*[0-9.]*[1-9]", text))


def _part(element: Element) -> str:
    """What is wrong with an element of an SVG, or the empty string.

    Elements that drawing programs add in namespaces of their own are allowed: a browser passes over them.
    """
    tag = element.tag
    name = tag.rpartition("}")[2]
    if tag.startswith("{http://www.w3.org/1999/xhtml}") or name in {"script", "foreignObject", "iframe"}:
        return f"holds <{name}>: only a plain drawing can go to students"
    if tag.startswith(_SVG) and name not in _SVG_PARTS:
        return f"holds <{name}>, which is no part of a plain drawing"
    if name == "style" and element.text and (_OUTSIDE.search(element.text) or "\\" in element.text):
        return "has a style that loads something from outside, or hides what it loads"
    for key, value in element.attrib.items():
        attribute = str(key).rpartition("}")[2].lower()
        if attribute.startswith("on"):
            return f"answers to events ({attribute}): only a plain drawing can go to students"
        if attribute in {"href", "src"} and not _EMBEDDED.match(str(value).strip()):
            return f"refers to something outside: '{str(value)[:40]}'"
        # A backslash of CSS could hide what `_OUTSIDE` looks for. In attributes with a namespace ("}" in the key) it is
        # allowed: there drawing programs note paths of Windows.
        if _OUTSIDE.search(str(value)) or ("\\" in str(value) and "}" not in str(key)):
            return f"loads something from outside, or hides what it loads ({attribute})"
    return ""
