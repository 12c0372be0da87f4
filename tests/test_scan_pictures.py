"""The bench of recognised pages: what it calls read, and what apart."""

from __future__ import annotations

import pytest
from bench.scan_pictures import scored

from relayout.evaluate import Prediction, Truth
from relayout.evaluate.nouns import Part, Unit

FIRE = "The fire at the old mill was put out by the people of the street before noon on Sunday."
FERRY = "Crews of the ferry voted last night to go on with their strike for a third week in a row."


def unit(name: str, *texts: str) -> Unit:
    return Unit(name, "article", tuple(Part("p", text) for text in texts))


TRUTH = Truth((unit("a1", FIRE), unit("a2", FERRY)))


@pytest.mark.parametrize(
    ("given", "read", "apart"),
    [
        ((unit("b1", FIRE), unit("b2", FERRY)), 1.0, 1.0),
        ((unit("b1", FIRE, FERRY),), 1.0, 0.0),
        ((unit("b1", FIRE[:50]), unit("b2", FERRY)), 0.5, 1.0),  # half of it was lost, what is left is by itself
        ((unit("b1", FERRY),), 0.5, 0.5),
    ],
)
def test_what_was_lost_is_told_from_what_was_cut_badly(given: tuple[Unit, ...], read: float, apart: float) -> None:
    found = scored(TRUTH, Prediction(given))
    assert (found.read, found.apart) == (read, apart)
    assert bool(found.shown) is (apart < 1)
