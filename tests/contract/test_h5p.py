from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from builder.exchange import h5p
from tests.contract import npm
from tests.make.course import course_of
from tests.make.items import EXAMPLES

pytestmark = pytest.mark.contract


def faults(folder: Path) -> Any:
    """What Lumi's H5P server says against an unpacked package."""
    server, node = npm.package("h5p", "@lumieducation/h5p-server", "10.0.4"), shutil.which("node")
    assert node, "the server is JavaScript: install nodejs"
    script = Path(__file__).with_name("h5p.js")
    said = subprocess.run([node, script, server, folder], check=True, capture_output=True, text=True)
    return json.loads(said.stdout.splitlines()[-1])


def test_a_host_of_h5p_takes_a_package_of_all_kinds(tmp_path: Path) -> None:
    """So says the server that Lumi and other hosts run, which refuses a package whose head names no main library."""
    course = course_of(EXAMPLES)
    (data,) = h5p.write(course, course.items).files.values()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path)
    assert faults(tmp_path) == []
    head = tmp_path / "h5p.json"
    head.write_text(head.read_text("utf-8").replace("mainLibrary", "mainlibrary"), "utf-8")
    assert faults(tmp_path) == ["invalid-h5p-json-file-2"]
