#!/bin/sh
# citolab-qti-convert 0.2.0 (PyPI): a choice of QTI 2.1 of which any number may be marked, none too, wants one mark at least once it is QTI 3, though QTI 3 has
# minChoices="0" as well. Expected: what the item says. Where no option is right, the right answer can't be given any more.
# Seen: max-choices="0" min-choices="1" of maxChoices="0" minChoices="0", and of minChoices left out; back in QTI 2.1 it stays 1.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check citolab-qti-convert==0.2.0
cd "$here"
PATH="$here/venv/bin:$PATH" python -W ignore - <<'PYTHON'
import re
import subprocess
from pathlib import Path


def converted(limits):
    Path("item.xml").write_text(
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="primes" title="Primes" adaptive="false" timeDependent="false">'
        '<responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="identifier"/>'
        f'<itemBody><choiceInteraction responseIdentifier="RESPONSE" shuffle="false" {limits}><prompt>Mark all primes. There may be none.</prompt>'
        '<simpleChoice identifier="A">8</simpleChoice><simpleChoice identifier="B">9</simpleChoice></choiceInteraction></itemBody></assessmentItem>'
    )
    subprocess.run(["qti-convert", "upgrade", "item.xml", "three.xml"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["qti-convert", "downgrade", "three.xml", "two.xml"], check=True, stdout=subprocess.DEVNULL)
    return [re.search(r'min-?choices="(\d)"', Path(name).read_text(), re.IGNORECASE)[1] for name in ("three.xml", "two.xml")]


seen = [converted(limits) for limits in ('maxChoices="0" minChoices="0"', 'maxChoices="0"')]
print(seen)
assert seen == [["1", "1"], ["1", "1"]]
PYTHON
