"""Sign: give rubrics and bylines that stand alone to their articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from relayout.layout import Block, Layout
from relayout.matching import assign
from relayout.model import Article, Evidence, Note, Outcome, Paragraph
from relayout.profile import Profile
from relayout.roles import Role
from relayout.signals.kinship import Bodies
from relayout.signals.lexical import terms
from relayout.signals.spatial import Neighbours, neighbours
from relayout.signals.weigh import certainty, weigh

TITLES = (Role.RUBRIC, Role.BYLINE)
HEADS = (Role.KICKER, Role.HEAD, Role.SUB)
REACH = 4  # printed lines from a headline within which a rubric or byline may be its own
LONG = 4  # paragraphs that make an article surely long enough for an author's name
Worth = dict[int, tuple[float, tuple[Evidence, ...]]]


def sign(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Match rubrics and bylines to articles for the whole page; a rubric and a byline that touch go together.

    Evidence: shared terms, nearness to the headline and to the text, and what an article already has (a dateline
    or a foot byline says who wrote it). Leaves the order of the rest; what fits nowhere stays a block.
    """
    loose = [b for b in layout.blocks if b.role in TITLES]
    if not loose or not layout.articles:
        return Outcome(layout)
    bodies = Bodies.of(layout.articles)
    near = neighbours(loose, layout.articles)
    teams = _teams(loose, near)
    ranks = {line.place.line: rank for rank, line in enumerate(layout.page.lines)}
    by_rank = _heads_by_rank(layout.articles, ranks)
    values = [
        _worth([loose[i] for i in team], [near[i] for i in team], bodies, layout.articles, ranks, by_rank, profile)
        for team in teams
    ]
    got = assign([{u: v for u, (v, _) in value.items()} for value in values], profile.number("sign.least"))
    given: dict[int, list[Block]] = {}
    notes: list[Note] = []
    for team, value, article in zip(teams, values, got, strict=True):
        if article is None:
            continue
        cert = certainty(3 * value[article][0])
        given.setdefault(article, []).extend(_sure(loose[i], cert) for i in team)
        notes.extend(_note(loose[i], layout.articles[article], *value[article]) for i in team)
    articles = tuple(_signed(article, given.get(a, [])) for a, article in enumerate(layout.articles))
    placed = {block.place for blocks in given.values() for block in blocks}
    rest = tuple(block for block in layout.blocks if block.place not in placed)
    return Outcome(replace(layout, blocks=rest, articles=articles), tuple(notes))


def _sure(block: Block, cert: float) -> Block:
    return replace(block, paragraph=replace(block.paragraph, cert=min(block.paragraph.cert, cert)))


def _teams(loose: Sequence[Block], near: Sequence[Neighbours]) -> list[list[int]]:
    """Put a rubric and a byline that follow each other together."""
    teams: list[list[int]] = [[0]]
    for i in range(1, len(loose)):
        team = teams[-1]
        touching = near[i].rank == near[i - 1].rank + 1
        if touching and loose[i].role not in [loose[j].role for j in team]:
            team.append(i)
        else:
            teams.append([i])
    return teams


def _worth(
    team: Sequence[Block],
    near: Sequence[Neighbours],
    bodies: Bodies,
    articles: Sequence[Article],
    ranks: Mapping[int, int],
    by_rank: Mapping[int, list[tuple[int, bool]]],
    profile: Profile,
) -> Worth:
    text = " ".join(block.text for block in team)
    shares = bodies.nearest(bodies.known(terms(text)))
    signs = any(block.role is Role.BYLINE for block in team)
    opinion = any(profile.cue("commentary").search(block.text) for block in team if block.role is Role.RUBRIC)
    beside = {a for one in near for a in (one.before, one.after) if a is not None}
    heads = _near_heads(team, by_rank, ranks)
    worth: Worth = {}
    for u in sorted({*shares, *beside, *heads, *range(min(len(articles), 64))}):
        body = bodies.bodies[u]
        own = articles[u]
        seen = (
            ("shared", shares.get(u, 0.0)),
            ("head", heads.get(u, 0.0)),
            ("head-signed", heads.get(u, 0.0) if signs or opinion else 0.0),
            ("free", float((signs or opinion) and not (body.dated or body.signed or body.is_list))),
            ("before", float(any(one.after == u and one.begins for one in near))),
            ("after", float(any(one.before == u and one.ends for one in near))),
            ("dated", float(body.dated and (signs or opinion))),
            ("signed", float(body.signed and signs)),
            ("list", float(body.is_list)),
            ("short", max(0.0, 1 - len(body.paragraphs) / LONG) if signs or opinion else 0.0),
            ("has", float(any(p.role is Role.RUBRIC for p in own.parts))),
        )
        worth[u] = weigh("sign", seen, profile)
    return worth


def _heads_by_rank(articles: Sequence[Article], ranks: Mapping[int, int]) -> dict[int, list[tuple[int, bool]]]:
    """Return for each printed line that holds a headline its articles, and whether it is the second half of a line."""
    found: dict[int, list[tuple[int, bool]]] = {}
    for a, article in enumerate(articles):
        for line in (line for part in article.parts if part.role in HEADS for line in part.lines):
            found.setdefault(ranks[line.place.line], []).append((a, line.place.start > 0))
    return found


def _near_heads(
    team: Sequence[Block], heads: Mapping[int, list[tuple[int, bool]]], ranks: Mapping[int, int]
) -> dict[int, float]:
    """Return the articles whose headline stands close to ``team``: 1 where it touches, less further off."""
    first, last = (ranks[p.line] for p in (team[0].paragraph.lines[0].place, team[-1].paragraph.lines[-1].place))
    found: dict[int, float] = {}
    for gap in range(1, REACH + 1):
        for a, second in (*heads.get(first - gap, ()), *heads.get(last + gap, ())):
            found[a] = max(found.get(a, 0.0), 1 / (gap + second))
    return found


def _signed(article: Article, blocks: Sequence[Block]) -> Article:
    """Put rubrics and bylines behind the headlines."""
    if not blocks:
        return article
    order = sorted((b.paragraph for b in blocks), key=lambda p: (p.role is Role.BYLINE, p.lines[0].place))
    at = sum(part.role in HEADS for part in article.parts)
    return replace(article, parts=(*article.parts[:at], *order, *article.parts[at:]))


def _note(block: Block, article: Article, value: float, evidence: tuple[Evidence, ...]) -> Note:
    begins: Paragraph = next(p for p in article.parts if p.role not in HEADS)
    why = f"evidence adds up to {value:.2f} for the article that begins on line {begins.lines[0].place.line}"
    return Note("sign", f"is the {block.role.value} of an article", why, certainty(3 * value), place=block.place,
                window=block.text, evidence=evidence)  # fmt: skip
