#!/bin/sh
# mdit-py-plugins 0.7.0: of a picture's width in braces {width=5cm} is taken, but {width=50%}, which pandoc takes as well, is printed as words
# beside a picture of full size. Expected: both are taken. The paper shows students the markup, and the picture runs over the page.
# Seen: '<img ... />{width=50%}'; with double quotes round 50% it is taken, with single ones not.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check mdit-py-plugins==0.7.0 markdown-it-py==4.3.0
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin

read = MarkdownIt("commonmark").use(attrs_plugin)
made = {width: read.render(f"![map](map.png){{width={width}}}").strip() for width in ("5cm", "50%", '"50%"', "'50%'")}
print(*made.values(), sep="\n")
assert 'width="5cm"' in made["5cm"] and 'width="50%"' in made['"50%"']
assert made["50%"].endswith("/>{width=50%}</p>") and made["'50%'"].endswith("/>{width='50%'}</p>")
PYTHON
