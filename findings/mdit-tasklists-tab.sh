#!/bin/sh
# mdit-py-plugins 0.7.0: a ticked point whose box is followed by a tab, which GitHub's syntax allows like any white space, loses its box:
# neither a checkbox nor the signs [x] are left. Expected: a ticked box as after a space, or plain text. Which option is right is gone.
# Seen: a list item "task-list-item" with the words alone.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check mdit-py-plugins==0.7.0 markdown-it-py==4.3.0
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from markdown_it import MarkdownIt
from mdit_py_plugins.tasklists import tasklists_plugin

read = MarkdownIt("commonmark").use(tasklists_plugin)
space, tab = read.render("- [x] Bern"), read.render("- [x]\tBern")
print(space, tab)
assert "checkbox" in space
assert "task-list-item" in tab and "checkbox" not in tab and "[x]" not in tab, tab
PYTHON
