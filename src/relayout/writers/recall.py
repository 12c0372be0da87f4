"""Read back what ``record`` wrote: JSON becomes the same issue again."""

from __future__ import annotations

import json
import math
from typing import Any

from relayout.errors import InputError
from relayout.imprint import Box, Shape, Stance, TextStyle
from relayout.model import Article, Evidence, Figure, Issue, Line, Note, Page, Paragraph, Place, Source
from relayout.roles import Form, Joint, Kind, Level, Role
from relayout.told import Gap, Sureness
from relayout.writers.record import FORMAT

# This is a reader of JSON: the dictionaries end here.
Json = dict[str, Any]


def load(data: bytes) -> Issue:
    """Read a result. Evidence that was not a finite number comes back as NaN.

    Raises InputError if it is not JSON, not a result, or of another format number.
    """
    try:
        record = json.loads(data)
        if record["format"] != FORMAT:
            raise InputError(f"a result of format {record['format']}", f"this relayout reads format {FORMAT}")
        return _issue(record)
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"not a result of relayout ({error})", "give the .json file that relayout fix wrote"
        ) from error


def _issue(record: Json) -> Issue:
    return Issue(
        source=Source(**{key: str(record["source"][key]) for key in ("name", "sha256", "encoding")}),
        pages=tuple(map(_page, record["pages"])),
        articles=tuple(map(_article, record["articles"])),
        furniture=tuple(map(_paragraph, record["furniture"])),
        notes=tuple(map(_note, record["notes"])),
        profile=record["profile"],
        lang=record["lang"],
        title=record["title"],
        date=record["date"],
        unclear=record.get("unclear", 0.5),
    )


def _article(record: Json) -> Article:
    return Article(
        parts=tuple(map(_paragraph, record["parts"])),
        kind=Kind(record["kind"]),
        figures=tuple(map(_figure, record["figures"])),
        id=record["id"],
        about=record["about"],
        cert=record["cert"],
        jumps=tuple(record.get("jumps", ())),
        gaps=tuple(Gap(each["page"], each["before"]) for each in record.get("gaps", ())),
    )


def _paragraph(record: Json) -> Paragraph:
    return Paragraph(
        lines=tuple(map(_line, record["lines"])),
        joints=tuple(map(Joint, record["joints"])),
        role=Role(record["role"]),
        cert=record["cert"],
        mark=record["mark"],
    )


def _figure(record: Json) -> Figure:
    return Figure(tuple(map(_paragraph, record["parts"])), record["cert"], _box(record), record.get("image", ""))


def _page(record: Json) -> Page:
    shapes = tuple(Shape(Form(each["form"]), Box(*each["box"]), each["colour"]) for each in record.get("shapes", ()))
    return Page(
        number=record["number"],
        lines=tuple(map(_line, record["lines"])),
        box=_box(record),
        unit=record.get("unit", "pt"),
        shapes=shapes,
        label=record.get("label", ""),
        stance=Stance(**record.get("stance", {})),
        sure=tuple(Sureness(*each) for each in record.get("sure", ())),
    )


def _line(record: Json) -> Line:
    style = TextStyle(**record["style"]) if record.get("style") else None
    return Line(
        raw=record["raw"],
        text=record["text"],
        place=_place(record),
        box=_box(record),
        indent=record["indent"],
        after_blank=record["after_blank"],
        style=style,
        vertical=record.get("vertical", False),
    )


def _box(record: Json) -> Box | None:
    return Box(*record["box"]) if record.get("box") else None


def _place(record: Json) -> Place:
    return Place(record["page"], record["line"], record["start"], record["end"])


def _note(record: Json) -> Note:
    return Note(
        stage=record["stage"],
        what=record["what"],
        why=record["why"],
        cert=record["cert"],
        level=Level(record["level"]),
        place=_place(record["place"]) if record["place"] else None,
        window=record["window"],
        evidence=tuple(
            Evidence(each["name"], _number(each["value"]), _number(each["weight"])) for each in record["evidence"]
        ),
    )


def _number(value: float | None) -> float:
    return math.nan if value is None else value
