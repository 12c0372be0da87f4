"""``relayout fix``: rebuild a page, write its articles into a folder, print a table of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click

from relayout import report
from relayout.commands.images import illustrated
from relayout.commands.options import rebuilding
from relayout.commands.referred import referred
from relayout.commands.sources import busy, given, is_folder, rebuilt
from relayout.errors import LossError, UsageError
from relayout.model import Issue, Reading
from relayout.output import write_folder
from relayout.readers.beginning import begins
from relayout.validate import validate
from relayout.writers import WRITERS, naming, simplified


@click.command(
    "fix",
    epilog="Example: relayout fix page.txt -o page --to tei,json. INPUT - reads stdin, -o - writes stdout.",
    short_help="Rebuild a page and write its articles.",
)
@click.argument("source", metavar="INPUT")
@click.option("-o", "--output", default="", metavar="DIR", help="Folder to write; default ./<stem>.relayout/.")
@rebuilding
@click.option("--to", "formats", default="", metavar="LIST", help="tei, txt, json, page, alto, mets; default tei,txt.")
@click.option("--simplified", "simple", is_flag=True, help="Add the text in Simplified Chinese, made by OpenCC.")
@click.option("--images", "pictured", is_flag=True, help="Add the pictures of a PDF that captions tell of, as PNG.")
@click.option(
    "--unclear", default="", metavar="NUMBER", help="Mark words that OCR is less sure of; default 0.5, 0: none."
)
@click.option("--force", is_flag=True, help="Write into a folder, and over files, that relayout did not make.")
@click.option("--quiet", is_flag=True, help="Print no report.")
def command(
    source: str,
    output: str,
    formats: str,
    simple: bool,
    pictured: bool,
    unclear: str,
    force: bool,
    quiet: bool,
    **wishes: str,
) -> None:
    """Rebuild INPUT, a page, an issue or a folder of pages: write its articles into a folder and print a table."""
    wanted = _formats(formats or ("tei" if output == "-" else "tei,txt"))
    if output == "-" and (len(wanted) > 1 or simple or pictured):
        raise UsageError("standard output takes one format", "give one format with --to, or a folder with -o")
    limit = _limit(unclear)
    data, name = given(source)
    with busy(len(data)) as progress:
        issue = rebuilt(source, data, name, wishes, progress)
        issue = issue if limit is None else replace(issue, unclear=limit)
        images: dict[str, bytes] = {}
        if pictured:
            issue, images = illustrated(issue, data, wishes["password"])
        notes = dict.fromkeys(note for wish in wanted for note in WRITERS[wish].notes(issue))
        issue = replace(issue, notes=(*issue.notes, *notes))
        files: dict[str, bytes] = {}
        for wish in wanted:
            files |= WRITERS[wish].render(issue)
        if output == "-" and wanted[0] != "txt" and len(files) > 1:
            raise UsageError(
                f"standard output takes one file, and {wanted[0]} has {len(files)} here", "give a folder with -o"
            )
        if "mets" in wanted and output != "-":
            files |= referred(issue, source, data)
        # A PDF, and XML with files beside it, is not read again for the check: the issue has its pages as read. So has
        # that of a folder, which has no data, and of a choice of pages.
        known = issue.pages[0].box or begins(data) or is_folder(source) or wishes["pages"]
        _check(issue, files, Reading(issue.source, issue.pages) if known else data)
        if simple:
            # A machine version: other characters than the source has, so only its form can be checked.
            converted = simplified.render(issue, simplified.choose(issue.lang))
            _check(issue, converted, None)
            files |= converted
        files |= images
    if output == "-":
        sys.stdout.buffer.write(files[next(iter(files))])
    folder = Path(output or f"{naming.safe(issue.stem)}.relayout")
    if is_folder(source) and folder.resolve() == Path(source).resolve():
        raise UsageError("the pages and the result cannot lie in one folder", "give another folder with -o")
    if output != "-":
        keep = Path("/dev/stdin" if source == "-" else source)  # stdin may be a file too: relayout fix - < page.txt
        write_folder(folder, files, issue.source, keep=keep, force=force)
    if not quiet:
        written = "" if output == "-" else f"{folder}{os.sep} ({len(files)} files)"
        _report(issue, written, to_stderr=output == "-")


def _limit(text: str) -> float | None:
    """Read ``--unclear``; nothing where it is not given."""
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0.0 <= number <= 1.0:
        raise UsageError(f"--unclear: {text!r} is no number from 0 to 1", "give one such as 0.6, or 0 to mark nothing")
    return number


def _formats(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",")))
    for name in names:
        if name not in WRITERS:
            raise UsageError(f"unknown format {name!r}", f"give one or more of {','.join(WRITERS)}")
    return names


def _check(issue: Issue, files: Mapping[str, bytes], data: bytes | Reading | None) -> None:
    """Refuse a TEI file that is not valid, or that does not hold every character of the source once."""
    for name, content in files.items():
        for finding in validate(content, name, data, issue.source.encoding) if name.endswith(".tei.xml") else ():
            what = f"{finding.file}:{finding.line}: {finding.what}"
            raise LossError(f"the result fails its own check: {what}", "nothing was written: please report this page")


def _report(issue: Issue, written: str, *, to_stderr: bool) -> None:
    table = report.rows(issue)
    if sys.stdout.isatty() and not to_stderr:
        report.print_rich(table)
    else:
        click.echo("\n".join(report.plain_table(table)), err=to_stderr)
    click.echo("\n".join(report.summary(issue)), err=to_stderr)
    if written:
        click.echo(f"written: {written}")
