"""What is written of each page, where the format has a file a page: furniture, what of each unit stands on it, shapes.

PAGE and ALTO take everything from here, METS the names of what it points to. What of a paragraph stands in one column
of one page is a *text*: a paragraph that goes on in the next column is two. Texts are numbered in the order in which
they are read; so are the lines of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from relayout.chars import canonical
from relayout.errors import UsageError
from relayout.imprint import Box, around
from relayout.model import Article, Issue, Line, Note, Page, Paragraph
from relayout.roles import DECK, Form, Joint, Level, Role
from relayout.writers import marking, naming
from relayout.writers.lengths import Measure
from relayout.writers.zones import falls

STAGE = "write"
Measured = Callable[[Page], Measure]
_UNFIT = re.compile("[^\t -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("[\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
# What the files call other things.
_TAKEN = re.compile(r"r\d+(l\d+)?|[ps]\d+|ro|[deglts]-.*|ALTO.*|MODSMD_.*|TextGroup", re.ASCII)
_OVER = 0.01  # of a side: boxes of skewed scans reach a little over the edge of their page
_PAGE_NUMBER = re.compile(r"[A-Z]{0,2}[-–— .]*\d{1,4}[-–— .]*", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


class Row(NamedTuple):
    """A line, and of a word that its end tears the whole: of the one that begins in the line before, and in this."""

    line: Line
    box: Box
    begun: str = ""
    torn: str = ""


class Text(NamedTuple):
    """What of a paragraph stands in one place; ``nth`` is the paragraph's place in its unit, from 0.

    ``goes_on`` says that the text before it is of the same paragraph.
    """

    ident: str
    role: Role
    nth: int
    rows: tuple[Row, ...]
    goes_on: bool

    @property
    def box(self) -> Box:
        """The box round all lines."""
        return around(row.box for row in self.rows)

    @property
    def vertical(self) -> bool:
        """Whether most characters stand one under the other."""
        upright = sum(len(row.line.text) for row in self.rows if row.line.vertical)
        return 2 * upright > sum(len(row.line.text) for row in self.rows)


class Drawing(NamedTuple):
    """A rule or a picture."""

    ident: str
    form: Form
    box: Box


class Share(NamedTuple):
    """What of a unit stands on a page: its texts, and for each of its pictures there the drawing with the captions.

    ``mark`` is what no format has a word for (``n:3; texts:1 4;``).
    """

    ident: str
    article: Article
    title: str
    texts: tuple[Text, ...]
    figures: tuple[tuple[Drawing | None, tuple[Text, ...]], ...]
    mark: str = ""

    @property
    def all_texts(self) -> tuple[Text, ...]:
        """The texts, those of figures last."""
        return (*self.texts, *(text for _, texts in self.figures for text in texts))


class Leaf(NamedTuple):
    """A page; its furniture, from the top down; its units in their order; its rules and pictures."""

    page: Page
    measure: Measure
    furniture: tuple[Text, ...]
    shares: tuple[Share, ...]
    drawings: tuple[Drawing, ...]


def leaves(issue: Issue, measured: Measured) -> tuple[Leaf, ...]:
    """Return the pages that have a box, in order, with all that is written of them; ``measured`` says how it measures.

    All boxes of a leaf are in whole numbers of the unit of the format, and on the page.
    """
    drafts = {page.number: _Draft(page, measured(page)) for page in issue.pages if page.box}
    found: list[tuple[bool, _Draft, Role, int, tuple[Row, ...], bool]] = []
    for nth, part in enumerate(issue.furniture):
        for n, (draft, rows) in enumerate(_stretches(part, drafts)):
            found.append((draft.low(rows), draft, part.role, nth, rows, n > 0))
    for _, draft, role, nth, rows, goes_on in sorted(found, key=lambda one: one[0]):
        draft.furniture.append(draft.text(role, nth, rows, goes_on=goes_on))
    for ident, article in zip(unit_ids(issue), issue.articles, strict=True):
        _share(ident, article, drafts)
    order = marking.places(unit_ids(issue), [[share.ident for share in draft.shares] for draft in drafts.values()])
    for draft in drafts.values() if order else ():
        draft.shares = [one._replace(mark=f"{order[one.ident]} {one.mark}".strip()) for one in draft.shares]
    return tuple(draft.leaf() for draft in drafts.values())


def needing(issue: Issue, what: str, measured: Measured) -> tuple[Leaf, ...]:
    """Return the leaves of an issue all of whose pages say where their lines stand; :class:`UsageError` for others."""
    page = next((page for page in issue.pages if not page.box), None)
    if page is not None or not issue.pages:
        raise unplaced(what, page.number if page else 1)
    return leaves(issue, measured)


def unplaced(what: str, number: int) -> UsageError:
    """Return what to say of a page that does not say where its lines stand, where a format needs to know."""
    return UsageError(
        f"--to {what}: page {number} does not say where its lines stand",
        "give --to tei,txt, or a source with places: a PDF, ALTO, PAGE, hOCR, or a picture with --ocr",
    )


def cut_boxes(issue: Issue) -> tuple[Note, ...]:
    """Note the pages on which boxes reach beyond the page: they are cut at its edge where they are written."""
    notes, why = [], "they reach beyond the page, and are cut at its edge"
    for page in issue.pages:
        over = sum(_beyond(line.box, page.box) for line in page.lines if line.box and page.box)
        if over:
            notes.append(Note(STAGE, f"page {page.number}: {over} boxes are cut", why, 1.0, Level.REPAIR))
    return tuple(notes)


def unit_ids(issue: Issue) -> tuple[str, ...]:
    """Return an id for every article that may stand in XML beside those of texts, lines and drawings, each once."""
    seen: dict[str, None] = {}
    for ident in naming.article_ids(issue):
        fit = re.sub(r"[^\w.-]", "_", ident, flags=re.ASCII)[:80]
        fit = fit if _NAME.fullmatch(fit) and not _TAKEN.fullmatch(fit) else f"a-{fit}"
        name, n = fit, 2
        while name in seen:
            name, n = f"{fit}-{n}", n + 1
        seen[name] = None
    return tuple(seen)


def said(text: str) -> str:
    r"""Return text as XML can hold it, on one line; what is no character of print goes, halves of pairs become U+FFFD.

    >>> said("a\x00b\u2028c\ue111")
    'ab c\ue111'
    """
    text = _LINE_ENDS.sub(" ", text)
    return _UNFIT.sub(lambda found: "\ufffd" if canonical(found.group()) else "", text)


def title(article: Article) -> str:
    """Return the headline of an article on one line; nothing where it has none."""
    return " ".join(" ".join(said(part.text).split()) for part in article.parts if part.role in DECK)


def is_page_number(text: str) -> bool:
    """Say whether a piece of furniture is nothing but the number of its page.

    >>> is_page_number("A12"), is_page_number("— 3 —"), is_page_number("3 April")
    (True, True, False)
    """
    return _PAGE_NUMBER.fullmatch(text) is not None


def language(issue: Issue) -> str:
    """Return the tag of the language of an issue; nothing where it is not known."""
    return issue.lang if issue.lang != "und" and _LANGUAGE.fullmatch(issue.lang) else ""


class _Draft:
    """A page that is being filled; it numbers its texts and drawings."""

    __slots__ = ("_count", "_drawings", "_measure", "_page", "furniture", "shares")

    def __init__(self, page: Page, measure: Measure) -> None:
        self._page, self._measure = page, measure
        self._count = 0
        self._drawings: list[Drawing] = []
        self.furniture: list[Text] = []
        self.shares: list[Share] = []
        for shape in page.shapes:
            if shape.form in (Form.RULE, Form.IMAGE):
                self._draw(shape.form, shape.box)

    def leaf(self) -> Leaf:
        return Leaf(self._page, self._measure, tuple(self.furniture), tuple(self.shares), tuple(self._drawings))

    def low(self, rows: tuple[Row, ...]) -> bool:
        """Say whether something stands in the lower half."""
        return self._measure.low(around(row.box for row in rows))

    def text(self, role: Role, nth: int, rows: tuple[Row, ...], *, goes_on: bool) -> Text:
        self._count += 1
        return Text(f"r{self._count}", role, nth, rows, goes_on)

    def placed(self, line: Line, before: Box | None) -> Box:
        """Return the box of a line as it is written; one without gets that of the line before, or the head."""
        if line.box:
            return self._measure.box(line.box)
        return before or Box(0, 0, self._measure.width, max(1, self._measure.height // 100))

    def picture(self, box: Box) -> Drawing:
        """Return the drawing of a picture; a new one where the shapes of the page do not have it."""
        here = self._measure.box(box)
        for drawing in self._drawings:
            if drawing.form is Form.IMAGE and drawing.box == here:
                return drawing
        return self._draw(Form.IMAGE, box)

    def _draw(self, form: Form, box: Box) -> Drawing:
        self._drawings.append(Drawing(f"s{len(self._drawings) + 1}", form, self._measure.box(box)))
        return self._drawings[-1]


def _share(ident: str, article: Article, drafts: Mapping[int, _Draft]) -> None:
    """Give every page its share of an article."""
    own: dict[_Draft, list[Text]] = {}
    turns: list[_Draft] = []
    for nth, part in enumerate(article.parts):
        for n, (draft, rows) in enumerate(_stretches(part, drafts)):
            own.setdefault(draft, []).append(draft.text(part.role, nth, rows, goes_on=n > 0))
            turns.append(draft)
    ranks = {draft: n for n, draft in enumerate(drafts.values())}
    figures: dict[_Draft, list[tuple[Drawing | None, tuple[Text, ...]]]] = {}
    nth = len(article.parts)
    for figure in article.figures:
        home = drafts.get(figure.page)
        drawn = home.picture(figure.box) if home and figure.box else None
        shown: dict[_Draft, list[Text]] = {home: []} if home and drawn else {}
        for part in figure.parts:
            for n, (draft, rows) in enumerate(_stretches(part, drafts)):
                shown.setdefault(draft, []).append(draft.text(part.role, nth, rows, goes_on=n > 0))
            nth += 1
        for draft, texts in shown.items():
            figures.setdefault(draft, []).append((drawn if draft is home else None, tuple(texts)))
    for draft in dict.fromkeys((*own, *figures)):
        share = Share(ident, article, title(article), tuple(own.get(draft, ())), tuple(figures.get(draft, ())))
        count = len(share.all_texts) - len(share.texts)
        draft.shares.append(share._replace(mark=marking.texts([ranks[h] for h in turns], ranks[draft], count)))


def _stretches(part: Paragraph, drafts: Mapping[int, _Draft]) -> Iterator[tuple[_Draft, tuple[Row, ...]]]:
    """Cut a paragraph where it goes on in another column or on another page; the cells of a row stay together."""
    run: list[Row] = []
    words = _torn(part)
    for n, line in enumerate(part.lines):
        draft = drafts.get(line.place.page)
        if draft is None:
            continue
        box = draft.placed(line, run[-1].box if run else None)
        line = replace(line, box=box)
        last = run[-1].line if run else None
        if last and (last.place.page != line.place.page or (part.role is not Role.ROW and falls(last, line))):
            yield drafts[last.place.page], tuple(run)
            run = []
        run.append(Row(line, box, words.get(n - 1, ""), words.get(n, "")))
    if run:
        yield drafts[run[-1].line.place.page], tuple(run)


def _torn(part: Paragraph) -> dict[int, str]:
    """Return the whole of each word that a line end tears, by the number of the line that it begins in."""
    words: dict[int, str] = {}
    for n, joint in enumerate(part.joints):
        if joint is Joint.HYPHEN_GONE:
            begun, rest = part.lines[n].text.split()[-1][:-1], part.lines[n + 1].text.split()[0]
            if begun and begun[-1].isalnum():
                words[n] = said(begun + rest)
    return words


def _beyond(box: Box, page: Box) -> bool:
    across, down = _OVER * page.width, _OVER * page.height
    over = max(page.x0 - box.x0, box.x1 - page.x1) > across
    return over or max(page.y0 - box.y0, box.y1 - page.y1) > down
