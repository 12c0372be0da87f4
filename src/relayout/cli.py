"""The command ``relayout``: parse the words, call the library, print, exit.

Every error leaves as one line on stderr, ``relayout: what; advice``, and the exit code of its class. The
translation happens once, in :func:`run`; the commands, which stand in :mod:`relayout.commands`, only raise.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from relayout import commands
from relayout.errors import InputError, OutputError, RelayoutError, UsageError
from relayout.version import __version__

DEFECT, INTERRUPTED, CLOSED_PIPE = 70, 130, 141  # EX_SOFTWARE of sysexits.h; 128 + SIGINT; 128 + SIGPIPE
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


class _Commands(click.Group):
    """The commands by their names; help alone needs all of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(commands.NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        return commands.command(cmd_name)


@click.group(cls=_Commands, epilog=f"Example: relayout fix page.txt. {CODES}")
@click.version_option(__version__, prog_name="relayout", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of a defect.")
def cli(debug: bool) -> None:
    """Rebuild newspaper pages: broken lines in, separated articles out, as TEI-XML and plain text."""
