"""``relayout profiles``: list the profiles, or show every value of one."""

from __future__ import annotations

import click

from relayout import profile


@click.command("profiles", epilog="Example: relayout profiles takungpao", short_help="List the profiles, or show one.")
@click.argument("named", metavar="[NAME|FILE]", default="")
def command(named: str) -> None:
    """List the profiles; with a NAME or FILE show every value in it, its reason and its sample."""
    if not named:
        for name in profile.names():
            click.echo(f"{name:<12} {profile.load(name).title}")
        return
    found = profile.load(named)
    profile.check(found)
    click.echo(f"{found.name}: {found.title}")
    for entry in profile.describe(found):
        value = " | ".join(entry.value) if isinstance(entry.value, tuple) else f"{entry.value:g}"
        click.echo(f"\n{entry.key} = {value}\n  why: {entry.reason}\n  seen: {entry.sample}\n  file: {entry.file}")
