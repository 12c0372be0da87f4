"""Judge: what kind of unit each article is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relayout.layout import Layout
from relayout.model import Article, Note, Outcome
from relayout.profile import Profile
from relayout.roles import Kind, Role
from relayout.signals.kinship import Bodies, Body
from relayout.signals.weigh import certainty, weigh

HEADS = (Role.KICKER, Role.HEAD, Role.SUB)


def judge(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Tell commentaries, sidebars, briefs and notices from articles; a sidebar gets the article it is about.

    A commentary stands under the rubric of one. A sidebar is short or a list, says nothing of who wrote it, and
    tells of what a longer article tells. Leaves ``about`` as the index of that article until ids are given.
    Declines, that is leaves ARTICLE, where the evidence is not above zero.
    """
    bodies = Bodies.of(layout.articles)
    sizes = [len(body.whole) for body in bodies.bodies]
    articles: list[Article] = []
    notes: list[Note] = []
    for a, article in enumerate(layout.articles):
        if article.kind is not Kind.ARTICLE or not article.parts:  # a caption that stands alone is no part
            articles.append(article)
            continue
        kind, about, note = _kind(a, article, sizes, bodies, layout, profile)
        cert = min(article.cert, note.cert) if kind is not Kind.ARTICLE else article.cert
        articles.append(replace(article, kind=kind, about=about, cert=cert))
        notes.append(note)
    return Outcome(replace(layout, articles=tuple(articles)), tuple(notes))


def _kind(
    a: int, article: Article, sizes: Sequence[int], bodies: Bodies, layout: Layout, profile: Profile
) -> tuple[Kind, str, Note]:
    parts = article.parts
    place = parts[0].lines[0].place
    for kind in (Kind.COMMENTARY, Kind.BRIEFS, Kind.NOTICE):
        if kind is Kind.NOTICE and bodies.bodies[a].dated:
            continue  # a report about a notice has a dateline
        titles = (p.text for p in parts if p.role in (Role.RUBRIC, Role.HEAD))
        seen = next((title for title in titles if profile.cue(kind.value).search(title)), "")
        if seen:
            return kind, "", Note("judge", f"is {kind.value}", f"it stands under {seen}", 0.95, place=place)
    if sum(one.kind is Kind.ARTICLE for one in layout.articles) == 1:
        return Kind.ARTICLE, "", Note("judge", "is article", "there is no other on the page", 0.9, place=place)
    body = bodies.bodies[a]
    small = (*_alone(article, body), ("squares", float(layout.squares)), ("scan", float(layout.page.scanned)))
    alone, _ = weigh("judge", small, profile)
    if alone + profile.number("judge.small") + profile.number("judge.about") <= 0:
        return (
            Kind.ARTICLE,
            "",
            Note("judge", "is article", "nothing speaks for a sidebar", certainty(alone), place=place),
        )
    larger = [o for o in bodies.nearest(body.whole, most=4) if o != a and sizes[o] > 2 * sizes[a]]
    shares = {
        o: bodies.vocabulary.cover(body.whole, bodies.bodies[o].whole) or 0.0
        for o in larger
        if not bodies.bodies[o].is_list
    }
    about = max(shares, key=lambda o: (shares[o], -o), default=None)
    if about is not None and shares[about] < profile.number("judge.least-about"):
        about = None
    told = (("small", float(bool(larger))), ("about", shares[about] if about is not None else 0.0))
    evidence = (*small, *told)
    score, found = weigh("judge", evidence, profile)
    kind = Kind.SIDEBAR if score > 0 else Kind.ARTICLE
    why = f"evidence for a sidebar adds up to {score:+.1f}"
    note = Note("judge", f"is {kind.value}", why, certainty(score), place=place, evidence=found)
    return kind, str(about) if kind is Kind.SIDEBAR and about is not None else "", note


def _alone(article: Article, body: Body) -> tuple[tuple[str, float], ...]:
    """Return what the article by itself says for and against its being a sidebar."""
    roles = [p.role for p in article.parts]
    return (
        ("base", 1.0),
        ("list", float(body.is_list)),
        ("one-paragraph", float(len(body.paragraphs) == 1)),
        ("dated", float(body.dated)),
        ("signed", float(body.signed or Role.BYLINE in roles)),
        ("rubric", float(Role.RUBRIC in roles)),
        ("no-title", float(not any(role in (Role.RUBRIC, *HEADS) for role in roles))),
    )
