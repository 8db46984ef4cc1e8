from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
USES = re.compile(r"\buses:\s*(.*)")
PINNED = re.compile(r"([\w.-]+/[\w./-]+)@([0-9a-f]{40}) # v\d+\.\d+\.\d+")

each = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


def _jobs(path: Path) -> dict[str, Any]:
    jobs: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))["jobs"]
    return jobs


def _steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in _jobs(path).values() for step in job["steps"]]


def test_there_are_workflows() -> None:
    """One tests every change, one publishes a tag; what follows speaks of both."""
    assert [path.name for path in FILES] == ["release.yml", "test.yml"]


def test_every_action_is_pinned_by_hash() -> None:
    """A commit, which nobody can move, with the release that it is; the same one of an action everywhere."""
    pinned: dict[str, set[str]] = {}
    for path in FILES:
        lines = USES.findall(path.read_text("utf-8"))
        assert len(lines) == sum("uses" in step for step in _steps(path))
        for line in lines:
            found = PINNED.fullmatch(line)
            assert found, f"{path.name}: {line}"
            pinned.setdefault(found[1], set()).add(found[2])
    assert pinned
    assert all(len(hashes) == 1 for hashes in pinned.values()), pinned


@each
def test_a_job_may_do_what_it_says_and_no_more(path: Path) -> None:
    """A workflow grants nothing; a job its own rights and time; one alone may write, and it runs no code of ours."""
    assert yaml.safe_load(path.read_text("utf-8"))["permissions"] == {}
    for name, job in _jobs(path).items():
        rights = job["permissions"]
        assert job["timeout-minutes"] <= 60
        assert rights == {"contents": "write" if name == "publish" else "read"}
        if "write" in rights.values():
            assert not any("checkout" in step.get("uses", "") for step in job["steps"])


@each
def test_no_checkout_leaves_its_token_behind(path: Path) -> None:
    """What runs later in the job can't push with it."""
    for step in _steps(path):
        if "actions/checkout@" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


def test_every_python_that_is_promised_is_tested_on_three_systems() -> None:
    """The classifiers of pyproject.toml and the matrices agree."""
    classifiers = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["classifiers"]
    promised = re.findall(r"^Programming Language :: Python :: (3\.\d+)$", "\n".join(classifiers), re.MULTILINE)
    jobs = _jobs(ROOT / ".github" / "workflows" / "test.yml")
    systems = {str(jobs["all"]["runs-on"]), *jobs["systems"]["strategy"]["matrix"]["system"]}
    assert {re.split(r"-\d", system)[0] for system in systems} == {"ubuntu", "macos", "windows"}
    for job in "all", "systems":
        assert jobs[job]["strategy"]["matrix"]["python"] == promised


@each
def test_what_make_is_asked_for_is_there(path: Path) -> None:
    """Every `make TARGET` of a step, the targets of the matrix among them, is a target of the Makefile."""
    asked = [target for step in _steps(path) for target in re.findall(r"\bmake ([a-z]+)", step.get("run", ""))]
    for job in _jobs(path).values():
        asked += job.get("strategy", {}).get("matrix", {}).get("target", [])
    assert asked
    there = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(asked) <= set(there)
