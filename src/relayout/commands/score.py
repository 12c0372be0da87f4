"""``relayout score``: measure results, of relayout or any other program, against gold."""

from __future__ import annotations

import sys

import click

from relayout import evaluate


@click.command(
    "score",
    epilog="Example: relayout score page.gold.json page.relayout/page.tei.xml other.md --min articles_90=0.9",
    short_help="Measure results against gold.",
)
@click.argument("gold", metavar="GOLD")
@click.argument("predictions", metavar="PRED...", nargs=-1, required=True)
@click.option("--all", "every", is_flag=True, help="Show every measure.")
@click.option("--json", "machine", is_flag=True, help="Print JSON with every measure.")
@click.option("--adapter", default="", metavar="NAME", help="How to read PRED; else by its content.")
@click.option("--min", "lowest", multiple=True, metavar="MEASURE=VALUE", help="Exit 1 if a mean is below.")
@click.option("--max", "highest", multiple=True, metavar="MEASURE=VALUE", help="Exit 1 if a mean is above.")
def command(
    gold: str,
    predictions: tuple[str, ...],
    every: bool,
    machine: bool,
    adapter: str,
    lowest: tuple[str, ...],
    highest: tuple[str, ...],
) -> int:
    """Measure each PRED, a file or a folder of relayout or any other program, against GOLD."""
    limits = evaluate.bounds(lowest, highest)
    runs = evaluate.run(gold, predictions, adapter)
    if machine:
        click.echo(evaluate.as_json(runs))
    else:
        evaluate.draw(runs, sys.stdout, every=every)
    found = evaluate.complaints(evaluate.averages(runs), limits)
    for complaint in found:
        click.echo(complaint, err=True)
    return 1 if found else 0
