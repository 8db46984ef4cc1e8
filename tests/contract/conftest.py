"""The releases that a student imports, made once for each file of tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contract.releases import three

if TYPE_CHECKING:
    from tests.contract.releases import Releases


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """The packages, each built from the lock as `build` does."""
    return three(tmp_path_factory.mktemp("releases"))
