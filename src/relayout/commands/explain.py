"""``relayout explain``: what became of every line, and why."""

from __future__ import annotations

import click

from relayout import api
from relayout.commands.options import encoded, profiled
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
def command(source: str, number: int | None, named: str, encoding: str) -> None:
    """Show what became of every line of INPUT: article, role, joint to the next line, and why."""
    data, name = read(source)
    for line in explain(api.fix(data, profile=named, encoding=encoding, name=name), number):
        click.echo(line)
