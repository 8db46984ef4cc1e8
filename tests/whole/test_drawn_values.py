"""Papers of items with values: each version has its own, and an independent script comes to the same keys."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import pytest

from builder.cli import main
from builder.deck.apkg import rendered
from builder.loading.course import load
from builder.release.advance import advanced
from builder.release.changes import plan
from tests import samples
from tests.make.papers import reader, said, squeezed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GOOD = samples.HERE / "good" / "values.yaml"
ITEMS = 7


def number(value: Decimal) -> str:
    """A decimal without needless zeros."""
    return f"{value.normalize():f}"


def metal(it: dict[str, Any]) -> str:
    """Whether a metal is solid, by its melting point in degrees."""
    return "solid" if it["degrees"] < {"iron": 1538, "tin": 232, "lead": 327}[it["metal"]] else "liquid"


# What each item of the sample asks, once more, in other words.
ANSWERS: dict[str, Callable[[Any], tuple[str, ...]]] = {
    "way-of-a-train": lambda it: (f"{number(it['v'] * it['t'])} km",),
    "fall-of-a-stone": lambda it: (f"{(it['g'] * it['t'] * it['t'] / 2).quantize(Decimal('0.1'), ROUND_HALF_UP)} m",),
    "sides-of-a-rectangle": lambda it: (number(it["a"] * it["b"]), number(it["a"] + it["b"] + it["a"] + it["b"])),
    "melting-of-a-metal": lambda it: (metal(it),),
    "remainder-in-a-program": lambda it: (number(Decimal(int(it["a"]) % int(it["b"]))),),
    "braces-as-they-are": lambda it: (f"Jinja, {it['n']}",),
}


def typed(values: dict[str, str]) -> dict[str, Any]:
    """Values as numbers, words as they are."""
    return {name: value if value.isalpha() else Decimal(value) for name, value in values.items()}


def interest(values: dict[str, Any]) -> str:
    """The letter of the right interest: options are printed by value."""
    capital, rate = values["capital"], values["rate"]
    options = sorted([capital * rate / 100, capital * rate / 10, capital + rate, capital * rate / 1000])
    return "ABCD"[options.index(capital * rate / 100)]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict[str, Any]]:
    """The sample as a course, a paper of four versions in all formats, and its record."""
    folder = tmp_path_factory.mktemp("values")
    course, out = samples.course(folder / "course", GOOD), folder / "out"
    quiz(course, "--items", str(ITEMS), "--versions", "4", "--format", "pdf,docx,html,md", "-o", str(out))
    return course, out, json.loads((out / "quiz.json").read_text("utf-8"))


def quiz(course: Path, *options: str) -> None:
    """Run the command."""
    with pytest.raises(SystemExit) as done:
        main(["quiz", str(course), "--no-lint", *options])
    assert done.value.code == 0


def test_the_key_of_each_version_is_computed_anew(drawn: tuple[Path, Path, dict[str, Any]]) -> None:
    """For every question of every version, the record's key is what an independent script makes of its values."""
    _, _, record = drawn
    for version in record["versions"]:
        assert len(version["items"]) == ITEMS
        for entry in version["items"]:
            values = typed(entry["values"])
            own = ANSWERS[entry["id"]](values) if entry["id"] in ANSWERS else (interest(values),)
            assert tuple(entry["key"]) == own


def test_the_key_of_every_variant_is_computed_anew(tmp_path: Path) -> None:
    """No variant of the sample has another answer than the independent script, drawn or not."""
    course = load(samples.course(tmp_path / "course", GOOD)).course
    assert course
    seen = 0
    for item in course.items:
        assert item.values
        for values in item.values.combinations():
            variant, seen = item.variant(values), seen + 1
            match variant.kind:
                case "numeric":
                    unit = variant.unit.symbol if variant.unit else ""
                    assert (f"{variant.answer} {unit}",) == ANSWERS[item.id](typed(values))
                case "basic":
                    assert (variant.answer,) == ANSWERS[item.id](typed(values))
                case "cloze":
                    assert tuple(it.text for it in variant.blanks) == ANSWERS[item.id](typed(values))
                case "mcq":
                    right = variant.options[variant.printed_order["ABCD".index(interest(typed(values)))]]
                    assert right.is_right
                case kind:
                    pytest.fail(kind)
    assert seen == 39 + 5 + 8 + 14 + 12 + 20 + 2


def test_four_versions_ask_four_questions(drawn: tuple[Path, Path, dict[str, Any]]) -> None:
    """No two versions have the same train, and each paper, key and legend shows its own numbers."""
    _, out, record = drawn
    trains = {v["name"]: next(it for it in v["items"] if it["id"] == "way-of-a-train") for v in record["versions"]}
    assert len({tuple(it["values"].values()) for it in trains.values()}) == 4
    legend = said(reader((out / "versions.pdf").read_bytes()))
    for name, entry in trains.items():
        asked = "A train goes {v} km/h for {t} h.".format(**entry["values"])
        assert asked in (out / f"paper-{name}.html").read_text("utf-8")
        assert asked in (out / f"paper-{name}.md").read_text("utf-8")
        assert squeezed(asked) in said(reader((out / f"paper-{name}.pdf").read_bytes()))
        key = said(reader((out / f"key-{name}.pdf").read_bytes()))
        assert squeezed("Values: v = {v}, t = {t}".format(**entry["values"])) in key
        assert squeezed(f"Calculation: v · t = {entry['key'][0].removesuffix(' km')}") in key
        assert squeezed(entry["key"][0]) in legend
        guide = said(reader((out / f"guide-{name}.pdf").read_bytes()))
        assert squeezed(asked) in guide


def test_a_record_prints_the_same_bytes(drawn: tuple[Path, Path, dict[str, Any]], tmp_path: Path) -> None:
    """`--from quiz.json` makes every file again."""
    course, out, _ = drawn
    quiz(course, "--from", str(out / "quiz.json"), "-o", str(tmp_path / "again"))
    again = {file.name: file.read_bytes() for file in (tmp_path / "again").iterdir()}
    assert again == {file.name: file.read_bytes() for file in out.iterdir()}
    assert len(again) > 30


def test_students_get_one_variant(tmp_path: Path) -> None:
    """A build is the same twice, and its notes have numbers and no braces of values."""
    course = load(samples.course(tmp_path / "course", GOOD)).course
    assert course
    notes = [note for _, note in rendered(course).known(None)]
    assert notes == [note for _, note in rendered(course).known(None)]
    train = next(note for note in notes if note.id == "way-of-a-train")
    fixed = course.by_id["way-of-a-train"].values
    assert fixed
    assert "A train goes {v} km/h for {t} h.".format(**fixed.drawn) in "".join(train.fields)
    assert not any("{{v" in field or "{{t" in field for field in train.fields)


def test_a_release_tells_of_values_that_change_a_card(tmp_path: Path) -> None:
    """An edit of the values that gives the card other numbers is an edit of the note; one that does not is none."""
    course = load(samples.course(tmp_path / "course", GOOD)).course
    assert course
    ready = rendered(course)
    for name, data in advanced(ready, None, {}, "1.0.0", 1_700_000_000).items():
        (tmp_path / "course" / name).write_bytes(data)
    bank = tmp_path / "course" / "bank.yaml"
    typed = bank.read_text("utf-8")
    for values, sort in (("v: [10]", "edited"), ("v: 60..120 step 5", "untouched")):
        bank.write_text(typed.replace("v: 60..120 step 5", values), "utf-8")
        now = load(tmp_path / "course")
        assert now.course
        changes = {change.item.id: change.sort for change in plan(rendered(now.course), now.lock, {}).changes}
        assert changes.pop("way-of-a-train") == sort
        assert set(changes.values()) == {"untouched"}
