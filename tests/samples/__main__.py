"""Write the reports of the bad samples anew."""

import tempfile
from pathlib import Path

from tests.samples import HERE, report

for sample in sorted((HERE / "bad").glob("*.yaml")):
    with tempfile.TemporaryDirectory() as scratch:
        sample.with_suffix(".txt").write_text(report(Path(scratch) / "course", sample), "utf-8")
