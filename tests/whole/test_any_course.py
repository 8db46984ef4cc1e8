"""Courses unlike the shipped one, as their authors would write them: nothing false is found, and cards and papers are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builder.checking import check
from builder.deck import apkg
from builder.printing import papers
from builder.source import nodes
from tests import anki_collection
from tests.make.papers import quiz_of, reader, said

if TYPE_CHECKING:
    from pathlib import Path

    from builder.model import Course

HEAD = {"course": "any", "title": "Any course", "banks": ["bank.yaml"], "anki": {"deck": "Any"}}


def told(folder: Path, items: list[dict[str, Any]], **head: Any) -> list[str]:
    """What is said of a course of these items, as `code: message`."""
    return checked(folder, items, **head)[1]


def checked(folder: Path, items: list[dict[str, Any]], **head: Any) -> tuple[Course, list[str]]:
    """The course of these items, and what is said of it."""
    folder.mkdir(exist_ok=True)
    bank = {"bank": "bank", "title": "Bank", "items": items}
    (folder / "course.yaml").write_text(nodes.dump(HEAD | head), "utf-8")
    (folder / "bank.yaml").write_text(nodes.dump(bank), "utf-8")
    loaded = check(folder)
    assert loaded.course
    return loaded.course, [f"{d.code} {d.span.line}: {d.message}" for d in loaded.diagnostics]


def card(number: int, prompt: str, answer: str, explanation: str) -> dict[str, Any]:
    """A basic item."""
    return {"id": f"card-{number}", "kind": "basic", "prompt": prompt, "answer": answer, "explanation": explanation}


def choice(number: int, prompt: str, right: str, *wrong: str) -> dict[str, Any]:
    """A choice whose reasons say which value comes out."""
    options = [{"right": right, "why": "The program prints this value in the end."}]
    options += [{"wrong": text, "why": "The program never comes to this value."} for text in wrong]
    why = "Each line is run in turn, and the value of the last call is what is printed."
    return {"id": f"choice-{number}", "kind": "mcq", "prompt": prompt, "options": options, "explanation": why}


def programs() -> list[dict[str, Any]]:
    """Two hundred questions on programs: the code in the stem, in the options or in both, in four languages."""
    items: list[dict[str, Any]] = []
    for n in range(50):
        a, b = n + 2, n % 7 + 2
        python = f"```python\nnumbers = [{a}, {b}, {a * b}]\nprint(sorted(numbers)[-1])\n```"
        items.append(
            choice(
                4 * n, f"What does the following Python program print?\n\n{python}", f"`{a * b}`", f"`{a}`", f"`-{b}`"
            )
        )
        items.append(
            choice(
                4 * n + 1,
                f"Which expression in C gives the sum of {a} and {b}?",
                f"`{a} + {b}`",
                f"`{a} - {b}`",
                f"`{a} & {b}`",
            )
        )
        loop = f"```js\nfor (let i = 0; i < {a}; i++) {{ sum += {b}; }}\n```"
        other = f"```js\nfor (let i = 0; i <= {a}; i++) {{ sum += {b}; }}\n```"
        third = f"```js\nfor (let i = 1; i < {a}; i++) {{ sum += {b}; }}\n```"
        items.append(
            choice(4 * n + 2, f"Which of these loops adds the number {b} exactly {a} times?", loop, other, third)
        )
        items.append(
            card(
                4 * n + 3,
                f"Which rows does this SQL query return?\n\n```sql\nSELECT * FROM t WHERE n > {a} AND NOT m = {b};\n```",
                f"Those with `n > {a}` and `m <> {b}`",
                "Both conditions must hold, and the second one is negated before it is joined with the first.",
            )
        )
    return items


def chemistry() -> list[dict[str, Any]]:
    """Reactions and formulas, by mhchem and by sub- and superscript."""
    salts = [("NaCl", "NaOH + HCl -> NaCl + H2O"), ("KBr", "KOH + HBr -> KBr + H2O"), ("LiI", "LiOH + HI -> LiI + H2O")]
    items = [
        card(
            n,
            rf"Which salt is made by $\ce{{{reaction.split('->')[0]}}}$?",
            rf"$\ce{{{salt}}}$",
            rf"The whole reaction is $\ce{{{reaction}}}$: an acid and a base make a salt and water.",
        )
        for n, (salt, reaction) in enumerate(salts)
    ]
    ions = ["SO~4~^2-^", "CO~3~^2-^", "PO~4~^3-^"]
    names = ["Sulfate", "Carbonate", "Phosphate"]
    for n, (ion, name) in enumerate(zip(ions, names, strict=True), len(items)):
        items.append(card(n, f"What is the name of the ion {ion}?", name, "Ions of an acid's rest end in -ate."))
    return items


def statistics() -> list[dict[str, Any]]:
    """Tables of data, and what is worked out from them."""
    items = []
    for n in range(1, 12):
        table = f"| group | count | share |\n|:------|------:|:-----:|\n| A | {n} | {n} % |\n| B | {100 - n} | {100 - n} % |"
        items.append(
            card(
                n,
                f"Which odds has group A in this table?\n\n{table}",
                f"${n} : {100 - n}$",
                rf"Odds are the count over the rest, here $\frac{{{n}}}{{{100 - n}}}$, and no share of the whole.",
            )
        )
    return items


def japanese() -> list[dict[str, Any]]:
    """Short questions in Japanese, with a list and a line that goes on below."""
    words = [("水", "みず"), ("火", "ひ"), ("木", "き"), ("山", "やま"), ("川", "かわ")]
    return [
        card(
            n,
            f"「{sign}」の\n読み方は何ですか?",
            sound,
            f"「{sign}」は「{sound}」と読みます。\n\n- 訓読み\n- 一年生の漢字",
        )
        for n, (sign, sound) in enumerate(words)
    ]


def arabic() -> list[dict[str, Any]]:
    """Short questions in Arabic."""
    capitals = [("مصر", "القاهرة"), ("لبنان", "بيروت"), ("العراق", "بغداد"), ("المغرب", "الرباط")]
    return [
        card(n, f"ما هي عاصمة {land}؟", city, f"{city} هي عاصمة {land} وأكبر مدنه، وفيها **الحكومة** والجامعات.")
        for n, (land, city) in enumerate(capitals)
    ]


COURSES = {
    "programs": (programs, {}),
    "chemistry": (chemistry, {"math": "true"}),
    "statistics": (statistics, {"math": "true"}),
    "japanese": (japanese, {"language": "ja"}),
    "arabic": (arabic, {"language": "ar"}),
}


# What a printed paper and an imported card must say, each in a course of its own.
SHOWN = {
    "programs": ("print(sorted(numbers)[-1])", 'class="code-keyword"'),
    "chemistry": ("Whichsaltismadeby?", r"\ce{NaOH + HCl }"),
    "statistics": ("groupcountshare", "<th"),
    "japanese": ("\u8aad\u307f\u65b9", '<span lang="ja" dir="ltr">'),
    "arabic": ("\u0645\u0635\u0631", '<span lang="ar" dir="rtl">'),
}


@pytest.mark.parametrize("name", COURSES)
def test_a_course_of_another_sort_is_checked_imported_and_printed(name: str, tmp_path: Path) -> None:
    """Two hundred questions on programs, chemistry, tables, Japanese and Arabic: nothing is said, and Anki and paper have all."""
    make, head = COURSES[name]
    course, found = checked(tmp_path, make(), **head)
    assert found == []
    on_paper, on_card = SHOWN[name]
    ((_, package),) = apkg.files(course, 1_750_000_000).items()
    collection = anki_collection.new(tmp_path)
    assert len(anki_collection.bring_in(collection, package, tmp_path).new) == len(course.items)
    cards = [collection.get_card(card) for card in collection.find_cards("")]
    assert len(cards) == len(course.items)
    assert not collection.get_empty_cards().notes
    assert all(card.question() and card.answer() for card in cards)
    assert any(on_card in card.question() for card in cards)
    collection.close()
    paper = reader(papers.files(course, quiz_of(course))["paper-A.pdf"])
    assert on_paper in said(paper)


PICTURE = b"\x89PNG\r\n\x1a\n"


def test_signs_and_pictures_tell_items_apart(tmp_path: Path) -> None:
    """Formulas that differ by a sign, and one question on two pictures, are no duplicates."""
    (tmp_path / "a.png").write_bytes(PICTURE)
    (tmp_path / "b.png").write_bytes(PICTURE)
    leaf = card(
        0, "Which tree has a leaf like this one?", "The maple", "Five points and a long stalk are the signs of it."
    )
    derived = card(3, "Which root has the equation $2x + 6 = 0$ in $x$?", "$-3$", leaf["explanation"])
    items = [
        leaf | {"image": {"file": "a.png", "alt": "A red leaf on snow"}},
        leaf | {"id": "card-2", "image": {"file": "b.png", "alt": "A green leaf in the sun"}},
        derived,
        derived | {"id": "card-4", "prompt": derived["prompt"].replace("+", "-"), "answer": "$3$"},
    ]
    assert [said for said in told(tmp_path, items, math="true") if said[:3] in {"X01", "X04"}] == []
    twin = told(tmp_path, [derived, derived | {"id": "card-4"}], math="true")
    assert [said[:3] for said in twin if said[0] == "X"] == ["X01"]


def test_maths_of_a_course_a_bank_and_an_item(tmp_path: Path) -> None:
    """What an item says of maths counts before its bank, and its bank before the course."""
    broken = card(
        1, "What is the half of it?", r"$\frac{1}{$", "A half of a half is a quarter, as was worked out above."
    )
    assert [said[:3] for said in told(tmp_path, [broken], math="true")] == ["T03"]
    assert [said[:3] for said in told(tmp_path, [broken])] == ["T01"]
    assert [said[:3] for said in told(tmp_path, [broken | {"math": "false"}], math="true")] == ["T01"]
    path = tmp_path / "bank.yaml"
    for of_bank, of_course, code in (("true", "false", "T03"), ("false", "true", "T01")):
        (tmp_path / "course.yaml").write_text(nodes.dump(HEAD | {"math": of_course}), "utf-8")
        path.write_text(nodes.dump({"bank": "b", "title": "B", "math": of_bank, "items": [broken]}), "utf-8")
        assert [d.code for d in check(tmp_path).diagnostics] == [code]


@pytest.mark.parametrize("math", ["maybe", "[]"])
def test_maths_of_a_bank_is_true_or_false(math: str, tmp_path: Path) -> None:
    """Anything else is one finding, of the bank and not of each item."""
    told(tmp_path, [])
    item = card(1, "What is the half of it?", "A quarter", "A half of a half is a quarter, as was worked out above.")
    head = f"bank: b\ntitle: B\nmath: {math}\n"
    (tmp_path / "bank.yaml").write_text(head + nodes.dump({"items": [item, item | {"id": "b"}]}), "utf-8")
    assert [d.span.line for d in check(tmp_path, lint=False).diagnostics] == [3]
