"""The options that several commands take: each is written once, and means the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from relayout.readers.wishes import STRUCTURES

profiled = click.option("--profile", default="", metavar="NAME|FILE", help="Profile; else the best fitting.")
encoded = click.option("--encoding", default="", metavar="NAME", help="Encoding of the source; else by its bytes.")
paged = click.option("--pages", default="", metavar="LIST", help="Pages by number or label, as in 1-3,A5; else all.")
locked = click.option("--password", default="", metavar="WORD", help="Password of a PDF.")
structured = click.option(
    "--structure",
    default="use",
    type=click.Choice(STRUCTURES),
    help="What ALTO, PAGE, METS say of blocks, roles, articles; default use.",
)
engined = click.option(
    "--pdf-engine",
    default="pdfium",
    type=click.Choice(["pdfium", "pdfplumber"]),
    help="What reads a PDF; default pdfium.",
)
recognised = click.option(
    "--ocr",
    default=None,
    type=click.Choice(["tesseract"]),
    callback=lambda _ctx, _param, value: value or "",
    help="What reads pictures, and PDF pages without text; default nothing.",
)
spoken = click.option("--lang", default="", metavar="LIST", help="Languages of --ocr, as in chi_tra_vert+eng.")


def rebuilding(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command all options that say how INPUT is read and rebuilt, by the names that ``api.fix`` has for them."""
    for option in (spoken, recognised, structured, engined, locked, paged, encoded, profiled):
        command = option(command)
    return command
