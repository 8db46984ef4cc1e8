from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builder.diagnostics import Severity
from builder.paper.spread import longest_row, uneven_keys
from builder.source import nodes
from tests.rules.frame import Frame, frame
from tests.rules.vectors import Case, cases

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.mark.parametrize("case", cases("vectors_m_x.yaml"), ids=str)
def test_multiple_choice(case: Case) -> None:
    """Rules M find what a case holds, where it stands, and are silent on near misses."""
    assert case.found == case.hits


def choice(number: int, **changes: Any) -> dict[str, Any]:
    """A sound choice, unlike those of other numbers."""
    return {
        "id": f"item-{number:02}",
        "kind": "mcq",
        "prompt": f"Which of the matters that chapter {number} of the paper takes up comes first?",
        "options": [{"right": "Fear of letting go"}, {"wrong": "Scorn of the woman"}, {"wrong": "Hunger for success"}],
    } | changes


def bank(*items: dict[str, Any]) -> Frame:
    """The shipped course with these items."""
    return frame(nodes.dump({"items": list(items)}))


def test_other_kinds_have_no_options_to_judge() -> None:
    """What would be wrong in a choice is no matter of these rules elsewhere."""
    made = bank(
        {"id": "a", "kind": "basic", "prompt": "Is it not an", "answer": "All of the above"},
        {"id": "b", "kind": "ordering", "prompt": "Never an", "sequence": ["Both A and B", "2018", "1988"]},
    )
    assert [d for d in made.diagnostics() if d.code.startswith("M")] == []


def on_course(made: Frame, code: str) -> list[tuple[Severity, str]]:
    """What a rule says of the course as a whole."""
    return [(f.severity, f.message) for f in made.findings(code) if not f.at.keys]


@pytest.mark.parametrize(("longest", "found"), [(8, []), (9, [Severity.ERROR])])
def test_keys_may_be_longest_as_often_as_chance_and_a_tenth_more(longest: int, found: list[Severity]) -> None:
    """With three options the limit is 43 %: 8 longest keys of 20 pass, 9 don't."""
    long = [{"right": "Fear of letting go now"}, {"wrong": "Scorn of the woman"}, {"wrong": "Hunger for success"}]
    items = [choice(n, options=long) if n < longest else choice(n) for n in range(20)]
    assert [severity for severity, _ in on_course(bank(*items), "M01")] == found
    assert on_course(bank(*items[:19]), "M01") == []


@pytest.mark.parametrize(("negative", "found"), [(1, []), (2, [Severity.WARNING])])
def test_negative_questions_may_be_one_in_twenty(negative: int, found: list[Severity]) -> None:
    """1 of 20 passes, 2 of 20 don't, and fewer than 20 choices are too few to tell."""
    prompt = "Which of these motives does the paper on *Her* NOT give for the recoil?"
    items = [choice(n, prompt=prompt) if n < negative else choice(n) for n in range(20)]
    assert [severity for severity, _ in on_course(bank(*items), "M06")] == found
    assert on_course(bank(*items[:19]), "M06") == []


def test_a_hit_stands_on_the_line_of_the_guilty_value() -> None:
    """An absent reason is reported at its option, a wrong number of options at the key, a clang at the option."""
    text = """
        - id: surrogate
          kind: mcq
          prompt: What does the surrogate bring, on the paper's reading of *Her*?
          options:
            - wrong: A message that was never sent
              why: No such message is mentioned.
            - right: A surrogate's body
    """
    made = frame(text)
    assert {code: made.lines(code) for code in ("M03", "M10", "M12", "M14")} == {
        "M03": [5],
        "M10": [7],
        "M12": [4],
        "M14": [7],
    }


def keys(places: str, options: int = 4) -> list[tuple[int, int]]:
    """The keys of a paper from their letters."""
    return [("ABCDEFGHIJ".index(letter), options) for letter in places]


EVEN = "BDCBACADBACDABCDDACB"


@pytest.mark.parametrize(
    ("paper", "found"),
    [
        (keys(EVEN), []),
        (keys("B" * 2 + "ABCD" * 4 + "BB"), []),
        (keys("BBAB" + "ABCB" * 4), ["error"]),
        (keys("BABCBD" * 3 + "BB"), ["warning"]),
        (keys("ABBBBB" + "CDADCACDDACBCD"), ["error"]),
        (keys("ABBBBC" + "DADCACDDACBCDA"), []),
        (keys("B" * 19), []),
        (keys("BCA" * 10 + "CAB", 3), []),
        (keys(EVEN * 3 + "CCCCC" + "ABD" * 5), []),
        ([*keys(EVEN), (4, 5)], []),
        (keys("AB" * 10, 2), []),
        (keys("AB" * 15, 12), ["error"]),
    ],
    ids=["even", "one too many", "half are B", "many are B", "five in a row", "four in a row", "too few", "three options",
         "a long paper", "one with five options", "two options", "twelve options"],
)  # fmt: skip
def test_papers(paper: Sequence[tuple[int, int]], found: list[str]) -> None:
    """Key places are judged by chi-square and by rows, from 20 choices on."""
    assert [str(severity) for severity, _ in uneven_keys(paper)] == found


def test_longer_papers_may_hold_longer_rows() -> None:
    """Four equal places in a row on a usual paper, more where chance would bring them about in one paper of ten."""
    assert [longest_row(keys("A" * n)) for n in (20, 38, 70, 7000)] == [4, 4, 5, 8]


def test_shuffled_keys_are_no_finding_and_pinned_ones_are() -> None:
    """The course is judged by what its authors fix: a key pinned to the last place in every item."""
    options = [*choice(0)["options"], {"wrong": "Love of the city"}]
    free = [choice(n, options=options) for n in range(24)]
    pinned = [choice(n, options=[options[0] | {"pin": "last"}, *options[1:]]) for n in range(24)]
    assert on_course(bank(*free), "X03") == []
    ((severity, message),) = on_course(bank(*pinned), "X03")
    assert severity is Severity.ERROR
    assert "0, 0, 0, 24" in message
    assert on_course(bank(*pinned[:19]), "X03") == []
