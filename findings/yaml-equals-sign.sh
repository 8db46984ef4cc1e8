#!/bin/sh
# PyYAML 6.0.4 and ruamel.yaml 0.19.1: an equals sign alone is no text, as YAML 1.1 had a type of its own for it; YAML 1.2, which ruamel.yaml reads by default, has not.
# Expected: "=", as < and != are. A choice of relation signs can't be read, or its right option equals nothing.
# Seen: PyYAML's safe_load and ruamel's safe loader raise ConstructorError; ruamel's own loader gives a TaggedScalar that is not equal to "=".
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check PyYAML==6.0.4 ruamel.yaml==0.19.1
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import yaml
from ruamel.yaml import YAML
from ruamel.yaml.constructor import ConstructorError

SIGNS = "- <\n- =\n- '!='\n"


def refused(load, error):
    try:
        load(SIGNS)
    except error:
        return True
    return False


kept = YAML().load(SIGNS)
seen = refused(yaml.safe_load, yaml.constructor.ConstructorError), refused(YAML(typ="safe", pure=True).load, ConstructorError)
print(seen, kept, [sign == text for sign, text in zip(kept, ("<", "=", "!="))])
assert seen == (True, True)
assert [sign == text for sign, text in zip(kept, ("<", "=", "!="))] == [True, False, True]
PYTHON
