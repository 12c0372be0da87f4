"""Issues built by hand for the tests of writers and validation: the seed page from its gold, every kind and role."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from relayout.imprint import Box
from relayout.model import Article, Evidence, Figure, Issue, Line, Note, Page, Paragraph, Place, Source
from relayout.roles import Joint, Kind, Level, Role
from relayout.told import Sureness

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("RELAYOUT_DATA", str(ROOT.parent / "shared" / "data")))
TEI_ALL = DATA / "schemas" / "tei_all-4.12.0.simplified.rng"
SEED = "takungpao-2025-07-16"

_GOLD_ROLES = {"subhead": Role.CROSSHEAD, **{role.value: role for role in Role}}


def seed_folder() -> Path | None:
    """Where the seed page and its gold lie: among the samples, else beside the checkout; nowhere: None."""
    places = [ROOT / "samples" / SEED, ROOT.parent / "shared" / "gold"]
    return next((place for place in places if _gold_in(place)), None)


def _gold_in(place: Path) -> Path | None:
    return next((file for file in (place / "gold.json", place / f"{SEED}.gold.json") if file.exists()), None)


def seed_bytes() -> bytes:
    folder = seed_folder()
    assert folder is not None
    file = folder / "input.txt"
    return (file if file.exists() else folder / f"{SEED}.txt").read_bytes()


def line(text: str, number: int, page: int = 1, start: int = 0, end: int | None = None) -> Line:
    return Line(raw=text, text=text.strip(), place=Place(page, number, start, end))


def paragraph(role: Role, number: int, *texts: str, joint: Joint = Joint.TIGHT, mark: int = 0) -> Paragraph:
    """Make a paragraph whose lines have the numbers from ``number`` on and stand on page 1."""
    lines = tuple(line(text, number + index) for index, text in enumerate(texts))
    return Paragraph(lines, (joint,) * (len(lines) - 1), role, mark=mark)


def issue(*articles: Article, furniture: Iterable[Paragraph] = (), notes: Iterable[Note] = ()) -> Issue:
    """Make an issue of these articles; its pages hold the lines that the articles are made of."""
    kept = tuple(furniture)
    parts = [*(part for article in articles for part in article.paragraphs), *kept]
    lines = sorted((each for part in parts for each in part.lines), key=lambda each: each.place)
    pages = tuple(
        Page(number, tuple(each for each in lines if each.place.page == number))
        for number in sorted({each.place.page for each in lines})
    )
    whole = Issue(Source("page.txt"), pages, articles, kept, tuple(notes), lang="zh-Hant")
    return replace(whole, source=Source("page.txt", hashlib.sha256(source_of(whole)).hexdigest()))


def source_of(an_issue: Issue) -> bytes:
    """Make the text file that the pages of such an issue would have been read from (one page, whole lines)."""
    rows: dict[int, dict[int, str]] = {}
    for part in an_issue.paragraphs:
        for each in part.lines:
            rows.setdefault(each.place.line, {})[each.place.start] = each.raw
    last = max(rows, default=0)
    texts = ("".join(text for _, text in sorted(rows.get(number, {}).items())) for number in range(1, last + 1))
    return "".join(text + "\n" for text in texts).encode(errors="surrogatepass")


def unsure(whole: Issue, *certs: float, step: int = 2) -> Issue:
    """Return the issue as if an engine had said of every ``step`` characters of its lines how sure it is, by turns."""
    pages = []
    for page in whole.pages:
        raws: dict[int, int] = {}
        for each in page.lines:
            start, end = each.place.start, each.place.end
            raws[each.place.line] = max(raws.get(each.place.line, 0), start + len(each.raw) if end is None else end)
        sure = [
            Sureness(number, at, min(at + step, length), certs[(number + at // step) % len(certs)])
            for number, length in raws.items()
            for at in range(0, length, step)
        ]
        pages.append(replace(page, sure=tuple(sure)))
    return replace(whole, pages=tuple(pages))


def example() -> Issue:
    """Make the example of docs/tei.md: a report with a photo, and a list whose headline was glued to the report's."""
    head, other = (
        line("打造韌性城市 管住任性權力", 9, start=0, end=13),
        line("會議部署七方面重點工作", 9, start=13, end=24),
    )
    caption = (line("▲會議在北京舉行。", 8, start=0, end=9), line(" 新華社", 8, start=9, end=13))
    report = Article(
        (
            Paragraph((head,), role=Role.HEAD),
            paragraph(Role.BODY, 1, "【大公報訊】會議指", "出，黨的十八大以來。", mark=6),
            paragraph(Role.CROSSHEAD, 3, "走出新路子"),
            paragraph(Role.BODY, 4, "會議強調。"),
            paragraph(Role.BYLINE, 5, "大公報記者王珏"),
        ),
        figures=(
            Figure((Paragraph(caption[:1], role=Role.CAPTION, mark=1), Paragraph(caption[1:], role=Role.CREDIT))),
        ),
        id="a1",
    )
    box = Article(
        (
            Paragraph((other,), role=Role.HEAD),
            paragraph(Role.LIST_HEAD, 6, "❶着力優化城市體系", mark=1),
            replace(paragraph(Role.ITEM, 10, "•發展組團式、網絡化的現代化城市", "群和都市圈", mark=1), cert=0.7),
            paragraph(Role.SOURCE, 12, "資料來源：新華社"),
        ),
        Kind.SIDEBAR,
        id="a2",
        about="a1",
    )
    return issue(report, box, furniture=(paragraph(Role.FURNITURE, 7, "A2"),))


def every_role() -> Issue:
    """Every kind with every role in a reasonable order, captions and doubts included."""
    number = 1
    articles = []
    for index, kind in enumerate(Kind, 1):
        parts = []
        for role in (
            Role.KICKER,
            Role.HEAD,
            Role.SUB,
            Role.RUBRIC,
            Role.BYLINE,
            Role.DATELINE,
            Role.LEAD,
            Role.BODY,
            Role.LIST_HEAD,
            Role.ITEM,
            Role.ITEM,
            Role.SOURCE,
            Role.CROSSHEAD,
            Role.BODY,
            Role.ROW,
            Role.ROW,
            Role.CAPTION,
            Role.CREDIT,
            Role.DISPLAY,
            Role.FURNITURE,
            Role.BYLINE,
        ):
            texts = ("甲\t乙\t", "丙") if role is Role.ROW else ("•第一行", "第二行")
            parts.append(paragraph(role, number, *texts, mark=1 if role in (Role.ITEM, Role.LIST_HEAD) else 0))
            number += 2
        photo = Figure((paragraph(Role.CAPTION, number, "▲照片"), paragraph(Role.CREDIT, number + 1, "新華社")), 0.6)
        number += 2
        unit = "u1" if kind is Kind.UNASSIGNED else f"a{index}"
        about = "a1" if kind is Kind.SIDEBAR else ""
        articles.append(Article(tuple(parts), kind, (photo,), unit, about, 0.4 if kind is Kind.UNASSIGNED else 0.9))
    furniture = [paragraph(Role.FURNITURE, number, "大公報 要聞"), paragraph(Role.FURNITURE, number + 1, "A2")]
    reasons = (Evidence("words in common", 0.2, 1.5), Evidence("nearness", -1.0, 0.5))
    notes = (
        Note(
            "group",
            "credit may belong elsewhere",
            "nothing in common",
            0.3,
            Level.DOUBT,
            Place(1, 2),
            "第二行",
            reasons,
        ),
        Note("clean", "radicals", "⼯ is 工", level=Level.REPAIR),
    )
    whole = issue(*articles, furniture=furniture, notes=notes)
    return replace(whole, title="大公報", date="2025-07-16", profile="takungpao")


def boxed(an_issue: Issue) -> Issue:
    """Return the same issue with a box round the first line of its first page."""
    first, *pages = an_issue.pages
    head, *lines = first.lines
    return replace(an_issue, pages=(replace(first, lines=(replace(head, box=Box(0, 0.5, 10, 12)), *lines)), *pages))


def seed() -> Issue:
    """Make the seed page as its gold says it should be."""
    folder = seed_folder()
    assert folder is not None
    gold_file = _gold_in(folder)
    assert gold_file is not None
    gold = json.loads(gold_file.read_text(encoding="utf-8"))
    data = seed_bytes()
    raws = data.decode().split("\n")
    lines = tuple(line(raw, number) for number, raw in enumerate(raws, 1) if raw.strip())
    articles: dict[str, Article] = {}
    for unit in gold["units"]:
        parts = tuple(_gold_part(part, raws) for part in unit["parts"])
        if unit["type"] == "caption":
            owner = articles[unit["of"]]
            articles[unit["of"]] = replace(owner, figures=(*owner.figures, Figure(parts)))
        else:
            articles[unit["id"]] = Article(parts, Kind(unit["type"]), id=unit["id"])
    source = Source(f"{SEED}.txt", hashlib.sha256(data).hexdigest())
    return Issue(
        source,
        (Page(1, lines),),
        tuple(articles.values()),
        profile="takungpao",
        lang="zh-Hant",
        title="大公報",
        date="2025-07-16",
    )


def _gold_part(part: dict[str, object], raws: list[str]) -> Paragraph:
    lines: list[Line] = []
    spans = part["lines"]
    assert isinstance(spans, list)
    rest = str(part["text"])
    for first, last, *span in spans:
        for number in range(first, last + 1):
            raw = raws[number - 1]
            start, end = span or (0, None)
            # What the stages would have chosen: the gold text, as much of it as this line has characters.
            count = len("".join(raw[start:end].split()))
            text = _take(rest, count)
            rest = rest[len(text) :].lstrip()
            lines.append(Line(raw[start:end], text.strip(), Place(1, number, start, end)))
    assert not rest
    marks = {"item": 1, "list-head": 1}
    text = str(part["text"])
    mark = marks.get(str(part["role"]), text.find("】") + 1 if text.startswith("【") else 0)
    joints = (Joint.TIGHT,) * (len(lines) - 1)
    return Paragraph(tuple(lines), joints, _GOLD_ROLES[str(part["role"])], mark=mark)


def _take(text: str, count: int) -> str:
    """Return the start of ``text`` that has ``count`` characters which are not white space."""
    end = 0
    while count:
        count -= not text[end].isspace()
        end += 1
    return text[:end]
