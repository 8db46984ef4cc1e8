from __future__ import annotations

import pytest

from builder.cli import _course


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """One entry for each time that a course was checked, and not shown as it was kept."""
    seen: list[object] = []
    checked = _course.checked

    def counting(*arguments: object, **options: object) -> object:
        seen.append(arguments)
        return checked(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(_course, "checked", counting)
    return seen
