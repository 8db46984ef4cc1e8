"""The files of a course's folder, read safely: nothing outside it, nothing too large, and no pipe or device."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from builder.diagnostics import At, Diagnostic, Finding, Span, did_you_mean
from builder.disk import media
from builder.disk.reader import MAX_BYTES, decode, is_file
from builder.disk.trace import Trace

if TYPE_CHECKING:
    from builder.disk.reader import Reader

MAX_MEDIA = 256 * 1024 * 1024  # of a course, in bytes: they are all in memory at once
MAX_FONT = 64 * 1024 * 1024
MAX_PATTERNS = 1000  # of one list
_FONTS = {".ttf", ".otf", ".ttc", ".otc"}


class Seen(NamedTuple):
    """A file as it was read before: the SHA-256 of its bytes in hexadecimal digits, and its text or why it has none."""

    digest: str
    text: str | Diagnostic


class Folder:
    """A course's folder while it is being read; `trace` notes all that was read.

    Methods return a file's content or path; if it may not or can't be read, they return what to tell the author.
    """

    def __init__(self, root: Path, reader: Reader, seen: dict[str, Seen] | None = None) -> None:
        """Start on `root`, without reading anything; what was `seen` at the last reading, by path, is not decoded again."""
        self.root = root
        self._seen = {} if seen is None else seen
        self.trace = Trace()
        self._reader = reader
        self._media = 0  # bytes of the pictures and recordings that were read
        self._real = root.resolve()

    def above(self) -> Folder:
        """The folder that holds this one, read by the same reader into the same trace."""
        folder = self.root.parent if self.root.name not in {"", ".."} else self.root / ".."
        above = Folder(folder, self._reader, self._seen)
        above.trace = self.trace
        return above

    def text(self, path: str) -> str | Diagnostic:
        """The text of the file at `path`, or the diagnostic that says why it can't be read."""
        try:
            status = self._reader.status(path)
            if not status.is_file:
                what = "this is no file but a folder, a pipe or a device"
                return Diagnostic(Span(path), "unreadable", what, "put a file in its place")
            if status.size > MAX_BYTES:
                what = f"the file has {status.size} bytes, more than the {MAX_BYTES} allowed"
                return Diagnostic(Span(path), "too-large", what, "split it into several banks")
            data = self._reader.read(path)
        except OSError as error:
            what = f"the file can't be read: {error.strerror or error}"
            return Diagnostic(Span(path), "unreadable", what, "check its name and permissions")
        seen, digest = self._seen.get(path), sha256(data).hexdigest()
        if seen is None or seen.digest != digest:
            seen = self._seen[path] = Seen(digest, decode(path, data))
        self.trace.note(path, data, status.changed, digest)
        return seen.text

    def matching(self, patterns: object, at: At) -> tuple[list[str], list[Finding]]:
        """The files that a list of patterns in course.yaml matches, each once, and what is wrong with the patterns.

        `at` is the place of the list. Patterns that are not text are passed over, since the model reports them.
        """
        given = [
            (i, p) for i, p in enumerate(patterns if isinstance(patterns, list) else []) if isinstance(p, str) and p
        ]
        files: dict[str, None] = {}
        findings: list[Finding] = []
        for i, pattern in given[:MAX_PATTERNS]:
            found = self._matching(pattern, at / i)
            files |= dict.fromkeys(path for path in found if isinstance(path, str))
            findings += [path for path in found if isinstance(path, Finding)]
        if len(given) > MAX_PATTERNS:
            what = f"{len(given)} patterns: those after {MAX_PATTERNS} are not looked at"
            findings.append(Finding(at, "too-many", what, "write one with a '*' for many files"))
        return list(files), findings

    def _matching(self, pattern: str, at: At) -> list[str | Finding]:
        """The files that one pattern matches; in place of a file that may not be read, a finding with the reason."""
        if not _is_below(pattern):
            return [_outside(pattern, at)]
        found: list[str] = []
        if pattern.count("**") < 2:  # noqa: PLR2004 - each further `**` would multiply the time
            found = self._reader.matching(self.root, pattern)
            self.trace.found.append((str(self.root), pattern, found))
        if not found:
            remedy = "correct the pattern; '**' stands for folders, once and alone between '/'"
            remedy = remedy if "**" in pattern else "correct the pattern"
            return [Finding(at, "no-such-file", f"no file matches '{pattern}'", remedy)]
        return [self._inside(path, at) for path in found]

    def beside(self, name: str) -> str | Finding | None:
        """The path of the file of this name beside course.yaml; None where there is none; a finding if it is a link out."""
        path = str(self.root / name)
        if self._reader.is_there(path):
            return self._inside(path, At(path))
        self.trace.absent.append(path)
        return None

    def named(self, name: object, at: At) -> str | Finding | None:
        """The path of the file that course.yaml names at `at`; None where it names none; or why it may not be read."""
        if not isinstance(name, str) or not name:
            return None
        if not _is_below(name):
            return _outside(name, at)
        path = str(self.root / name)
        if not is_file(self._reader, path):
            return Finding(at, "no-such-file", f"there is no file '{name}'", "correct the name")
        return self._inside(path, at)

    def fonts(self, name: object, at: At) -> tuple[str, ...] | Finding:
        """The paths of the fonts in the folder that course.yaml names at `at`; or what is wrong with that folder.

        The result is empty if course.yaml names no folder. The fonts are noted in the trace.
        """
        if not isinstance(name, str) or not name:
            return ()
        if not _is_below(name):
            return _outside(name, at)
        folder = self.root / name
        try:
            found = sorted(str(file) for file in folder.iterdir() if file.suffix.lower() in _FONTS)
        except OSError:
            return Finding(at, "no-such-file", f"there is no folder '{name}'", "correct the name, or make the folder")
        # A pipe would never end, and a file from outside may be anybody's: both are left out.
        sound = [file for file in found if is_file(self._reader, file) and self._is_inside(Path(file))]
        if not sound:
            return Finding(at, "no-fonts", f"'{name}' has no font files", "put .ttf, .otf or .ttc files there")
        pattern = f"{name.rstrip('/')}/*"
        self.trace.found.append((str(self.root), pattern, self._reader.matching(self.root, pattern)))
        for file in sound:
            try:
                status = self._reader.status(file)
                if status.size > MAX_FONT:
                    what = f"'{Path(file).name}' has {status.size} bytes, more than the {MAX_FONT} allowed"
                    return Finding(at, "too-large", what, "take a font with fewer characters")
                self.trace.note(file, self._reader.read(file), status.changed)
            except OSError as error:
                what = f"'{Path(file).name}' can't be read: {error.strerror or error}"
                return Finding(at, "unreadable", what, "check its permissions")
        return tuple(sound)

    def media(self, name: str) -> bytes | str:
        """The bytes of a picture or recording below the folder.

        If they can't be had, the result is the reason, as a phrase without a subject, "does not exist", and behind a
        semicolon what to do, where that is known.
        """
        file = self.root / name
        if not media.kind(name):
            return f"is of no kind that items can have ({' '.join(end[1:] for end in media.KINDS)})"
        forward = name.replace("\\", "/")
        if forward != name and _is_below(forward):
            return f"is named with a backslash; write '{forward}'"
        if not _is_below(name) or name.endswith("/"):
            return "leads out of the course's folder"
        if not is_file(self._reader, str(file)):
            return f"does not exist; {self._near(name) or 'correct the name, or put the file there'}"
        if not self._is_inside(file):
            return "is a link out of the course"
        try:
            status = self._reader.status(str(file))
            if status.size > media.limit(name):
                return f"has {status.size} bytes, more than the {media.limit(name)} allowed"
            if status.size > MAX_MEDIA - self._media:
                return f"is more than the course can have: all pictures and recordings together, {MAX_MEDIA} bytes"
            data = self._reader.read(str(file))
        except OSError as error:  # it may have gone since it was looked for
            return f"can't be read: {error.strerror or error}"
        self.trace.note(str(file), data, status.changed)
        fault = media.fault(name, data)
        if fault:
            return fault
        self._media += status.size
        return data

    def _near(self, name: str) -> str:
        """The question whether the file of the nearest name in its folder was meant; the empty string if there is none."""
        above, _, own = name.rpartition("/")
        pattern = f"{above}/*" if above else "*"
        found = self._reader.matching(self.root, pattern)
        self.trace.found.append((str(self.root), pattern, found))
        names = [Path(path).name for path in found if media.kind(path)]
        meant = next((it for it in names if it.casefold() == own.casefold()), "")
        near = f"did you mean '{meant}'?" if meant else did_you_mean(own, names)
        return near.replace("'", f"'{above}/", 1) if above else near

    def _inside(self, path: str, at: At) -> str | Finding:
        """The path itself if its file lies in the folder, links followed; else the finding that it does not."""
        if self._is_inside(Path(path)):
            return path
        remedy = "copy the file into the course's folder"
        return Finding(at, "outside-course", f"'{Path(path).name}' is a link out of the course", remedy)

    def _is_inside(self, file: Path) -> bool:
        return file.resolve().is_relative_to(self._real)


def _is_below(name: str) -> bool:
    """Whether a name is relative and only goes down; drives and backslashes count on every system, not on Windows alone."""
    return not Path(name).is_absolute() and ".." not in Path(name).parts and "\\" not in name and ":" not in name


def _outside(name: str, at: At) -> Finding:
    remedy = "name files below the folder of course.yaml, with '/' between folders"
    return Finding(at, "outside-course", f"'{name}' leads out of the course", remedy)
