"""``relayout explain``: what became of every line, and why."""

from __future__ import annotations

import re

import click

from relayout.commands.options import rebuilding
from relayout.commands.sources import given, rebuilt
from relayout.explain import explain

_LINE = re.compile(r"(?:(?P<page>.*\S)\s*:)?\s*0*(?P<number>[1-9][0-9]{0,11})\s*", re.ASCII)


def _line(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[str, int | None]:
    """Take a line by its number, or by its page and number: ``17``, ``2:17``, ``A5:17``; the page may be empty."""
    if value is None:
        return "", None
    found = _LINE.fullmatch(value)
    if not found:
        raise click.BadParameter(f"{value!r} is no line: give a number from 1, or a page and a number, as in 2:17.")
    return (found["page"] or "").strip(), int(found["number"])


@click.command(
    "explain",
    epilog="Example: relayout explain page.txt --line 17",
    short_help="Show what became of every line, and why.",
)
@click.argument("source", metavar="INPUT")
@click.option("--line", "wanted", callback=_line, metavar="[P:]N", help="All about line N (of page P).")
@rebuilding
def command(
    source: str,
    wanted: tuple[str, int | None],
    **wishes: str,
) -> None:
    """Show what became of every line of INPUT: article, role, joint to the next line, and why."""
    data, name = given(source)
    issue = rebuilt(source, data, name, wishes)
    page, number = wanted
    for line in explain(issue, number, page):
        click.echo(line)
