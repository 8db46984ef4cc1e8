#!/bin/sh
# num2words 0.5.14: a number between -1 and 0 loses its "minus", which numbers below have; and in Vietnamese and Turkish the noughts behind the point are left out.
# Expected: "minus zero point five", as for -1.5, and other words for 0.05 than for 0.5. What is read to students, or printed as the key in words, is another number.
# Seen: -0.5 is 'zero point five', 'null Komma fünf', 'zéro virgule cinq', and alike in Dutch, Russian and Swedish; Italian has 'meno zero virgola cinque'.
# 0.05 is 'không phẩy năm' in Vietnamese and 'sıfırvirgülbeş' in Turkish, zero point five.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check num2words==0.5.14
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from num2words import num2words

SIGNLESS = {"en": "zero point five", "de": "null Komma fünf", "fr": "zéro virgule cinq"}
above, below = ({tongue: num2words(number, lang=tongue) for tongue in (*SIGNLESS, "nl", "ru", "sv")} for number in (0.5, -0.5))
others = num2words(-1.5), num2words(-2), num2words(-0.5, lang="it")
hundredths = [num2words(0.05, lang=tongue) for tongue in ("en", "vi", "tr")]
print(below, others, hundredths)
assert below == above and SIGNLESS.items() <= below.items()
assert others == ("minus one point five", "minus two", "meno zero virgola cinque")
assert hundredths == ["zero point zero five", "không phẩy năm", "sıfırvirgülbeş"]
PYTHON
