#!/bin/sh
# typst 0.15.2 (typst-py): what `query` lays out stays in memory for good, where `compile` lets it go. Expected: both let it go, since both lay out
# the same document. Seen: 60 documents of 3,000 words that are compiled add some 50 MiB once and then nothing; 60 that are only queried add some 4 MiB
# each, without end; a `compile` in between, as before each query, keeps it flat. Both the function and the method do so.
# Exits 0 while that is so (Linux: it reads /proc).
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2
cd "$here"
printf '#lorem(3000)\n#sys.inputs.n\n#metadata(1) <x>\n' > paper.typ
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import os

import typst


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def grown(name, each, documents=60):
    """MiB that are more in memory after so many documents, of which the first forty are not counted."""
    for number in range(40):
        each(f"{name} {number}")
    before = resident()
    for number in range(40, 40 + documents):
        each(f"{name} {number}")
    return resident() - before


def compiled(name):
    typst.Compiler("paper.typ", sys_inputs={"n": name}).compile()


def queried(name):
    typst.Compiler("paper.typ", sys_inputs={"n": name}).query("<x>", field="value")


def both(name):
    compiler = typst.Compiler("paper.typ", sys_inputs={"n": name})
    compiler.compile()
    compiler.query("<x>", field="value")


def asked(name):
    typst.query("paper.typ", "<x>", field="value", sys_inputs={"n": name})


made = {what.__name__: round(grown(what.__name__, what)) for what in (compiled, both, queried, asked)}
print(made)
assert made["compiled"] < 40 and made["both"] < 40, made
assert made["queried"] > 120 and made["asked"] > 120, made
PYTHON
