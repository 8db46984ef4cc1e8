#!/bin/sh
# girth 0.8.0: twopl_mml calls a question that everyone answered rightly the hardest there can be, and one that nobody did the easiest.
# Expected: the easiest and the hardest, as rasch_mml says of the same answers, or no figure. An analysis of questions bids to drop the wrong one.
# Seen: difficulty 6 for all right and -6 for none right; rasch_mml gives -6 for all right.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check girth==0.8.0 numpy==2.4.6
cd "$here"
"$here/venv/bin/python" -W ignore - <<'PYTHON'
import girth
import numpy

chance = numpy.random.default_rng(1)
ability, difficulty = chance.normal(size=400), numpy.array([-1.5, -0.5, 0, 0.5, 1.5])
marks = (chance.random((5, 400)) < 1 / (1 + numpy.exp(difficulty[:, None] - ability))).astype(int)


def first(model, mark):
    given = marks.copy()
    given[0] = mark
    return round(float(model(given)["Difficulty"][0]), 2)


made = [first(girth.twopl_mml, 1), first(girth.twopl_mml, 0), first(girth.rasch_mml, 1)]
print(made)
assert made[0] > 5.9 and made[1] < -5.9 and made[2] < -5.9, made
PYTHON
