"""``relayout validate``: check what ``fix`` wrote."""

from __future__ import annotations

from pathlib import Path

import click

from relayout.commands.options import encoded, engined, locked, paged, recognised, spoken, structured
from relayout.commands.sources import beside, is_folder, read
from relayout.model import Reading
from relayout.readers import folder
from relayout.readers.wishes import Wishes
from relayout.validate import validate


@click.command(
    "validate",
    epilog="Example: relayout validate page.relayout/page.tei.xml --source page.txt",
    short_help="Check what fix wrote.",
)
@click.argument("files", metavar="FILE.xml...", nargs=-1, required=True)
@click.option("--source", default="", metavar="INPUT", help="The input: check also that nothing is lost or doubled.")
@encoded
@paged
@locked
@engined
@structured
@recognised
@spoken
def command(files: tuple[str, ...], source: str, **wishes: str) -> int:
    """Check TEI files that relayout wrote: one line a finding, exit code 1 if there is one."""
    password, ocr = wishes["password"], wishes["ocr"]
    encoding, engine = wishes["encoding"], wishes["pdf_engine"]
    wanted = Wishes(
        encoding, engine, wishes["pages"], password, beside(source), wishes["structure"], ocr, wishes["lang"]
    )
    data: bytes | Reading | None = None
    if source:
        data = folder.read(Path(source), wanted).value if is_folder(source) else read(source)[0]
    findings = [finding for file in files for finding in validate(read(file)[0], file, data, wishes=wanted)]
    for finding in findings:
        click.echo(str(finding))
    return 1 if findings else 0
