"""The maker of courses, items and papers for tests.

Which part of it to use:

- `course.course_of(items)`: a `Course` in memory, from items or from their plain values. Nearly every test wants this.
- `course.cards_of(course)`: its cards as the terminal asks them.
- `items.EXAMPLES`: items of every kind, written by hand; `items.fields` writes the fields of a kind with a `Pen`.
- `workbook`: Excel workbooks, for class lists.
- `papers`: the quiz of a course (`quiz_of`), and what its PDFs say.
- `marked`: results of a class, as `grade` has them, without scans.
- `classes`: classes that sit a paper of choices (`class_of`), or give the answers that a test wants (`answered`).
- `loop`: an exam of the shipped course with planted faults, from the blueprint to the next one; `erm`: answers by the Rasch model,
  and what R's eRm makes of them.
- `folder`: courses on disk: an `Author` releases and edits one, a `Desk` swaps one file at a time.
- `strategies`: Hypothesis draws any text, item or bank; `quarrels` banks whose items can't all stand on one paper;
  `written` whole courses, with what a reader must see of every text.

A new kind of item needs an example in `items.EXAMPLES` and a case in `items.fields`; all the others follow.
Rule tests put YAML text into the shipped course: `tests.rules.frame`. Banks to be refused are `tests/samples/bad/`.
"""
