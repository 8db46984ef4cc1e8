"""Lines of a class list that are no students: sums, averages, test students, and those who teach."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.paper.roster.columns import plain

if TYPE_CHECKING:
    from builder.paper.roster.columns import Columns
    from builder.paper.roster.table import Line

_SUMS = frozenset({"points possible", "points", "date", "class average", "average", "overall average", "total"})
_TESTS = frozenset({"student, test", "test student"})  # of Canvas, always without a number
_PREVIEW = "_previewuser"  # how Blackboard's name ends for the student that a teacher can play
# What Stud.IP, ILIAS, Moodle, Gradescope and Blackboard call those who sit no paper.
_STAFF = frozenset(
    """
    dozent;dozentin;dozent/in;dozierende;dozierende/r;lehrende;lehrende/r;tutor;tutorin;tutor/in;kurstutor
    kursadministrator;kursadministrator/in;trainer;trainer/in;trainer/in ohne bearbeitungsrecht;manager;manager/in
    instructor;teacher;lecturer;professor;ta;teaching assistant;reader;grader;editing teacher;non-editing teacher
    course creator;course administrator;course tutor;course builder;designer;observer;admin;administrator;owner
    profesor;profesora;profesor sin permiso de edicion;docente;gestor
    enseignant;enseignante;enseignant non editeur;gestionnaire;tuteur
    professora;formador;formadora;docente non editor;gestore;docent;nauczyciel;prowadzacy;ogretmen;egitmen
    """.replace("\n", ";")
    .replace("  ", "")
    .split(";")
) - {""}


def stranger(line: Line, columns: Columns) -> str | None:
    """What a line is about if it is about no student; else None.

    An example. The gradebook of Canvas has a line `Points Possible` with what each exercise is worth, and one
    `Student, Test` for the student that a teacher can play: neither gets a paper.
    """

    def cell(place: int) -> str:
        return line.cells[place] if 0 <= place < len(line.cells) else ""

    ids = [cell(place) for place in columns.ids if cell(place)]
    name = " ".join(filter(None, map(cell, (columns.name, columns.first, columns.last))))
    if not ids and not name:
        return next(filter(None, line.cells))
    if not ids and plain(name) in _SUMS:
        return name
    if not cell(columns.ids[0]) and plain(name) in _TESTS and columns.is_canvas:
        return name
    if any(it.casefold().endswith(_PREVIEW) for it in ids):
        return name or ids[0]
    roles = [plain(role) for role in re.split(r"[,;]", cell(columns.role)) if role.strip()]
    return f"{name or ids[0]}, {cell(columns.role)}" if roles and _STAFF.issuperset(roles) else None
