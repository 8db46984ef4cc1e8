"""A course, an output folder and whatever a command needs beside them, in which a fault may meet each command that writes."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from builder.cli import main as her_study
from builder.paper.record import Quiz
from tests.make.folder import Author
from tests.make.marked import store
from tests.presses import contents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUIZ = ["quiz", ".", "--no-lint", "--items", "4", "--seed", "faults", "--format", "md", "-o", "../out"]
COMMANDS = {
    "add": ["add", "mcq", "."],
    "analyse --record": [
        *("analyse", "../answers.csv", "--quiz", "../exam.json", "--course", ".", "-o", "../out"),
        *("--record", "--date", "2026-07-01"),
    ],
    "build": ["build", ".", "--no-lint", "-o", "../out"],
    "check --fix": ["check", ".", "--fix"],
    "grade": ["grade", "--quiz", "../quiz.json", "--rekey", "../rekey.yaml", "-o", "../out"],
    "coverage": ["coverage", ".", "--format", "html", "-o", "../out"],
    "coverage --write": ["coverage", ".", "--next", "2", "--write", "bank"],
    "export": ["export", ".", "--format", "moodle", "-o", "../out"],
    "format": ["format", "."],
    "import": ["import", "../questions.gift", "-o", "."],
    "new": ["new", "../out/new", "--title", "New", "--language", "en"],
    "page": ["page", ".", "-o", "../out"],
    "preview": ["preview", ".", "-o", "../out"],
    "quiz": QUIZ,
    "quiz --record": [*QUIZ, "--record"],
    "release": ["release", "1.1.0", ".", "--no-lint", "--date", "2026-02-01"],
    "schemas": ["schemas", "."],
    "study --export": ["study", ".", "--export", "../out/progress.jsonl"],
    "study --import": ["study", ".", "--import", "../reviews.jsonl"],
    "upgrade": ["upgrade", "--mine", "../her.apkg", ".", "-o", "../out"],
}
EPOCH = 1_790_000_000
SAID = 20_000  # characters of what a command said that a failure shows
GIFT = "::One::What is 2+2? {=4 ~3 ~5}\n\n::Two::Ice is water. {T}\n"
REVIEWS = "".join(
    f'{{"time":"2026-11-{day:02}T09:10:11.123Z","day":"2026-11-{day:02}","item":"basic-full","card":1,"rating":3,"answer":""}}\n'
    for day in range(1, 29)
)


class FailedError(Exception):
    """What must hold after a fault does not."""


@dataclass
class Room:
    """A folder with a course and an output folder, and whatever the commands need beside them."""

    root: Path

    @property
    def course(self) -> Path:
        """The folder of the course."""
        return self.root / "course"

    def state(self) -> dict[str, str]:
        """The files of the course and of the output folder, what is in them, and the reviews that are kept."""
        files = {
            f"{part}/{name}": digest
            for part in ("course", "out")
            for name, digest in contents(self.root / part).items()
        }
        kept = self.root / "data" / "her-study" / "progress.db"
        if kept.exists():  # its bytes differ from run to run
            with closing(sqlite3.connect(kept)) as base:
                files["reviews"] = str(base.execute("select line from line order by line").fetchall())
        return files

    def left(self) -> list[str]:
        """What is temporary, in any of the folders."""
        return [name for name in contents(self.root) if ".her-study-" in name or name.startswith("tmp/")]

    def start(self, arguments: list[str], prepare: Callable[[], object] = lambda: None) -> int:
        """Start a command in a process of its own, which calls `prepare` first; its number."""
        pid = os.fork()
        if pid:
            return pid
        code: Any = 0
        try:
            os.chdir(self.course)
            (self.root / "tmp").mkdir(exist_ok=True)
            tempfile.tempdir = str(self.root / "tmp")
            os.environ |= {f"XDG_{name.upper()}_HOME": str(self.root / name) for name in ("cache", "data")}
            os.environ["SOURCE_DATE_EPOCH"] = str(EPOCH)
            for handle in (1, 2):
                os.dup2(os.open(f"../said-{os.getpid()}", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), handle)
            prepare()
            her_study(arguments)
        except SystemExit as stop:
            code = stop.code
        except BaseException:  # noqa: BLE001 - a traceback is what the trial is to see
            sys.excepthook(*sys.exc_info())
            code = 70
        finally:
            sys.settrace(None)
            sys.stdout.flush()
            os._exit(code or 0)

    def end(self, pid: int, allowed: set[int]) -> int:
        """Wait for a command; its exit code, which must be an allowed one, and nothing that it says a traceback."""
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        path = self.root / f"said-{pid}"
        said = path.read_text("utf-8", "replace") if path.exists() else ""
        path.unlink(missing_ok=True)
        if code not in allowed or "Traceback" in said:
            message = f"exit code {code}, allowed are {sorted(allowed)}: {said[-SAID:]}"
            raise FailedError(message)
        return code

    def run(self, arguments: list[str], allowed: set[int], prepare: Callable[[], object] = lambda: None) -> int:
        """Run a command to its end; its exit code."""
        return self.end(self.start(arguments, prepare), allowed)


def prepared(root: Path) -> None:
    """A course that was released and edited since, with the output of earlier runs, in `root`."""
    author = Author(root / "course")
    (root / "out").mkdir()
    for name in ("build", "quiz", "preview", "coverage"):
        Room(root).run(COMMANDS[name], {0})
    shutil.copy(root / "out" / "quiz.json", root / "exam.json")
    (root / "answers.csv").write_text(_marks(root / "exam.json"), "utf-8")
    (root / "questions.gift").write_text(GIFT, "utf-8")
    (root / "reviews.jsonl").write_text(REVIEWS, "utf-8")
    store(root, root / "out")
    Room(root).run(["release", "1.0.0", ".", "--no-lint", "--date", "2026-01-01"], {0})
    shutil.move(root / "out" / "sample.apkg", root / "her.apkg")
    Room(root).run(COMMANDS["build"], {0})
    author.replace("explanation: ", "explanation: It’s so. ")
    author.replace("Intimacy", "Closeness")


def _marks(record: Path) -> str:
    """A table in which twenty students have marks for each question of a paper."""
    version = Quiz.model_validate_json(record.read_text("utf-8")).versions[0]
    rows = [
        f"s{student},{version.name},{item.id},{item.points if (student + item.number) % 3 else 0}\n"
        for student in range(20)
        for item in version.items
    ]
    return "student,version,item,marks\n" + "".join(rows)


def made_anew(source: Path, target: Path, name: str) -> Room:
    """A room of its own for a trial of a command, in the state that the command needs."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    room = Room(target)
    if name == "upgrade":
        room.run(COMMANDS["release"], {0})
    shutil.rmtree(target / "cache", ignore_errors=True)
    return room
