"""JSON: the result of relayout, and gold files read as predictions."""

from __future__ import annotations

from collections.abc import Iterable

from relayout.errors import InputError
from relayout.evaluate.gold import parse_gold
from relayout.evaluate.nouns import ROLES, Part, Prediction, Unit, figures_apart
from relayout.model import Article, Paragraph
from relayout.writers import naming, recall


def sniff(data: bytes) -> bool:
    """Say whether this is JSON with articles."""
    return data.lstrip().startswith(b"{") and b'"articles"' in data


def sniff_gold(data: bytes) -> bool:
    """Say whether this is JSON with units."""
    return data.lstrip().startswith(b"{") and b'"units"' in data


def read(data: bytes, name: str) -> Prediction:
    """Read a result back; its figures become caption units, its furniture one unit."""
    try:
        issue = recall.load(data)
    except InputError as error:
        raise InputError(f"{name}: not a result of relayout: {error.what}", error.advice) from None
    units: list[Unit] = []
    for ident, article in zip(naming.article_ids(issue), issue.articles, strict=True):
        units += _units(article, ident)
    if issue.furniture:
        units.append(Unit("furniture", "furniture", _parts(issue.furniture)))
    return Prediction(tuple(units))


def read_gold(data: bytes, name: str) -> Prediction:
    """Read a gold file as a prediction: what scores 1 everywhere."""
    return Prediction(parse_gold(data, name).units, frozenset(ROLES))


def _units(article: Article, ident: str) -> Iterable[Unit]:
    if article.parts:
        yield from figures_apart(Unit(ident, article.kind.value, _parts(article.parts)))
    for number, figure in enumerate(article.figures, 1):
        of = ident if article.parts else ""
        yield Unit(naming.figure_id(ident, number), "caption", _parts(figure.parts), of)


def _parts(paragraphs: Iterable[Paragraph]) -> tuple[Part, ...]:
    return tuple(Part(part.role.value, part.text, len(part.lines)) for part in paragraphs)
