#!/bin/sh
# markdown-it-py 4.3.0: what is nested deeper than maxNesting (20 in the preset "commonmark") is left out of the tokens: no error, no text.
# Seen: the words behind 19 signs of quotation are there, those behind 20 are gone.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check markdown-it-py==4.3.0
"$here/venv/bin/python" - <<'PYTHON'
from markdown_it import MarkdownIt

read = MarkdownIt("commonmark")


def said(depth):
    return "".join(token.content for token in read.parse("> " * depth + "words") if token.type == "inline")


for depth in (19, 20):
    print(depth, repr(said(depth)))
assert said(19) == "words"
assert said(20) == ""
PYTHON
