from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.disk import media
from builder.disk.folder import Folder
from builder.disk.reader import DISK
from builder.text import markup
from tests.pictures import png

if TYPE_CHECKING:
    from pathlib import Path

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{}</svg>'


def drawing(inside: str) -> bytes:
    """A drawing that holds this."""
    return DRAWING.format(inside).encode()


def test_the_parser_and_the_disk_agree_what_a_recording_is() -> None:
    """What the markup takes for a recording is what the disk takes for one."""
    assert set(markup.SOUNDS) == set(media.SOUNDS)


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0L1 1"/><text>Cl</text>',
        '<defs><linearGradient id="a"/></defs><rect fill="url(#a)" width="1" height="1"/>',
        "<style>.a { fill: red }</style>",
        '<use href="#a"/>',
        '<image href="data:image/png;base64,AAAA"/>',
        '<x:layer xmlns:x="https://example.org/editor" x:label="1"/>',
        r'<g xmlns:x="https://example.org/editor" x:path="C:\\a.png"/>',
    ],
)
def test_a_plain_drawing_is_taken(inside: str) -> None:
    """Shapes, words, styles, gradients and what an editor notes."""
    assert media.fault("a.svg", drawing(inside)) == ""


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>1</script>", "<script>"),
        ("<foreignObject/>", "<foreignObject>"),
        ('<b xmlns="http://www.w3.org/1999/xhtml">x</b>', "<b>"),
        ('<animate attributeName="x"/>', "<animate>"),
        ('<rect onclick="x()"/>', "events (onclick)"),
        ('<image href="https://example.org/a.png"/>', "outside"),
        ('<use xmlns:l="http://www.w3.org/1999/xlink" l:href="b.svg#a"/>', "outside"),
        ('<rect fill="url(b.svg#a)"/>', "outside"),
        ("<style>@import 'a.css';</style>", "outside"),
        (r"<style>.a { fill: u\72l(a.svg) }</style>", "hides"),
        (r'<rect fill="u\72l(b.svg#a)"/>', "hides"),
        ("<g>", "well-formed"),
    ],
)
def test_what_is_no_plain_drawing_is_refused_by_name(inside: str, said: str) -> None:
    """A script, an event, another document or something from outside the file is told."""
    assert said in media.fault("a.svg", drawing(inside))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<svg/>", "root element"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "viewBox"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "entities"),
        (png(), "no SVG file"),
    ],
)
def test_an_svg_must_be_one_and_have_a_size(data: bytes, said: str) -> None:
    """Another root, no size, entities and other bytes are told."""
    assert said in media.fault("a.svg", data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.mp3", b"ID3\x04"),
        ("a.mp3", b"\xff\xfb\x90"),
        ("a.ogg", b"OggS"),
        ("a.wav", b"RIFF\0\0\0\0WAVE"),
        ("a.m4a", b"\0\0\0 ftypM4A "),
        ("a.webm", b"\x1a\x45\xdf\xa3"),
    ],
)
def test_recordings_are_known_by_how_they_begin(name: str, data: bytes) -> None:
    """A recording passes by its first bytes, and not under another name."""
    assert media.fault(name, data) == ""
    assert "inside" in media.fault("a.flac", data)


def test_why_a_file_can_not_be_used_is_said(tmp_path: Path) -> None:
    """A kind that items can't have, a file that is not there, one out of the folder, and one with other bytes."""
    (tmp_path / "a.png").write_bytes(b"GIF89a")
    (tmp_path / "a.mp3").write_bytes(b"ID3" + bytes(100))
    folder = Folder(tmp_path, DISK)
    assert folder.media("a.mp3") == b"ID3" + bytes(100)
    for name, said in {"a.bmp": "no kind", "b.png": "exist", "../b.png": "leads out", "a.png": "no PNG"}.items():
        assert said in str(folder.media(name))
