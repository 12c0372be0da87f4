"""Hang: give pictures, known by their captions, to the articles they illustrate."""

from __future__ import annotations

from dataclasses import replace

from relayout.layout import Block, Layout
from relayout.model import Article, Figure, Note, Outcome, Paragraph
from relayout.profile import Profile
from relayout.roles import Kind, Level, Role
from relayout.signals.kinship import Bodies
from relayout.signals.lexical import terms
from relayout.signals.spatial import neighbours
from relayout.signals.weigh import certainty, weigh

WORDED = 6  # characters of a caption that are not said word for word by chance


def hang(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Make a figure of each caption and the credits after it, and put it into the article that says most of it.

    Leaves texts and order. Declines where no article shares enough with the caption: the figure then stands by
    itself, with a note.
    """
    figures = _figures(layout.blocks)
    if not figures:
        return Outcome(layout)
    heads = [blocks[0] for blocks in figures]
    bodies = Bodies.of(layout.articles)
    near = neighbours(heads, layout.articles)
    told = ["".join("".join(part.text for part in article.parts).split()) for article in layout.articles]
    hung: dict[int, list[Figure]] = {}
    alone: list[Article] = []
    notes: list[Note] = []
    for blocks, beside in zip(figures, near, strict=True):
        parts: tuple[Paragraph, ...] = tuple(block.paragraph for block in blocks)
        said = _bare(parts[0].text, profile)
        shares = bodies.nearest(terms(parts[0].text))
        worded = {a for a, text in enumerate(told) if len(said) >= WORDED and said in text}
        tried = sorted({*shares, *worded, *(a for a in (beside.before, beside.after) if a is not None)})
        worth = {
            a: weigh(
                "hang",
                (
                    ("shared", shares.get(a, 0.0)),
                    ("akin", float(a in shares and beside.before == a)),
                    ("literal", float(a in worded)),
                    ("before", float(beside.after == a and beside.begins)),
                    ("after", float(beside.before == a)),
                    ("inside", float(beside.before == a == beside.after)),
                ),
                profile,
            )
            for a in tried
        }
        best = max(worth, key=lambda a: (worth[a][0], -a), default=None)
        place, window = parts[0].lines[0].place, parts[0].text[:24]
        if best is None or worth[best][0] < profile.number("hang.least"):
            alone.append(Article((), Kind.UNASSIGNED, (Figure(parts, 0.5),), cert=0.5))
            why = "no article on the page shares enough words with it"
            notes.append(Note("hang", "a caption without an article", why, 0.5, Level.DOUBT, place, window))
            continue
        score, evidence = worth[best]
        hung.setdefault(best, []).append(Figure(parts, certainty(4 * score)))
        begins = layout.articles[best].parts[0].lines[0].place.line
        why = f"evidence adds up to {score:.2f} for the article with line {begins}"
        notes.append(
            Note(
                "hang",
                "a caption in an article",
                why,
                certainty(4 * score),
                place=place,
                window=window,
                evidence=evidence,
            )
        )
    articles = tuple(replace(article, figures=tuple(hung.get(a, ()))) for a, article in enumerate(layout.articles))
    rest = tuple(block for block in layout.blocks if block.role not in (Role.CAPTION, Role.CREDIT))
    return Outcome(replace(layout, blocks=rest, articles=(*articles, *alone)), tuple(notes))


def _figures(blocks: tuple[Block, ...]) -> list[list[Block]]:
    """Return each caption with the credits that follow it."""
    figures: list[list[Block]] = []
    for block in blocks:
        if block.role is Role.CAPTION or (block.role is Role.CREDIT and not figures):
            figures.append([block])
        elif block.role is Role.CREDIT:
            figures[-1].append(block)
    return figures


def _bare(text: str, profile: Profile) -> str:
    """Return what a caption says, without the pointer to the picture, white space and full stop."""
    cue = profile.cue("caption").match(text)
    return "".join(text[cue.end() if cue else 0 :].split()).rstrip("。.")
