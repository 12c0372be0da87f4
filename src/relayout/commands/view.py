"""``relayout view``: draw a page with every article in its own colour, as one HTML file or as PNG."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from relayout import pictures
from relayout.commands.options import rebuilding
from relayout.commands.sources import busy, given, rebuilt
from relayout.errors import InputError, UsageError
from relayout.frames import frame, is_picture
from relayout.model import Page
from relayout.output import write_file
from relayout.pictures import Picture
from relayout.view import Scene, html, only, png, scene
from relayout.writers import naming

_WIDE = 1600  # pixels of a page picture
_MANY = 12  # pages; in a file with more of them the pictures are smaller


@click.command(
    "view",
    epilog="Example: relayout view page.txt -o page.html. INPUT - reads stdin, -o - writes stdout.",
    short_help="Draw the page with its articles in colour.",
)
@click.argument("source", metavar="INPUT")
@click.option("-o", "--output", default="", metavar="FILE", help="File to write; default ./<stem>.view.html or .png.")
@click.option("--png", "flat", is_flag=True, help="Draw a PNG of every page instead of the HTML.")
@click.option("--page", "number", type=click.IntRange(min=1), metavar="N", help="Draw this page only.")
@rebuilding
@click.option("--force", is_flag=True, help="Write over a file that is no picture by relayout.")
def command(
    source: str,
    output: str,
    flat: bool,
    number: int | None,
    force: bool,
    **wishes: str,
) -> None:
    """Rebuild the page INPUT and draw it: every article in its own colour, its text beside it."""
    flat = flat or output.lower().endswith(".png")
    data, name = given(source)
    with busy(len(data)) as progress:
        issue = rebuilt(source, data, name, wishes, progress)
        drawn = scene(issue)
        if number is not None:
            drawn = only(drawn, number)
            if not drawn.sheets:
                raise UsageError(f"there is no page {number}", "give the number of a page with --page")
        if flat and output == "-" and len(drawn.sheets) > 1:
            raise UsageError("standard output takes one picture", "name a page with --page, or a file with -o")
        draw = _flat if flat else _whole
        files = dict(draw(drawn, data, output, wishes["password"]))
    for path, content in files.items():
        if output == "-":
            sys.stdout.buffer.write(content)
        else:
            keep = Path("/dev/stdin" if source == "-" else source)
            write_file(path, content, keep=keep, force=force)
            click.echo(f"written: {path}")


def _whole(drawn: Scene, data: bytes, output: str, password: str) -> Iterator[tuple[Path, bytes]]:
    width = _WIDE if len(drawn.sheets) <= _MANY else 1100
    found = {sheet.page.number: _picture(data, sheet.page, width, "image/jpeg", password) for sheet in drawn.sheets}
    path = Path(output or f"{naming.safe(drawn.issue.stem)}.view.html")
    yield path, html(drawn, {number: picture for number, picture in found.items() if picture}).encode()


def _flat(drawn: Scene, data: bytes, output: str, password: str) -> Iterator[tuple[Path, bytes]]:
    path = Path(output or f"{naming.safe(drawn.issue.stem)}.view.png")
    for sheet in drawn.sheets:
        number = sheet.page.number
        here = path if len(drawn.sheets) == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        yield here, png(drawn, sheet, _picture(data, sheet.page, _WIDE, "image/png", password))


def _picture(data: bytes, page: Page, width: int, media: str, password: str) -> Picture | None:
    """Draw the page itself; where that cannot be done the articles are drawn on white, and it is said why."""
    try:
        if is_picture(data):
            return pictures.shrunk(frame(data, "the picture", page.number).image, width, media)
        if not pictures.is_pdf(data):
            return None
        return pictures.pages(data, [page.number], width, media, password, {page.number: page.stance})[page.number]
    except InputError as error:
        click.echo(f"relayout: page {page.number} is drawn on white: {error.what}", err=True)
        return None
