from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from builder.cli import main
from builder.model import LintOptions
from builder.rules import all_rules, rendered, run
from tests.make.course import course_of
from tests.make.folder import course_folder

if TYPE_CHECKING:
    from pathlib import Path

BARE = {"kind": "mcq", "options": [{"right": "Paris"}, {"wrong": "Lyon"}, {"wrong": "Nice"}]}
FALSE = {"kind": "truefalse", "prompt": "Water boils at 50 degrees at sea level.", "answer": "false"}


def bare(number: int) -> list[dict[str, Any]]:
    """As many choices without any feedback, of different matter."""
    return [{**BARE, "id": f"q{i}", "prompt": f"Which city is on page {i} of the atlas?"} for i in range(number)]


def found(items: list[dict[str, Any]], profile: str, *codes: str, **changes: Any) -> list[str]:
    """What the rules find, as code and severity."""
    course = course_of(items, lint=LintOptions.model_validate({"profile": profile}), **changes)
    return [f"{f.code} {f.severity}" for f in run(course, select=set(codes) or None)]


def test_craft_is_an_error_in_strict_courses_alone() -> None:
    """A false statement without a correction is an error, a warning or nothing, as the course wants it."""
    item = {**FALSE, "id": "a"}
    assert [found([item], profile, "V01") for profile in ("strict", "standard", "lenient")] == [
        ["V01 error"],
        ["V01 warning"],
        [],
    ]


@pytest.mark.parametrize("profile", ["strict", "standard", "lenient"])
def test_what_cannot_work_is_an_error_in_any_course(profile: str) -> None:
    """Two options that say the same, and a formula that can't be drawn."""
    twice = {**BARE, "id": "a", "prompt": "Which city is it?", "options": [*BARE["options"], {"wrong": "Lyon"}]}
    broken = {"id": "b", "kind": "basic", "prompt": r"What is $\frac{1$?", "answer": "One", "math": "true"}
    assert found([twice, broken], profile, "M12", "T03") == ["M12 error", "T03 error"]


def test_what_most_items_lack_is_said_once() -> None:
    """A bank of 200 bare choices is told of once, one such choice among many by its place; a strict course by each."""
    assert found(bare(200), "standard", "P03", "M14") == ["M14 warning", "P03 warning"]
    told = [{**item, "explanation": "A long enough reason of eight words or more, for once."} for item in bare(30)]
    assert found([*told, *bare(1)], "standard", "P03") == ["P03 warning"]
    assert len(found(bare(200), "strict", "P03")) == 200


def test_a_rule_says_which_languages_it_knows() -> None:
    """A rule that reads words has its languages on its page and runs in no other; a rule of counts runs in any."""
    by_code = {rule.code: rule for rule in all_rules()}
    assert rendered(by_code["F03"]).endswith("Languages: de, en, es, fr.")
    assert rendered(by_code["F04"]).endswith("Languages: en.")
    assert rendered(by_code["M12"]).endswith("Languages: any language, since it reads no words.")
    asked = {"id": "a", "kind": "basic", "prompt": "Is it so?", "answer": "No"}
    assert found([asked], "standard", "F03") == ["F03 warning", "F03 warning"]
    assert found([asked], "standard", "F03", language="pl") == []


CRAFT = [
    ("de", "M04", {**BARE, "options": [{"right": "Wasser"}, {"wrong": "Eis"}, {"wrong": "Alle oben genannten"}]}),
    ("es", "M04", {**BARE, "options": [{"right": "Agua"}, {"wrong": "Hielo"}, {"wrong": "Todas las anteriores"}]}),
    ("fr", "M04", {**BARE, "options": [{"right": "Eau"}, {"wrong": "Glace"}, {"wrong": "Toutes ces réponses"}]}),
    ("de", "M06", {**BARE, "prompt": "Welche Stadt liegt nicht am Rhein?"}),
    ("es", "M06", {**BARE, "prompt": "¿Cuál de estas ciudades no es nunca capital?"}),
    ("fr", "M06", {**BARE, "prompt": "Laquelle de ces villes n’est pas une capitale ?"}),
    ("de", "F03", {"kind": "basic", "prompt": "Was sagt er?", "answer": "Ja"}),
    ("es", "F03", {"kind": "basic", "prompt": "¿Qué dice?", "answer": "Sí, siempre"}),
    ("fr", "F03", {"kind": "basic", "prompt": "Est-ce que l’eau bout ?", "answer": "Elle bout"}),
    ("de", "F02", {"kind": "basic", "prompt": "Was gibt es?", "answer": "Brot, Käse und Wein"}),
    ("es", "F02", {"kind": "basic", "prompt": "¿Qué hay?", "answer": "Pan, queso y vino"}),
    ("fr", "F02", {"kind": "basic", "prompt": "Qu’y a-t-il ?", "answer": "Du pain, du fromage et du vin"}),
    ("de", "M03", {**BARE, "options": [{"right": "Wasser"}, {"wrong": "Immer Eis"}, {"wrong": "Dampf"}]}),
    ("es", "V02", {"kind": "truefalse", "prompt": "El agua no hierve.", "answer": "false", "correction": "Hierve."}),
    ("fr", "V02", {"kind": "truefalse", "prompt": "L’eau ne bout pas.", "answer": "false", "correction": "Elle bout."}),
    ("de", "F07", {"kind": "basic", "prompt": "Wie heißen die Häuser der Bienen?", "answer": "Haus"}),
    ("es", "F07", {"kind": "basic", "prompt": "¿Cómo se llaman las casas de las abejas?", "answer": "La casa"}),
    ("fr", "F07", {"kind": "basic", "prompt": "Comment nomme-t-on les maisons des abeilles ?", "answer": "La maison"}),
]


@pytest.mark.parametrize(("language", "code", "item"), CRAFT)
def test_rules_read_german_spanish_and_french(language: str, code: str, item: dict[str, Any]) -> None:
    """A fault of craft is found in the words of each known language."""
    whole = {"id": "a", "prompt": "Which city is it?", **item}
    assert found([whole], "standard", code, language=language) == [f"{code} warning"]


SOUND = [
    ("de", {"kind": "basic", "prompt": "Ist Glas fest oder flüssig?", "answer": "Fest"}),
    ("es", {"kind": "basic", "prompt": "¿Es el vidrio un sólido o un líquido?", "answer": "Un sólido"}),
    ("fr", {"kind": "basic", "prompt": "Est-ce que le verre est un solide ou un liquide ?", "answer": "Un solide"}),
    ("de", {**BARE, "prompt": "Welche Stadt, die nicht am Meer liegt, hat einen Hafen?"}),
    ("es", {**BARE, "prompt": "¿Qué ciudad que no está en la costa tiene puerto?"}),
    ("fr", {**BARE, "prompt": "Quelle ville qui n’est pas au bord de la mer a un port ?"}),
]


@pytest.mark.parametrize(("language", "item"), SOUND)
def test_sound_items_of_other_languages_are_left_alone(language: str, item: dict[str, Any]) -> None:
    """A question that offers two things, or describes a case by what it is not, is no fault."""
    assert found([{"id": "a", **item}], "standard", "F03", "F07", "M06", language=language) == []


COUNTRIES = (
    "France Spain Peru Chad Fiji Kenya Nepal Cuba Chile Egypt Ghana Haiti India Iran Italy Japan Laos Libya Malta Mali "
    "Qatar Samoa Sudan Syria Tonga Yemen"
).split()


def test_a_deck_of_one_pattern_is_neither_a_duplicate_nor_an_interference() -> None:
    """Questions that differ in a name alone are told apart by it, with the same answer or with another."""
    capitals = [
        {"id": c.lower(), "kind": "basic", "prompt": f"Which city is the capital of {c}?", "answer": f"City {i}"}
        for i, c in enumerate(COUNTRIES)
    ]
    zones = [
        {"id": f"z-{c.lower()}", "kind": "basic", "prompt": f"Which official currency does {c} have?", "answer": "A"}
        for c in COUNTRIES
    ]
    assert found([*capitals, *zones], "standard", "X01", "X04") == []
    again = {**capitals[0], "id": "again", "prompt": "Which city of France is its capital?"}
    assert found([*capitals, again], "standard", "X01") == ["X01 warning"]


def test_a_message_that_repeats_is_cut_with_its_count(tmp_path: Path) -> None:
    """Of one rule ten findings are shown as text, then their number and the line that turns it off; JSON has all."""
    yes = [{"id": f"q{i}", "kind": "basic", "prompt": f"Where is {i}?", "answer": "Yes"} for i in range(25)]
    folder = str(course_folder(tmp_path / "course", yes))
    text = CliRunner().invoke(main, ["check", folder, "--ignore", "P03"]).stderr
    assert text.count("warning[F03]") == 10
    assert (
        "... and 15 more of F03: --select F03 shows all; `lint: {severity: {F03: off}}` in course.yaml turns them off"
        in text
    )
    assert CliRunner().invoke(main, ["check", folder, "--select", "F03"]).stderr.count("warning[F03]") == 25
    assert CliRunner().invoke(main, ["check", folder, "--format", "sarif"]).stdout.count('"ruleId": "F03"') == 25
