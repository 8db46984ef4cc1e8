#!/bin/sh
# Typst 0.15.2 (PyPI typst): in a dictionary, a bare key `plain:` is the string "plain", but `none:`, `auto:` and `true:` are values, and refused as keys. In quotes they work.
# Seen: 'expected string, found none', '... found auto', '... found boolean'
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/env"
"$here/env/bin/python" -m pip install --quiet --disable-pip-version-check typst==0.15.2
"$here/env/bin/python" - <<'PY'
import typst


def told(key: str) -> str:
    try:
        typst.compile(f'#let words = ({key}: "x")\n#words.keys().first()'.encode(), format="pdf")
    except typst.TypstError as error:
        return str(error)
    return "made"


seen = [told(key) for key in ("plain", '"none"', "none", "auto", "true")]
print(*seen, sep="\n")
assert seen[:2] == ["made", "made"]
assert seen[2:] == [f"expected string, found {kind}" for kind in ("none", "auto", "boolean")]
PY
