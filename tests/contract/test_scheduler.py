"""Studying without Anki, and the scheduler of each version of Anki whose default weights are those of FSRS 6."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

import pytest

from tests.contract import versions
from tests.study.histories import differing, histories

pytestmark = pytest.mark.contract

SCHEDULER = str(Path(__file__).parent / "scheduler.py")
FSRS_6 = ("25.9.4", "newest")


@pytest.mark.parametrize("version", FSRS_6)
def test_ten_thousand_histories_are_scheduled_alike(version: str) -> None:
    """Anki gives the same phases, minutes and days for 10,000 random histories but where its rounding falls otherwise."""
    some = histories(random.Random(10_000), 10_000)
    done = subprocess.run(
        [str(versions.python(version)), SCHEDULER], input=json.dumps(some), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = [differing(one, theirs) for one, theirs in zip(some, json.loads(done.stdout), strict=True)]
    assert [trouble for _, trouble in told if trouble][:9] == []
    assert sum(alike for alike, _ in told) > 0.99 * sum(map(len, some))
