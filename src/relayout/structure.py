"""What a source has of structure: blocks, roles, articles; in words, and a reading without it."""

from __future__ import annotations

from dataclasses import replace

from relayout.model import Reading


def had(reading: Reading) -> str:
    """Say what a source has of structure; nothing where it has none.

    >>> from relayout.model import Page, Source
    >>> had(Reading(Source("a.xml"), (Page(1, (), blocks=((1,),)), Page(2, ()))))
    'blocks on 1 of 2 pages'
    """
    pages = reading.pages
    blocks = sum(bool(page.blocks) for page in pages)
    adverts = sum(len(page.adverts) for page in pages)
    lines = sum(len(told.lines) for page in pages for told in page.roles)
    found = (
        (len(reading.told), f"{len(reading.told)} article{'s' * (len(reading.told) != 1)}"),
        (lines, f"roles of {lines} line{'s' * (lines != 1)}"),
        (adverts, f"{adverts} advertisement{'s' * (adverts != 1)}"),
        (blocks, f"blocks on {blocks} of {len(pages)} page{'s' * (len(pages) != 1)}"),
    )
    return ", ".join(words for count, words in found if count)


def without(reading: Reading) -> Reading:
    """Return a reading without what its source says of structure: lines, places and shapes stay."""
    pages = tuple(replace(page, blocks=(), adverts=(), roles=()) for page in reading.pages)
    return reading._replace(pages=pages, told=())
