"""The packages of the extra ``score``: distances from rapidfuzz, assignment from scipy. Nobody else asks for them.

Sources: Indel similarity is ``1 - (insertions + deletions) / (sum of both lengths)``, bit-parallel in rapidfuzz
(Hyyrö 2004); the assignment is Jonker-Volgenant as in Crouse (2016), *On implementing 2D rectangular assignment
algorithms*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module

from relayout.errors import UsageError


def need() -> None:
    """Raise UsageError, with what to type, if a package of the extra is not there."""
    for name in ("rapidfuzz", "scipy"):
        try:
            import_module(name)
        except ImportError:
            raise UsageError(f"score needs the package {name}", "type: pip install 'relayout[score]'") from None


def similarities(ones: Sequence[str], twos: Sequence[str], floor: float) -> dict[tuple[int, int], float]:
    """Give the Indel similarity of every pair of texts that reaches ``floor``; two empty texts are 1.

    Pairs whose lengths forbid it are not compared.

    >>> similarities(["abcd"], ["abce", "zz"], 0.5)
    {(0, 0): 0.75}
    """
    from rapidfuzz.distance import Indel

    found = {}
    for i, one in enumerate(ones):
        for j, two in enumerate(twos):
            if 2 * min(len(one), len(two)) >= floor * (len(one) + len(two)):
                value = Indel.normalized_similarity(one, two, score_cutoff=floor)
                if value >= floor:
                    found[i, j] = value
    return found


def assign(weights: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Pair rows and columns one to one so that the sum of the weights is greatest; pairs without weight are none.

    >>> assign({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.85})
    {0: 1, 1: 0}
    """
    from scipy.optimize import linear_sum_assignment

    if not weights:
        return {}
    rows, columns = sorted({i for i, _ in weights}), sorted({j for _, j in weights})
    table = [[weights.get((i, j), 0.0) for j in columns] for i in rows]
    pairs = zip(*linear_sum_assignment(table, maximize=True), strict=True)
    chosen = [(rows[int(i)], columns[int(j)]) for i, j in pairs]
    return {i: j for i, j in chosen if weights.get((i, j), 0.0) > 0}


def edits(one: str, two: str) -> int:
    """Count the fewest insertions, deletions and substitutions that make ``two`` of ``one`` (Levenshtein 1966)."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(one, two)


def common_blocks(one: str, two: str) -> list[tuple[int, int, int]]:
    """Give the runs that a cheapest edit leaves as they are: start in ``one``, start in ``two``, length."""
    from rapidfuzz.distance import Levenshtein

    return [
        (op.src_start, op.dest_start, op.src_end - op.src_start)
        for op in Levenshtein.opcodes(one, two)
        if op.tag == "equal"
    ]
