#!/bin/sh
# highspy 1.13.1 (HiGHS): a sum that no choice of 11 marks gives ends as "solve error" where 1.14.0 says "infeasible".
# Expected: "infeasible", as the same release says with presolve off. The program has 11 columns of 0 or 1, five of them held at 1, and four rows.
# Seen: kSolveError with presolve, kInfeasible without; 1.14.0 kInfeasible both times.
# Exits 0 while that is so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/try.py" <<'PYTHON'
import highspy
import numpy as np


def ended(presolve: str) -> str:
    """The status that HiGHS ends with, for marks of 3, 5, ... that shall sum up to 33."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("presolve", presolve)
    marks = [3, 5, 5, 5, 3, 5, 3, 3, 3, 5, 5]
    rows = [({v: 1 for v, m in enumerate(marks) if m == 3}, 0, 3), (dict(enumerate(marks)), 33, 33)]
    rows += [({v: 1}, 1, 1) for v in (0, 1)]
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(marks), len(rows)
    model.col_cost_ = np.array([v / len(marks) for v in range(len(marks))])
    held = [1.0] * 5 + [0.0] * 6
    model.col_lower_, model.col_upper_ = np.array(held), np.ones(len(marks))
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(marks)
    model.row_lower_ = np.array([float(row[1]) for row in rows])
    model.row_upper_ = np.array([float(row[2]) for row in rows])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(row[0]) for row in rows)])
    model.a_matrix_.index_ = np.array([v for row in rows for v in row[0]], dtype=np.int32)
    model.a_matrix_.value_ = np.array([float(w) for row in rows for w in row[0].values()])
    solver.passModel(model)
    solver.run()
    return solver.getModelStatus().name


print(highspy.Highs().version(), ended("choose"), ended("off"))
PYTHON
for release in 1.13.1 1.14.0; do
  python3 -m venv "$folder/$release"
  "$folder/$release/bin/pip" install --quiet --disable-pip-version-check "highspy==$release" "numpy==2.4.6" 2>/dev/null
  "$folder/$release/bin/python" "$folder/try.py" | tail -n 1
done | tee "$folder/seen"
diff - "$folder/seen" <<'SEEN'
1.13.1 kSolveError kInfeasible
1.14.0 kInfeasible kInfeasible
SEEN
