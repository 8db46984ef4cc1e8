r"""A formula can't be drawn.

Broken TeX prints nothing on paper, and on a card it is a red line. Where an
item has maths, each of its formulas is read when it is checked. A hit means:
braces don't match, something is missing, or a command is none that is known.

Anki draws formulas by MathJax with mhchem, so `\ce{H2O}` may be written, on
paper too; it has no siunitx. What a blank hides belongs to the formula around it.
Formulas are read with the extra `math`: `pip install "her-study[math]"`; without
it one line says so.

Sources: Anki manual (2025), "MathJax"; the mhchem manual (Hensel 2024).

Bad:

    - id: calc-half
      kind: basic
      math: true
      prompt: What is half of $\frac{1}{2$?  # T03
      answer: A quarter
      explanation: Half of a half is a quarter, since the product of the two is one over four.

Good:

    - id: calc-half
      kind: basic
      math: true
      prompt: What is half of $\frac{1}{2}$?
      answer: A quarter
      explanation: Half of a half is a quarter, since the product of the two is one over four.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import At, Severity
from builder.model.readings import texts
from builder.rules import Hit
from builder.text import cloze, tex
from builder.text.markup import SPECIAL, parse
from builder.text.quotes import excerpt
from builder.text.tree import Run, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.diagnostics import Keys
    from builder.model import Course
    from builder.model.group import Group

SEVERITY = Severity.ERROR
REMEDY = "mend the TeX, or put what is meant as typed into `backquotes`"
BROKEN = True
WHOLE_COURSE = True


def check(course: Course) -> Iterator[Hit]:
    """Formulas that can't be read; one line where there is nothing to read them with."""
    for at, formula in _placed(course):
        try:
            problem = tex.problem(formula)
        except ImportError:
            message = "formulas are not checked: the extra 'math' is not installed"
            yield Hit(At(course.path), message, Severity.WARNING, 'pip install "her-study[math]"')
            return
        if problem:
            yield Hit(at, f"the formula '{excerpt(formula)}': {problem}")


def _placed(course: Course) -> Iterator[tuple[At, str]]:
    """The formulas of all texts, those of passages too, with their places."""
    for group in course.groups:
        for name, keys, formula in group.of(_formulas_of):
            yield At(course.at[name].path, course.at[name].keys + keys), formula
    for passage, at in course.passages:
        yield from ((at / "text", formula) for formula in (_formulas(passage.text) if passage.math else ()))


def _formulas_of(group: Group) -> list[tuple[str, Keys, str]]:
    """The formulas of the items in use of a bank, each with the item's id and the keys of the text."""
    every = ((item.id, keys, text) for item in group.active if item.math for keys, text in texts(item))
    return [(name, keys, formula) for name, keys, text in every for formula in _formulas(text)]


def _formulas(text: str) -> Iterator[str]:
    if SPECIAL.search(text):
        nodes = (node for line in lines(parse(cloze.filled(text), math=True)) for node in line)
        yield from (node.text for node in nodes if isinstance(node, Run) and node.math)
