"""Which piece of an issue goes on with which piece of another page: all jumps of the issue, weighed at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from relayout.chars import ends_sentence, has_han
from relayout.edges import lasts, opening
from relayout.jumping import Target
from relayout.leaves import HEADS, Leaf, Piece
from relayout.matching import assign
from relayout.model import Evidence, Line
from relayout.profile import Profile
from relayout.roles import Kind
from relayout.signals.lexical import HYPHENS, Vocabulary
from relayout.signals.weigh import weigh

BY_PLACE = 0.75  # how sure a page is that is only counted, and says no number
MOST = 400  # characters at the end of a text and at the beginning of one that are compared
CROWD = 60  # jumps of a page: none has so many, and each is compared with every unit of the page it names
HALF = 0.5  # of the words of a catch word: with less it is another one
SHOWN = 3  # headlines of a piece that are compared with a catch word


class Link(NamedTuple):
    """One piece goes on with another: what it is worth, and what was seen.

    ``tight``: the one ends, and the other begins, with the lines between which the page breaks.
    """

    before: int
    after: int
    score: float
    evidence: tuple[Evidence, ...]
    tight: bool = True


class Break(NamedTuple):
    """The lines between which a text without jumps goes over to the next page, and what their places say."""

    end: Line
    opening: Line
    signs: tuple[tuple[str, float], ...]


class Followed(NamedTuple):
    """The links of an issue, and pairs that are in doubt because another fits as well."""

    links: tuple[Link, ...]
    doubtful: tuple[Link, ...]


class Index(NamedTuple):
    """What the pages of an issue are called: by their own print or their source, and by their number."""

    named: Mapping[str, int]
    numbered: Mapping[int, int]
    last: int

    def find(self, target: Target, leaf: int, leaves: Sequence[Leaf]) -> tuple[int | None, float]:
        """Return the page that a jump on ``leaf`` means, and how sure that is; no page where it is not there.

        A page that says itself which one it is counts more than its place; one that says something else is not meant.
        """
        if target.last:
            return (self.last, 1.0) if leaf != self.last else (None, 0.0)
        if target.step:
            return self.numbered.get(leaves[leaf].page.number + target.step), 1.0
        if target.label in self.named:
            return self.named[target.label], 1.0
        letter, number = target.label.rstrip("0123456789"), target.label.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        lettered = any(name[0].isalpha() for name in self.named)
        found = self.numbered.get(int(number)) if letter in ("", "A") and not (letter and lettered) else None
        if found is None or leaves[found].folio not in ("", number):
            return None, 0.0
        return found, BY_PLACE


def index(leaves: Sequence[Leaf]) -> Index:
    """Look up what the pages are called."""
    named: dict[str, int] = {}
    for n, leaf in enumerate(leaves):
        for name in (leaf.page.label, leaf.folio):
            if name:
                named.setdefault(name, n)
    return Index(named, {leaf.page.number: n for n, leaf in enumerate(leaves)}, len(leaves) - 1)


def followed(found: Sequence[Piece], leaves: Sequence[Leaf], profile: Profile) -> Followed:
    """Return which pieces go on with which, each with one at most, so that the worth of the issue is greatest.

    A pair is looked at where a jump names the page of the other piece, or where pages of an old paper follow each
    other: the last text of the one, the first of the other. Declines where the evidence is below ``jump.least``, and
    where another pair fits nearly as well.
    """
    called = index(leaves)
    vocabulary = Vocabulary.of(piece.words for piece in found if piece.outs or piece.ins)
    values: list[dict[int, float]] = [{} for _ in found]
    seen: dict[tuple[int, int], tuple[tuple[Evidence, ...], bool]] = {}
    for t, h, broken in _pairs(found, leaves, called, profile):
        one, two = found[t], found[h]
        if broken:
            signs: Iterable[tuple[str, float | None]] = (
                *broken.signs,
                ("goes-on", goes_on(broken.end.text, broken.opening.text)),
            )
            tight = (broken.end.place, broken.opening.place) == (one.last.place, two.first.place)
        else:
            signs, tight = _signs(one, two, leaves, called, vocabulary, profile), True
        values[t][h], evidence = weigh("jump", signs, profile)
        seen[t, h] = evidence, tight
    got = assign(values, profile.number("jump.least"))
    links = [Link(t, h, values[t][h], *seen[t, h]) for t, h in enumerate(got) if h is not None]
    margin = profile.number("jump.margin")
    doubtful = _rivals(links, values, margin)
    return Followed(tuple(_without_rings(found, [link for link in links if link not in doubtful])), tuple(doubtful))


def _rivals(links: Sequence[Link], values: Sequence[Mapping[int, float]], margin: float) -> list[Link]:
    """Return the links beside which another is nearly as good: with a piece that is free, or two that change over."""
    doubtful: list[Link] = []
    given, taken = {link.before for link in links}, {link.after for link in links}
    free: dict[int, float] = {}
    for t, row in enumerate(values):
        if t not in given:
            for h, value in row.items():
                free[h] = max(free.get(h, value), value)
    for link in links:
        others = [value for h, value in values[link.before].items() if h not in taken]
        if max([free.get(link.after, 0.0), *others], default=0.0) > link.score - margin:
            doubtful.append(link)
    of = {link.after: link for link in links}
    for one in links:
        for h, value in values[one.before].items():
            two = of.get(h)
            crossed = values[two.before].get(one.after) if two and two is not one else None
            if two and crossed is not None and value + crossed > one.score + two.score - margin:
                doubtful += [link for link in (one, two) if link not in doubtful]
    return doubtful


def _without_rings(found: Sequence[Piece], links: Sequence[Link]) -> Iterator[Link]:
    """Leave out what would lead a text back to a page that it has been on."""
    chains = {n: [n] for link in links for n in (link.before, link.after)}
    for link in sorted(links, key=lambda link: -link.score):
        one, two = chains[link.before], chains[link.after]
        if {found[n].leaf for n in one} & {found[n].leaf for n in two}:
            continue
        one += two
        chains.update((n, one) for n in two)
        yield link


def _plain(title: str) -> str:
    return "".join(char for char in title.casefold() if char.isalnum())


def _pairs(
    found: Sequence[Piece], leaves: Sequence[Leaf], called: Index, profile: Profile
) -> Iterator[tuple[int, int, Break | None]]:
    """Yield the pairs of pieces that are looked at, and where the page breaks those without jumps."""
    on: dict[int, list[int]] = {}
    for n, piece in enumerate(found):
        if piece.article.kind is not Kind.ADVERTISEMENT and (piece.is_text or piece.ins or piece.outs):
            on.setdefault(piece.leaf, []).append(n)
    crowds = Counter(piece.leaf for piece in found for _ in (*piece.outs, *piece.ins))
    pairs: dict[tuple[int, int], None] = {}
    for n, piece in enumerate(found):
        if crowds[piece.leaf] > CROWD:
            continue
        for said in (*piece.outs, *piece.ins):
            there, _ = called.find(said.jump.target, piece.leaf, leaves)
            if there is not None and there != piece.leaf:
                pairs.update(dict.fromkeys((n, m) if said.jump.out else (m, n) for m in on.get(there, ())))
    for n, piece in enumerate(found):
        again = {_plain(title) for full in _titles(piece) if (title := _again(full, profile))}
        for m in range(n) if again else ():
            if found[m].leaf < piece.leaf and again.intersection(map(_plain, _titles(found[m]))):
                pairs[m, n] = None
    yield from ((t, h, None) for t, h in pairs)
    for n in range(1, len(leaves)):
        last, page = leaves[n - 1].page, leaves[n].page
        if leaves[n - 1].closed or leaves[n].closed:
            continue
        if not (last.blocks and page.blocks) or page.number != last.number + 1:
            continue
        first = opening(found, on.get(n, ()), page)
        for t, end, signs in lasts(found, on.get(n - 1, ()), last) if first else ():
            if first and (t, first[0]) not in pairs and not found[t].outs and not found[first[0]].ins:
                yield t, first[0], Break(end, first[1], (*signs, *first[2]))


def _signs(
    one: Piece, two: Piece, leaves: Sequence[Leaf], called: Index, vocabulary: Vocabulary, profile: Profile
) -> Iterator[tuple[str, float | None]]:
    """Yield what is seen of two pieces: what their jumps name, catch words, whether the text goes on, common words."""
    named = [called.find(said.jump.target, one.leaf, leaves) for said in one.outs]
    back = [called.find(said.jump.target, two.leaf, leaves) for said in two.ins]
    here = max((sure for there, sure in named if there == two.leaf), default=0.0)
    there = max((sure for before, sure in back if before == one.leaf), default=0.0)
    yield "named", here
    yield "elsewhere", float(bool(named) and not here)
    yield "back", there
    yield "stranger", float(bool(back) and not there)
    yield "half", float(bool(named) != bool(back))
    ahead, behind = ([said.jump.slug for said in some if said.jump.slug] for some in (one.outs, two.ins))
    again = [title for full in _titles(two) if (title := _again(full, profile))]
    tries = [(a, b) for a in ahead for b in (*_titles(two), *behind)]
    tries += [(a, b) for a in again for b in _titles(one)]
    alike = max((_same(*pair) for pair in (*tries, *((b, a) for b in behind for a in _titles(one)))), default=0.0)
    yield "slug", alike if alike > HALF else 0.0
    yield "other-slug", float(bool(tries) and alike <= HALF)
    yield "titled", float(two.titled and not back and alike <= HALF)
    if one.end and two.texts:
        yield "goes-on", goes_on(one.end, two.texts[0].text)
    yield "like", vocabulary.cover(two.words, one.words)


def goes_on(end: str, opening: str) -> float:
    """Say whether a text that ends so goes on with what opens so: 1 surely, below 0 hardly.

    >>> goes_on("the road to", "the harbour is"), goes_on("It is closed.", "The road is")
    (1.0, 0.1)
    >>> goes_on("會議部署城市工", "作，並指出"), goes_on("the har-", "bour is")
    (0.8, 1.3)
    """
    end, opening = end[-MOST:].rstrip(), opening[:MOST].lstrip()
    open_ = not ends_sentence(end)
    if has_han(end[-8:] + opening[:8]):
        return (0.0 if opening[:1] in "【（〔" else 0.8) if open_ else 0.0
    first = next((char for char in opening if char.isalpha()), "A")
    if open_:
        return (1.3 if end[-1] in HYPHENS else 1.0) if first.islower() else 0.2
    return -0.7 if first.islower() else 0.1


def _again(title: str, profile: Profile) -> str:
    """Return the title that one repeats which says that it goes on (THE QUAYS, continued), or nothing.

    >>> from relayout.profile import load
    >>> _again("L'HYGIÈNE DES QUAIS (suite)", load("default")), _again("Suite", load("default"))
    ("L'HYGIÈNE DES QUAIS", '')
    """
    found = profile.cue("continued-title").search(title)
    return title[: found.start()].strip(" ,.:–—-(") if found else ""


def _titles(piece: Piece) -> list[str]:
    return [part.text for part in piece.article.parts if part.role in HEADS][:SHOWN]


def _same(word: str, title: str) -> float:
    """Say how much of a catch word stands in a title.

    >>> _same("STORM", "Storm over the coast"), _same("HARBOUR", "Storm over the coast")
    (1.0, 0.0)
    """
    plain, other = word.casefold().strip(), title.casefold().strip()
    if has_han(plain):
        return float(plain in other or other in plain)
    said = [part.strip(".,;:!?'\"’") for part in plain.split()]
    has = {part.strip(".,;:!?'\"’") for part in other.split()}
    return sum(part in has for part in said) / len(said) if said else 0.0
