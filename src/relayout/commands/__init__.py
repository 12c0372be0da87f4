"""The commands, one a file, in the order of a page's way through them.

A file is imported when its command is asked for: who fixes a page need not wait for what draws one.
"""

from __future__ import annotations

from importlib import import_module

import click

NAMES = ("fix", "view", "validate", "explain", "score", "profiles")


def command(name: str) -> click.Command | None:
    """Return the command of this name, or None.

    >>> command("fix").name, command("mend")
    ('fix', None)
    """
    if name not in NAMES:
        return None
    found: click.Command = import_module(f"{__name__}.{name}").command
    return found
