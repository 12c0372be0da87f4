"""The options that several commands take: each is written once, and means the same everywhere."""

from __future__ import annotations

import click

profiled = click.option("--profile", "named", default="", metavar="NAME|FILE", help="Profile; else the best fitting.")
encoded = click.option("--encoding", default="", metavar="NAME", help="Encoding of the source; else by its bytes.")
