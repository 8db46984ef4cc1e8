#!/bin/sh
# google-re2 1.1.20251105: \b knows the letters a to z only, also for str and with (?i), where Python's re knows all letters.
# Expected of a stand-in for re: the pattern of a whole word finds it. A key like \bcafé\b is never met, and \bt\b is met inside "été".
# Seen: no match for "café"; a match for the t of "été". re: the other way round.
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

for pattern, text, plain, fast in ((r"\bcafé\b", "a café here", True, False), (r"\bt\b", "été", False, True)):
    made = (bool(re.search(pattern, text)), bool(re2.search(pattern, text)))
    print(pattern, text, made)
    assert made == (plain, fast), made
PYTHON
