#!/bin/sh
# text2qti 0.8.0: a numeric key with a tolerance is written with four decimals, however small it is. Expected: the interval as given, or a refusal.
# The interval of a small number shrinks to a point beside the right answer, which then earns nothing.
# Seen: "= 0.00123 +- 1%" makes vargte 0.0012 and varlte 0.0012 and varequal 0.0012: 0.00123 is outside.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check text2qti==0.8.0
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import re

from text2qti.config import Config
from text2qti.qti import QTI
from text2qti.quiz import Quiz

text = QTI(Quiz("1. What is it?\n= 0.00123 +- 1%\n", config=Config(), source_name="small")).assessment
seen = dict(re.findall(r"<(vargte|varlte|varequal)[^>]*>([^<]*)<", text))
print(seen)
assert seen == {"varequal": "0.0012", "vargte": "0.0012", "varlte": "0.0012"}, seen
PYTHON
