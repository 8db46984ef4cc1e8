"""What Anki does with a release: the promise to students, held on every version that they use.

`make contract` runs it. Each version of the official `anki` library has an environment of its own.
"""
