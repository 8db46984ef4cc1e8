from pathlib import Path

from builder.loading.course import load
from builder.rules import run
from tests import samples

HEAD = "bank: b\ntitle: B\nitems:\n"


def loaded(folder: Path, bank: str, head: str = "") -> list[tuple[str, int, str]]:
    """Code, line and message of what is wrong with a bank."""
    made = course(folder, bank, head)
    return [(it.code, it.span.line, it.message) for it in load(made).diagnostics if it.span.path.endswith("bank.yaml")]


def course(folder: Path, bank: str, head: str = "") -> Path:
    """A course of this bank; `head` is added to its course.yaml."""
    (folder / "b.yaml").write_text(HEAD + bank, "utf-8")
    made = samples.course(folder / "course", folder / "b.yaml")
    with (made / "course.yaml").open("a") as file:
        file.write(head)
    return made


def test_a_fault_of_some_variants_is_told_once_with_their_values(tmp_path: Path) -> None:
    """The place, values that show it, and in how many variants: the fixed one need not be among them."""
    bank = "  - id: a\n    kind: basic\n    prompt: '{{a}} by {{b}}?'\n    values: {a: [6], b: [%s]}\n    answer: '{{a / b}}'\n"
    ((code, line, message),) = loaded(tmp_path, bank % "1, 2, 3, 0")
    assert (code, line) == ("bad-expression", 8)
    assert message.startswith("'a / b' divides by zero (with a = 6, b = 0")


def test_more_combinations_than_are_looked_at_are_no_fault(tmp_path: Path) -> None:
    """Of a million combinations 200 are looked at; the fault of one that is not among them is not told."""
    bank = (
        "  - {id: a, kind: basic, prompt: '{{a}} by {{b}}?', values: {a: 1..1000, b: 1..1000}, answer: '{{a * b}}'}\n"
    )
    assert loaded(tmp_path, bank) == []


def test_numbers_stand_as_the_courses_language_writes_them(tmp_path: Path) -> None:
    """In a German course the decimals of a text follow a comma, and those of a numeric answer stay a number."""
    bank = "  - {id: a, kind: numeric, prompt: '{{a}} mal 2?', values: {a: [1.5]}, answer: a * 2.5, tolerance: '0'}\n"
    found = load(course(tmp_path, bank, "language: de\n")).course
    assert found
    (item,) = found.items
    assert item.kind == "numeric"
    assert (item.prompt, item.answer) == ("1,5 mal 2?", "3.75")


def test_rules_of_values_look_at_other_variants(tmp_path: Path) -> None:
    """Numbers out of order are found where the fixed variant has them in order, and told once, with the values."""
    bank = (
        "  - id: a\n    kind: mcq\n    prompt: 'Which number is {{a}}?'\n    values: {a: [1, 2, 9, 10, 11, 12]}\n    options:\n"
        "      - {wrong: '4'}\n      - {right: '{{a}}'}\n      - {wrong: '30'}\n"
    )
    found = load(course(tmp_path, bank)).course
    assert found
    (item,) = found.items
    assert item.values
    fixed_in_order = int(item.values.drawn["a"]) > 4
    (finding,) = run(found, select={"M13"})
    assert finding.message.startswith("the numbers stand as 4, ")
    assert ("(with a = " in finding.message) is fixed_in_order
