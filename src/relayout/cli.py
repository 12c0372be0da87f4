"""The command ``relayout``: parse the words, call the library, print, exit.

Every error leaves as one line on stderr, ``relayout: what; advice``, and the exit code of its class. The
translation happens once, in :func:`run`; the commands only raise.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from relayout import api, evaluate, profile, report
from relayout.errors import InputError, LossError, OutputError, RelayoutError, UsageError
from relayout.explain import explain
from relayout.model import Issue
from relayout.output import write_folder
from relayout.readers.plain import MOST_BYTES
from relayout.validate import validate
from relayout.version import __version__
from relayout.writers import WRITERS, naming, simplified

DEFECT, INTERRUPTED, CLOSED_PIPE = 70, 130, 141  # EX_SOFTWARE of sysexits.h; 128 + SIGINT; 128 + SIGPIPE
LONG = 1_000_000  # bytes; from here on a run takes seconds, and a terminal is told that it goes on
CODES = (
    "Exit codes: 0 done, 1 findings of validate or a bound of score, 2 wrong words, 3 input, 4 profile, 5 output, "
    "6 the result failed its own check, 70 a defect of relayout, 130 interrupted, 141 nobody reads the output."
)


def main() -> None:
    """Run the command with the words of this process and exit at once."""
    gc.disable()  # a run is short and its values hold no cycles: collecting them costs a tenth of it
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        sys.stdout = sys.stdout or nowhere  # None if the caller closed it, as in relayout fix page.txt >&-
        code = run(sys.argv[1:])
        for stream in (sys.stdout, sys.stderr):
            if stream:
                with suppress(OSError, ValueError):
                    stream.flush()
    # All is written and closed; taking every object apart would cost another tenth of the run.
    os._exit(code)


def run(words: Sequence[str]) -> int:
    """Run one command and return its exit code; errors are one line on stderr, never a traceback.

    Only ``--debug`` lets the traceback of a defect through.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal set to Latin-1 must not end the run
    debug = False
    try:
        with cli.make_context("relayout", list(words) or ["--help"]) as context:
            debug = bool(context.params["debug"])
            code = cli.invoke(context)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "relayout"
        return _say(error.format_message().rstrip("."), f"type '{command} --help'", UsageError.exit_code)
    except RelayoutError as error:
        return _say(error.what, error.advice, error.exit_code)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Otherwise Python complains again when it closes the pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return CLOSED_PIPE
    except OSError as error:
        return _say(
            f"cannot write the report: {error.strerror or error}",
            "make room there, or send it elsewhere",
            OutputError.exit_code,
        )
    except MemoryError:
        return _say("the input is too large for the memory of this machine", "split it", InputError.exit_code)
    except Exception as error:
        if debug:
            raise
        advice = "this is a defect of relayout: please report it with the input and what relayout --debug … prints"
        return _say(f"{type(error).__name__}: {error}", advice, DEFECT)


def _say(what: str, advice: str, code: int) -> int:
    line = " ".join(f"relayout: {what}; {advice}".split() if advice else f"relayout: {what}".split())
    print(line, file=sys.stderr)
    return code


@click.group(epilog=f"Example: relayout fix page.txt. {CODES}")
@click.version_option(__version__, prog_name="relayout", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of a defect.")
def cli(debug: bool) -> None:
    """Rebuild newspaper pages: broken lines in, separated articles out, as TEI-XML and plain text."""


_profile = click.option("--profile", "named", default="", metavar="NAME|FILE", help="Profile; else the best fitting.")
_encoding = click.option("--encoding", default="", metavar="NAME", help="Encoding of the source; else by its bytes.")


@cli.command(
    epilog="Example: relayout fix page.txt -o page --to tei,json. INPUT - reads stdin, -o - writes stdout.",
    short_help="Rebuild a page and write its articles.",
)
@click.argument("source", metavar="INPUT")
@click.option("-o", "--output", default="", metavar="DIR", help="Folder to write; default ./<stem>.relayout/.")
@_profile
@_encoding
@click.option("--to", "formats", default="", metavar="LIST", help="tei, txt, json, with commas; default tei,txt.")
@click.option("--simplified", "simple", is_flag=True, help="Add the text in Simplified Chinese, made by OpenCC.")
@click.option("--force", is_flag=True, help="Write into a folder, and over files, that relayout did not make.")
@click.option("--quiet", is_flag=True, help="Print no report.")
def fix(
    source: str, output: str, named: str, encoding: str, formats: str, simple: bool, force: bool, quiet: bool
) -> None:
    """Rebuild the page INPUT: write its articles into a folder and print a table of them."""
    wanted = _formats(formats or ("tei" if output == "-" else "tei,txt"))
    if output == "-" and (len(wanted) > 1 or simple):
        raise UsageError("standard output takes one format", "give one format with --to, or a folder with -o")
    data, name = _read(source)
    with _busy(len(data)):
        issue = api.fix(data, profile=named, encoding=encoding, name=name)
        files: dict[str, bytes] = {}
        for wish in wanted:
            files |= WRITERS[wish].render(issue)
        _check(issue, files, data)
        if simple:
            # A machine version: other characters than the source has, so only its form can be checked.
            converted = simplified.render(issue, simplified.choose(issue.lang))
            _check(issue, converted, None)
            files |= converted
    if output == "-":
        sys.stdout.buffer.write(files[next(iter(files))])
    folder = Path(output or f"{naming.safe(issue.stem)}.relayout")
    if output != "-":
        keep = Path("/dev/stdin" if source == "-" else source)  # stdin may be a file too: relayout fix - < page.txt
        write_folder(folder, files, issue.source, keep=keep, force=force)
    if not quiet:
        written = "" if output == "-" else f"{folder}{os.sep} ({len(files)} files)"
        _report(issue, written, to_stderr=output == "-")


def _formats(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",")))
    for name in names:
        if name not in WRITERS:
            raise UsageError(f"unknown format {name!r}", f"give one or more of {','.join(WRITERS)}")
    return names


def _read(source: str) -> tuple[bytes, str]:
    """Read a file whole, or stdin for ``-``; return its bytes and its name without folders."""
    if source == "-":
        return (sys.stdin.buffer.read(MOST_BYTES + 1) if sys.stdin else b""), "stdin"
    try:
        with Path(source).open("rb") as file:
            data = file.read(MOST_BYTES + 1)  # /dev/zero has no end; the reader refuses what is longer
    except FileNotFoundError:
        raise InputError(f"{source}: no such file", "check the path") from None
    except IsADirectoryError:
        raise InputError(f"{source}: is a directory", "name a file in it") from None
    except OSError as error:
        raise InputError(f"{source}: cannot be read ({error.strerror})", "check the path and its permissions") from None
    # A file name need not be UTF-8, but what is written into TEI and JSON must be.
    return data, os.fsencode(Path(source).name).decode("utf-8", "replace")


@contextmanager
def _busy(size: int) -> Iterator[None]:
    """Show on a terminal that a long run goes on."""
    if size < LONG or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(f"rebuilding {size / 1e6:.0f} MB"):
        yield


def _check(issue: Issue, files: Mapping[str, bytes], data: bytes | None) -> None:
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


@cli.command(
    "validate",
    epilog="Example: relayout validate page.relayout/page.tei.xml --source page.txt",
    short_help="Check what fix wrote.",
)
@click.argument("files", metavar="FILE.xml...", nargs=-1, required=True)
@click.option("--source", default="", metavar="FILE", help="The input: check also that nothing is lost or doubled.")
@_encoding
def validate_(files: tuple[str, ...], source: str, encoding: str) -> int:
    """Check TEI files that relayout wrote: one line a finding, exit code 1 if there is one."""
    data = _read(source)[0] if source else None
    findings = [finding for file in files for finding in validate(_read(file)[0], file, data, encoding)]
    for finding in findings:
        click.echo(str(finding))
    return 1 if findings else 0


@cli.command(
    "explain",
    epilog="Example: relayout explain page.txt --line 17",
    short_help="Show what became of every line, and why.",
)
@click.argument("source", metavar="INPUT")
@click.option("--line", "number", type=click.IntRange(min=1), metavar="N", help="All that is known about one line.")
@_profile
@_encoding
def explain_(source: str, number: int | None, named: str, encoding: str) -> None:
    """Show what became of every line of INPUT: article, role, joint to the next line, and why."""
    data, name = _read(source)
    for line in explain(api.fix(data, profile=named, encoding=encoding, name=name), number):
        click.echo(line)


@cli.command(
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
def score(
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


@cli.command(epilog="Example: relayout profiles takungpao", short_help="List the profiles, or show one.")
@click.argument("named", metavar="[NAME|FILE]", default="")
def profiles(named: str) -> None:
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
