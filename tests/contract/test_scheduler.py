"""Studying without Anki, and Anki's own scheduler.

Anki 25.9.4 lowers the stability of a card that is hard a second time on a day, which later versions leave as it is.
"""

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


def test_ten_thousand_histories_are_scheduled_alike() -> None:
    """The newest Anki gives the same phases, minutes and days for 10,000 random histories but where its rounding falls otherwise."""
    some = histories(random.Random(10_000), 10_000)
    done = subprocess.run(
        [str(versions.python("newest")), SCHEDULER], input=json.dumps(some), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = [differing(one, theirs) for one, theirs in zip(some, json.loads(done.stdout), strict=True)]
    assert [trouble for _, trouble in told if trouble][:9] == []
    assert sum(alike for alike, _ in told) > 0.99 * sum(map(len, some))
