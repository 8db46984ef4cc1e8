from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from builder import exchange
from tests.exchange.trip import back, told
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.strategies import banks

if TYPE_CHECKING:
    from builder.exchange._frame import Format

BOTH = {name: form for name, form in exchange.formats("write").items() if hasattr(form, "read")}


@pytest.mark.slow
@pytest.mark.parametrize("form", BOTH.values(), ids=BOTH)
@given(bank=banks(4))
def test_an_item_comes_back_but_for_what_was_named(form: Format, bank: dict[str, Any]) -> None:
    """Of items of any kind and any text, all comes back that the report of losses does not name."""
    course = course_of(bank["items"])
    found, lost = back(form, course)
    for item in course.items:
        named = [keys for keys in lost if keys[0] == item.id]
        if (item.id,) in named:
            assert item.id not in found
        else:
            assert told(found[item.id], named) == told(item, named)


@pytest.mark.parametrize("form", BOTH.values(), ids=BOTH)
def test_every_kind_comes_back_or_is_named(form: Format) -> None:
    """Each of the examples is there again, or the report names it as a whole."""
    course = course_of(EXAMPLES)
    found, lost = back(form, course)
    assert {item.id for item in EXAMPLES} == found.keys() | {keys[0] for keys in lost if len(keys) == 1}
