"""A real newspaper of 1939 as its physical lines: what is read, what is right, and how much of it comes out.

The folds (two pages each) are no part of the project; ``RELAYOUT_DATA`` says where they are. Truth: ``div
type=article`` is an article, its first ``p`` the headline, every other ``p`` a paragraph, ``lb`` the end of a printed
line. What is put in is the lines in the order of the file, with no blank line and no indent.
``python -m bench.jingbao`` prints the sums of the days of development, with ``--test`` those of the others.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from lxml import etree

import relayout
from relayout.chars import bracketed, canonical, is_han, tight
from relayout.model import Article, Issue, Paragraph
from relayout.roles import Kind, Role

DATA = Path(os.environ.get("RELAYOUT_DATA", "../shared/data")) / "jingbao-1939" / "text"
DEVELOPMENT = ("04-21", "04-22", "04-23", "04-24")
TEST = ("04-25", "04-26", "04-27")
HEADS = (Role.KICKER, Role.HEAD, Role.SUB)
PROSE = (Role.BODY, Role.LEAD, Role.ITEM, Role.LIST_HEAD)
NEAR = 0.9  # how like its truth an article must be
STREAMS = ("articles", "adverts", "all", "spaced")
KNOWN = {"article": "article", "advert": "advertisement", "margin": "furniture", "head": "furniture"}
LONG = 40  # characters of a text without marks that is surely no headline
_AUTHOR = re.compile("[著作譯譔撰]$")
_WHITE = re.compile(r"[ \t\n\r]+")


class Unit(NamedTuple):
    """An article, advertisement or margin: its paragraphs, each the printed lines of it."""

    kind: str
    paragraphs: tuple[tuple[str, ...], ...]


class Page(NamedTuple):
    """One fold: what it is called, and its units in the order of the file."""

    name: str
    units: tuple[Unit, ...]


def folds(dates: Iterable[str], folder: Path = DATA) -> list[Path]:
    """Return the files of the folds of ``dates`` (``04-21``), in order; none where the data is absent."""
    return sorted(path for date in dates for path in folder.glob(f"*-{date}_*.xml"))


def read(path: Path, *, spaced: bool = False) -> Page:
    """Read a fold; ``spaced`` leaves the spaces that stand in the file around its comments, as a quick reader would."""
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=True, remove_comments=True)
    units: list[tuple[etree._Element, str, list[tuple[str, ...]]]] = []
    for paragraph in etree.parse(str(path), parser).iter("p"):
        lines = lines_of(paragraph, spaced=spaced)
        owner = next((d for d in paragraph.iterancestors("div") if d.get("type") in KNOWN), None)
        if not lines:
            continue
        if owner is None:
            owner = next(paragraph.iterancestors("div"))
        if not units or units[-1][0] is not owner:
            units.append((owner, KNOWN.get(owner.get("type", ""), "caption"), []))
        units[-1][2].append(lines)
    return Page(path.stem, tuple(Unit(kind, tuple(paragraphs)) for _, kind, paragraphs in units))


def lines_of(paragraph: etree._Element, *, spaced: bool = False) -> tuple[str, ...]:
    """Return the printed lines of a ``p``, without the white space of the file."""
    lines = [_WHITE.sub(" ", line).strip(" ") for line in "".join(_pieces(paragraph)).split("\0")]
    return tuple(line if spaced else _closed(line) for line in lines if line.strip())


def _pieces(element: etree._Element) -> Iterable[str]:
    """Give the text inside ``element``, a NUL at each line end."""
    yield "\0" if element.tag == "lb" else element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""


def _closed(line: str) -> str:
    """Drop the spaces beside a Han character: they stand around comments of the file."""
    return re.sub(
        r"(?<=(.)) (?=(.))",
        lambda m: "" if any(is_han(c) or ord(c) > 0x2FFF for c in m.groups()) else " ",
        line,
    )


def text_of(page: Page, stream: str = "articles") -> str:
    """Return the lines of a fold as plain text: of its articles, with adverts, or all."""
    return "\n".join(line for unit in _units(page, stream) for p in unit.paragraphs for line in p) + "\n"


def _units(page: Page, stream: str) -> list[Unit]:
    kinds = {"articles": ("article",), "spaced": ("article",), "adverts": ("article", "advertisement")}.get(stream)
    return [unit for unit in page.units if not kinds or unit.kind in kinds]


def joined(lines: Sequence[str]) -> str:
    """Return what is compared: the lines glued, canonical, without any white space."""
    return "".join(canonical("".join(lines)).split())


def gold(page: Page, stream: str = "articles") -> dict[str, object]:
    """Return the truth of a fold in the form of the samples' ``gold.json``.

    The data has no roles but headline and paragraph. Each line of a headline is a part, as in every gold. A ``p`` of
    one line is a byline where it is all in brackets or says that somebody wrote, a crosshead where it has no mark;
    one of several lines without a mark before any text is more of the headline.
    """
    units: list[dict[str, object]] = []
    number = 0
    for unit in _units(page, stream):
        parts: list[dict[str, object]] = []
        for i, paragraph in enumerate(unit.paragraphs):
            begin = number + 1
            number += len(paragraph)
            role = _role(unit, i)
            pieces = [(line,) for line in paragraph] if role == "head" else [paragraph]
            for n, piece in enumerate(pieces):
                last = begin + n if role == "head" else number
                parts.append({"role": role, "text": edited(piece, role), "lines": [[begin + n, last]]})
        units.append({"id": f"u{len(units) + 1}", "type": unit.kind, "parts": parts})
    return {"format": "relayout-gold/1", "lang": "zh-Hant", "source": f"{page.name}.txt", "units": units}


def _role(unit: Unit, i: int) -> str:
    if unit.kind in ("furniture", "caption"):
        return unit.kind
    text = "".join(unit.paragraphs[i])
    if unit.kind == "article" and i == 0 and len(unit.paragraphs) > 1:
        return "head"
    if unit.kind != "article" or any(mark in text for mark in "，、。；！？"):
        return "p"
    if bracketed(text) or _AUTHOR.search(text):
        return "byline"
    before = "".join(line for paragraph in unit.paragraphs[:i] for line in paragraph)
    if len(unit.paragraphs[i]) > 1:
        return "p" if len(text) > LONG or any(mark in before for mark in "，、。") else "head"
    return "crosshead"


def edited(lines: Sequence[str], role: str = "p") -> str:
    """Return what a careful editor would write: lines glued, single spaces, none in a name, in prose none at a mark."""
    text = " ".join(canonical("".join(lines)).split())
    if " " in text and all(len(piece) == 1 and is_han(piece) for piece in text.split()):
        return text.replace(" ", "")
    return text if role in ("head", "byline") else tight(text)


class Sum(NamedTuple):
    """Right ones among those that there are, and among those that were given."""

    right: int = 0
    there: int = 0
    given: int = 0

    def plus(self, other: Sum) -> Sum:
        """Add up."""
        return Sum(self.right + other.right, self.there + other.there, self.given + other.given)

    @property
    def recall(self) -> float:
        """What share of what there is came out."""
        return self.right / max(1, self.there)

    @property
    def f1(self) -> float:
        """Twice the right ones among all there are and all given."""
        return 2 * self.right / max(1, self.there + self.given)


def paragraph_sums(page: Page, issue: Issue) -> dict[str, Sum]:
    """Count exact paragraphs under each reading of the data.

    ``body``: all but the first ``p`` of an article, against all but headlines; ``strict``: the same against running
    text alone; ``headed``: all, the headline joined; ``decked``: all, each line of the headline apart; ``prose``:
    paragraphs of two lines and more, against running text.
    """
    units = [unit for unit in page.units if unit.kind == "article"]
    heads = [unit.paragraphs[0] for unit in units]
    rest = [paragraph for unit in units for paragraph in unit.paragraphs[1:]]
    ours = [a for a in issue.articles if a.kind is not Kind.ADVERTISEMENT]
    decks = [joined([p.text for p in a.parts if p.role in HEADS]) for a in ours]
    titles = [joined([p.text]) for a in ours for p in a.parts if p.role in HEADS]
    others = [joined([p.text]) for a in ours for p in _all(a) if p.role not in HEADS]
    prose = [joined([p.text]) for a in ours for p in _all(a) if p.role in PROSE]
    body = [joined(lines) for lines in rest]
    return {
        "body": _common(body, others),
        "strict": _common(body, prose),
        "headed": _common([*map(joined, heads), *body], [*filter(None, decks), *others]),
        "decked": _common([joined([line]) for head in heads for line in head] + body, [*titles, *others]),
        "prose": _common([joined(lines) for lines in rest if len(lines) > 1], prose),
    }


def _all(article: Article) -> list[Paragraph]:
    return [*article.parts, *(p for figure in article.figures for p in figure.parts)]


def _common(there: Sequence[str], given: Sequence[str]) -> Sum:
    return Sum((Counter(there) & Counter(given)).total(), len(there), len(given))


def article_sums(page: Page, issue: Issue) -> dict[str, Sum]:
    """Count the articles whose text is like ours (Indel similarity), one to one: the whole, and without headlines."""
    units = [unit for unit in page.units if unit.kind == "article"]
    ours = [a for a in issue.articles if a.kind is not Kind.ADVERTISEMENT]
    return {
        "whole": _alike(
            [joined([line for p in unit.paragraphs for line in p]) for unit in units],
            [joined([p.text for p in _all(a)]) for a in ours if a.kind is not Kind.UNASSIGNED],
        ),
        "texts": _alike(
            [joined([line for p in unit.paragraphs[1:] for line in p]) for unit in units],
            [joined([p.text for p in _all(a) if p.role not in HEADS]) for a in ours if a.kind is not Kind.UNASSIGNED],
        ),
    }


def _alike(there: Sequence[str], given: Sequence[str]) -> Sum:
    from rapidfuzz.distance import Indel

    there, given = [t for t in there if t], [g for g in given if g]
    pairs = sorted(
        (-Indel.normalized_similarity(t, g, score_cutoff=NEAR), i, j)
        for i, t in enumerate(there)
        for j, g in enumerate(given)
    )
    left, right = set(range(len(there))), set(range(len(given)))
    for value, i, j in pairs:
        if -value >= NEAR and i in left and j in right:
            left.remove(i)
            right.remove(j)
    return Sum(len(there) - len(left), len(there), len(given))


def sums(paths: Iterable[Path], stream: str = "articles", profile: str = "") -> dict[str, Sum]:
    """Return the sums over ``paths``, each read as ``stream`` with ``profile`` (empty: the one that fits)."""
    total: dict[str, Sum] = {}
    for path in paths:
        page = read(path, spaced=stream == "spaced")
        issue = relayout.fix(text_of(page, stream), profile=profile, name=f"{path.stem}.txt")
        for name, one in (*paragraph_sums(page, issue).items(), *article_sums(page, issue).items()):
            total[name] = total.get(name, Sum()).plus(one)
    return total


def main() -> None:
    """Print the sums; with ``--write DIR`` the lines and the gold of each fold as files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--test", action="store_true", help="the folds that nobody looks at: 25 to 27 April")
    parser.add_argument("--profile", default="", help="the profile to take; empty: the one that fits")
    parser.add_argument("--stream", choices=STREAMS, action="append")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    paths = folds(TEST if options.test else DEVELOPMENT)
    for stream in options.stream or STREAMS:
        if options.write:
            options.write.mkdir(parents=True, exist_ok=True)
            for path in paths:
                page = read(path)
                (options.write / f"{path.stem}.{stream}.txt").write_text(text_of(page, stream), "utf-8")
                (options.write / f"{path.stem}.{stream}.gold.json").write_text(
                    json.dumps(gold(page, stream), ensure_ascii=False, indent=1), "utf-8"
                )
        found = sums(paths, stream, options.profile)
        print(
            f"{stream:9}" + "  ".join(f"{name} {one.f1:.3f} (recall {one.recall:.3f})" for name, one in found.items())
        )


if __name__ == "__main__":
    main()
