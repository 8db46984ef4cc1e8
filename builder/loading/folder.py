"""The files of a course's folder, read safely: nothing outside it, nothing too large, every problem noted."""

from __future__ import annotations

import io
import os
import stat
import struct
from pathlib import Path

from builder.diagnostics import At, Diagnostic, Finding, Lines, Span
from builder.disk.trace import Trace, is_file
from builder.source import nodes

MAX_BYTES = 32 * 1024 * 1024
_MARK = "\ufeff"  # of byte order; who joins files may get several
MAX_IMAGE = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000  # a small file may unpack to gigabytes
MAX_PICTURES = 256 * 1024 * 1024  # of a course, in bytes: they are all in memory at once
MAX_PATTERNS = 1000  # of one list
_PICTURES = {
    ".png": b"\x89PNG\r\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".gif": b"GIF8",
    ".webp": b"RIFF",
}


def is_below(name: str) -> bool:
    """Whether a name is relative and only goes down, on any system."""
    return not Path(name).is_absolute() and ".." not in Path(name).parts and "\\" not in name and ":" not in name


def decode(path: str, raw: bytes) -> tuple[str | None, list[Diagnostic]]:
    """Bytes of a file as text (UTF-8, with or without a byte order mark), or why not."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None, [Diagnostic(Span(path), "encoding", "the file is UTF-16", "save it as UTF-8")]
    try:
        return raw.decode("utf-8").lstrip(_MARK), []
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8").lstrip(_MARK)
        what = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        span = Lines(path, before).span(len(before))
        return None, [Diagnostic(span, "encoding", what, "save the file as UTF-8 text")]


def _pixels(data: bytes) -> int:
    """Width by height of a picture, from its head: what a reader of it will need in memory. 0 where there is none."""
    import imagesize

    try:
        width, height = imagesize.get(io.BytesIO(data))
    except (ValueError, struct.error):
        return 0
    return width * height if min(width, height) > 0 else 0


class Folder:
    """A course's folder while it is being read.

    Collects the texts read, what is wrong with them (`diagnostics` where the
    place is known, `findings` where it is still symbolic), and in `trace` what
    was read of the disk.
    """

    def __init__(self, root: Path) -> None:
        """Start on `root`, without reading anything."""
        self.root = root
        self.texts: dict[str, str] = {}
        self.starts: dict[str, list[nodes.Start]] = {}
        self.diagnostics: list[Diagnostic] = []
        self.findings: list[Finding] = []
        self.trace = Trace()
        self.pictures = 0  # bytes of those that were read
        self._real = root.resolve()

    def value(self, path: str) -> nodes.Value | None:
        """A file's YAML as plain values; None where it is unreadable, and said so."""
        text = self.text(path)
        if text is None:
            return None
        parsed = nodes.values(path, text)
        self.diagnostics += parsed.problems
        self.starts[path] = parsed.starts
        if parsed.value is None and not parsed.problems:
            self.diagnostics.append(
                Diagnostic(Span(path), "empty-file", "the file holds nothing", "write it or delete it")
            )
        return parsed.value

    def text(self, path: str) -> str | None:
        """A file's text; None where it is unreadable, and said so."""
        raw = self._bytes(path)
        if raw is None:
            return None
        text, problems = decode(path, raw)
        self.diagnostics += problems
        if text is not None:
            self.texts[path] = text
        return text

    def _bytes(self, path: str) -> bytes | None:
        try:
            status = os.stat(path)
            if not stat.S_ISREG(status.st_mode):
                what = "this is no file but a folder, a pipe or a device"
                self.diagnostics.append(Diagnostic(Span(path), "unreadable", what, "put a file in its place"))
                return None
            if status.st_size > MAX_BYTES:
                what = f"the file has {status.st_size} bytes, more than the {MAX_BYTES} allowed"
                self.diagnostics.append(Diagnostic(Span(path), "too-large", what, "split it into several banks"))
                return None
            with open(path, "rb") as file:
                data = file.read()
        except OSError as error:
            what = f"the file can't be read: {error.strerror or error}"
            self.diagnostics.append(Diagnostic(Span(path), "unreadable", what, "check its name and permissions"))
            return None
        self.trace.take(path, data, status)
        return data

    def matching(self, patterns: object, at: At) -> list[str]:
        """The files that a list of patterns in course.yaml names, each once; says so where a pattern names none."""
        given = [
            (i, p) for i, p in enumerate(patterns if isinstance(patterns, list) else []) if isinstance(p, str) and p
        ]
        files: dict[str, None] = {}
        for i, pattern in given[:MAX_PATTERNS]:
            files |= dict.fromkeys(self._matching(pattern, at / i))
        if len(given) > MAX_PATTERNS:
            what = f"{len(given)} patterns: those after {MAX_PATTERNS} are not looked at"
            self.findings.append(Finding(at, "too-many", what, "write one with a '*' for many files"))
        return list(files)

    def _matching(self, pattern: str, at: At) -> list[str]:
        if not self._may_read(pattern, at):
            return []
        # Each further `**` would multiply the time.
        found = self.trace.matching(self.root, pattern) if pattern.count("**") < 2 else []  # noqa: PLR2004
        if not found:
            remedy = "correct the pattern; '**' stands for folders, once and alone between '/'"
            remedy = remedy if "**" in pattern else "correct the pattern"
            self.findings.append(Finding(at, "no-such-file", f"no file matches '{pattern}'", remedy))
        return [str(file) for file in found if self._is_inside(file, at)]

    def beside(self, name: str) -> str | None:
        """The path of a file of this name beside course.yaml, if there is one that may be read."""
        file = self.root / name
        return str(file) if self.trace.is_there(str(file)) and self._is_inside(file, At(str(file))) else None

    def named(self, name: object, at: At) -> str | None:
        """The path of a file that course.yaml names, if there is one that may be read."""
        if not isinstance(name, str) or not name or not self._may_read(name, at):
            return None
        file = self.root / name
        if not is_file(file):
            self.findings.append(Finding(at, "no-such-file", f"there is no file '{name}'", "correct the name"))
            return None
        return str(file) if self._is_inside(file, at) else None

    def picture(self, name: str) -> bytes | None:
        """The bytes of an image below the folder, or None where it is no readable picture of a known kind."""
        file = self.root / name
        magic = _PICTURES.get(file.suffix.lower())
        if magic is None or not is_below(name) or name.endswith("/") or not is_file(file):
            return None
        status = file.stat()
        most = min(MAX_IMAGE, MAX_PICTURES - self.pictures)
        if not file.resolve().is_relative_to(self._real) or status.st_size > most:
            return None
        data = file.read_bytes()
        self.trace.take(str(file), data, status)
        if not data.startswith(magic) or not 0 < _pixels(data) <= MAX_PIXELS:
            return None
        self.pictures += status.st_size
        return data

    def _may_read(self, name: str, at: At) -> bool:
        if is_below(name):
            return True
        remedy = "name files below the folder of course.yaml, with '/' between folders"
        self.findings.append(Finding(at, "outside-course", f"'{name}' leads out of the course", remedy))
        return False

    def _is_inside(self, file: Path, at: At) -> bool:
        """Whether the file itself, links followed, lies in the folder."""
        if file.resolve().is_relative_to(self._real):
            return True
        remedy = "copy the file into the course's folder"
        self.findings.append(Finding(at, "outside-course", f"'{file.name}' is a link out of the course", remedy))
        return False
