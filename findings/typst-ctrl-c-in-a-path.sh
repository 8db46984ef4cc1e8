#!/bin/sh
# Typst 0.15.2 (PyPI typst): a Ctrl-C that comes while Python gives the text of a `Path` that was handed over is swallowed. Expected: KeyboardInterrupt,
# as `open` raises it. Programs that tidy up at a Ctrl-C take it for a wrong call, and show a traceback.
# Seen: a TypeError, "failed to extract enum Input", that names KeyboardInterrupt in its text alone and has no cause; `open` raises KeyboardInterrupt.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2
cd "$here"
echo "Text" >page.typ
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import signal

import typst


class Place:
    """A path during whose asking a Ctrl-C arrives."""

    def __fspath__(self):
        signal.raise_signal(signal.SIGINT)
        return "page.typ"


def raised(call):
    try:
        call(Place())
    except BaseException as error:
        return error


here, there = raised(open), raised(lambda place: typst.compile(place, format="pdf"))
print(type(here).__name__, "|", type(there).__name__, str(there).splitlines()[1], there.__cause__)
assert type(here) is KeyboardInterrupt
assert type(there) is TypeError and "KeyboardInterrupt" in str(there) and there.__cause__ is None
PYTHON
