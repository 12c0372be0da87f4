"""What formats call the parts of a newspaper: METS divisions, PAGE regions, ALTO tags, zones of SegmOnto.

What relayout itself writes is among them, so that roles come back as they were.

Sources: the METS of docWorks and of the British Library, PAGE 2019 (``TextTypeSimpleType``), Transkribus, SegmOnto 1.1.
"""

from __future__ import annotations

import re

from relayout.roles import Kind, Role

_BARE = re.compile(r"[^a-z0-9]+")
_ROLES: dict[Role, tuple[str, ...]] = {
    Role.KICKER: ("overline", "kicker", "surtitle"),
    Role.HEAD: ("heading", "headline", "title", "headingline", "head"),
    Role.SUB: ("subheading", "subheadline", "subtitle", "subhead", "sub", "deck"),
    Role.CROSSHEAD: ("crossheading", "crosshead", "intertitle"),
    Role.BYLINE: ("author", "byline"),
    Role.DATELINE: ("dateline",),
    Role.LEAD: ("lead", "abstract", "standfirst"),
    Role.CAPTION: ("caption", "captionzone"),
    Role.CREDIT: ("credit",),
    Role.RUBRIC: ("rubric",),
    Role.LIST_HEAD: ("listheading", "listhead"),
    Role.ITEM: ("listitem", "item"),
    Role.ROW: ("tablerow", "row"),
    Role.SOURCE: ("source",),
    Role.DISPLAY: ("pullquote", "display"),
    Role.JUMP: ("jump", "jumpline"),
    Role.BODY: ("paragraph", "textblock", "body", "p"),
    Role.FURNITURE: (
        "header", "footer", "pagenumber", "pageno", "runningtitle", "runninghead", "runningtitlezone", "numberingzone",
        "quiremarkszone", "signaturemark", "catchword", "titlesection", "furniture",
    ),
}  # fmt: skip
_KINDS: dict[Kind, tuple[str, ...]] = {
    Kind.ARTICLE: ("article", "letter", "obituary", "review", "editorial"),
    Kind.ADVERTISEMENT: ("advertisement", "advert", "ad", "classifiedadvertisement"),
    Kind.NOTICE: ("notice", "deathnotice", "weather"),
    Kind.COMMENTARY: ("commentary",),
    Kind.SIDEBAR: ("sidebar",),
    Kind.BRIEFS: ("briefs",),
    Kind.MASTHEAD: ("masthead",),
    Kind.UNASSIGNED: ("unassigned",),
}
_ROLE = {name: role for role, names in _ROLES.items() for name in names}
_KIND = {name: kind for kind, names in _KINDS.items() for name in names}


def role_of(word: str) -> Role | None:
    """Return the role that a word of a format means; ``None`` for a word that says nothing of one.

    >>> role_of("PAGE-NUMBER"), role_of("Headline"), role_of("MainZone")
    (<Role.FURNITURE: 'furniture'>, <Role.HEAD: 'head'>, None)
    """
    return _ROLE.get(_BARE.sub("", word.lower()))


def kind_of(word: str) -> Kind | None:
    """Return the kind of unit that a word of a format means; ``None`` for what is none.

    >>> kind_of("ADVERT"), kind_of("DEATH_NOTICE"), kind_of("SECTION")
    (<Kind.ADVERTISEMENT: 'advertisement'>, <Kind.NOTICE: 'notice'>, None)
    """
    return _KIND.get(_BARE.sub("", word.lower()))
