"""``relayout explain``: what became of every line, and why."""

from __future__ import annotations

import click

from relayout import api
from relayout.commands.options import encoded, engined, locked, paged, profiled
from relayout.commands.sources import read
from relayout.explain import explain


@click.command(
    "explain",
    epilog="Example: relayout explain page.txt --line 17",
    short_help="Show what became of every line, and why.",
)
@click.argument("source", metavar="INPUT")
@click.option("--line", "number", type=click.IntRange(min=1), metavar="N", help="All that is known about one line.")
@profiled
@encoded
@paged
@locked
@engined
def command(source: str, number: int | None, named: str, encoding: str, pages: str, password: str, engine: str) -> None:
    """Show what became of every line of INPUT: article, role, joint to the next line, and why."""
    data, name = read(source)
    issue = api.fix(
        data, profile=named, encoding=encoding, name=name, pages=pages, password=password, pdf_engine=engine
    )
    for line in explain(issue, number):
        click.echo(line)
