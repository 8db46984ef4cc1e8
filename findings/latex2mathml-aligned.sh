#!/bin/sh
# latex2mathml 3.81.1: the environment aligned, which sets steps of a calculation under each other, is not known: its & are printed, and since
# they are not escaped the MathML is no XML. Expected: a table, as align* gives, or an error. The formula is lost where the page is read as XML.
# Seen: <mi>&</mi>, and ParseError; for align* an mtable.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check latex2mathml==3.81.1
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from xml.etree.ElementTree import ParseError, fromstring

from latex2mathml.converter import convert

STEPS = r"\begin{%s} a &= b \\ c &= d \end{%s}"
made = convert(STEPS % ("aligned", "aligned"))
print(made)
assert "<mi>&</mi>" in made, made
try:
    fromstring(made)
except ParseError as error:
    print(error)
else:
    raise AssertionError(made)
beside = convert(STEPS % ("align*", "align*"))
assert "<mtable" in beside, beside
fromstring(beside)
PYTHON
