"""Parts: headlines, paragraphs, and every role by itself; and which article a caption hangs on.

All F1 here are ``2 * right / (gold + predicted)`` over multisets: a doubled paragraph costs as much as a wrong one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from relayout.evaluate.articles import NEAR, is_article
from relayout.evaluate.nouns import APART, BODY, HEADS, ROLES, Part, Prediction, Unit, accepts
from relayout.evaluate.packages import assign, similarities
from relayout.evaluate.texts import one_space, settle


class Found(NamedTuple):
    """Of ``gold`` and ``found`` things ``right`` are the same."""

    right: int
    gold: int
    found: int

    @property
    def recall(self) -> float | None:
        """Share of the gold that was found."""
        return self.right / self.gold if self.gold else None

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; None where neither side has anything.

        >>> Found(1, 1, 3).f1, Found(0, 0, 0).f1
        (0.5, None)
        """
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else None


def lend(gold: Iterable[Unit], prediction: Prediction) -> Prediction:
    """Give parts of a format that cannot tell some roles the role of the gold part with exactly their text.

    A peer's Markdown has no bylines, captions or furniture: a text that is right is not held against it because its
    format has no word for it. Headlines and units stay what they are.
    """
    unknown: dict[str, list[str]] = defaultdict(list)
    for unit in gold:
        for part in unit.parts:
            role = "furniture" if unit.kind == "furniture" else part.role
            if role not in prediction.knows:
                unknown[one_space(part.text)].append(role)
    if not unknown:
        return prediction

    def lent(part: Part) -> Part:
        roles = unknown.get(one_space(part.text))
        return part._replace(role=roles.pop(0)) if roles else part

    units = tuple(unit._replace(parts=tuple(map(lent, unit.parts))) for unit in prediction.units)
    return prediction._replace(units=units)


def headlines(gold: Sequence[Unit], found: Sequence[Unit], pairs: Mapping[int, int]) -> tuple[Found, Found]:
    """Compare the headlines of matched articles as sets of texts, white space settled: exact, and at 0.90 similar.

    For the second a space between CJK characters is no difference.
    """
    adverts = {j for i, j in pairs.items() if not is_article(gold[i])}
    wanted = {i: _heads(unit) for i, unit in enumerate(gold) if is_article(unit)}
    given = {j: _heads(unit) for j, unit in enumerate(found) if unit.kind not in APART and j not in adverts}
    right = near = 0
    for i, j in pairs.items():
        if i in wanted and j in given:
            ones, twos = wanted[i], given[j]
            right += len(set(ones) & set(twos))
            near += len(assign(similarities(list(map(settle, ones)), list(map(settle, twos)), NEAR)))
    counts = sum(map(len, wanted.values())), sum(map(len, given.values()))
    return Found(right, *counts), Found(near, *counts)


def _heads(unit: Unit) -> list[str]:
    return list(dict.fromkeys(one_space(part.text) for part in unit.parts if part.role in HEADS))


def paragraphs(gold: Iterable[Unit], found: Iterable[Unit]) -> Found:
    """Compare the paragraphs of the whole page as texts, every space counted.

    Paragraphs are the body roles: p, lead, item, row, list-head, crosshead. What the prediction took for something
    else, or something else for a paragraph, is wrong.
    """
    ones, twos = Counter(_body(gold)), Counter(_body(found))
    return Found((ones & twos).total(), ones.total(), twos.total())


def _body(units: Iterable[Unit]) -> list[str]:
    return [part.text for unit in units for part in unit.parts if part.role in BODY]


def roles(gold: Iterable[Unit], found: Iterable[Unit], knows: frozenset[str]) -> dict[str, Found]:
    """Compare texts and roles, for every role that the format of the prediction knows.

    Gold and predicted parts of the same text are paired, first those whose roles agree. An agreeing pair counts for
    the gold role (``head`` may be any rank of the deck); every other part counts for its own.
    """
    ones, twos = _by_text(gold), _by_text(found)
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for text in ones.keys() | twos.keys():
        rest = list(twos.get(text, ()))
        # Roles that accept one role only choose first: kicker before head.
        for role in sorted(ones.get(text, ()), key=lambda role: (accepts(role, "kicker"), role)):
            wanted[role] += 1
            chosen = next((one for one in sorted(rest, key=lambda one: one != role) if accepts(role, one)), None)
            if chosen is not None:
                rest.remove(chosen)
                right[role] += 1
                given[role] += 1
        given.update(rest)
    return {role: Found(right[role], wanted[role], given[role]) for role in ROLES if role in knows}


def _by_text(units: Iterable[Unit]) -> dict[str, list[str]]:
    made: dict[str, list[str]] = defaultdict(list)
    for unit in units:
        for part in unit.parts:
            made[one_space(part.text)].append(part.role)
    return made


def captions(
    gold: Sequence[Unit], found: Sequence[Unit], pairs: Mapping[int, int], knows: frozenset[str]
) -> float | None:
    """Give the share of the gold captions that are found, at 0.90 similar, in the article they belong to.

    A format without captions may have the text anywhere in the article. None where no gold caption has an article.
    """
    numbers = {unit.id: i for i, unit in enumerate(gold)}
    wanted = [(unit, numbers[unit.of]) for unit in gold if unit.kind == "caption" and unit.of]
    if not wanted:
        return None
    given = list(_captions(found, anywhere="caption" not in knows))
    texts = [settle(" ".join(part.text for part in unit.parts if part.role == "caption")) for unit, _ in wanted]
    chosen = assign(similarities(texts, [text for text, _ in given], NEAR))
    right = sum(given[b][1] == pairs.get(wanted[a][1], -1) for a, b in chosen.items())
    return right / len(wanted)


def _captions(found: Sequence[Unit], *, anywhere: bool) -> Iterable[tuple[str, int]]:
    numbers = {unit.id: j for j, unit in enumerate(found)}
    for j, unit in enumerate(found):
        if unit.kind == "caption":
            texts = [part.text for part in unit.parts if part.role == "caption"]
            yield settle(" ".join(texts)), numbers.get(unit.of, -2)
        else:
            yield from ((settle(part.text), j) for part in unit.parts if anywhere or part.role == "caption")
