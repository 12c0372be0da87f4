"""What a run of titles before a text is made of, on a page where headlines stand before their texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from relayout.chars import bracketed
from relayout.layout import Block
from relayout.model import Paragraph
from relayout.profile import Profile
from relayout.roles import Joint, Role

MOST = 9  # lines of a deck; what is longer holds an advertisement
TINY = 2  # characters of the title of a part
LEFT = 5  # lines of a deck after an advertisement that nothing else parts from it


class Deck(NamedTuple):
    """A run of titles, taken apart, each block with its role.

    ``foot`` is the author's name under the text before; ``advert`` what stands between; ``heads`` the headlines of the
    text after, with bylines and the titles of parts under them; ``places`` where all of them stood.
    """

    foot: tuple[Block, ...] = ()
    advert: tuple[Block, ...] = ()
    heads: tuple[Block, ...] = ()
    places: frozenset[int] = frozenset()


def read_deck(blocks: Sequence[Block], between: range, profile: Profile) -> Deck:
    """Take the titles ``between`` two texts apart.

    A name in brackets at the head of the run is the foot of the text before. Where the run is too long for a deck,
    everything up to the last line that only an advertisement has is one. What stands under an author's name, a number
    in brackets or a chapter's number heads a part, not the article. Leaves page furniture.
    """
    titles = [i for i in between if blocks[i].role is not Role.FURNITURE]
    alone = len(titles) == 1 and between.stop < len(blocks)  # a title in brackets, with a text after it
    foot = titles[: bool(titles) and not alone and between.start > 0 and bracketed(blocks[titles[0]].text)]
    rest = titles[len(foot) :]
    at = _after_advert([blocks[i] for i in rest], profile)
    advert = [as_role(blocks[i], Role.HEAD if n == 0 else Role.DISPLAY) for n, i in enumerate(rest[:at])]
    heads = [blocks[i] for i in rest[at:]]
    parts = (n for n, block in enumerate(heads) if n and (_signs(block, profile) or _chapter(block, profile)))
    first = next(parts, len(heads))
    if first == len(heads) > 1 and _runs_round(heads[-1], blocks[between.stop : between.stop + 1]):
        first -= 1
    deck = (*(as_role(block, Role.HEAD) for block in heads[:first]), *_under(heads[first:], profile))
    return Deck(tuple(blocks[i] for i in foot), tuple(advert), deck, frozenset(titles))


def within(block: Block) -> Block:
    """Return a title between two paragraphs of one article as its crosshead."""
    return as_role(block, Role.CROSSHEAD) if block.role in (Role.DISPLAY, Role.RUBRIC) else block


def as_role(block: Block, role: Role) -> Block:
    """Return ``block`` with another role."""
    return replace(block, paragraph=replace(block.paragraph, role=role))


def _after_advert(titles: Sequence[Block], profile: Profile) -> int:
    """Return how many of the lines of a run belong to an advertisement before the headlines."""
    if len(titles) <= MOST:
        return 0
    last = max((n + 1 for n, block in enumerate(titles) if profile.cue("advert").search(block.text)), default=0)
    return last if len(titles) - last <= MOST else len(titles) - LEFT


def _under(blocks: Sequence[Block], profile: Profile) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        if found and all(profile.cue("author").search(one.text) for one in (found[-1], block)):
            last, own = found[-1].paragraph, block.paragraph  # author and translator
            joints = (*last.joints, Joint.TIGHT, *own.joints)
            found[-1] = Block(Paragraph((*last.lines, *own.lines), joints, Role.BYLINE, last.cert))
        else:
            found.append(as_role(block, Role.BYLINE if _signs(block, profile) else Role.CROSSHEAD))
    return found


def _signs(block: Block, profile: Profile) -> bool:
    """Say whether a title is a name or an instalment in brackets, or says who wrote."""
    named = block.role is Role.BYLINE or bracketed(block.text)
    return named or profile.cue("author").search(block.text) is not None


def _chapter(block: Block, profile: Profile) -> bool:
    return any(profile.cue(cue).match(block.text) for cue in ("chapter", "bullet"))


def _runs_round(title: Block, after: Sequence[Block]) -> bool:
    """Say whether a text runs round this title of two characters: it heads a part, as its like do further down."""
    return len(title.text) <= TINY and any(one.opening < one.measure and len(one.paragraph.lines) > 1 for one in after)
