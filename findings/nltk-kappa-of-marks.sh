#!/bin/sh
# nltk 3.10.4: the weighted kappa of two markers takes the largest distance that two marks can have, and divides the disagreement to be expected by it, but not the one
# that was seen. Expected: the same kappa whatever that distance is, as it stands on both sides. Markers who agree well are told that they are worse than chance.
# Seen: of eight marks from 0 to 10 seven alike and the eighth a point apart: 0.971, and with max_distance=10 0.714; four points apart 0.886 and -0.143.
# It is 1 - 10 x (1 - kappa) each time.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check nltk==3.10.4
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
from nltk.metrics.agreement import AnnotationTask

FIRST = [2, 10, 0, 5, 7, 10, 1, 0]


def task(second):
    """Two markers of the same papers, whose marks lie as far apart as their difference."""
    marks = [(name, paper, mark) for name, given in (("A", FIRST), ("B", second)) for paper, mark in enumerate(given)]
    return AnnotationTask(data=marks, distance=lambda one, other: abs(one - other))


near, far = task([2, 10, 0, 5, 7, 10, 2, 0]), task([2, 10, 0, 5, 7, 10, 5, 0])
plain, scaled = ([markers.weighted_kappa(**said) for markers in (near, far)] for said in ({}, {"max_distance": 10}))
print(plain, scaled)
assert [round(kappa, 3) for kappa in plain] == [0.971, 0.886]
assert [round(kappa, 3) for kappa in scaled] == [0.714, -0.143]
PYTHON
