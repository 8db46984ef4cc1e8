"""Systems of linear equations with a positive definite matrix, by Cholesky's method."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Matrix = list[list[float]]


def root(matrix: Sequence[Sequence[float]]) -> Matrix | None:
    """The lower triangular matrix whose square is a positive definite one; None where it is not positive definite."""
    found: Matrix = []
    for i, line in enumerate(matrix):
        row: list[float] = []
        for j in range(i + 1):
            above = row if j == i else found[j]
            left = line[j] - sum(a * b for a, b in zip(row, above, strict=False))
            if j < i:
                row.append(left / found[j][j])
            elif left > 1e-12 * abs(line[i]):
                row.append(math.sqrt(left))
            else:
                return None
        found.append(row)
    return found


def solved(lower: Matrix, right: Sequence[float]) -> list[float]:
    """The solution x of L Lᵀ x = right."""
    size = len(lower)
    middle: list[float] = []
    for row, value in zip(lower, right, strict=True):
        middle.append((value - sum(a * b for a, b in zip(row, middle, strict=False))) / row[-1])
    found = [0.0] * size
    for i in range(size - 1, -1, -1):
        rest = sum(lower[j][i] * found[j] for j in range(i + 1, size))
        found[i] = (middle[i] - rest) / lower[i][i]
    return found


def inverse(lower: Matrix) -> Matrix:
    """The inverse of L Lᵀ."""
    size = len(lower)
    return [solved(lower, [float(i == j) for j in range(size)]) for i in range(size)]
