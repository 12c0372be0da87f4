"""``relayout validate``: check what ``fix`` wrote."""

from __future__ import annotations

import click

from relayout.commands.options import encoded, engined, locked, paged, recognised, spoken, structured
from relayout.commands.sources import beside, read
from relayout.readers.wishes import Wishes
from relayout.validate import validate


@click.command(
    "validate",
    epilog="Example: relayout validate page.relayout/page.tei.xml --source page.txt",
    short_help="Check what fix wrote.",
)
@click.argument("files", metavar="FILE.xml...", nargs=-1, required=True)
@click.option("--source", default="", metavar="FILE", help="The input: check also that nothing is lost or doubled.")
@encoded
@paged
@locked
@engined
@structured
@recognised
@spoken
def command(files: tuple[str, ...], source: str, encoding: str, pdf_engine: str, **more: str) -> int:
    """Check TEI files that relayout wrote: one line a finding, exit code 1 if there is one."""
    data = read(source)[0] if source else None
    wishes = Wishes(encoding, pdf_engine, folder=beside(source), **more)
    findings = [finding for file in files for finding in validate(read(file)[0], file, data, wishes=wishes)]
    for finding in findings:
        click.echo(str(finding))
    return 1 if findings else 0
