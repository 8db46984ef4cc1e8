#!/bin/sh
# google-re2 1.1.20251105: the repetition {,3} (none to three, in Python's re) is no repetition but the five signs themselves.
# Expected: the same as re, or an error, as for other parts of re's language that RE2 has not. A key with it meets no answer.
# Seen: fullmatch of "a{,3}" takes the text 'a{,3}' and not 'aaa'; re does the contrary; {0,3} is the same in both.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check google-re2==1.1.20251105
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import re

import re2


def taken(engine, pattern):
    return [text for text in ("aaa", "a{,3}") if engine.fullmatch(pattern, text)]


made = [(taken(re, pattern), taken(re2, pattern)) for pattern in ("a{,3}", "a{0,3}")]
print(made)
assert made == [(["aaa"], ["a{,3}"]), (["aaa"], ["aaa"])], made
PYTHON
