"""Studying without Anki: progress as lines, the schedule that follows from them, and what is asked next.

A review is a line (`progress.py`), and nothing else is kept. `schedule.py` computes the state of a card from its
reviews, by Anki's rules. `queue.py` says which card comes next. All of it is pure: the lines are kept by
`builder.disk.ledger`, and keys and screen belong to the command.
"""
