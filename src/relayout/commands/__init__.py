"""The commands, one a file, in the order of a page's way through them."""

from __future__ import annotations

import click

from relayout.commands import explain, fix, profiles, score, validate, view

COMMANDS: tuple[click.Command, ...] = (
    fix.fix,
    view.view,
    validate.validate_,
    explain.explain_,
    score.score,
    profiles.profiles,
)
