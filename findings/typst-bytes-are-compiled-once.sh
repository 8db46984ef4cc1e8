#!/bin/sh
# typst 0.15.2 (typst-py): a `Compiler` that was given its document as bytes answers one call. Expected: as with a path, it can be compiled and then
# queried. Seen: `query` after `compile`, and a second `compile`, end in "file not found", with a name that nobody gave; after `query` alone too.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2
cd "$here"
printf 'Text. #metadata(1) <x>\n' > paper.typ
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import typst

TEXT = b"Text. #metadata(1) <x>"
CALLS = {"compile": lambda it: it.compile(), "query": lambda it: it.query("<x>", field="value")}


def outcome(source, *names):
    compiler, said = typst.Compiler(source), []
    for name in names:
        try:
            CALLS[name](compiler)
            said.append("done")
        except Exception as error:
            said.append("not found" if "file not found" in str(error) else str(error))
    return said


pairs = [(one, two) for one in CALLS for two in CALLS]
made = {(kind, *pair): outcome(source, *pair) for kind, source in (("path", "paper.typ"), ("bytes", TEXT)) for pair in pairs}
for case, said in made.items():
    print(*case, said)
assert all(said == ["done", "done"] for case, said in made.items() if case[0] == "path"), made
assert all(said == ["done", "not found"] for case, said in made.items() if case[0] == "bytes"), made
PYTHON
