from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from keyword import iskeyword
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from builder.cli import Commands, main, quiz
from tests import samples

GOOD = samples.HERE / "good" / "all-kinds.yaml"
BAD = samples.HERE / "bad" / "keys.yaml"


def run(*arguments: str | Path) -> Result:
    """One call of the command line, in this process."""
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A course of every kind."""
    return samples.course(tmp_path / "good", GOOD)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A course with mistyped keys."""
    return samples.course(tmp_path / "bad", BAD)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_every_command_has_help() -> None:
    """Each command and each of its options says what it does."""
    group = main
    assert isinstance(group, Commands)
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        assert command.help, name
        for option in command.params:
            assert not isinstance(option, click.Option) or option.help, (name, option.name)
        assert run(name, "--help").exit_code == 0


def test_check_of_the_shipped_course_is_clean(elsewhere: Path) -> None:
    """Without a course, `check` looks at the shipped one, from any folder, and exits 0."""
    result = run("check")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "no problem found" in result.stderr
    assert os.listdir(elsewhere) == []


def test_check_reports_on_stderr_and_exits_1(bad: Path) -> None:
    """Findings are no result: stdout stays empty, and a script sees the exit code."""
    result = run("check", bad, "--no-lint")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"{bad / 'bank.yaml'}:2:1: error[unknown-key]" in result.stderr
    assert "help: did you mean 'title'?" in result.stderr


def test_check_as_json_is_an_array_on_stdout(bad: Path, good: Path) -> None:
    """Programs get objects with the seven keys, and an empty array where all is well."""
    result = run("check", bad, "--format", "json", "--no-lint")
    assert result.exit_code == 1
    assert set(json.loads(result.stdout)[0]) == {"path", "line", "column", "severity", "code", "message", "help"}
    assert json.loads(run("check", good, "--format", "json", "--no-lint").stdout) == []


@pytest.mark.parametrize("command", ["build", "quiz"])
def test_build_and_quiz_stop_at_errors(command: str, bad: Path, elsewhere: Path) -> None:
    """With an error in the course nothing is written, and the findings are shown."""
    result = run(command, bad, "-o", "dist", "--no-lint")
    assert result.exit_code == 1
    assert "unknown-key" in result.stderr
    assert "nothing was built" in result.stderr
    assert os.listdir(elsewhere) == []


def test_build_writes_one_package_and_names_it(good: Path, elsewhere: Path) -> None:
    """Stdout holds the path of the package; the folder holds it alone."""
    result = run("build", good, "-o", "out/deep", "--no-lint")
    assert result.exit_code == 0
    assert result.stdout == f"{Path('out/deep/sample.apkg')}\n"
    assert os.listdir(elsewhere / "out" / "deep") == ["sample.apkg"]


def test_the_same_source_time_gives_the_same_package_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In another folder, time zone and hour, with files of another age: the same bytes."""
    packages = []
    for name, zone in (("one", "UTC"), ("two", "Asia/Kathmandu")):
        folder = samples.course(tmp_path / name, GOOD)
        os.utime(folder / "bank.yaml", (len(name), 10**9 + len(zone)))
        env = os.environ | {"SOURCE_DATE_EPOCH": "1750000000", "TZ": zone}
        command = [
            sys.executable,
            "-m",
            "builder",
            "build",
            str(folder),
            "-o",
            str(tmp_path / name / "dist"),
            "--no-lint",
        ]
        subprocess.run(command, check=True, env=env, capture_output=True)
        packages.append((tmp_path / name / "dist" / "sample.apkg").read_bytes())
    assert packages[0] == packages[1]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000001")
    run("build", tmp_path / "one", "-o", tmp_path / "later", "--no-lint")
    assert (tmp_path / "later" / "sample.apkg").read_bytes() != packages[0]


def test_a_build_is_stamped_with_the_newest_file(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Building again changes nothing; touching a bank does, so that Anki takes the edit."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    packages = []
    for age in (1_750_000_000, 1_750_000_000, 1_750_000_500):
        for file in (*good.glob("*.yaml"), *good.glob("*.png")):
            os.utime(file, (age, age))
        run("build", good, "-o", good / "dist", "--no-lint")
        packages.append((good / "dist" / "sample.apkg").read_bytes())
    assert packages[0] == packages[1] != packages[2]


@pytest.mark.parametrize("epoch", ["tomorrow", "-1", "99999999999", "0"])
def test_a_source_time_that_is_none_is_a_wrong_call(good: Path, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    """A time that Anki would choke on, such as one in the future, is one line and exit 2."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    result = run("build", good, "-o", good / "dist", "--no-lint")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "SOURCE_DATE_EPOCH" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "nowhere"], "no such folder"),
        (["check", "."], "no course.yaml in this folder"),
        (["chek"], "did you mean 'check'?"),
        (["quiz", "--items", "0"], "0 is not in the range"),
        (["quiz", "--items", "900", "-o", "dist"], "674 missing"),
        (["build", "--nolint"], "No such option"),
    ],
)
def test_a_wrong_call_is_one_clear_line_and_exit_2(arguments: list[str], said: str, elsewhere: Path) -> None:
    """The message says what is wrong; nothing is written, no traceback is shown."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert os.listdir(elsewhere) == []


def test_an_output_folder_that_cannot_be_made_is_a_wrong_call(good: Path, elsewhere: Path) -> None:
    """A file in the way, or a folder without permission, is said with the reason, and nothing is lost."""
    (elsewhere / "taken").write_text("mine")
    result = run("build", good, "-o", "taken", "--no-lint")
    assert result.exit_code == 2
    assert "taken: nothing was written" in result.stderr
    assert (elsewhere / "taken").read_text() == "mine"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no /dev/full, and folders no write bit")
def test_a_full_disk_keeps_the_old_package(good: Path, tmp_path: Path) -> None:
    """Where no file may pass 2 KiB the new package does not fit: exit 2, and the old one is whole."""
    limit = "import resource,sys,signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048)); from builder.cli import main; main()"
    run("build", good, "-o", tmp_path / "dist", "--no-lint")
    before = (tmp_path / "dist" / "sample.apkg").read_bytes()
    command = [sys.executable, "-c", limit, "build", str(good), "-o", str(tmp_path / "dist"), "--no-lint"]
    result = subprocess.run(
        command, check=False, capture_output=True, text=True, env=os.environ | {"SOURCE_DATE_EPOCH": "1"}
    )
    assert result.returncode == 2
    assert "nothing was written: File too large" in result.stderr
    assert os.listdir(tmp_path / "dist") == ["sample.apkg"]
    assert (tmp_path / "dist" / "sample.apkg").read_bytes() == before


def test_help_loads_nothing_heavy() -> None:
    """What `--help` and a mistyped command import is pinned: click, and nothing that a command needs."""
    script = "import sys; from builder.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint(*sys.modules, file=sys.stderr)"
    loaded = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stderr.split()
    heavy = (
        "yaml pydantic genanki typst citeproc markdown_it jinja2 docx cv2 fsrs numpy lxml sqlite3 json tempfile zipfile"
    )
    assert set(heavy.split()) & set(loaded) == set()
    ours = sorted(name for name in loaded if name.split(".")[0] == "builder")
    commands = [
        f"builder.cli.{name}{'_' * iskeyword(name)}"  # `import` is a word that Python keeps
        for name in main.list_commands(click.Context(main))
    ]
    assert ours == sorted(
        [
            "builder",
            "builder.cli",
            "builder.cli._asked",
            "builder.cli._copies",
            "builder.cli._course",
            "builder.cli._rules",
            "builder.diagnostics",
            *commands,
        ]
    )


def test_a_check_loads_only_what_checks(tmp_path: Path) -> None:
    """For plain texts no reader of Markdown or TOML, no formatter of citations, and nothing that looks for plugins of pydantic."""
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "course.yaml").write_text(
        "course: c\ntitle: C\nbanks: [bank.yaml]\nanki: {deck: C}\n", "utf-8"
    )
    bank = "bank: b\ntitle: B\nitems:\n  - {id: a, kind: basic, prompt: What is it?, answer: A word, explanation: It is said of this in all the books we have.}\n"
    (tmp_path / "course" / "bank.yaml").write_text(bank, "utf-8")
    script = "import sys; from builder.cli import main\ntry: main(['check', 'course'])\nexcept SystemExit: pass\nprint(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, cwd=tmp_path)
    assert "1 item: no problem found" in ended.stderr
    assert "pydantic" in (loaded := ended.stdout.split())
    assert {"markdown_it", "tomllib", "citeproc", "jinja2", "importlib.metadata", "zipfile"} & set(loaded) == set()


def test_a_spare_module_of_pydantic_gives_way() -> None:
    """Whoever asks the module that finds plugins for more than plugins gets the real one."""
    script = "import os; from builder.cli import _spare_plugins; _spare_plugins()\nfrom pydantic.plugin._loader import get_plugins, PYDANTIC_ENTRY_POINT_GROUP as group\nprint(list(get_plugins()), group)"
    said = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout
    assert said == "[] pydantic\n"


PRINT = ("highspy", "numpy", "pikepdf", "segno", "typst")
_BLOCKED = """
import sys
sys.modules.update(dict.fromkeys({blocked!r}))
from builder.cli import main
main({arguments!r})
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "end"),
    [
        (["check"], 0),
        (["build", "-o", "OUT"], 0),
        (["preview", "-o", "OUT"], 0),
        (["page", "-o", "OUT"], 0),
        (["coverage"], 0),
        (["history"], 0),
        (["plan"], 0),
        (["study", "--stats"], 0),
        (["quiz", "--items", "3", "-o", "OUT"], 2),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else None,
)
def test_only_papers_want_what_prints_them(good: Path, tmp_path: Path, command: list[str], end: int) -> None:
    """Without the extra `print` every command but `quiz` does its work, and that one says what to install."""
    name, *options = (str(tmp_path / "out") if part == "OUT" else part for part in command)
    script = _BLOCKED.format(blocked=PRINT, arguments=[name, str(good), *options])
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ended.returncode == end, ended.stderr
    wanted = "pip install 'her-study[print]'" in ended.stderr
    assert wanted == (end == 2)
    assert ended.stderr.count("\n") == 1 or end == 0


def test_the_extra_for_papers_is_what_quiz_looks_for() -> None:
    """pyproject.toml and the check in `quiz` name the same libraries."""
    from importlib.metadata import requires

    lines = [line for line in requires("her-study") or () if re.search("extra == .print", line)]
    assert sorted(line.split(">=")[0] for line in lines) == sorted(PRINT) == sorted(quiz._NEEDED)
