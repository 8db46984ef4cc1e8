"""What is measured on a course of one size, and the ratios that it may reach."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import growth
from tests.benchmarks.floor import LEAST
from tests.benchmarks.floor import PARSERS as READERS
from tests.benchmarks.measure import Step
from tests.benchmarks.peers import ANKCOMPILER, ANKI_YAML_TOOL, BARE, PARSERS, Peer

if TYPE_CHECKING:
    from collections.abc import Mapping

HER = (sys.executable, "-m", "builder")
HERE = Path(__file__).parent
DESIGN_SIZE = 10_000  # items; the budgets are meant at this size
DESIGN_PARSER = "py-yaml12"


@dataclass(frozen=True)
class Case:
    """A ratio of two steps, by the clock (`seconds`) or processor time (`cpu`), and the budget that it may reach.

    `allowance` seconds come off ours first. Processor time is steadier where
    other work shares the machine, and is used where both sides are one process.
    `limit` says why a budget can't be met: it is shown, and nothing fails.
    """

    ours: str
    theirs: str
    budget: float | None = None
    by: str = "cpu"
    allowance: float = 0.0
    limit: str = ""


# What any program takes that reads YAML through PyYAML, were all the rest of it free.
EVENTS = "floor by PyYAML's events"
_LIMIT = "PyYAML's events alone take up to three times what these parsers do; see the floor by them"
CASES = (
    # Notes are rendered and rules are run by two processes: what that is worth shows on the clock alone.
    Case("build --no-lint", "floor", 2.0, "seconds", limit=_LIMIT),
    Case("build --no-lint", "floor by py-yaml12", 2.0, "seconds", limit=_LIMIT),
    Case("build --no-lint", EVENTS, 2.0, "seconds"),
    Case("build --no-lint", "bare CSafeLoader + genanki", 0.5, "seconds"),
    Case("build", "bare CSafeLoader + genanki", 0.8, "seconds"),
    Case("build", "anki-yaml-tool build", 1 / 3, "seconds"),
    Case("build", "bare safe_load + genanki"),
    Case("build", "ankcompiler build"),
    Case("build, nothing changed", "build", 0.2),
    Case("build, one item changed", "build"),
    Case("export to Moodle XML", "build --no-lint", 2.0),
    Case("import of Moodle XML", "build --no-lint", 2.0),
    Case("export to QTI 2.1", "build --no-lint"),
    Case("import of QTI 2.1", "build --no-lint"),
    Case("export to QTI 3.0", "build --no-lint"),
    Case("import of QTI 3.0", "build --no-lint"),
    Case("check", "check --no-lint", 1.5, "seconds", 1.5),
    Case("check", "anki-yaml-tool validate"),
    Case("check", "ankcompiler check"),
)
# The steps that a budget is about which can be met, or the growth with the course.
JUDGED = {
    *growth.COMMANDS,
    *(name for case in CASES if case.budget is not None and not case.limit for name in (case.ours, case.theirs)),
}


@dataclass(frozen=True)
class Place:
    """Where the files of one size are: the course as generated, and what the steps make."""

    root: Path
    items: int

    @property
    def course(self) -> Path:
        """The course as generated, which no step works on."""
        return self.root / "course"

    @property
    def work(self) -> Path:
        """The copy that her-study works on."""
        return self.root / "work"

    @property
    def out(self) -> Path:
        """The folder that her-study writes into."""
        return self.root / "out"

    @property
    def cache(self) -> Path:
        """The folder for caches of the user, emptied before each run that starts from nothing."""
        return self.root / "cache"

    def fresh(self) -> None:
        """A copy of the course that nothing was made of before."""
        for folder in (self.work, self.out, self.cache):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.course, self.work)

    @property
    def imported(self) -> Path:
        """The course that an import makes."""
        return self.root / "imported"

    def clear(self) -> None:
        """Nothing was imported before."""
        shutil.rmtree(self.imported, ignore_errors=True)

    def edit(self) -> None:
        """Change the prompt of an item in the middle of its bank."""
        number = self.items // 2 // 29 * 29  # every kind comes round after 29: this one is basic
        bank = next(p for p in sorted(self.work.glob("banks/*")) if f"id: item-{number}\n" in p.read_text("utf-8"))
        above, mark, below = bank.read_text("utf-8").partition(f"id: item-{number}\n")
        bank.write_text(above + mark + below.replace("prompt: What does", "prompt: Well, what does", 1), "utf-8")


def generate(place: Place) -> None:
    """Generate the course."""
    script = [sys.executable, "-m", "tests.benchmarks.generate", str(place.items), str(place.course)]
    subprocess.run(script, check=True, capture_output=True)


def prepare(place: Place, env: dict[str, str]) -> None:
    """Generate the course and all that the yardsticks need.

    All this is done by processes of their own: a child's peak memory counts
    that of its parent at the time of the fork, so this one stays small.
    """
    generate(place)
    package = place.root / "rows-of" / "bench.apkg"
    for command in (
        [sys.executable, "-m", "tests.benchmarks.formats", str(place.course), str(place.root / "formats")],
        [*HER, "build", str(place.course), "--no-lint", "-o", str(package.parent)],
        [sys.executable, str(HERE / "floor.py"), "rows", str(package), str(place.root / "rows")],
    ):
        subprocess.run(command, check=True, env=env, capture_output=True)


def parsers(bank: Path) -> dict[str, float]:
    """The processor seconds that each parser takes for a bank, fastest first.

    A parser counts that reads the same as PyYAML's `CSafeLoader`; one that is
    not there, or fails, does not.
    """
    read: dict[str, tuple[float, str]] = {}
    for parser in READERS:
        command = [PARSERS.program(), "-I", str(HERE / "floor.py"), "read", parser, str(bank)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode == 0:
            seconds, content = json.loads(result.stdout)
            read[parser] = (seconds, content)
    right = {parser: seconds for parser, (seconds, content) in read.items() if content == read["PyYAML"][1]}
    return dict(sorted(right.items(), key=lambda entry: entry[1]))


def steps(place: Place, fastest: str, troubles: Mapping[Peer, str]) -> list[Step]:
    """All steps in the order in which each round takes them; `troubles` are of peers that could not be installed."""
    theirs = {
        PARSERS: _floors(place, fastest),
        BARE: _bare(place),
        ANKI_YAML_TOOL: _anki_yaml_tool(place),
        ANKCOMPILER: _ankcompiler(place),
    }
    peers = [replace(step, trouble=troubles[peer]) for peer, its in theirs.items() for step in its]
    return [*ours(place), *peers]


def ours(place: Place) -> list[Step]:
    """The steps of her-study itself."""
    course, package = str(place.work), place.out / "bench.apkg"
    build = (*HER, "build", course, "-o", str(place.out))
    moodle, exported = ("--format", "moodle", "-o", str(place.out)), place.out / "bench-moodle.xml"
    qti, packed = ("--format", "qti21", "-o", str(place.out)), place.out / "bench-qti21.zip"
    qti3, packed3 = ("--format", "qti3", "-o", str(place.out)), place.out / "bench-qti3.zip"
    imported = ("-o", str(place.imported))
    return [
        Step("check --no-lint", (*HER, "check", course, "--no-lint"), place.fresh, is_ours=True),
        Step("check", (*HER, "check", course), place.fresh, is_ours=True),
        Step("build --no-lint", (*build, "--no-lint"), place.fresh, package, is_ours=True),
        Step("build", build, place.fresh, package, is_ours=True),
        Step("build, nothing changed", build, output=package, is_ours=True),
        Step("build, one item changed", build, place.edit, package, is_ours=True),
        Step("export to Moodle XML", (*HER, "export", course, *moodle), place.fresh, is_ours=True),
        Step("import of Moodle XML", (*HER, "import", str(exported), *imported), place.clear, is_ours=True),
        Step("export to QTI 2.1", (*HER, "export", course, *qti), is_ours=True),
        Step("import of QTI 2.1", (*HER, "import", str(packed), *imported), place.clear, is_ours=True),
        Step("export to QTI 3.0", (*HER, "export", course, *qti3), is_ours=True),
        Step("import of QTI 3.0", (*HER, "import", str(packed3), *imported), place.clear, is_ours=True),
    ]


def _floors(place: Place, fastest: str) -> list[Step]:
    banks = map(str, sorted((place.course / "banks").glob("*.yaml")))
    package = place.root / "floor.apkg"
    script = (PARSERS.program(), "-I", str(HERE / "floor.py"), "build")
    rest = (*banks, str(place.root / "rows"), str(package))
    parsers = {"floor": fastest, "floor by py-yaml12": DESIGN_PARSER, EVENTS: LEAST}
    return [Step(name, (*script, parser, *rest), output=package) for name, parser in parsers.items()]


def _bare(place: Place) -> list[Step]:
    package = place.root / "bare.apkg"
    script = (BARE.program(), "-I", str(HERE / "bare.py"))
    rest = (str(place.course), str(package))
    return [
        Step("bare CSafeLoader + genanki", (*script, "CSafeLoader", *rest), output=package),
        Step("bare safe_load + genanki", (*script, "SafeLoader", *rest), output=package, is_slow=True),
    ]


def _anki_yaml_tool(place: Place) -> list[Step]:
    deck, package = str(place.root / "formats" / "deck.yaml"), place.root / "anki-yaml-tool.apkg"
    tool = ANKI_YAML_TOOL.program("anki-yaml-tool")
    build = (tool, "build", "--file", deck, "--output", str(package))
    return [
        Step("anki-yaml-tool build", build, output=package, is_slow=True),
        Step("anki-yaml-tool validate", (tool, "validate", "--file", deck), is_slow=True),
    ]


def _ankcompiler(place: Place) -> list[Step]:
    out = place.root / "ankcompiler"
    tool = (ANKCOMPILER.program("ankc"),)
    source = ("--all", "--path", str(place.root / "formats" / "markdown"))
    build = (*tool, "build", *source, "--output", str(out))
    make = partial(os.makedirs, out, exist_ok=True)
    return [
        Step("ankcompiler build", build, make, out / "bare.apkg", is_slow=True),
        Step("ankcompiler check", (*tool, "check", *source), is_slow=True),
    ]
