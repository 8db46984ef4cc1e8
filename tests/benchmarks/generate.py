"""A course of any size, the same for the same size and seed: mixed kinds, varied text, resolvable links.

`python -m tests.benchmarks.generate 10000 FOLDER` writes one, with a last number in banks of so many items.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from builder.source import nodes

if TYPE_CHECKING:
    from collections.abc import Callable

ITEMS_A_BANK = 10_000
KINDS = [*["basic"] * 6, *["reversed"] * 3, *["cloze"] * 5, *["mcq"] * 7, *["truefalse"] * 3]
KINDS += ["matching", "ordering", "short", "short", "essay"]
THEMES = ("memory", "attention", "learning", "motivation", "language")
BLOOM = ("remember", "understand", "apply", "analyze", "evaluate")
SYLLABLES = """ba ce di fo gu ha ki lo mu na pe qui ro si tu va we xi yo zu bra cle dri flo gru pla ste tri spo
scha thri""".split()


AUTHORS = [
    "Arden",
    "Bellow",
    "Carver",
    "Dunne",
    "Ellis",
    "Frost",
    "Greene",
    "Hardy",
    "Innes",
    "Joyce",
    "Keane",
    "Lowry",
]


class Dice(random.Random):
    """Seeded chance, and how many words the course knows.

    A vocabulary grows with the text, by about the 0.6th power (Heaps' law):
    with a fixed one, items of a large course would be more alike than any are.
    """

    vocabulary = 30_000

    @classmethod
    def of(cls, seed: str, size: int) -> Dice:
        """Chance for a course of so many items; 30,000 words at 10,000 items."""
        made = cls(seed)
        made.vocabulary = max(1000, int(30_000 * (size / 10_000) ** 0.6))
        return made


def words_of(rng: Dice, count: int) -> str:
    """Some invented words: text that no stop list knows, with a long tail like a real vocabulary."""
    return " ".join(_word(rng) for _ in range(count))


def _word(rng: Dice) -> str:
    # Each word is made from its number; few are common and many are rare.
    number = int(rng.vocabulary * rng.random() ** 2)
    out = ""
    while True:
        number, digit = divmod(number, len(SYLLABLES))
        out += SYLLABLES[digit]
        if not number:
            return out + "n"


def item(rng: Dice, number: int) -> dict[str, nodes.Value]:
    """One item of the kind that its number gives."""
    kind, year = KINDS[number % len(KINDS)], rng.randint(2001, 2012)
    who = f"{AUTHORS[year - 2001]} ({year})" if number % 3 == 0 else "The book"
    entry: dict[str, nodes.Value] = {
        "id": f"item-{number}",
        "kind": kind,
        "bloom": rng.choice(BLOOM),
        "difficulty": str(rng.randint(1, 3)),
        "basis": "book",
        "prompt": f"What does the book say of {words_of(rng, 9)} in chapter {number}?",
        "explanation": f"{who} ties it to {words_of(rng, 10)}, which the book calls a loss.",
        "locator": [f"book/c{rng.randint(1, 20)}/p{rng.randint(1, 20)}"],
        "cites": [f"author{year}"],
        "tags": [_word(rng), _word(rng)],
    }
    return entry | _OWN[kind](rng)


_OWN: dict[str, Callable[[Dice], dict[str, nodes.Value]]] = {
    "basic": lambda rng: {"answer": f"The *{words_of(rng, 1)}* {words_of(rng, 2)}"},
    "reversed": lambda rng: {
        "answer": words_of(rng, 2),
        "reverse_prompt": f"What does the book call {words_of(rng, 6)}?",
        "reverse_answer": words_of(rng, 3),
    },
    "cloze": lambda rng: {
        "prompt": f"The book holds that {words_of(rng, 6)} is {{{{c1::{words_of(rng, 2)}}}}} for {words_of(rng, 4)}."
    },
    "mcq": lambda rng: {
        "options": [
            {"right" if i == 0 else "wrong": words_of(rng, 6), "why": f"It follows from {words_of(rng, 6)}."}
            for i in range(4)
        ]
    },
    "truefalse": lambda rng: {
        "prompt": f"The book says that {words_of(rng, 8)}.",
        "answer": "false",
        "correction": f"It says that {words_of(rng, 6)}.",
    },
    "matching": lambda rng: {
        "pairs": [[f"{words_of(rng, 2)} {i}", f"{words_of(rng, 3)} {i}"] for i in range(5)],
        "distractors": [f"{words_of(rng, 3)} x", f"{words_of(rng, 3)} y"],
    },
    "ordering": lambda rng: {"sequence": [f"{words_of(rng, 4)} {i}" for i in range(5)]},
    "short": lambda rng: {
        "marks": "4",
        "words": "80",
        "key_points": [{"point": words_of(rng, 8), "marks": "1"} for _ in range(4)],
    },
    "essay": lambda rng: {
        "marks": "24",
        "words": "700",
        "rubric": [
            {"criterion": words_of(rng, 2), "marks": "6", "levels": [words_of(rng, 3) for _ in range(4)]}
            for _ in range(4)
        ],
    },
}


def references() -> nodes.Value:
    """Twelve works in CSL."""
    rng = Dice("references")
    return {
        "references": [
            {
                "id": f"author{year}",
                "type": "book",
                "author": [{"family": AUTHORS[year - 2001], "given": "A."}],
                "title": words_of(rng, 6).capitalize(),
                "publisher": words_of(rng, 2).title(),
                "issued": {"date-parts": [[str(year)]]},
            }
            for year in range(2001, 2013)
        ]
    }


def outline() -> nodes.Value:
    """One source of twenty chapters with twenty paragraphs each."""
    sections: list[nodes.Value] = [
        {
            "id": f"book/c{c}",
            "title": f"Chapter {c}",
            "paragraphs": [{"id": f"book/c{c}/p{p}", "gist": f"Paragraph {p}"} for p in range(1, 21)],
        }
        for c in range(1, 21)
    ]
    return {"sources": [{"id": "book", "title": "The Book", "sections": sections}]}


def traps() -> nodes.Value:
    """Twenty traps, as many as a course with a careful editor has."""
    return {
        "traps": [
            {
                "id": f"t{n}",
                "trap": "A slip",
                "instead": "Say it right",
                "pattern": rf"\b{name}.*\blists?\b|{name} proves",
            }
            for n, name in enumerate([*AUTHORS[:4], *(f"trap{n}" for n in range(16))])
        ]
    }


def files(size: int, seed: str = "bench", a_bank: int = ITEMS_A_BANK) -> dict[str, str]:
    """The files of a course of `size` items, by name, with `a_bank` items in each bank."""
    rng = Dice.of(seed, size)
    out = {
        "course.yaml": nodes.dump(
            {
                "course": "bench",
                "title": "A generated course",
                "banks": ["banks/*.yaml"],
                "references": "references.yaml",
                "outline": "outline.yaml",
                "lint": {"names": ["book"], "traps": "traps.yaml", "shingles": "shingles.txt"},
                "anki": {"deck": "Bench"},
            }
        ),
        "references.yaml": nodes.dump(references()),
        "outline.yaml": nodes.dump(outline()),
        "traps.yaml": nodes.dump(traps()),
        "shingles.txt": "\n".join(
            [f"{rng.getrandbits(40):010x}" for _ in range(4500)] + [f"{rng.getrandbits(24):06x}" for _ in range(1500)]
        ),
    }
    for start in range(0, size, a_bank):
        items: list[nodes.Value] = [item(rng, n) for n in range(start, min(start + a_bank, size))]
        number = start // a_bank
        bank: nodes.Value = {
            "bank": f"bank-{number:03}",
            "title": f"Bank {number}",
            "theme": THEMES[number % 5],
            "items": items,
        }
        out[f"banks/{number:03}.yaml"] = nodes.dump(bank)
    return out


def write(folder: Path, size: int, seed: str = "bench", a_bank: int = ITEMS_A_BANK) -> Path:
    """Write the course into `folder`, made if need be; the folder."""
    for name, text in files(size, seed, a_bank).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]), a_bank=int(sys.argv[3]) if len(sys.argv) > 3 else ITEMS_A_BANK)
