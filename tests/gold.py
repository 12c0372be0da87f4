"""Gold files, and how a result is held against them.

``load`` reads a ``gold.json`` (format: docs/samples.md). ``compare`` says for every gold unit whether the issue has
exactly that unit, and if not, which part was expected and what was got instead. Units are matched by content:
their order and ids on either side do not matter.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from relayout.model import Article, Figure, Issue, Line, Paragraph
from relayout.roles import Role

ROLES: dict[str, frozenset[Role]] = {
    "head": frozenset({Role.KICKER, Role.HEAD, Role.SUB}),
    "kicker": frozenset({Role.KICKER}),
    "sub": frozenset({Role.SUB}),
    "rubric": frozenset({Role.RUBRIC}),
    "byline": frozenset({Role.BYLINE}),
    "dateline": frozenset({Role.DATELINE}),
    "lead": frozenset({Role.LEAD}),
    "p": frozenset({Role.BODY}),
    "subhead": frozenset({Role.CROSSHEAD}),
    "list-head": frozenset({Role.LIST_HEAD}),
    "item": frozenset({Role.ITEM}),
    "row": frozenset({Role.ROW}),
    "caption": frozenset({Role.CAPTION}),
    "credit": frozenset({Role.CREDIT, Role.SOURCE}),
    "source": frozenset({Role.SOURCE}),
    "furniture": frozenset({Role.FURNITURE}),
}
"""Which roles of the model a gold role accepts. ``head`` leaves the rank in the deck open, ``kicker`` does not."""

GROUPS: tuple[tuple[str, frozenset[Role]], ...] = (
    ("heads", frozenset({Role.KICKER, Role.HEAD, Role.SUB})),
    ("rubrics", frozenset({Role.RUBRIC})),
    ("bylines", frozenset({Role.BYLINE})),
    (
        "body",
        frozenset(
            {Role.DATELINE, Role.LEAD, Role.BODY, Role.CROSSHEAD, Role.LIST_HEAD, Role.ITEM, Role.ROW, Role.DISPLAY}
        ),
    ),
    ("captions", frozenset({Role.CAPTION})),
    ("credits", frozenset({Role.CREDIT, Role.SOURCE})),
    ("furniture", frozenset({Role.FURNITURE})),
)
"""The order of parts counts inside a group only: a byline may stand before or after the body."""


@dataclass(frozen=True, slots=True)
class Span:
    """Source lines ``first`` to ``last`` (from 1), or the characters ``start`` to ``end`` of one line."""

    first: int
    last: int
    start: int = 0
    end: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.first <= self.last or (self.end is not None and self.first != self.last):
            raise ValueError(f"not a span of lines: {self}")


@dataclass(frozen=True, slots=True)
class Part:
    """One headline, paragraph, list item …: its gold role, its text, and where it stands."""

    role: str
    text: str
    spans: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ValueError(f"unknown gold role {self.role!r}; known are {', '.join(ROLES)}")


@dataclass(frozen=True, slots=True)
class Unit:
    """An article, commentary, sidebar, notice, briefs; a ``caption`` ``of`` another unit; or the ``furniture``."""

    id: str
    type: str
    parts: tuple[Part, ...]
    of: str = ""


@dataclass(frozen=True, slots=True)
class Gold:
    """What is right about one page."""

    units: tuple[Unit, ...]
    sha256: str = ""

    def unit(self, ident: str) -> Unit:
        """Find the unit with this id."""
        return next(u for u in self.units if u.id == ident)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one gold unit fared: ``article`` is the id it was matched with, ``differences`` is empty if exact."""

    unit: Unit
    article: str
    differences: tuple[str, ...]

    @property
    def exact(self) -> bool:
        """Whether nothing differs."""
        return not self.differences

    def __str__(self) -> str:
        head = f"{self.unit.id} ({self.unit.type}) against {self.article or 'nothing'}"
        return head + (": exact" if self.exact else "".join(f"\n  {d}" for d in self.differences))


def load(path: Path) -> Gold:
    """Read a gold file."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Gold(tuple(_unit(u) for u in data["units"]), data.get("sha256", ""))


def _unit(data: dict[str, object]) -> Unit:
    parts = data["parts"]
    if not isinstance(parts, list):
        raise TypeError(f"parts of {data['id']} must be a list")
    made = tuple(Part(p["role"], p["text"], tuple(Span(*span) for span in p.get("lines", ()))) for p in parts)
    return Unit(str(data["id"]), str(data["type"]), made, str(data.get("of", "")))


def compare(gold: Gold, issue: Issue, *, lines: bool = False) -> tuple[Verdict, ...]:
    """Hold every gold unit against the issue; with ``lines`` the places of all characters must agree, too."""
    check = _places(issue) if lines else None
    matched = match([u for u in gold.units if u.type not in ("caption", "furniture")], issue.articles)
    verdicts = []
    for unit in gold.units:
        if unit.type == "furniture":
            verdicts.append(Verdict(unit, "furniture", tuple(_parts(_sorted(unit), _inorder(issue.furniture), check))))
        elif unit.type == "caption":
            verdicts.append(_caption(unit, matched.get(unit.of), issue, check))
        else:
            verdicts.append(_article(unit, matched.get(unit.id), check))
    return tuple(verdicts)


def report(verdicts: Iterable[Verdict]) -> str:
    """All that differs, for an assertion message; empty if everything is exact."""
    return "\n".join(str(v) for v in verdicts if not v.exact)


def match(units: Sequence[Unit], articles: Sequence[Article]) -> dict[str, Article]:
    """Pair units and articles by shared character pairs, largest share first, each used once."""
    wanted = [_pairs(p.text for p in u.parts) for u in units]
    found = [_pairs(p.text for p in a.parts) for a in articles]
    scores = sorted(
        ((w & f).total(), -i, -j) for i, w in enumerate(wanted) for j, f in enumerate(found) if (w & f).total()
    )
    out: dict[str, Article] = {}
    used: set[int] = set()
    for _, i, j in reversed(scores):
        if units[-i].id not in out and -j not in used:
            out[units[-i].id] = articles[-j]
            used.add(-j)
    return out


def losses(issue: Issue, ink: Callable[[str], str]) -> tuple[str, ...]:
    """Where the law of conservation is broken: characters of a source line that are gone, doubled or changed."""
    seen: dict[tuple[int, int], list[Line]] = {}
    for paragraph in issue.paragraphs:
        for line in paragraph.lines:
            seen.setdefault((line.place.page, line.place.line), []).append(line)
    out = []
    for page in issue.pages:
        for line in page.lines:
            pieces = sorted(seen.pop((page.number, line.place.line), []), key=lambda p: p.place.start)
            got = "".join(ink(p.text) for p in pieces)
            if got != ink(line.raw):
                out.append(f"line {line.place.line}: {line.raw!r} became {got!r}")
    return (*out, *(f"line {number} of page {page} is not in the source" for page, number in seen))


Check = Callable[[Part, Paragraph], str]


def _places(issue: Issue) -> Check:
    raws = {line.place.line: line.raw for page in issue.pages for line in page.lines}

    def inked(line: int, start: int, end: int | None) -> Iterator[tuple[int, int]]:
        raw = raws.get(line, "")
        return ((line, n) for n, c in enumerate(raw[:end]) if n >= start and not c.isspace())

    def check(part: Part, got: Paragraph) -> str:
        wanted = {spot for s in part.spans for n in range(s.first, s.last + 1) for spot in inked(n, s.start, s.end)}
        found = {spot for x in got.lines for spot in inked(x.place.line, x.place.start, x.place.end)}
        if wanted == found:
            return ""
        first = min(wanted ^ found)
        return f"{part.role} {_clip(part.text, 0)}: other place, first at line {first[0]} character {first[1]}"

    return check


def _article(unit: Unit, article: Article | None, check: Check | None) -> Verdict:
    if article is None:
        return Verdict(unit, "", ("no article shares any text with it",))
    kind = [f"type: expected {unit.type}, got {article.kind.value}"] if article.kind.value != unit.type else []
    return Verdict(unit, article.id or "?", (*kind, *_parts(unit.parts, article.parts, check)))


def _caption(unit: Unit, article: Article | None, issue: Issue, check: Check | None) -> Verdict:
    wanted = _pairs(p.text for p in unit.parts)

    def share(figure: Figure) -> int:
        return (wanted & _pairs(p.text for p in figure.parts)).total()

    choices = [(share(f), a, f) for a in issue.articles for f in a.figures if share(f)]
    if not choices:
        return Verdict(unit, "", ("no figure shares any text with it",))
    _, home, figure = max(choices, key=lambda c: c[0])
    where = [] if home is article else [f"figure stands in {home.id or '?'}, not in the article that is {unit.of}"]
    return Verdict(unit, home.id or "?", (*where, *_parts(unit.parts, figure.parts, check)))


def _parts(wanted: Sequence[Part], found: Sequence[Paragraph], check: Check | None) -> Iterator[str]:
    for name, roles in GROUPS:
        expected = [p for p in wanted if ROLES[p.role] <= roles]
        got = [p for p in found if p.role in roles]
        yield from (f"{name}: {d}" for d in _sequence(expected, got, check))


def _sequence(expected: Sequence[Part], got: Sequence[Paragraph], check: Check | None) -> Iterator[str]:
    matcher = SequenceMatcher(None, [p.text for p in expected], [p.text for p in got], autojunk=False)
    for tag, i0, i1, j0, j1 in matcher.get_opcodes():
        for n in range(max(i1 - i0, j1 - j0)):
            want = expected[i0 + n] if i0 + n < i1 else None
            have = got[j0 + n] if j0 + n < j1 else None
            at = _fork(want.text, have.text) if want and have and tag != "equal" else 0
            if tag != "equal":
                yield "\n    ".join(
                    (
                        f"part {i0 + n + 1}:",
                        f"expected {want.role + ' ' + _clip(want.text, at) if want else 'nothing'}",
                        f"got      {have.role.value + ' ' + _clip(have.text, at) if have else 'nothing'}",
                    )
                )
            elif want and have:
                if have.role not in ROLES[want.role]:
                    yield f"{_clip(want.text, 0)}: expected role {want.role}, got {have.role.value}"
                if check and (wrong := check(want, have)):
                    yield wrong


def _sorted(unit: Unit) -> list[Part]:
    return sorted(unit.parts, key=lambda p: p.text)


def _inorder(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    return sorted(paragraphs, key=lambda p: p.text)


def _pairs(texts: Iterable[str]) -> Counter[str]:
    return Counter(text[n : n + 2] for text in texts for n in range(len(text) - 1))


def _fork(one: str, two: str) -> int:
    """Where two texts first differ."""
    return next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def _clip(text: str, at: int) -> str:
    """Cut a window around character ``at``, and say how long the text is."""
    if len(text) <= 60:
        return repr(text)
    start = max(0, at - 20)
    return f"{'…' if start else ''}{text[start : start + 40]!r}… ({len(text)} characters)"
