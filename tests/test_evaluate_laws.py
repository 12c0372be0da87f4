"""Laws of the measures: gold against itself is perfect, order of articles is no matter, some measures are symmetric."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from relayout.evaluate import WORSE, Part, Prediction, Scores, Truth, Unit, score
from relayout.evaluate.align import align
from relayout.evaluate.nouns import ARTICLES, ROLES
from relayout.evaluate.packages import assign

# Few characters and few words, so that texts come again and again.
TEXTS = st.one_of(
    st.text("甲乙丙丁戊己庚辛壬癸，。「」 A1", min_size=1, max_size=40),
    st.lists(st.sampled_from(["fire", "rain", "well-known", "the", "town", "京"]), min_size=1, max_size=8).map(
        " ".join
    ),
).filter(str.strip)
BODY_ROLES = st.sampled_from([role for role in ROLES if role not in ("caption", "furniture")])
PARTS = st.lists(st.builds(Part, BODY_ROLES, TEXTS, st.integers(0, 4)), min_size=1, max_size=5).map(tuple)


@st.composite
def pages(draw: st.DrawFn) -> tuple[Unit, ...]:
    kinds = st.sampled_from(sorted(ARTICLES))
    units = [Unit(f"a{n}", draw(kinds), parts) for n, parts in enumerate(draw(st.lists(PARTS, min_size=1, max_size=5)))]
    for n, text in enumerate(draw(st.lists(TEXTS, max_size=2))):
        units.append(Unit(f"c{n}", "caption", (Part("caption", text, 1),), "a0"))
    if draw(st.booleans()):
        units.append(Unit("f", "furniture", (Part("furniture", draw(TEXTS)),)))
    return tuple(units)


def imperfect(scores: Scores, *but: str) -> dict[str, float]:
    best = dict.fromkeys(WORSE, 0.0) | {"pieces": 1.0, "mixture": 1.0, "joins": scores.joins}
    found = {m: v for m, v in scores._asdict().items() if v is not None and v != best.get(m, 1.0)}
    return {m: v for m, v in found.items() if m not in but}


@given(pages())
def test_gold_against_itself(units: tuple[Unit, ...]) -> None:
    assert imperfect(score(Truth(units), Prediction(units))) == {}


@given(pages(), st.randoms(use_true_random=False))
def test_the_order_of_articles_matters_to_cer_alone(units: tuple[Unit, ...], chance: object) -> None:
    # Of two units with the same characters the text does not tell which is which.
    assume(len({"".join("".join(part.text.split()) for part in unit.parts) for unit in units}) == len(units))
    other = list(units)
    chance.shuffle(other)  # type: ignore[attr-defined]
    scores = score(Truth(units), Prediction(tuple(other)))
    assert imperfect(scores, "cer") == {}


@settings(max_examples=60)
@given(pages(), pages())
def test_symmetry(one: tuple[Unit, ...], two: tuple[Unit, ...]) -> None:
    plain = [tuple(unit for unit in units if unit.kind in ARTICLES) for units in (one, two)]
    there, back = (score(Truth(a), Prediction(b)) for a, b in ((plain[0], plain[1]), (plain[1], plain[0])))
    assert there.articles_90 == back.articles_90_precision
    assert there.articles_90_f1 == back.articles_90_f1
    assert there.articles_99_f1 == back.articles_99_f1
    assert there.paragraph_f1 == back.paragraph_f1
    assert there.paragraph_recall == back.paragraph_precision


@settings(max_examples=60)
@given(pages(), pages())
def test_measures_stay_in_their_bounds(one: tuple[Unit, ...], two: tuple[Unit, ...]) -> None:
    scores = score(Truth(one), Prediction(two))
    free = {"cer", "cer_unordered", "pieces", "mixture", "joins"}
    per_thousand = {"wrong_joins", "cjk_spaces", "spaces_lost", "hyphens_kept", "hyphens_dropped"}
    for measure, value in scores._asdict().items():
        if value is not None:
            assert value >= (-1.0 if measure == "ari" else 0.0), measure
            assert measure in free | per_thousand or value <= 1.0, measure


@settings(max_examples=100)
@given(pages(), pages())
def test_an_alignment_binds_equal_characters_once(one: tuple[Unit, ...], two: tuple[Unit, ...]) -> None:
    made = align(one, two)
    bound = [(i, j) for j, i in enumerate(made.there) if i >= 0]
    assert all(made.gold.text[i] == made.found.text[j] for i, j in bound)
    assert len({i for i, _ in bound}) == len(bound)
    assert all(made.back[i] == j for i, j in bound)
    assert sum(i >= 0 for i in made.back) == len(bound)


@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.floats(0.01, 1.0), max_size=12))
def test_an_assignment_is_one_to_one_and_no_single_change_betters_it(weights: dict[tuple[int, int], float]) -> None:
    chosen = assign(weights)
    assert len(set(chosen.values())) == len(chosen)
    total = sum(weights[pair] for pair in chosen.items())
    assert total >= max(weights.values(), default=0.0) - 1e-9
    for (i, j), value in weights.items():
        if i not in chosen and j not in chosen.values():
            pytest.fail(f"{i}, {j} with {value} could be added")
