"""What of a source's structure is followed: all of it where it is trusted, else what can be true of a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from itertools import chain, pairwise
from typing import NamedTuple

from relayout.chars import ends_sentence, ink
from relayout.model import Line, Note, Outcome, Page, Reading
from relayout.roles import TITLES, Kind, Level, Role
from relayout.structure import had
from relayout.told import ToldHere, by_page

STAGE = "structure"
COVERED = 0.5  # of the characters of a page: what tells of fewer has not told of the page
RUN = 2  # lines that stand after each other and are of one article, on average: fewer are no articles
TORN = 0.25  # of the borders between articles: so many may part a sentence
MOST_HEADS, MOST_MARGINS = 1 / 3, 1 / 4  # of the characters of a page: as many at most are headings, are furniture


class Believed(NamedTuple):
    """The articles of the source that are followed, by page, and the pages on which they are taken as they are."""

    told: dict[int, tuple[ToldHere, ...]]
    trusted: frozenset[int]


def believed(reading: Reading, structure: str) -> Outcome[Believed]:
    """Return the articles of the source that are followed, by page, and notes on what is not, and why.

    With ``trust`` it is all of them; with ``use`` those of pages with places on which they can be true: of several, or
    of one that goes on elsewhere, together half of the page, in runs of lines, and seldom parting a sentence. What
    relayout wrote itself is taken as it is with both.
    """
    told = by_page(reading.told)
    what = had(reading)
    notes: list[Note] = []
    own = {number for number, here in told.items() if any(one.article.exact for one in here)}
    if reading.told and all(article.exact for article in reading.told):
        own |= {page.number for page in reading.pages if _is_bare(page)}
    if structure == "trust" and not told:
        why = "it tells of no articles, which trust asks for: it is read as with use"
        notes.append(Note(STAGE, "the source is not trusted", why, 1.0, Level.DOUBT))
        structure = "use"
    if structure == "trust":
        for page in reading.pages:
            if page.number not in told and page.number not in own:
                what_, why = f"page {page.number} is cut as with use", "no article of the source stands on it"
                notes.append(Note(STAGE, what_, why, 1.0, Level.DOUBT))
        kept = told
    else:
        pages = {page.number: page for page in reading.pages}
        told = {n: found for n, here in told.items() if (found := tuple(o for o in here if n in own or _is_unit(o)))}
        going = {one.n for here in told.values() for one in here if one.stretch}
        whys = {
            number: "" if number in own else _wrong(pages[number], here, going)
            for number, here in told.items()
            if number in pages
        }
        kept = {number: told[number] for number, why in whys.items() if not why}
        for number, why in whys.items():
            if why:
                text = f"the articles of the source on page {number} are not followed"
                notes.append(Note(STAGE, text, why, 1.0, Level.DOUBT))
    if what:
        why = f"articles of the source are followed on {len(kept)} of {len(reading.pages)} pages" if told else ""
        why += ", as relayout wrote them" if own else ""
        notes.insert(0, Note(STAGE, f"{structure}: {what}", why))
    return Outcome(Believed(kept, frozenset(kept if structure == "trust" else ()) | own), tuple(notes))


def _is_bare(page: Page) -> bool:
    """Say whether a source takes all lines of a page for furniture."""
    aside = {number for told in page.roles if told.role is Role.FURNITURE for number in told.lines}
    return aside >= {line.place.line for line in page.lines}


def _is_unit(here: ToldHere) -> bool:
    return here.article.kind is not Kind.UNASSIGNED


def _wrong(page: Page, here: Sequence[ToldHere], going: Set[int]) -> str:
    """Return why the articles that a source tells of on a page cannot be true; nothing where they can.

    ``going`` are those that stand on several pages.
    """
    if not page.box:
        return "its lines have no places"
    lines = {line.place.line: line for line in page.lines}
    aside = {number for told in page.roles if told.role is Role.FURNITURE for number in told.lines}
    of = {key[1]: one.n for one in here for part in one.article.parts for key in part.lines}
    whole = sum(len(ink(line.raw)) for number, line in lines.items() if number not in aside)
    covered = sum(len(ink(lines[number].raw)) for number in of if number in lines and number not in aside)
    if covered < COVERED * whole:
        return f"they have {covered} of its {whole} characters"
    if len(here) < 2 and here[0].n not in going:
        return "it would be one article"
    known = [of[number] for number in sorted(of)]
    changes = sum(a != b for a, b in pairwise(known))
    if len(known) < RUN * changes:
        return f"{len(known)} lines change {changes} times from one article to another"
    torn = sum(_torn(lines, one, two) for one, two in pairwise(here))
    return f"{torn} of {len(here) - 1} borders part a sentence" if torn > TORN * len(here) else ""


def _torn(lines: dict[int, Line], one: ToldHere, two: ToldHere) -> bool:
    """Say whether a sentence goes on from one article to the next: no full stop, and a small letter."""
    last, first = one.article.parts[-1].lines[-1][1], two.article.parts[0].lines[0][1]
    if last not in lines or first not in lines:
        return False
    return not ends_sentence(lines[last].text) and lines[first].text[0].islower()


def heeded(page: Page) -> dict[int, Role]:
    """Return the roles of lines that a source tells of and that can be true, by number.

    Headings that hold a third of the characters of the page are none, nor is furniture that holds a quarter. That a
    line is text counts where the page has headings, too: many files call everything a paragraph.
    """
    sizes = {line.place.line: len(ink(line.raw)) for line in page.lines}
    roles: dict[int, Role] = {}
    for told in page.roles:
        for number in told.lines:
            if number in sizes:
                roles.setdefault(number, told.role)
    whole = sum(sizes.values())
    counts: Counter[Role] = Counter()
    for number, role in roles.items():
        counts[role] += sizes[number]
    heads = sum(counts[role] for role in TITLES)
    wrong = set(TITLES) if heads > MOST_HEADS * whole else set()
    if not heads or wrong:
        wrong.add(Role.BODY)
    if counts[Role.FURNITURE] > MOST_MARGINS * whole:
        wrong.add(Role.FURNITURE)
    return {number: role for number, role in roles.items() if role not in wrong}


def tells_of_heads(page: Page, here: Sequence[ToldHere]) -> bool:
    """Say whether a source tells which lines of a page are headings."""
    parts = (part.role for one in here for part in one.article.parts)
    return any(role in TITLES for role in chain(parts, (told.role for told in page.roles)))
