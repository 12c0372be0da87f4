"""The programme, read aloud: what is done to a page, in this order."""

from __future__ import annotations

from collections.abc import Callable

from relayout.layout import Layout
from relayout.model import Note, Outcome, Page
from relayout.profile import Profile
from relayout.signals.kinship import forget
from relayout.stages.arrange import arrange
from relayout.stages.clean import clean
from relayout.stages.crown import crown
from relayout.stages.gather import gather
from relayout.stages.gauge import gauge
from relayout.stages.group import group
from relayout.stages.hang import hang
from relayout.stages.judge import judge
from relayout.stages.mend import mend
from relayout.stages.name import name
from relayout.stages.parcel import parcel
from relayout.stages.part import part
from relayout.stages.rejoin import rejoin
from relayout.stages.sever import sever
from relayout.stages.sign import sign
from relayout.stages.splice import splice
from relayout.stages.stack import stack
from relayout.stages.thread import thread
from relayout.stages.trim import trim
from relayout.stages.unstack import unstack
from relayout.stages.untangle import untangle
from relayout.stages.unweave import unweave
from relayout.stages.wrap import wrap

Stage = Callable[[Layout, Profile], Outcome[Layout]]

TEXT: tuple[tuple[str, Stage], ...] = (
    ("unweave", unweave),
    ("parcel", parcel),
    ("clean", clean),
    ("stack", stack),
    ("splice", splice),
    ("untangle", untangle),
    ("gauge", gauge),
    ("mend", mend),
    ("wrap", wrap),
    ("name", name),
    ("trim", trim),
    ("gather", gather),
    ("thread", thread),
    ("group", group),
    ("rejoin", rejoin),
    ("sever", sever),
    ("part", part),
    ("crown", crown),
    ("sign", sign),
    ("hang", hang),
    ("judge", judge),
    ("arrange", arrange),
    ("unstack", unstack),
)


UNCUT = ("thread", "group", "rejoin", "sever", "part", "crown", "sign", "hang")
"""What finds articles in the order of their texts; a page that was cut into its articles does without."""


def until(name: str) -> tuple[tuple[str, Stage], ...]:
    """Return the stages up to the one called ``name``, with it.

    >>> [name for name, _ in until("clean")]
    ['unweave', 'clean']
    """
    return TEXT[: [stage for stage, _ in TEXT].index(name) + 1]


def run(page: Page, profile: Profile, stages: tuple[tuple[str, Stage], ...] = TEXT) -> Outcome[Layout]:
    """Carry ``page`` through ``stages``; the notes of all of them come in their order."""
    layout = Layout(page)
    notes: list[Note] = []
    for verb, stage in stages:
        if layout.parcels and verb in UNCUT:
            continue
        outcome = stage(layout, profile)
        layout = outcome.value
        notes.extend(outcome.notes)
    forget()
    return Outcome(layout, tuple(notes))
