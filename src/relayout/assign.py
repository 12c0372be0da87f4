"""Choose partners for a whole page at once: each suitor gets at most one place, each place one suitor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

STEP = 0.002  # how close to the best sum the auction comes, for each suitor


def assign(values: Sequence[Mapping[int, float]], least: float) -> list[int | None]:
    """Return for each suitor the place it gets, so that the sum of values is as large as can be.

    ``values[s]`` holds what each place is worth to suitor ``s``; places worth less than ``least`` are never
    given. Source: D. P. Bertsekas, "The auction algorithm" (1988); within ``STEP`` of the optimum per suitor.

    >>> assign([{0: 0.9, 1: 0.8}, {0: 0.9}], least=0.1)
    [1, 0]
    """
    price: dict[int, float] = {}
    holder: dict[int, int] = {}
    got: list[int | None] = [None] * len(values)
    waiting = list(range(len(values)))[::-1]
    while waiting:
        suitor = waiting.pop()
        best, first, second = None, 0.0, 0.0
        for place, value in values[suitor].items():
            if value < least:
                continue
            net = value - price.get(place, 0.0)
            if net > first or (best is None and net > 0.0):
                best, first, second = place, net, first
            elif net > second:
                second = net
        if best is None:
            continue
        price[best] = price.get(best, 0.0) + (first - second) + STEP
        if best in holder:
            got[holder[best]] = None
            waiting.append(holder[best])
        holder[best] = suitor
        got[suitor] = best
    return got
