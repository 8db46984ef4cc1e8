"""Answer sheets that are filled in and spoiled by a program, and how well they are read.

`python -m tests.marking --seeds 5` reads sheets of every edition under every
damage, and says what was read wrongly in silence, what was put before a
person, and which pages were refused. `pen` draws marks, `spoil` damages pages.
"""
