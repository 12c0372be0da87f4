"""The programme, read aloud: what is done to a page, in this order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from relayout.layout import Layout
from relayout.model import Article, Note, Outcome, Page
from relayout.profile import Profile
from relayout.roles import Kind
from relayout.signals.kinship import forget
from relayout.signals.scripts import by_script
from relayout.stages.align import align
from relayout.stages.arrange import arrange
from relayout.stages.clean import clean
from relayout.stages.compose import compose
from relayout.stages.crown import crown
from relayout.stages.divide import divide
from relayout.stages.follow import follow
from relayout.stages.gather import gather
from relayout.stages.gauge import gauge
from relayout.stages.group import group
from relayout.stages.hang import hang
from relayout.stages.judge import judge
from relayout.stages.level import level
from relayout.stages.link import link
from relayout.stages.mend import mend
from relayout.stages.name import name
from relayout.stages.orient import orient
from relayout.stages.parcel import parcel
from relayout.stages.part import part
from relayout.stages.rejoin import rejoin
from relayout.stages.restore import restore
from relayout.stages.sever import sever
from relayout.stages.sift import sift
from relayout.stages.sign import sign
from relayout.stages.splice import splice
from relayout.stages.stack import stack
from relayout.stages.thread import thread
from relayout.stages.trim import trim
from relayout.stages.turn import turn
from relayout.stages.unstack import unstack
from relayout.stages.untangle import untangle
from relayout.stages.unweave import unweave
from relayout.stages.vet import vet
from relayout.stages.wrap import wrap
from relayout.told import ToldHere

Stage = Callable[[Layout, Profile], Outcome[Layout]]

TEXT: tuple[tuple[str, Stage], ...] = (
    ("unweave", unweave),
    ("parcel", parcel),
    ("clean", clean),
    ("stack", stack),
    ("turn", turn),
    ("splice", splice),
    ("untangle", untangle),
    ("link", link),
    ("align", align),
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

PLACED: tuple[tuple[str, Stage], ...] = (
    ("orient", orient),
    ("vet", vet),
    ("level", level),
    ("sift", sift),
    ("divide", divide),
    ("compose", compose),
    ("judge", judge),
    ("arrange", arrange),
    ("restore", restore),
)
"""What is done to a page whose lines have boxes: what stands where tells more than the order of the lines."""

TRUSTED: tuple[tuple[str, Stage], ...] = (
    ("orient", orient),
    ("follow", follow),
    ("restore", restore),
)
"""What is done to a page whose source tells of its articles and is trusted."""

BOUNDS = ("gauge", "unstack")  # from the first on, and before the second, each script is read for itself


UNCUT = ("thread", "group", "rejoin", "sever", "part", "crown", "sign", "hang")
"""What finds articles in the order of their texts; a page that was cut into its articles does without."""


def until(name: str) -> tuple[tuple[str, Stage], ...]:
    """Return the stages up to the one called ``name``, with it.

    >>> [name for name, _ in until("parcel")]
    ['unweave', 'parcel']
    """
    return TEXT[: [stage for stage, _ in TEXT].index(name) + 1]


def run(
    page: Page,
    profile: Profile,
    stages: tuple[tuple[str, Stage], ...] | None = None,
    *,
    told: tuple[ToldHere, ...] = (),
    trusted: bool = False,
) -> Outcome[Layout]:
    """Carry ``page`` through ``stages``; the notes of all of them come in their order.

    ``told`` are the articles of the source that are followed; with ``trusted`` they are taken as they are.
    Without ``stages`` the page says which: ``PLACED`` where it knows its places, else ``TEXT``.
    A page in two scripts is carried through the stages between ``BOUNDS`` as two pages, and put together again: lines
    of letters are read by other rules than those of Han.
    """
    if stages is None:
        stages = TRUSTED if trusted else PLACED if page.box else TEXT
    names = [name for name, _ in stages]
    first, last = (names.index(name) if name in names else len(names) for name in BOUNDS)
    layout, notes = _through(Layout(page, told=told), profile, stages[:first])
    found: list[Layout] = []
    for lines in by_script(layout.page.lines, profile) if first < last else ():
        one, more = _through(replace(layout, page=replace(layout.page, lines=lines)), profile, stages[first:last])
        found.append(one)
        notes += more
        forget()
    layout, more = _through(_together(found) if found else layout, profile, stages[last:])
    return Outcome(layout, (*notes, *more))


def _through(layout: Layout, profile: Profile, stages: tuple[tuple[str, Stage], ...]) -> tuple[Layout, list[Note]]:
    notes: list[Note] = []
    for verb, stage in stages:
        if layout.parcels and verb in UNCUT:
            continue
        outcome = stage(layout, profile)
        layout = outcome.value
        notes.extend(outcome.notes)
    return layout, notes


def _together(found: list[Layout]) -> Layout:
    """Put the parts of a page together: what has no place comes last, as on a page in one script."""
    if len(found) == 1:
        return found[0]
    articles: list[Article] = []
    for one in found:
        articles += numbered(one.articles, articles)
    return replace(
        found[0],
        page=replace(found[0].page, lines=tuple(line for one in found for line in one.page.lines)),
        settings=tuple(setting for one in found for setting in one.settings),
        blocks=tuple(block for one in found for block in one.blocks),
        articles=tuple(sorted(articles, key=lambda article: article.kind is Kind.UNASSIGNED)),
        furniture=tuple(paragraph for one in found for paragraph in one.furniture),
        seams=tuple(seam for one in found for seam in one.seams),
        threads=tuple(thread for one in found for thread in one.threads),
    )


def numbered(new: tuple[Article, ...], old: list[Article]) -> list[Article]:
    """Let the ids of a further page, or part of one, go on from those before."""
    if not old:
        return list(new)
    placed = sum(a.kind is not Kind.UNASSIGNED for a in old)
    shift = {"a": placed, "u": len(old) - placed}

    def on(name: str) -> str:
        return f"{name[0]}{int(name[1:]) + shift[name[0]]}" if name else ""

    return [replace(article, id=on(article.id), about=on(article.about)) for article in new]
