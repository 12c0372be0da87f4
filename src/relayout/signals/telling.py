"""What titles show: of which article a line tells, and how it hangs on the line before it.

A *piece* is a line of a title, or what stands between two spaces of one. Each sight has a name; what it counts is
fitted (``profiles/fitted/titles.toml``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log
from typing import NamedTuple

from relayout.chars import cells, has_han
from relayout.profile import Profile
from relayout.roles import Role
from relayout.signals.kinship import counted
from relayout.signals.lexical import terms
from relayout.signals.scenes import Scenes
from relayout.signals.spatial import Neighbours

Seen = tuple[tuple[str, float], ...]
SAME, PARTED, PART, NEW, NONE = "same", "parted", "part", "new", "none"
LABELS = (SAME, PARTED, PART)
"""How a piece goes on: in the same title, in it after a space, or as the next title of the deck."""
RELATIONS = ("first", "again", "next", "later", "earlier")
LABEL, TITLE = 5, 3  # characters and words that a label has at most
FAR = 0.4  # what one more telling word counts, so that sums are of the order of one
PILE = 8  # pieces that stand together, no deck has so many
LITERAL = 4  # characters of a piece that may be found word for word


class Piece(NamedTuple):
    """A line of a title, or a part of one, as it stands on the page.

    ``link`` says how it hangs on the piece before: in the next ``line``, after a ``blank`` one, in the same line after
    a ``space`` or right behind it (``cut``), or ``apart``; ``near`` what stands around it; ``last``, whether no
    piece stands right behind it; ``tied``, whether both were read as one title so far; ``matched`` is the article
    to which the matching of whole lines gave it, in which ``deck``.
    """

    text: str
    role: Role
    link: str
    near: Neighbours
    last: bool
    tied: bool
    cue: str = ""
    matched: int | None = None
    deck: int = -1


def tells(piece: Piece, scenes: Scenes) -> list[Seen]:
    """Return for each article what speaks for and against ``piece`` telling of it."""
    own = terms(piece.text)
    known = [(term, scenes.idf[term]) for term in sorted(own) if term in scenes.idf]
    said = [sum(value for term, value in known if term in body.whole) for body in scenes.bodies.bodies]
    ranked = sorted(said, reverse=True)[:2]
    dense = "".join(piece.text.split())
    found = []
    for u, body in enumerate(scenes.bodies.bodies):
        other = ranked[1] if len(ranked) > 1 and said[u] == ranked[0] else ranked[0]
        found.append(
            tuple(
                (_kind(piece) + name, round(value, 4))
                for name, value in (
                    ("said", FAR * said[u]),
                    ("strange", FAR * (len(own) - len(known))),
                    ("peak", FAR * max((sum(v for t, v in known if t in one) for one in body.paragraphs), default=0.0)),
                    ("said-long", FAR * said[u] * log(max(1, len(body.whole)) / scenes.size)),
                    ("matched", float(piece.matched == u)),
                    ("matched-heap", float(piece.matched == u and _heaped(piece))),
                    ("counted", counted(piece.text, body) or 0.0),
                    ("margin", FAR * (said[u] - other)),
                    ("best", float(said[u] > 0 and said[u] >= ranked[0])),
                    ("literal", float(len(dense) >= LITERAL and dense in scenes.texts[u])),
                    ("list", float(body.is_list)),
                    ("list-label", float(body.is_list and _is_label(piece))),
                    (f"is-{piece.role.value}", 1.0),
                    (f"cue-{piece.cue}", float(bool(piece.cue))),
                )
                if value
            )
        )
    return found


def stays(piece: Piece, told: Sequence[Seen]) -> Seen:
    """Return what speaks for and against ``piece`` heading nothing."""
    most = max((dict(seen).get(_kind(piece) + "said", 0.0) for seen in told), default=0.0)
    kind = _kind(piece)
    seen = [(kind + "none", 1.0), (kind + f"none-{piece.role.value}", 1.0), (kind + "none-told", most)]
    if piece.cue:
        seen.append((kind + f"none-{piece.cue}", 1.0))
    if _is_label(piece):
        seen.append((kind + "none-label", 1.0))
    if _heaped(piece):
        seen.append((kind + "none-heap", 1.0))
        if _is_label(piece):
            seen.append((kind + "none-heap-label", 1.0))
    if piece.matched is None:
        seen.append((kind + "none-unmatched", 1.0))
    if not most:
        seen.append((kind + "none-strange", 1.0))
    if piece.link == "apart" and piece.last:
        seen.append((kind + "none-alone", 1.0))
    return tuple(seen)


def hangs(a: Piece, b: Piece, label: str, titles: int, scenes: Scenes) -> Seen:
    """Return what speaks for and against ``b`` going on from ``a`` as ``label`` says, in a deck of ``titles``."""
    if b.link == "apart":
        return ()
    kind = f"{_kind(b)}{label}"
    return tuple((f"{kind}-{name}", value) for name, value in _sights(a, b, label, titles, scenes) if value)


def _sights(a: Piece, b: Piece, label: str, titles: int, scenes: Scenes) -> Iterator[tuple[str, float]]:
    one, two = float(cells(a.text)), float(cells(b.text))
    han = has_han(b.text)
    yield b.link, 1.0
    yield f"{b.link}-tied", float(b.tied)
    yield "decked", float(a.deck == b.deck >= 0)
    yield "decks", float(a.deck != b.deck and min(a.deck, b.deck) >= 0 and a.matched != b.matched)
    yield "other-role", float(a.role is not b.role)
    yield "label", float(_is_label(a))
    yield "heap-label", float(_is_label(a) and _heaped(a))
    yield "to-label", float(_is_label(b))
    yield "cue", float(bool(a.cue or b.cue))
    if label == PART:
        yield f"after-{titles}", 1.0
    first = b.text.split()[0]
    step = 2.0 if han else cells(first) + 1.0
    yield "would-fit", float(one + step <= two)
    yield "longer", float(two > 1.2 * one)
    yield "shorter", float(two < 0.6 * one)
    yield "alike", float(abs(one - two) <= (0 if han else 0.1 * one))
    yield "digits", float(a.text[-1].isdigit() and b.text[0].isdigit())
    if han:
        yield "seam", float(a.text[-1] + b.text[0] in scenes.pairs)
        yield "both-full", float(min(one, two) >= 4 * LABEL)
    else:
        yield "said-so", float((a.text.split()[-1].casefold(), first.casefold()) in scenes.follows)  # Mario J. / Lucero
        yield f"words-{_words(a)}-{_words(b)}", 1.0
        yield f"would-fit-{_words(a)}", float(one + step <= two)
        yield "small", float(b.text[0].islower())
        yield "small-word", float(a.text.split()[-1].islower() and len(a.text.split()[-1]) <= TITLE)
        yield "opens", float(b.text[0] in "„“‘\"'«»")
        yield "torn", float(a.text[-1] == "-")
        yield "comma", float(a.text[-1] in ",;–—")


def relation(before: int | None, article: int) -> str:
    """Return how a deck for ``article`` follows on the deck before it, which was for the article ``before``.

    >>> relation(None, 3), relation(2, 3), relation(3, 2)
    ('first', 'next', 'earlier')
    """
    if before is None:
        return "first"
    step = article - before
    return "again" if step == 0 else "next" if step == 1 else "later" if step > 0 else "earlier"


def opens(piece: Piece, name: str) -> str:
    """Return the name of what is seen where a deck that begins with ``piece`` stands so to the deck before."""
    return _kind(piece) + name + ("-heap" if _heaped(piece) else "")


def begins(piece: Piece, article: int) -> Seen:
    """Return what speaks for and against a deck for ``article`` beginning with ``piece``."""
    kind, near = _kind(piece), piece.near
    seen = [(kind + "deck", 1.0)]
    if piece.link in ("space", "cut"):
        seen.append((kind + f"deck-{piece.link}", 1.0))
    elif piece.tied:
        seen.append((kind + "deck-tied", 1.0))
    if near.before == article:
        seen.append((kind + ("behind" if near.ends else "amid" if near.after == article else "inside"), 1.0))
    return tuple(seen)


def ends(piece: Piece, article: int, titles: int) -> Seen:
    """Return what speaks for and against a deck for ``article`` of so many ``titles`` ending with ``piece``."""
    kind, near = _kind(piece), piece.near
    seen = [(kind + f"titles-{titles}", 1.0)]
    if near.after == article and near.begins:
        seen.append((kind + ("before" if piece.last else "soon"), 1.0))
    if piece.last and not (near.after == article and near.begins) and near.begins and near.run == 1:
        seen.append((kind + "before-other", 1.0))
    if titles == 1 and _is_label(piece):
        seen.append((kind + "only-label", 1.0))
        if _heaped(piece):
            seen.append((kind + "only-label-heap", 1.0))
    elif _is_label(piece):
        seen.append((kind + "last-label", 1.0))
    return tuple(seen)


def cue(text: str, profile: Profile) -> str:
    """Return what ``text`` is by its cue, though it may look like a title."""
    for name in ("caption", "credit", "byline", "furniture", "masthead", "jump", "rubric", "advert"):
        if profile.cue(name).search(text):
            return name
    return ""


def _words(piece: Piece) -> int:
    """Return how many words a piece has, five or more as five."""
    return min(5, len(piece.text.split()))


def _is_label(piece: Piece) -> bool:
    if has_han(piece.text):
        return len(piece.text) <= LABEL
    return len(piece.text.split()) <= TITLE and cells(piece.text) <= 4 * LABEL


def _heaped(piece: Piece) -> bool:
    """Say whether so many titles stand together that an extractor must have put them there."""
    return piece.near.run >= PILE


def _kind(piece: Piece) -> str:
    return "han-" if has_han(piece.text) else ""
