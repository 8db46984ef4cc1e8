"""One run of the benchmark: sections that measure, print, and take down what they found."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import replace
from shutil import copyfileobj, rmtree
from typing import TYPE_CHECKING, Any

from tests.benchmarks import cases, edits, first, footprint, growth, marks, peers, report
from tests.benchmarks.measure import Measured, Step, alternate, ratio
from tests.benchmarks.papers import roster
from tests.benchmarks.report import Verdict

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tests.benchmarks.cases import Case
    from tests.benchmarks.peers import Peer

START_BUDGET = 2.0
PAPERS_BUDGET = 1.3
NAMED_BUDGET = 0.4 * 1024  # MiB, of all processes together
NAMED_GROWTH = 1.2
EXAM = ("quiz", "--blueprint", "final-a", "--seed", "7")
LARGE = 20_000  # items, from which a round takes long: `--large-runs`
LEFT_OUT = "left out by --quick"


def notes_of(package: Path) -> int:
    """How many notes are in a package; read from the disk, so that this process stays small."""
    with tempfile.NamedTemporaryFile(suffix=".anki2") as file:
        with zipfile.ZipFile(package) as archive, archive.open("collection.anki2") as collection:
            copyfileobj(collection, file)
        file.flush()
        database = sqlite3.connect(file.name)
        (count,) = database.execute("SELECT count(*) FROM notes").fetchone()
        database.close()
    return int(count)


class Bench:
    """What was asked for, and what was found: `data` for JSON, `verdicts` on budgets, what else is `wrong`."""

    def __init__(self, options: argparse.Namespace, scratch: Path) -> None:
        self.options = options
        self.scratch = scratch
        self.troubles: Mapping[Peer, str] = {}
        self.verdicts: list[Verdict] = []
        self.wrong: list[str] = []
        self.data: dict[str, Any] = {"machine": report.machine()}

    def environments(self) -> None:
        """The environments of all peers, or of those alone that a budget names."""
        wanted = peers.JUDGED if self.options.quick else peers.PEERS
        self.troubles = {peer: peers.made(peer) if peer in wanted else LEFT_OUT for peer in peers.PEERS}

    def starts(self) -> None:
        """The start of each command against a bare import of click."""
        there = {peer for peer, trouble in self.troubles.items() if not trouble and not self.options.quick}
        found = footprint.starts(self.options.short_runs, self._env(self.scratch), there)
        self._section("Start of each command", "starts", found, has_notes=False)
        ours = [name for name in found if name != footprint.IMPORT]
        self._judge(
            self._verdict(found, cases.Case(name, footprint.IMPORT, START_BUDGET if "her-study" in name else None))
            for name in ours
        )

    def first_runs(self) -> None:
        """The shipped course, checked for the first time, and a small paper of it."""
        place = self.scratch / "first"
        found = alternate(first.steps(place), self.options.short_runs, self._env(place))
        self._section("First runs on the shipped course", "first", found, has_notes=False)
        self._judge([self._verdict(found, case) for case in first.CASES])

    def installations(self) -> None:
        """The wheel, and what an installation takes."""
        wheel = footprint.wheel(self.scratch)
        found = footprint.installations(wheel, self.scratch / "installed")
        rows = [[name, f"{took:.1f}", f"{size:.1f}", packages] for name, (took, size, packages) in found.items()]
        print(f"\n### Installation\n\nThe wheel has {wheel.stat().st_size / 1e6:.2f} MB. pip's cache is warm.\n")
        print(report.table(["what", "seconds", "MB installed", "packages"], rows), flush=True)
        self.data["installations"] = {"wheel": wheel.stat().st_size, **found}

    def courses(self) -> None:
        """Checks and builds of all sizes, against yardsticks and peers; then growth."""
        one = cases.Place(self.scratch / "1", 1)
        one.root.mkdir()
        cases.generate(one)
        sizes = {1: alternate(cases.ours(one), 3, self._env(one.root))}
        fastest = cases.DESIGN_PARSER
        for items in self.options.sizes:
            place = cases.Place(self.scratch / str(items), items)
            place.root.mkdir()
            cases.prepare(place, self._env(place.root))
            if items == self.options.sizes[0]:
                fastest = self._fastest(place)
            sizes[items] = self._course(place, fastest, sizes.get(items // 10, {}))
            rmtree(place.root)
        print("### Growth: 1 is linear\n")
        self._judge(growth.grown(sizes, self._slack("cpu")))

    def _course(self, place: cases.Place, fastest: str, smaller: Mapping[str, Measured]) -> dict[str, Measured]:
        rounds = self.options.large_runs if place.items >= LARGE else self.options.runs
        steps = [self._bounded(step, place, smaller) for step in cases.steps(place, fastest, self.troubles)]
        found = alternate(steps, rounds, self._env(place.root), count=notes_of)
        title = f"{place.items:,} items"
        self._section(title, f"{place.items} items", found)
        is_design = place.items == cases.DESIGN_SIZE
        every = [case if is_design else replace(case, budget=None) for case in cases.CASES]
        self._judge(self._verdict(found, case) for case in every if found[case.ours].runs and found[case.theirs].runs)
        for step in steps:
            notes = found[step.name].notes
            if notes is not None and notes != place.items:
                self.wrong.append(f"{title}: {step.name}: {notes} notes in the package")
            if step.is_ours and found[step.name].trouble not in {"", LEFT_OUT}:
                self.wrong.append(f"{title}: {step.name}: {found[step.name].trouble}")
        return found

    def _bounded(self, step: Step, place: cases.Place, smaller: Mapping[str, Measured]) -> Step:
        """The step; or one that says why it is not run at this size, as a slow peer.

        What no budget is about, `--quick` runs once, at the smallest size, if it is ours.
        """
        if step.trouble:
            return step
        if self.options.quick and step.name not in cases.JUDGED:
            is_run = step.is_ours and place.items == self.options.sizes[0]
            return replace(step, is_slow=True) if is_run else replace(step, trouble=LEFT_OUT)
        if not step.is_slow:
            return step
        before = smaller.get(step.name, Measured())
        if before.trouble:
            return replace(step, trouble=before.trouble)
        if before.runs and before.cpu * 10 > self.options.limit:
            return replace(step, trouble=f"would take over {before.cpu * 10:.0f} s, ten times as long as a tenth takes")
        return step

    def _fastest(self, place: cases.Place) -> str:
        """The fastest parser, tried on the first bank."""
        found = cases.parsers(place.course / "banks" / "000.yaml")
        self.data["parsers"] = found
        rows = [[name, f"{seconds * 1000:.0f}"] for name, seconds in found.items()]
        print("### YAML parsers that read a bank as CSafeLoader does\n")
        print(report.table(["parser", f"CPU ms for {place.items:,} items"], rows), flush=True)
        return next(iter(found), cases.DESIGN_PARSER)

    def edits(self) -> None:
        """What an edit costs, in a process of its own and in one that stays."""
        place = cases.Place(self.scratch / "edits", cases.DESIGN_SIZE)
        place.root.mkdir()
        edits.generate(place)
        env = self._env(place.root)
        found = alternate(edits.steps(place), self.options.runs, env, count=notes_of)
        self._section(f"One edit in {place.items:,} items in {edits.BANKS} banks", "edits", found)
        self._judge([self._verdict(found, case) for case in edits.CASES])
        looks = edits.warm(place, edits.FEW if self.options.quick else edits.MANY, env)
        self.data["looks"] = looks
        share, key = looks["median"] / looks["first"], looks["p95"] / 0.1
        self._judge(
            [
                Verdict("a look after an edit : the first look", "cpu", share, share, 0.05, self._slack("cpu")),
                Verdict("95th percentile of such looks in 100 ms", "cpu", key, key, 1.0, self._slack("cpu")),
                *self._grown(looks),
            ]
        )
        rmtree(place.root)

    def _grown(self, looks: Mapping[str, Any]) -> Iterator[Verdict]:
        if not self.options.quick:
            growth = looks["peak"] / looks["early"]
            what = f"memory after {edits.MANY} edits : after {edits.FEW}"
            yield Verdict(what, "memory", growth, growth, edits.MEMORY_BUDGET, 1.0)

    def papers(self) -> None:
        """Papers of the shipped course, against bare compiles of the same documents."""
        out, kept = str(self.scratch / "papers"), self.scratch / "documents"
        kept.mkdir()
        paper = ("quiz", "--items", "30", "--versions", str(self.options.versions))
        own = (sys.executable, "-m", "tests.benchmarks.papers")
        subprocess.run([*own, "record", str(kept), *paper], check=True, capture_output=True)
        workers = os.cpu_count() or 1
        quiz = f"quiz, {self.options.versions} versions"
        bare = f"bare Typst, {workers} at once"
        steps = [
            Step(quiz, (*cases.HER, *paper, "-o", out), is_slow=True),
            Step(bare, (*own, "bare", str(kept), str(workers)), is_slow=True),
        ]
        if not self.options.quick:
            steps.append(Step("bare Typst, one after another", (*own, "bare", str(kept), "1"), is_slow=True))
        found = alternate(steps, 1, self._env(self.scratch))
        self._section("Papers of 30 questions", "papers", found, has_notes=False)
        self.wrong += [f"{name}: {step.trouble}" for name, step in found.items() if step.trouble]
        if self.wrong:
            return
        self._judge([self._verdict(found, cases.Case(quiz, bare, PAPERS_BUDGET, by)) for by in ("seconds", "cpu")])

    def names(self) -> None:
        """Exams with names: what each costs among many and among a tenth of them, and the memory of all processes."""
        many, few = self.options.students, self.options.students // 10
        alone, *named = "exam without names", f"exam, {few} names", f"exam, {many} names"
        steps = [Step(alone, (*cases.HER, *EXAM, "-o", str(self.scratch / "exam")), is_slow=True, is_ours=True)]
        for name, number in zip(named, (few, many), strict=True):
            students = roster(self.scratch / f"roster-{number}.csv", number)
            command = (*steps[0].command, "--roster", str(students))
            steps.append(Step(name, command, is_slow=True, is_ours=True))
        found = alternate(steps, 1, self._env(self.scratch))
        self._section("Named papers of an exam", "names", found, has_notes=False)
        self.wrong += [f"{name}: {step.trouble}" for name, step in found.items() if step.trouble]
        if self.wrong:
            return
        among_few, among_many = (found[name].cpu - found[alone].cpu for name in named)
        growth, share = among_many / among_few / (many / few), found[named[1]].peak / NAMED_BUDGET
        what = f"a name among {many} : a name among {few}"
        self._judge(
            [
                Verdict(what, "cpu", growth, growth, NAMED_GROWTH, self._slack("cpu")),
                Verdict(f"memory of all processes, {many} names : 0.4 GiB", "memory", share, share, 1.0, 1.0),
            ]
        )

    def marks(self) -> None:
        """Another key for the answers of a class, without the scans, against the start of a command."""
        found = alternate(marks.steps(self.scratch / "marks"), self.options.runs, self._env(self.scratch))
        self._section("Marking again", "marks", found, has_notes=False)
        self._judge([self._verdict(found, case) for case in marks.CASES])

    def _verdict(self, found: Mapping[str, Measured], case: Case) -> Verdict:
        ours, theirs = found[case.ours], found[case.theirs]
        less = f" (less {case.allowance} s)" if case.allowance else ""
        clock, cpu = (ratio(ours, theirs, by, case.allowance) for by in ("seconds", "cpu"))
        what, slack = f"{case.ours}{less} : {case.theirs}", self._slack(case.by)
        return Verdict(what, case.by, clock, cpu, case.budget, slack, case.limit)

    def _judge(self, new: Iterator[Verdict] | Sequence[Verdict]) -> None:
        judged = list(new)
        self.verdicts += judged
        print(report.verdicts(judged), flush=True)

    def _section(self, title: str, key: str, found: Mapping[str, Measured], *, has_notes: bool = True) -> None:
        self.data[key] = report.data(found)
        print(f"\n### {title}\n\n{report.measured(found, has_notes=has_notes)}", flush=True)

    def _slack(self, by: str) -> float:
        """How far past its budget a ratio by this measure still passes."""
        return float(self.options.slack if by == "seconds" else self.options.cpu_slack)

    def _env(self, root: Path) -> dict[str, str]:
        """The environment of what is measured: compiled modules are kept, caches of the user begin empty."""
        return {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "XDG_CACHE_HOME": str(root / "cache")}
