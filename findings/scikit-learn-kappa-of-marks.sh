#!/bin/sh
# scikit-learn 1.9.1: a weighted kappa counts how many of the marks that occur lie between two markers, not how many points. Expected: with quadratic weights
# nine points apart weigh 81 times one point, as both are numbers. Where a mark is given by nobody, markers who are far apart agree as well as near ones.
# Seen: of marks 0, 1 and 10, one pair 1 and 0 gives 0.941, one pair 1 and 10 as well; with labels=range(11) 0.998 and 0.844.
# As text, in whose order 10 comes first, 8, 9, 10 beside 8, 10, 9 is -1, as numbers 0.5.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.1
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from sklearn.metrics import cohen_kappa_score

first = [0, 1, 10] * 4
near, far = first.copy(), first.copy()
near[1], far[1] = 0, 10
seen = [round(cohen_kappa_score(first, second, weights="quadratic", **how), 3) for how in ({}, {"labels": range(11)}) for second in (near, far)]
text = round(cohen_kappa_score(["8", "9", "10"], ["8", "10", "9"], weights="quadratic"), 3), round(cohen_kappa_score([8, 9, 10], [8, 10, 9], weights="quadratic"), 3)
print(seen, text)
assert seen == [0.941, 0.941, 0.998, 0.844], seen
assert text == (-1.0, 0.5), text
PYTHON
