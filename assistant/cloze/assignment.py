"""Optimal assignment (the Hungarian method): exact, small, without scipy. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

FORBIDDEN = 1e9
"""The cost of a cell that may not be used; a solution that costs as much does not exist."""


def assign(costs: Sequence[Sequence[float]]) -> tuple[float, tuple[int, ...]]:
    """Return the least total cost and for every row its column, no column twice.

    ``costs`` is [n, m] with n ≤ m. The shortest augmenting path method with potentials (Kuhn 1955,
    Jonker and Volgenant 1987), O(n²·m). Raises ValueError when there are more rows than columns.
    """
    rows = len(costs)
    columns = len(costs[0]) if costs else 0
    if rows > columns:
        raise ValueError("more rows than columns")
    # Index 0 is a virtual row and column: row_of[0] is the row that is being placed.
    row_potential = [0.0] * (rows + 1)
    column_potential = [0.0] * (columns + 1)
    row_of = [0] * (columns + 1)
    for row in range(1, rows + 1):
        row_of[0] = row
        came_from = _augment(costs, row_of, row_potential, column_potential)
        column = came_from[0]
        while column:
            previous = came_from[column]
            row_of[column] = row_of[previous]
            column = previous
    chosen = [0] * rows
    for column in range(1, columns + 1):
        if row_of[column]:
            chosen[row_of[column] - 1] = column - 1
    return sum(costs[i][j] for i, j in enumerate(chosen)), tuple(chosen)


def _augment(
    costs: Sequence[Sequence[float]],
    row_of: list[int],
    row_potential: list[float],
    column_potential: list[float],
) -> list[int]:
    """Find the shortest path to a free column, adjusting the potentials.

    Returns for every column the one it was reached from; entry 0 is the free column found.
    """
    size = len(row_of)
    least = [math.inf] * size
    came_from = [0] * size
    used = [False] * size
    column = 0
    while row_of[column]:
        used[column] = True
        row = row_of[column]
        step, nearest = math.inf, 0
        for j in range(1, size):
            if used[j]:
                continue
            reduced = costs[row - 1][j - 1] - row_potential[row] - column_potential[j]
            if reduced < least[j]:
                least[j], came_from[j] = reduced, column
            if least[j] < step:
                step, nearest = least[j], j
        for j in range(size):
            if used[j]:
                row_potential[row_of[j]] += step
                column_potential[j] -= step
            else:
                least[j] -= step
        column = nearest
    came_from[0] = column
    return came_from
