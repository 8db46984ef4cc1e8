#!/bin/sh
# Babel 2.18.0: the minus sign that Babel itself names for Swedish, Norwegian or Finnish is refused by its parser, and its formatter doesn't use it.
# Expected: what get_minus_sign_symbol returns is understood in that language. Answers typed with the proper sign are "not a number".
# Seen: NumberFormatError for the sign's number in sv, nb and fi; the hyphen is taken.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check Babel==2.18.0
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from babel.numbers import NumberFormatError, get_minus_sign_symbol, parse_decimal


def refused(text, language):
    try:
        parse_decimal(text, locale=language)
    except NumberFormatError as error:
        print(error)
        return True
    return False


for language in ("sv", "nb", "fi"):
    assert refused(get_minus_sign_symbol(language) + "5", language)
    assert not refused("-5", language)
PYTHON
