"""The matrices of a PDF, six numbers each, and what they leave of a rectangle."""

from __future__ import annotations

from collections.abc import Sequence

LEVEL = 0.01  # of a length: how far an upright edge may lean
NEAR = 0.01  # points: corners as near are level with each other
Matrix = tuple[float, ...]


def rectangle(points: Sequence[tuple[float, float]]) -> bool:
    """Say whether points are the corners of a rectangle that is not turned, one after the other.

    >>> rectangle([(0, 0), (4, 0), (4, 2), (0, 2)]), rectangle([(0, 0), (4, 0), (2, 2), (0, 2)])
    (True, False)
    """
    if len(points) == 5 and points[4] != points[0]:
        return False
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points[:4]
    over = max(abs(ax - bx), abs(by - cy), abs(cx - dx), abs(dy - ay))
    aside = max(abs(ay - by), abs(bx - cx), abs(cy - dy), abs(dx - ax))
    return min(over, aside) < NEAR


def straight(m: Matrix) -> bool:
    """Say whether a matrix keeps level and upright sides so.

    >>> straight((0, 2, -2, 0, 5, 5)), straight((1, 1, -1, 1, 0, 0))
    (True, False)
    """
    lean, keep = max(abs(m[1]), abs(m[2])), max(abs(m[0]), abs(m[3]))
    return min(lean, keep) <= LEVEL * max(lean, keep)


def times(a: Matrix, b: Matrix) -> Matrix:
    """Return the matrix that does ``a`` first, then ``b``.

    >>> times((2, 0, 0, 2, 0, 0), (1, 0, 0, 1, 5, 0))
    (2, 0, 0, 2, 5, 0)
    """
    return (
        a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5],
    )  # fmt: skip


def apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a matrix puts a point.

    >>> apply((2, 0, 0, 2, 1, 0), 3, 4)
    (7, 8)
    """
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]
