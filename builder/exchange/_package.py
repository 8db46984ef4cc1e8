"""Content packages: zip archives with a manifest, which are read within bounds, member by member."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from html import unescape
from itertools import islice, pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

from builder.diagnostics import Span
from builder.exchange._frame import MOST_BYTES, BrokenSourceError

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

MOST_MEMBERS = 100_000
_TOLD_BY = 500  # documents of a package, by which its format is told
HEAD = 20_000  # bytes that tell what a document is: a licence may stand before its first element
# What stands before the address of a file in the packages of Canvas, and folders that are no part of its name.
_BASES = ("$IMS-CC-FILEBASE$/", "%24IMS-CC-FILEBASE%24/")
_FOLDERS = ("web_resources/", "images/", "media/")
_LOCAL = struct.Struct("<4s22xHH")  # what stands before a member: a mark, and the lengths of its name and of the rest
_USUAL = 0x080E  # flags: how well it is packed, sizes that follow it, a name in UTF-8
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError)


class Package:
    """The members of a package by name. A file that is no zip archive is a package of itself alone."""

    def __init__(self, name: str, data: bytes) -> None:
        """Open it.

        Raises:
            BrokenSourceError: it is no zip archive that can be read, or would unpack to more than is kept in memory.
        """
        self.name = name
        self._alone = None if data.startswith(b"PK") else data
        self._archive: zipfile.ZipFile | None = None
        self._sizes: dict[str, int] = {name: len(data)}
        if self._alone is None:
            try:
                self._archive = zipfile.ZipFile(io.BytesIO(data))
            except _BROKEN as error:
                raise self._broken(error) from error
            self._data = memoryview(data)
            starts = sorted({it.header_offset for it in self._archive.infolist()})
            self._ends = dict(pairwise([*starts, self._archive.start_dir]))  # where the next member begins
            self._sizes = {it.filename: it.file_size for it in self._archive.infolist() if not it.is_dir()}
            if len(self._sizes) > MOST_MEMBERS or sum(self._sizes.values()) > MOST_BYTES:
                message = f"more than {MOST_BYTES} bytes or {MOST_MEMBERS} files when it is unpacked"
                raise BrokenSourceError(Span(name), message, "export it in several parts")
        self._loose = {_folded(member): member for member in reversed(self._sizes)}
        self._bare = {_folded(posixpath.basename(member)): member for member in reversed(self._sizes)}

    def __iter__(self) -> Iterator[str]:
        """The names of its members, in the order of the package."""
        return iter(self._sizes)

    def read(self, member: str) -> bytes:
        """The bytes of a member.

        Raises:
            BrokenSourceError: they can't be unpacked.
        """
        if self._archive is None:
            return self._alone or b""
        try:
            info = self._archive.getinfo(member)
            plain = self._plain(info)
            return self._archive.read(info) if plain is None else plain
        except _BROKEN as error:
            raise self._broken(error, member) from error

    def _plain(self, info: zipfile.ZipInfo) -> bytes | None:
        """The bytes of a member that is as nearly all are; None for any other, and for one that is broken.

        `ZipFile` takes several times as long for a small one, and says what is wrong with a broken one.
        """
        start = info.header_offset
        head = self._data[start : start + _LOCAL.size]
        if len(head) < _LOCAL.size or info.flag_bits & ~_USUAL:
            return None
        mark, names, extra = _LOCAL.unpack(head)
        name = start + _LOCAL.size
        end = name + names + extra + info.compress_size
        if (
            mark != b"PK\3\4"
            or self._data[name : name + names] != info.orig_filename.encode()
            or end > self._ends[start]
        ):
            return None
        made = bytes(self._data[end - info.compress_size : end])
        if info.compress_type == zipfile.ZIP_DEFLATED:
            try:
                made = zlib.decompressobj(-zlib.MAX_WBITS).decompress(made, info.file_size + 1)
            except zlib.error:
                return None
        elif info.compress_type != zipfile.ZIP_STORED:
            return None
        return made if len(made) == info.file_size and zlib.crc32(made) == info.CRC else None

    def head(self, member: str) -> bytes:
        """The first bytes of a member.

        Raises:
            BrokenSourceError: they can't be unpacked.
        """
        if self._archive is None:
            return (self._alone or b"")[:HEAD]
        try:
            with self._archive.open(member) as file:
                return file.read(HEAD)
        except _BROKEN as error:
            raise self._broken(error, member) from error

    def place(self, member: str) -> str:
        """What a place in a member is told as: `quiz.zip/items/a.xml`."""
        return self.name if self._archive is None else f"{self.name}/{member}"

    def find(self, address: str, base: str = "") -> str | None:
        """The member that an address means in a document that lies in the folder `base`; None if there is none.

        Writers of packages differ in what they escape, so that `my%20pic.png` may mean `my_pic.png`. A file that is
        not where the address says is taken from any other folder.
        """
        for start in _BASES:
            address = address.removeprefix(start)
        path = unquote(address.partition("?")[0])
        for start in (base, "", *_FOLDERS):
            if found := self._loose.get(_folded(posixpath.normpath(posixpath.join(start, path)))):
                return found
        return self._bare.get(_folded(posixpath.basename(path)))

    def _broken(self, error: Exception, member: str = "") -> BrokenSourceError:
        message = f"no package that can be read: {member}{': ' * bool(member)}{error}"
        return BrokenSourceError(Span(self.name), message, "export it anew")


def title_in(head: bytes, tag: re.Pattern[bytes]) -> str:
    """The title of the first element that `tag` finds in the beginning of a document, in its group; empty without one."""
    found = tag.search(head)
    said = unescape(found[1].decode("utf-8", "replace")) if found else ""
    return "" if "\ufffd" in said else " ".join(said.split())


def own_name(member: str) -> str:
    """The name of a file without the folder in which packages keep files."""
    return next((member.removeprefix(it) for it in _FOLDERS[:2] if member.startswith(it)), member)


def _folded(path: str) -> str:
    return unquote(path).replace(" ", "_").lstrip("/").casefold()


def holds(name: str, data: bytes, pattern: re.Pattern[bytes]) -> bool:
    """Whether the file, or the beginning of one of the first XML files in it if it is a package, has the pattern."""
    if not data.startswith(b"PK"):
        return bool(pattern.search(data[:HEAD]))
    try:
        package = Package(name, data)
        first = islice(filter(is_xml, package), _TOLD_BY)
        return any(pattern.search(package.head(member)) for member in first)
    except BrokenSourceError:
        return False


def is_xml(member: str) -> bool:
    """Whether a member is XML, by its name."""
    return member.lower().endswith((".xml", ".qti"))
