"""The course that a translation translates: its head, its banks and its folder, as the files say them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, cast

from builder.diagnostics import At, Finding, did_you_mean
from builder.disk.output import settle
from builder.loading.bank import ParsedBank, read_bank
from builder.loading.part import parse_values, parsed, validate
from builder.loading.translation import LENT, entries, head, untouched, untranslated, whole_bank
from builder.model.translation import Translation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from builder.disk.folder import Folder
    from builder.loading.bank import Placed
    from builder.loading.part import Part
    from builder.loading.translation import Entry
    from builder.source.nodes import Value

    Works = Mapping[str, Mapping[str, Any]]
    Taken = Callable[[str | Finding | None, Callable[[str, str], Part[Value]]], Value | None]


class Original:
    """The course that a translation translates, as its files say it: nothing of it is checked here.

    `folder` is its own, `lent` are the keys of course.yaml that come from it, `findings` what is wrong with the
    translations of its banks.
    """

    def __init__(self, folder: Folder, raw: Mapping[str, Value], taken: Taken) -> None:
        """Read course.yaml and the banks of the folder above; `taken` reads a file and notes what is wrong with it."""
        self.folder, self._own, self._taken = folder.above(), folder, taken
        self._at = At(str(folder.root / "course.yaml"), ("translates",))
        self.findings: list[Finding] = []
        settle(self.folder.root)
        file = self.folder.beside("course.yaml")
        if file is None:
            what = "there is no course.yaml in the folder above this one"
            self.findings.append(Finding(self._at, "no-such-file", what, "put this folder into that of the original"))
        value = taken(file, parsed)
        self._head = value if isinstance(value, dict) else {}
        self.lent = {key for key in LENT if key in self._head and key not in raw}
        paths, wrong = self.folder.matching(self._head.get("banks"), self._at)
        self.findings += wrong
        self._banks = {path: taken(path, parsed) for path in paths}
        self._translated: set[str] = set()  # paths of banks
        self._there: set[str] = set()  # ids

    def lend(self, raw: Mapping[str, Value]) -> dict[str, Value]:
        """course.yaml of the translation with what it takes from that of the original."""
        return head(raw, self._head)

    def bank(self, path: str, text: str, tell: Callable[[float], object] = lambda _: None) -> ParsedBank:
        """What the text of a translated bank comes to, laid over the bank that it names."""
        found = parse_values(path, text)
        raw = cast("Entry", found.value)
        tell(1.0)
        head, findings = validate(Translation, path, found.value)
        original = self._original(head.translates, At(path, ("translates",)), findings) if head else None
        if original is None:
            return ParsedBank(findings=findings, diagnostics=found.problems)
        self.findings += untranslated(path, raw, original)
        self._there |= entries(raw).keys()
        merged, wrong = whole_bank(path, raw, original)
        read = read_bank(path, merged)
        bad = {finding.at.keys[:2] for finding in wrong if finding.code == "not-in-original"}  # told of already
        wrong += [finding for finding in read.findings if finding.at.keys[:2] not in bad]
        return replace(read, diagnostics=found.problems, starts=found.starts, findings=wrong)

    def _original(self, name: str, at: At, findings: list[Finding]) -> Entry | None:
        """The value of the bank of the original that a translated bank names at `at`; or none, and `findings` say why."""
        file = self.folder.named(name, at)
        if isinstance(file, Finding):
            findings.append(replace(file, help=self._meant(name)) if file.code == "no-such-file" else file)
            return None
        if file not in self._banks:
            what = f"'{name}' is no bank of the original"
            findings.append(Finding(at, "not-in-original", what, self._meant(name)))
            return None
        self._translated.add(file)
        value = self._banks[file]
        return value if isinstance(value, dict) else None

    def _meant(self, name: str) -> str:
        """The advice on a name that no bank of the original has: one that is spelt nearly so, or has moved to another folder."""
        names = [PurePath(path).relative_to(self.folder.root).as_posix() for path in self._banks]
        moved = [it for it in names if PurePath(it).name == PurePath(name).name]
        if len(moved) == 1:
            return f"did you mean '{moved[0]}'?"
        return did_you_mean(name, names) or "name one of its banks"

    def rest(self) -> list[Entry]:
        """The entries of the original that are not translated; the banks that nobody translates are told of."""
        left = [path for path in self._banks if path not in self._translated]
        names = [str(PurePath(path).relative_to(self.folder.root)) for path in left]
        self.findings += untouched(At(self._at.path, ("banks",), on_key=True), names)
        found = [entry for bank in self._banks.values() for name, entry in entries(bank).items()]
        return [entry for entry in found if entry["id"] not in self._there]

    def cited(self, works: Works, items: Iterable[Placed]) -> Works:
        """The references that the translation has: where they are the original's, those that its items cite."""
        keys = {key for item, _ in items for key in item.cites}
        return {key: work for key, work in works.items() if key in keys or "references" not in self.lent}

    def media(self, name: str) -> bytes | str:
        """The bytes of a picture or recording of the translation, or else of the original; or what is wrong with it."""
        own = self._own.media(name)
        return own if isinstance(own, bytes) else self.folder.media(name)
