from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from builder.checking.reading import parse_banks
from builder.cli import _course, _kept, check, main
from tests import samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

GOOD = samples.HERE / "good" / "all-kinds.yaml"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache; where records are kept in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "her-study"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course that has warnings and no errors."""
    return samples.course(tmp_path / "course", GOOD)


def build(course: Path, *options: str) -> Result:
    """One `her-study build`, without rules: they find much in a sample."""
    arguments = ["build", str(course), "-o", "out", "--no-lint", *options]
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def record(cache: Path) -> Path:
    """The only record."""
    (path,) = cache.glob("*.json")
    return path


def test_second_build_shows_the_same_and_leaves_the_package_alone(course: Path, loads: list[object]) -> None:
    """Nothing changed: the same text on both streams, the same exit code, and the file is not written again."""
    text = (course / "bank.yaml").read_text("utf-8")
    (course / "bank.yaml").write_text(text.replace("prompt: ", "prompt: \u2067", 1), "utf-8")  # a warning
    first = build(course)
    before = os.stat("out/sample.apkg")
    second = build(course)
    assert "1 warning in 1 file" in first.stderr
    assert (second.stdout, second.stderr, second.exit_code) == (first.stdout, first.stderr, 0)
    assert os.stat("out/sample.apkg").st_ino == before.st_ino
    assert len(loads) == 1


def _link(_: Path) -> None:
    os.rename("out/sample.apkg", "elsewhere")
    os.symlink(os.path.abspath("elsewhere"), "out/sample.apkg")


CHANGES: dict[str, Callable[[Path], object]] = {
    "the bank": lambda course: (course / "bank.yaml").write_text(GOOD.read_text("utf-8") + "\n", "utf-8"),
    "the package": lambda _: Path("out/sample.apkg").write_bytes(b"mine"),
    "no package": lambda _: Path("out/sample.apkg").unlink(),
    "a link in place of the package": _link,
    "an interrupted write beside it": lambda _: Path("out/.her-study-journal").write_bytes(b""),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_build_is_done_again_after_a_change(
    course: Path, loads: list[object], change: Callable[[Path], object]
) -> None:
    """Another text, another file in place of what was written, or one in doubt: a build in full."""
    build(course)
    data = Path("out/sample.apkg").read_bytes()
    change(course)
    assert build(course).exit_code == 0
    assert len(loads) == 2
    assert not os.path.islink("out/sample.apkg")
    assert len(Path("out/sample.apkg").read_bytes()) == pytest.approx(len(data), rel=0.1)


def test_build_is_done_again_with_other_options(
    course: Path, loads: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another folder to write to, another time of the source, another folder to stand in: other builds."""
    build(course)
    build(course, "-o", "out2")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    build(course)
    monkeypatch.chdir(course)
    build(course)
    assert len(loads) == 4


def test_build_is_done_again_after_a_library_was_installed(
    course: Path, tmp_path: Path, loads: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an installer adds, renames or takes away may read or write in another way."""
    libraries = tmp_path / "site-packages"
    libraries.mkdir()
    monkeypatch.syspath_prepend(libraries)
    os.utime(libraries, (10**9, 10**9))
    build(course)
    build(course)
    assert len(loads) == 1
    (libraries / "genanki-9.dist-info").mkdir()
    build(course)
    assert len(loads) == 2


def test_edited_source_file_is_another_program(tmp_path: Path) -> None:
    """The hash of the program sees a rule that was changed, added or taken away, and no compiled file."""
    package = tmp_path / "builder"
    (package / "cli" / "__pycache__").mkdir(parents=True)
    rule = package / "rule.py"
    rule.write_text("LIMIT = 1\n", "utf-8")
    code = "import sys\nfrom builder.cli import _kept\n_kept.__file__ = sys.argv[1]\nprint(_kept._program())"
    here = str(Path(__file__).parents[2])

    def program() -> str:
        command = [sys.executable, "-c", code, str(package / "cli" / "_kept.py")]
        return subprocess.run(command, check=True, capture_output=True, text=True, cwd=here).stdout

    first = program()
    (package / "cli" / "__pycache__" / "x.pyc").write_bytes(b"x")
    assert program() == first
    rule.write_text("LIMIT = 22\n", "utf-8")
    second = program()
    (package / "more.py").write_text("", "utf-8")
    assert len({first, second, program()}) == 3


def test_errors_are_never_kept(course: Path, cache: Path) -> None:
    """A build that fails fails again, and leaves no record."""
    (course / "bank.yaml").write_text("bank: broken\n", "utf-8")
    assert [build(course).exit_code, build(course).exit_code] == [1, 1]
    assert not list(cache.glob("*.json"))


def test_time_in_the_future_is_never_kept(course: Path, loads: list[object]) -> None:
    """Such a stamp is cut down to now, and now is another time with every build."""
    os.utime(course / "bank.yaml", (2**32, 2**32))
    build(course)
    build(course)
    assert len(loads) == 2


def test_record_that_lets_a_refused_course_pass_is_not_read_from_course_or_output(
    course: Path, cache: Path, loads: list[object]
) -> None:
    """A course that brings records along, in its own folder or in that of its output, is built from its files."""
    build(course)
    data = record(cache).read_bytes()
    for folder in (course, course / ".her-study", Path("out"), Path("out/.cache/her-study")):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / record(cache).name).write_bytes(data)
    record(cache).unlink()
    build(course)
    assert len(loads) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
@pytest.mark.parametrize("who", ["folder", "record"])
def test_record_that_others_may_write_is_not_believed(course: Path, cache: Path, loads: list[object], who: str) -> None:
    """Who may write to a cache says what is built from it: it must be the user alone."""
    build(course)
    assert (cache.stat().st_mode | record(cache).stat().st_mode) & 0o077 == 0
    (cache if who == "folder" else record(cache)).chmod(0o777)
    build(course)
    assert len(loads) == 2


@pytest.mark.parametrize("data", [b"", b"\xff", b"{}", b"0\n{}", b"\n\n[]"])
def test_broken_record_is_no_record(course: Path, cache: Path, loads: list[object], data: bytes) -> None:
    """Cut off, not text, not JSON, or not as its first line says: the build is done again, and kept again."""
    build(course)
    path = record(cache)
    path.write_bytes(data)
    assert build(course).exit_code == 0
    assert build(course).exit_code == 0
    assert len(loads) == 2
    assert json.loads(path.read_text("utf-8").partition("\n")[2])["files"]


def test_build_without_a_cache_is_a_build(course: Path, tmp_path: Path, loads: list[object]) -> None:
    """Where the cache can't be made, nothing is kept and nothing is said of it."""
    (tmp_path / "cache").write_text("a file stands in the way\n", "utf-8")
    results = [build(course), build(course)]
    assert [result.exit_code for result in results] == [0, 0]
    assert results[0].stderr == results[1].stderr
    assert len(loads) == 2


def test_cache_has_a_fixed_number_of_places(tmp_path: Path, cache: Path) -> None:
    """However many courses are built, the cache does not grow without end; each still holds for its own call alone."""
    course = samples.course(tmp_path / "course", GOOD)
    build(course)
    text = record(cache).read_text("utf-8")
    calls: list[dict[str, str | bool | None]] = [
        {"command": "build", "course": f"course-{n}", "output": "out", "lint": True} for n in range(2000)
    ]
    assert len({_kept._slot(call) for call in calls}) <= 256
    for n in range(256):
        (cache / f"{n:02x}.json").write_text(text, "utf-8")
    assert all(_kept.last(call) is None for call in calls)


def call(*arguments: str) -> Result:
    """One call of her-study."""
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_second_check_shows_the_same(
    course: Path, loads: list[object], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """Nothing changed: the same text on both streams and the same exit code, without another look at the course."""
    monkeypatch.setattr(check, "checked", _course.checked)
    text = (course / "bank.yaml").read_text("utf-8")
    (course / "bank.yaml").write_text(text.replace("prompt: ", "prompt: \u2067", 1), "utf-8")  # a warning
    first, second = (call("check", "--no-lint", "--format", form, str(course)) for _ in range(2))
    assert "bidi-control" in first.output
    assert (second.stdout, second.stderr, second.exit_code) == (first.stdout, first.stderr, 0)
    assert len(loads) == 1


@pytest.mark.parametrize("options", [["--select", "M"], ["--ignore", "M01"], ["--statistics"], ["--format", "json"]])
def test_check_with_other_options_is_another_check(
    course: Path, loads: list[object], monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    """Other rules, or another form of the findings."""
    monkeypatch.setattr(check, "checked", _course.checked)
    call("check", "--no-lint", str(course))
    call("check", "--no-lint", *options, str(course))
    assert len(loads) == 2


def test_check_that_finds_an_error_is_never_kept(course: Path, cache: Path) -> None:
    """What could not be read may be there the next time, and no trace of it was kept."""
    (course / "bank.yaml").write_text("bank: broken\n", "utf-8")
    results = [call("check", "--no-lint", str(course)) for _ in range(2)]
    assert [result.exit_code for result in results] == [1, 1]
    assert not list(cache.glob("*.json"))


def test_second_quiz_shows_the_same_and_leaves_the_papers_alone(course: Path, loads: list[object]) -> None:
    """The same paper of an unchanged course: nothing is set again, and files of another paper are still told of."""
    arguments = ("quiz", str(course), "--no-lint", "--items", "2", "--format", "md", "-o", "out")
    first = call(*arguments)
    before = os.stat("out/quiz.json")
    Path("out/versions.pdf").write_bytes(b"")
    second = call(*arguments)
    assert (second.stdout, second.exit_code) == (first.stdout, 0)
    assert "versions.pdf" in second.stderr
    assert os.stat("out/quiz.json").st_ino == before.st_ino
    assert len(loads) == 1


@pytest.mark.parametrize(
    "arguments", [["quiz", "--format", "md", "--items", "2"], ["export", "--format", "csv"], ["plan"]]
)
def test_every_command_goes_by_what_an_earlier_one_kept(
    course: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    """After a check, no other command reads a bank again that is unchanged; and each has the same result."""
    command, *options = arguments
    where = [] if command == "plan" else ["-o", "out"]
    before = call(command, str(course), *options, *where)
    files = {path.name: path.read_bytes() for path in Path().glob("out/*")}
    call("check", str(course))
    read: list[str] = []

    def reading(texts: Sequence[tuple[str, str]], *rest: Any) -> Iterable[object]:
        read.extend(path for path, _ in texts)
        return parse_banks(texts, *rest)

    monkeypatch.setattr("builder.checking.memory.parse_banks", reading)
    for path in Path().glob("out/*"):
        path.unlink()
    after = call(command, str(course), *options, *where)
    assert read == []
    assert (after.output, after.exit_code) == (before.output, before.exit_code)
    assert {path.name: path.read_bytes() for path in Path().glob("out/*")} == files


@pytest.mark.parametrize("options", [["--seed", "2"], ["--name", "n"], ["--format", "html"], ["--record"]])
def test_another_quiz_is_drawn_and_set(course: Path, loads: list[object], options: list[str]) -> None:
    """Another seed, name or format; and a paper that is to be taken down, each time that it is."""
    arguments = ("quiz", str(course), "--no-lint", "--items", "2", "-o", "out")
    call(*arguments, "--format", "md")
    call(*arguments, *(options if "--format" in options else ["--format", "md", *options]))
    assert len(loads) == 2


def test_quiz_with_a_roster_is_set_again(course: Path, tmp_path: Path, loads: list[object]) -> None:
    """The list of students lies outside the course, and no trace of it is kept."""
    roster = tmp_path / "roster.csv"
    arguments = ("quiz", str(course), "--no-lint", "--items", "2", "-o", "out", "--roster", str(roster))
    for name in ("Ada", "Grace"):
        roster.write_text(f"id,name\n1,{name}\n", "utf-8")
        call(*arguments)
    assert len(loads) == 2
    assert "Grace" in Path("out/quiz.json").read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use can't be deleted there")
def test_nothing_is_kept_where_the_folder_that_a_call_stands_in_is_gone(
    course: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relative path leads nowhere from there; a check of an absolute one works, and leaves no record."""
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert call("check", "--no-lint", str(course)).exit_code == 0
    assert not cache.exists()
