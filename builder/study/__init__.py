"""Studying without Anki: progress as lines, the schedule that follows from them, and what is asked next.

A review is a line (`progress.py`), and nothing else is kept. `schedule.py` computes the state of a card from its
reviews, by Anki's rules. `queue.py` says which card comes next. A card is a sheet of rows (`sheets.py`), which
`making.py` makes of an item; `faces.py` shows it and `verdict.py` judges answers. Of all that, `making.py` alone knows
the models, so that a start with kept sheets does without them. All of it is pure: the lines are kept by
`builder.disk.ledger`, and keys and screen belong to the command.
"""
