#!/bin/sh
# Typst 0.15.2 (PyPI typst): as PDF/UA-1, a heading whose text is made in a context block is refused, though the same block is fine in a paragraph, and the heading without that standard.
# Seen: 'PDF/UA-1 error: heading title could not be determined'
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/env"
"$here/env/bin/python" -m pip install --quiet --disable-pip-version-check typst==0.15.2
"$here/env/bin/python" - <<'PY'
import typst

HEAD = '#set document(title: "Report")\n'


def told(text: str, *standards: str) -> str:
    try:
        typst.compile((HEAD + text).encode(), format="pdf", pdf_standards=list(standards))
    except typst.TypstError as error:
        return str(error)
    return "made"


seen = {
    "heading": told("#heading[Part 1]", "ua-1"),
    "context in a paragraph": told("#context [Part #counter(page).get().first()]", "ua-1"),
    "context in a heading, no standard": told("#heading(context [Part 1])"),
    "context in a heading": told("#heading(context [Part 1])", "ua-1"),
}
for what, result in seen.items():
    print(f"{what}: {result}")
assert [*seen.values()][:3] == ["made"] * 3
assert "heading title could not be determined" in seen["context in a heading"]
PY
