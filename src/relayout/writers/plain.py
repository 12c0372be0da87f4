"""Plain text for people and corpus tools: the whole page, one file per article, and a table about them.

UTF-8 without BOM, NFC, LF, a final newline, one paragraph a line. Headline lines come first, captions last;
page furniture and jump lines are left out (they are in the TEI). What is known about an article stands in
``metadata.tsv``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from relayout.model import Article, Issue, Paragraph, Place
from relayout.roles import Role
from relayout.sureness import known, mean
from relayout.writers import naming
from relayout.writers.columns import lanes, standing

COLUMNS = (
    "id",
    "kind",
    "headline",
    "rubric",
    "byline",
    "pages",
    "columns",
    "first_line",
    "last_line",
    "paragraphs",
    "characters",
    "certainty",
    "ocr",
    "about",
    "file",
)

_HEADS = (Role.KICKER, Role.HEAD, Role.SUB)
# Anything that an editor or a corpus tool may take for a line end.
_LINE_ENDS = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_WHITE = re.compile(r"\s+")


def render(issue: Issue) -> dict[str, bytes]:
    """Give ``<stem>.txt``, ``<stem>-a1.txt`` … and ``metadata.tsv``."""
    stem = naming.safe(issue.stem)
    ids = naming.article_ids(issue)
    texts = {f"{stem}-{unit}.txt": article_text(article) for unit, article in zip(ids, issue.articles, strict=True)}
    rows: list[tuple[str, ...]] = [COLUMNS]
    found = {page.number: lanes(page) for page in issue.pages}
    told = known(issue.pages)
    for unit, article, file in zip(ids, issue.articles, texts, strict=True):
        sure = mean((line for p in article.paragraphs for line in p.lines), told)
        rows.append(_row(unit, article, file, standing(article, found), sure))
    return {
        f"{stem}.txt": page_text(issue).encode(),
        **{file: text.encode() for file, text in texts.items()},
        "metadata.tsv": "".join("\t".join(row) + "\n" for row in rows).encode(),
    }


def page_text(issue: Issue) -> str:
    """Every article after the other, an empty line between them."""
    return "\n".join(filter(None, map(article_text, issue.articles)))


def article_text(article: Article) -> str:
    """One article: headline lines, then rubric, byline and body in their order, then captions."""
    return "".join(f"{_one_line(part.text)}\n" for part in _in_order(article))


def _in_order(article: Article) -> list[Paragraph]:
    printed = [part for part in article.parts if part.role not in (Role.FURNITURE, Role.JUMP)]
    captions: list[Paragraph] = []
    body: list[Paragraph] = []
    pictured = False
    for part in printed:
        # A credit goes with the caption before it; alone it belongs to a list or a chart of the body.
        pictured = part.role is Role.CAPTION or (pictured and part.role is Role.CREDIT)
        (captions if pictured else body).append(part)
    heads = [part for part in body if part.role in _HEADS]
    rest = [part for part in body if part.role not in _HEADS]
    return [*heads, *rest, *captions, *(part for figure in article.figures for part in figure.parts)]


def _row(unit: str, article: Article, file: str, columns: str, sure: float | None) -> tuple[str, ...]:
    printed = _in_order(article)
    places = [line.place for part in article.paragraphs for line in part.lines]
    pages = sorted({place.page for place in places})
    return (
        unit,
        article.kind.value,
        _cell(article.heads()),
        _cell(part for part in article.parts if part.role is Role.RUBRIC),
        _cell(part for part in article.parts if part.role is Role.BYLINE),
        " ".join(map(str, pages)),
        columns,
        str(min(places, key=_counted).line),
        str(max(places, key=_counted).line),
        str(len(printed)),
        str(sum(len(_WHITE.sub("", _one_line(part.text))) for part in printed)),
        f"{article.cert:.2f}",
        "" if sure is None else f"{sure:.2f}",
        article.about,
        file,
    )


def _counted(place: Place) -> tuple[int, int]:
    return place.page, place.line


def _cell(parts: Iterable[Paragraph]) -> str:
    return " / ".join(_WHITE.sub(" ", _one_line(part.text)) for part in parts)


def _one_line(text: str) -> str:
    return unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", _LINE_ENDS.sub(" ", text)))
