"""HiGHS as a judge: whether some choice of variables meets a set of limits, and how far a sum can go.

HiGHS (Huangfu and Hall 2018) solves mixed-integer programs exactly, on one
thread here, so that it gives the same verdict everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np

from builder.drawing.problem import ENDLESS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.drawing.problem import Limit

_HALF = 0.5


class _Silent(highspy.Highs):
    """HiGHS that prints nothing: by itself it greets on stdout while it is being made, before it can be told not to."""

    def enableCallbacks(self) -> None:  # noqa: N802 - HiGHS names it
        """The first thing that it does when it is made."""
        self.setOptionValue("output_flag", False)  # noqa: FBT003 - HiGHS names its arguments so
        super().enableCallbacks()  # type: ignore[no-untyped-call]


class Solver:
    """The limits as a program in `size` variables of 0 or 1; those of a better rank are preferred, as a hint."""

    def __init__(self, limits: Sequence[Limit], size: int, costs: Mapping[int, int] | None = None) -> None:
        """Hand the program over; with `costs`, solutions of the lowest cost are found."""
        size = max(size, 1)  # HiGHS gives no verdict on a program without variables
        self._highs = _Silent()  # type: ignore[no-untyped-call]
        self._highs.setOptionValue("threads", 1)
        # Any solution will do, the better by the hint the sooner it is the first by rank; costs are taken at their word.
        self._highs.setOptionValue("mip_rel_gap", 0.0 if costs else highspy.kHighsInf)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = size, len(limits)
        model.col_cost_ = np.array([costs.get(v, 0) if costs else v / size for v in range(size)], dtype=np.double)
        model.col_lower_, model.col_upper_ = np.zeros(size), np.ones(size)
        model.integrality_ = [highspy.HighsVarType.kInteger] * size
        model.row_lower_ = np.array([limit.least if limit.least > -ENDLESS else -highspy.kHighsInf for limit in limits])
        model.row_upper_ = np.array([limit.most if limit.most < ENDLESS else highspy.kHighsInf for limit in limits])
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = np.cumsum([0, *(len(limit.weights) for limit in limits)])
        matrix.index_ = np.array([v for limit in limits for v in limit.weights], dtype=np.int32)
        matrix.value_ = np.array([w for limit in limits for w in limit.weights.values()], dtype=np.double)
        self._highs.passModel(model)

    def hold(self, variable: int, value: int) -> None:
        """Fix a variable."""
        self._highs.changeColBounds(variable, value, value)

    def solve(self) -> frozenset[int] | None:
        """The variables that are 1 in a solution, or None where there is none."""
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return frozenset(v for v, x in enumerate(self._highs.getSolution().col_value) if x > _HALF)
        if status in {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
            return None
        message = f"HiGHS ended with {status}"
        raise RuntimeError(message)
