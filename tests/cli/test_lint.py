from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from builder.cli import main
from builder.rules import all_pages
from tests import samples
from tests.watching import saved, started

ROOT = Path(__file__).parent.parent.parent
FLAWED = """bank: flawed
title: Items with flaws that rules find
theme: grief
items:
  - id: clang
    kind: mcq
    prompt: What does the paper read into the recoil on the date?
    explanation: The paper ties the recoil to a fear of letting the past go for good.
    locator: [paper/grief/p1]
    cites: [worden2009]
    options:
      - {right: A recoil from being hurt, why: The paper says so.}
      - {wrong: A wish for better wine, why: The paper has no wine.}
      - {wrong: A plan for another job, why: The paper has no job.}
  - id: yes-no
    kind: basic
    prompt: Does the paper blame technology for loneliness?
    answer: "No"
    explanation: It calls technology a substitute that people choose because it is easy.
    locator: [paper/grief/p2]
    cites: [worden2009, masi2011]
"""


@pytest.fixture
def flawed(tmp_path: Path) -> Path:
    """A course whose items have flaws."""
    bank = tmp_path / "flawed.yaml"
    bank.write_text(FLAWED)
    return samples.course(tmp_path / "course", bank)


def weighed(course: Path, lint: str) -> Path:
    """The course with these options of `lint:`."""
    with (course / "course.yaml").open("a") as file:
        file.write(f"lint: {lint}\n")
    return course


def run(*arguments: str | Path) -> Result:
    """One call of the command line, in this process."""
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


def codes(result: Result) -> set[str]:
    """The codes in JSON output."""
    return {found["code"] for found in json.loads(result.stdout)}


def test_rules_run_unless_told_otherwise(flawed: Path) -> None:
    """`check` runs the rules, `--no-lint` the structure alone."""
    assert {"M10", "F03"} <= codes(run("check", flawed, "--format", "json"))
    assert codes(run("check", flawed, "--format", "json", "--no-lint")) == set()


def test_select_and_ignore_choose_rules(flawed: Path) -> None:
    """Codes and letters, in any case, select or leave out rules."""
    assert codes(run("check", flawed, "--format", "json", "--select", "m10")) == {"M10"}
    assert codes(run("check", flawed, "--format", "json", "--select", "F,M10", "--ignore", "F03")) == {"M10"}


def test_a_code_that_is_no_rule_is_a_wrong_call(flawed: Path) -> None:
    """A mistyped code is said at once, with the nearest."""
    result = run("check", flawed, "--select", "M100")
    assert result.exit_code == 2
    assert "did you mean 'M10'?" in result.stderr


def test_statistics_count_the_codes(flawed: Path) -> None:
    """One line a code in place of the findings, with its name and the line that turns it off."""
    result = run("check", weighed(flawed, "{profile: strict}"), "--statistics", "--select", "M10,F03")
    assert result.stdout == (
        "    2 error   F03 yes-no-card  lint: {severity: {F03: off}}\n"
        "    1 warning M10 clang        lint: {severity: {M10: off}}\n"
    )


def test_build_stops_at_craft_in_a_strict_course_alone(flawed: Path, tmp_path: Path) -> None:
    """A fault of craft is a warning, in a strict course an error that blocks, unless the rules are left out."""
    assert run("build", flawed, "-o", tmp_path / "dist").exit_code == 0
    weighed(flawed, "{profile: strict}")
    assert run("build", flawed, "-o", tmp_path / "dist").exit_code == 1
    assert run("build", flawed, "-o", tmp_path / "dist", "--no-lint").exit_code == 0


def test_sarif_obeys_the_published_schema(flawed: Path) -> None:
    """The log validates against the schema of SARIF 2.1.0, and names each rule that it uses."""
    log = json.loads(run("check", flawed, "--format", "sarif").stdout)
    schema = json.loads((ROOT / "tests" / "schemas" / "sarif-2.1.0.json").read_bytes())
    jsonschema.validate(log, schema)
    (only,) = log["runs"]
    known = {rule["id"] for rule in only["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in only["results"]} <= known
    assert known == {rule.code for rule in all_pages()}


def test_github_annotations_are_one_line_each(flawed: Path) -> None:
    """A workflow command a finding, with file, line and column."""
    lines = run("check", flawed, "--format", "github", "--select", "M10").stdout.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(f"::warning file={flawed / 'bank.yaml'},line=12,col=9,title=M10::")


def test_explain_lists_and_shows_rules() -> None:
    """Without a code the table, with a code or a name the page."""
    table = run("explain").stdout
    assert len(table.splitlines()) == len(all_pages())
    page = run("explain", "m01").stdout
    assert page == run("explain", "key-longest").stdout
    assert "The right option stands out as the longest." in page
    assert run("explain", "M99").exit_code == 2
    assert "# What may be written in a text" in run("explain", "text").stdout
    assert "# Values that are drawn for each version" in run("explain", "values").stdout


OWN = "{own: [{code: L01, name: no-wine, message: we serve none, words: [wine], level: error}]}"


def test_rules_of_the_course_are_rules(flawed: Path) -> None:
    """A rule that course.yaml brings is selected, ignored, explained and named in SARIF as any other."""
    weighed(flawed, OWN)
    told = run("check", flawed, "--select", "L01")
    assert told.exit_code == 1
    assert told.stderr.startswith(f"{flawed / 'bank.yaml'}:13:35: error[L01] “wine”: we serve none\n")
    assert run("check", flawed, "--select", "L").stderr == told.stderr
    assert "L01" not in run("check", flawed, "--ignore", "L01").stderr
    assert run("explain", "no-wine", flawed).stdout.startswith("L01 no-wine (error)\n")
    log = json.loads(run("check", flawed, "--format", "sarif").stdout)
    assert {"id": "L01", "shortDescription": {"text": "we serve none"}} in log["runs"][0]["tool"]["driver"]["rules"]
    assert [d["column"] for d in json.loads(run("check", flawed, "--format", "json", "--select", "L").stdout)] == [
        35,
        63,
    ]


def test_a_code_that_the_course_lacks_is_refused(flawed: Path) -> None:
    """Selecting a rule that the course does not bring is a wrong call that names those it brings."""
    assert "its own are none" in run("check", flawed, "--select", "L01").stderr
    weighed(flawed, OWN)
    refused = run("check", flawed, "--ignore", "L02")
    assert (refused.exit_code, "'L02' is no rule of this course: its own are L01" in refused.stderr) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="no process of Windows can send another one Ctrl-C alone")
def test_watch_checks_again_on_save(flawed: Path) -> None:
    """After a save the new findings are there; Ctrl-C ends it without a traceback."""
    with started("check", flawed, "--watch", "--select", "M10", stderr=subprocess.PIPE) as process:
        assert process.stderr
        try:
            _read_until(process.stderr, "2 items: 1 warning")
            with saved(flawed / "bank.yaml", FLAWED.replace("A recoil from", "A retreat from")):
                _read_until(process.stderr, "2 items: no problem found")
        finally:
            process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert "Traceback" not in rest
        assert process.wait(10) == 0, rest


def _read_until(stream: object, text: str) -> None:
    for line in iter(stream.readline, ""):  # type: ignore[attr-defined]
        if text in line:
            return
    pytest.fail(f"never said: {text}")


def test_the_pre_commit_hooks_run_commands() -> None:
    """Each published hook calls a command that exists."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert [hook["id"] for hook in hooks] == ["her-study-check", "her-study-format"]
    for hook in hooks:
        program, command = hook["entry"].split()
        assert program == "her-study"
        assert run(command, "--help").exit_code == 0


@pytest.mark.parametrize("command", ["build", "quiz", "release"])
def test_every_command_with_rules_lets_choose_them(command: str, tmp_path: Path) -> None:
    """--select, --ignore and --no-lint say of the findings of `build`, `quiz` and `release` what they say of `check`'s."""
    folder = samples.course(tmp_path / "course", samples.HERE / "good" / "all-kinds.yaml")
    bank = folder / "bank.yaml"
    bank.write_text(bank.read_text("utf-8").replace("explanation:", "# explanation:", 1), "utf-8")
    weighed(folder, "{profile: strict}")  # for warnings are counted alone
    out = str(tmp_path / "out")
    calls: dict[str, list[str]] = {
        "build": [str(folder), "-o", out],
        "quiz": [str(folder), "-o", out, "--items", "3", "--format", "md"],
        "release": ["1.0.0", str(folder)],
    }
    arguments = [command, *calls[command]]

    def codes(*options: str) -> set[str]:
        told = run(*arguments, *options)
        for written in ("course.lock.yaml", "released.jsonl"):
            (folder / written).unlink(missing_ok=True)
        return set(re.findall(r"(?:warning|error)\[(\w+)\]", told.stderr))

    found = codes()
    assert len(found) > 1
    one = min(found)
    assert codes("--select", one) == {one}
    assert codes("--ignore", one) == found - {one}
    assert codes("--no-lint") == set()
    assert "is no rule" in run(*arguments, "--select", "Q99").stderr
    assert "no rule of this course" in run(*arguments, "--ignore", "L01").stderr


def test_warnings_are_shown_once(flawed: Path, tmp_path: Path) -> None:
    """`check` shows them; `build` counts them and says who shows them, but shows those of rules that are selected."""
    assert "warning[M10]" in run("check", flawed).stderr
    built = run("build", flawed, "-o", tmp_path / "dist")
    assert re.fullmatch(
        r"\S+: 2 items: \d+ warnings in \d files?; `her-study check` shows the warnings\n", built.stderr
    )
    assert "warning[M10]" in run("build", flawed, "-o", tmp_path / "dist", "--select", "M10").stderr
