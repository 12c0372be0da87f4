"""Errors for people: what happened, where, what to type next.

Every error that a user can meet is a :class:`RelayoutError`. The class carries the exit code; ``advice`` is
the second half of the one line that the command prints. ``docs/errors.md`` lists them all.
"""

from __future__ import annotations


class RelayoutError(Exception):
    """Something a user can mend. Leaves no output behind.

    >>> str(RelayoutError("page.txt: no such file", "check the path"))
    'page.txt: no such file; check the path'
    """

    exit_code = 1

    def __init__(self, what: str, advice: str = "") -> None:
        """Keep what happened and what to type then."""
        super().__init__(what if not advice else f"{what}; {advice}")
        self.what = what
        self.advice = advice


class UsageError(RelayoutError):
    """The words of the command are off: an unknown format, a wrong option."""

    exit_code = 2


class InputError(RelayoutError):
    """The input cannot be used: missing, a directory, empty, binary, undecodable, over a limit."""

    exit_code = 3


class ProfileError(RelayoutError):
    """A profile is unknown or a key in it is wrong."""

    exit_code = 4


class OutputError(RelayoutError):
    """The output cannot be written, or would overwrite what relayout did not make."""

    exit_code = 5


class LossError(RelayoutError):
    """The conservation law failed: a defect of relayout. Nothing is written."""

    exit_code = 6
