"""The closed sets of the model: joints, roles, kinds of articles, levels of notes, forms of what is no text."""

from __future__ import annotations

from enum import Enum


class Joint(Enum):
    """What stands between two lines of one paragraph once they are joined."""

    SPACE = "space"
    TIGHT = "tight"
    HYPHEN_GONE = "hyphen-gone"
    HYPHEN_KEPT = "hyphen-kept"
    CELL = "cell"


class Role(Enum):
    """What a paragraph is to its article."""

    KICKER = "kicker"
    HEAD = "head"
    SUB = "sub"
    RUBRIC = "rubric"
    BYLINE = "byline"
    DATELINE = "dateline"
    LEAD = "lead"
    BODY = "p"
    CROSSHEAD = "crosshead"
    LIST_HEAD = "list-head"
    ITEM = "item"
    ROW = "row"
    CAPTION = "caption"
    CREDIT = "credit"
    SOURCE = "source"
    FURNITURE = "furniture"
    DISPLAY = "display"
    JUMP = "jump"


DECK = (Role.KICKER, Role.HEAD, Role.SUB)
"""The headlines of an article."""

TITLES = (*DECK, Role.CROSSHEAD)
"""What stands over a text, or a part of one."""


class Kind(Enum):
    """What an article is: the ``type`` of its ``div``."""

    ARTICLE = "article"
    COMMENTARY = "commentary"
    SIDEBAR = "sidebar"
    NOTICE = "notice"
    ADVERTISEMENT = "advertisement"
    BRIEFS = "briefs"
    MASTHEAD = "masthead"
    UNASSIGNED = "unassigned"


class Level(Enum):
    """Why a note was written: something was decided, repaired, or is in doubt."""

    DECISION = "decision"
    REPAIR = "repair"
    DOUBT = "doubt"


class Order(Enum):
    """What the order of the blocks of a page is: a reading order, no more than that of the file, or a chance one."""

    READING = "reading"
    FILE = "file"
    CHANCE = "chance"


class Form(Enum):
    """What a shape on a page is: PAGE's ``SeparatorRegion``, the border and the ground of a box, ``ImageRegion``."""

    RULE = "rule"
    FRAME = "frame"
    TINT = "tint"
    IMAGE = "image"
