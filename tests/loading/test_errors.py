from __future__ import annotations

import pytest

from tests.make.folder import desk


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("bank.yaml", "multiple: true", "multiple: [true]", "error[wrong-type] 'multiple' must be true or false"),
        ("bank.yaml", "marks: 2", "marks: {a: b}", "error[wrong-type] 'marks' must be a number"),
        ("outline.yaml", "title: Grief\n", "kin: body\n", "error[missing-key] a section needs 'title:'"),
        ("course.yaml", "{names: ", "{nams: ", "error[unknown-key] 'nams' is not a key of 'lint:'"),
        ("course.lock.yaml", "kind: basic, ", "", "error[missing-key] a released item needs 'kind:'"),
        ("course.lock.yaml", "id: 1763800000101", "id: x", "error[wrong-type] 'id' must be a whole number"),
        ("course.lock.yaml", "id: 1763800000101", f"id: {'9' * 5000}", "error[wrong-type] 'id' must be a whole number"),
        ("course.lock.yaml", "id: 1763800000101", f"id: {1 << 63}", "error[out-of-range] 'id' must be less than"),
        ("course.lock.yaml", "id: 1763800000101", "id: 0", "error[out-of-range] 'id' must be more than 0"),
        ("course.lock.yaml", "time: '2025", "time: '1925", "error[out-of-range] 'time' must be more than 0"),
        ("course.lock.yaml", "time: '2025-06-15T15:06:40Z'", "time: [1]", "error[not-a-time] '['1']' is no time"),
        (
            "course.lock.yaml",
            "time: '2025-06-15T15:06:40Z'",
            "time: '9999-12-31T23:59:59-23:59'",
            "error[out-of-range] 'time' is more than",
        ),
    ],
)
def test_a_value_of_the_wrong_sort_is_told_in_an_authors_words(name: str, old: str, new: str, said: str) -> None:
    """Whatever stands where something else belongs, the finding has a code of ours, names the key, and helps."""
    usual = desk(is_released=True).usual[name].decode()
    assert old in usual
    found = desk(is_released=True).read({name: usual.replace(old, new, 1).encode()}).diagnostics
    line = usual.count("\n", 0, usual.index(old)) + 1
    (one,) = [one for one in found if said in str(one)]
    assert one.span.path.endswith(name)
    assert abs(one.span.line - line) <= 1
    assert one.help


def test_a_paper_without_a_size_is_not_told_of_pictures() -> None:
    """What helps against a box that is too thin stands with boxes alone: a blueprint's message says by itself what to add."""
    found = desk().read({"blueprint.yaml": b"blueprint: final\ntitle: F\n"}).diagnostics
    (one,) = [one for one in found if one.code == "no-size"]
    assert "add 'items:'" in one.message
    assert not one.help
