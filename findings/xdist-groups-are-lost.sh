#!/bin/sh
# pytest-xdist 3.8.0 with pytest 9.2.0: `--dist loadgroup` deals the tests of one `xdist_group` out to all workers, in silence.
# Expected: tests of a group run in one worker, as its documentation says and as with pytest 9.1.1; else an error, since
# tests that share a folder or a screen then run at once. `--dist loadfile` keeps a file together with both.
# Seen: workers that ran six tests of one group: one with 9.1.1, two with 9.2.0.
# Exits 0 while that is so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/test_group.py" <<'PYTHON'
import os
import time
from pathlib import Path

import pytest


@pytest.mark.xdist_group("one")
@pytest.mark.parametrize("number", range(6))
def test_of_a_group(number):
    time.sleep(0.2)  # so that no worker is done before the other begins
    with Path(os.environ["SEEN"]).open("a") as stream:
        stream.write(os.environ["PYTEST_XDIST_WORKER"] + "\n")
PYTHON
python3 -m venv "$folder/venv"
for release in 9.1.1 9.2.0; do
  "$folder/venv/bin/pip" install --quiet --disable-pip-version-check "pytest==$release" pytest-xdist==3.8.0
  for mode in loadgroup loadfile; do
    (cd "$folder" && SEEN="$folder/$release-$mode" PYTEST_ADDOPTS='' venv/bin/python -m pytest -q -n 2 --dist $mode test_group.py > /dev/null)
    echo "$release $mode $(sort -u "$folder/$release-$mode" | wc -l | tr -d ' ')"
  done
done | tee "$folder/seen"
diff - "$folder/seen" <<'SEEN'
9.1.1 loadgroup 1
9.1.1 loadfile 1
9.2.0 loadgroup 2
9.2.0 loadfile 1
SEEN
