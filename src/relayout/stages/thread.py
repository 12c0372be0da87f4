"""Thread: find for each piece of running text the piece it goes on with, and put them behind each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relayout.fitted import Seen, tables
from relayout.layout import Block, Layout
from relayout.matching import assign
from relayout.model import Evidence, Note, Outcome, Place
from relayout.profile import Profile
from relayout.ragged import breaks_between
from relayout.roles import Joint, Level, Role
from relayout.signals.hyphens import decide, whole_words
from relayout.signals.lexical import Vocabulary, joint, terms
from relayout.signals.setting import mostly_han
from relayout.signals.succession import Piece, begins, blanks_part, follows, pieces
from relayout.signals.weigh import certainty

CROWDED = 300  # pieces: above that only near ones are compared
SURE = 3.0  # evidence that makes a link as sure as it gets
NEAR = 24  # pieces to either side, where there are many
Link = tuple[float, tuple[Evidence, ...]]


def thread(layout: Layout, profile: Profile) -> Outcome[Layout]:
    """Order the running text of a Latin page: each piece goes behind the piece that it goes on from.

    Titles and captions stay where they stand; a title between two pieces that belong together goes with them. A
    paragraph torn between two pieces is joined. Declines where words are not parted by spaces, and leaves a piece
    where it stands if nothing speaks for another place.
    """
    if mostly_han(layout.settings):
        return Outcome(layout)
    found = parted(layout, profile)
    if not found:
        return Outcome(layout)
    links, worth = _links(found, layout, profile)
    known = whole_words(line.text for line in layout.page.lines)
    blank = profile.number("thread.blank") * blanks_part(found)
    after = {a: b for b, a in links.items()}
    starts = {piece.rank for piece in found if piece.rank not in links}
    blocks: list[Block] = []
    notes: list[Note] = []
    at: dict[int, int] = {piece.start: piece.rank for piece in found}
    done: set[int] = set()
    i = 0
    while i < len(layout.blocks):
        rank = at.get(i)
        if i in done:
            i += 1
            continue
        if rank is None:
            blocks.append(layout.blocks[i])
            done.add(i)
            i += 1
            continue
        if rank in starts:
            _emit(rank, found, after, layout, known, profile, blocks, done, notes, worth, blank)
        i += len(found[rank].blocks)
    return Outcome(replace(layout, blocks=tuple(blocks), threads=_threads(found, links, worth)), tuple(notes))


def parted(layout: Layout, profile: Profile) -> list[Piece]:
    """Return the pieces of running text of a page."""
    words = profile.words("abbreviations"), profile.words("hanging")
    return pieces(layout.blocks, *words, profile.cue("refers").match)


def _links(
    found: Sequence[Piece], layout: Layout, profile: Profile
) -> tuple[dict[int, int], dict[int, dict[int, Link]]]:
    """Return for each piece the one it goes on from, chosen for the whole page at once, and what that is worth."""
    worth: dict[int, dict[int, Link]] = {}
    for two, seen in zip(found, compared(found, layout), strict=True):
        none = _sum("begins", begins(two))[0] + profile.number("thread.begins")
        worth[two.rank] = {}
        for rank, sights in seen.items():
            score, evidence = _sum("follows", sights)
            worth[two.rank][rank] = score - none, evidence
    got = assign([{a: value for a, (value, _) in worth[b].items()} for b in range(len(found))], 0.0)
    links = {b: a for b, a in enumerate(got) if a is not None and worth[b][a][0] > 0}
    for b in range(len(found)):
        _cut_ring(b, links, worth)
    return links, worth


def compared(found: Sequence[Piece], layout: Layout) -> list[dict[int, Seen]]:
    """Return for each piece what is seen of its going on from each other one; on a crowded page from the near ones."""
    vocabulary = Vocabulary.of(terms(block.text) for piece in found for block in piece.blocks)
    known = whole_words(line.text for line in layout.page.lines)
    seen: list[dict[int, Seen]] = []
    for two in found:
        reach = found if len(found) <= CROWDED else found[max(0, two.rank - NEAR) : two.rank + NEAR]
        seen.append({one.rank: follows(one, two, vocabulary, known) for one in reach if one.rank != two.rank})
    return seen


def _sum(table: str, seen: Seen) -> Link:
    weights = tables("threads")[table]
    evidence = tuple(Evidence(name, value, weights[name][0]) for name, value in seen if name in weights)
    return sum(one.product for one in evidence), evidence


def _threads(
    found: Sequence[Piece], links: dict[int, int], worth: dict[int, dict[int, Link]]
) -> tuple[tuple[Place, float], ...]:
    """Return where pieces begin, and how surely each begins a text (1) or goes on with one (-1)."""
    values: list[float] = []
    for b in range(len(found)):
        best = max((value for value, _ in worth[b].values()), default=-SURE)
        values.append(-min(1.0, worth[b][links[b]][0] / SURE) if b in links else max(0.0, min(1.0, -best / SURE)))
    return tuple((piece.blocks[0].place, value) for piece, value in zip(found, values, strict=True))


def _cut_ring(b: int, links: dict[int, int], worth: dict[int, dict[int, Link]]) -> None:
    """Cut the weakest link of a ring of pieces that ``b`` may be in."""
    ring = [b]
    while ring[-1] in links:
        before = links[ring[-1]]
        if before == b:
            weakest = min(ring, key=lambda one: (worth[one][links[one]][0], one))
            del links[weakest]
            return
        if before in ring:
            return
        ring.append(before)


def _emit(
    rank: int,
    found: Sequence[Piece],
    after: dict[int, int],
    layout: Layout,
    known: frozenset[str],
    profile: Profile,
    blocks: list[Block],
    done: set[int],
    notes: list[Note],
    worth: dict[int, dict[int, Link]],
    blank: float,
) -> None:
    """Put down the chain of pieces that begins with ``rank``, and the titles between those that were neighbours."""
    blocks += found[rank].blocks
    while rank in after:
        following = after[rank]
        piece = found[following]
        score, evidence = worth[following][rank]
        between = range(found[rank].start + len(found[rank].blocks), piece.start) if following == rank + 1 else range(0)
        blocks += [layout.blocks[i] for i in between if i not in done]
        done.update(between)
        titled = any(layout.blocks[i].role is Role.DISPLAY for i in between)
        more = blank if following == rank + 1 else 0.0
        whole = None if titled else _joined(_last_text(blocks), piece.blocks[0], known, profile, more)
        if following != rank + 1 or whole:
            notes.append(_note(piece.blocks[0], found[rank], score, evidence, following == rank + 1))
        if whole is None:
            blocks += piece.blocks
        else:
            k = next(k for k in range(len(blocks) - 1, -1, -1) if blocks[k] is _last_text(blocks))
            blocks[k] = whole
            blocks += piece.blocks[1:]
        rank = following


def _last_text(blocks: Sequence[Block]) -> Block:
    return next(block for block in reversed(blocks) if block.role in (Role.BODY, Role.ITEM, Role.LIST_HEAD))


def _joined(one: Block, two: Block, known: frozenset[str], profile: Profile, more: float) -> Block | None:
    """Return one paragraph of two blocks where the text goes on inside it, else ``None``."""
    a, b = one.paragraph, two.paragraph
    if two.role is not Role.BODY or b.mark or breaks_between(one, two, profile) + more > 0:
        return None
    found = decide(a.lines[-1].text, b.lines[0].text, known, profile)
    chosen: Joint = found[0] if found else joint(a.lines[-1].text, b.lines[0].text, known)
    cert = min(a.cert, b.cert)
    whole = replace(a, lines=a.lines + b.lines, joints=(*a.joints, chosen, *b.joints), cert=cert)
    return Block(whole, two.measure, one.opening)


def _note(block: Block, before: Piece, score: float, evidence: tuple[Evidence, ...], near: bool) -> Note:
    last = before.blocks[-1].paragraph.lines[-1].place.line
    what = "goes on with the text before" if near else "goes on from a text elsewhere"
    why = f"evidence adds up to {score:+.1f} for the text that ends on line {last}"
    level = Level.DECISION if near else Level.REPAIR
    return Note("thread", what, why, certainty(score), level, block.place, block.text[:24], evidence)
