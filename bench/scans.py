"""Scanned newspapers through relayout and through simple rules: whether the articles and the order come out.

The collections are no part of the project; ``RELAYOUT_DATA`` says where they are. ``bnf-metsalto`` and ``bl-1824`` are
issues of ALTO pages whose METS, which nothing but the truth reads, tells the articles; ``reichsanzeiger`` are pages of
PAGE XML with the order of their regions and their headings, but no articles. What an engine or a person leaves who
knows no blocks is made of the pages of issues (``scan_hiding.py``). ``python -m bench.scans`` prints the
scores, with ``--write`` they go into the scorecard, too; what they mean is in ``docs/scorecard.md``.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from bench import scan_hiding, scan_truth
from bench.scan_baselines import BASELINES, blocks, by_rows, headings
from bench.scan_hiding import merged, transkribus
from bench.scan_ours import Found, Given, UnreadError, as_it_is, fixed, hidden, shuffled, trusted
from bench.scan_ours import whole as whole_issue
from bench.scan_score import Order, Tally, order, pages_of, score
from bench.scan_truth import Key, Ordered, Scan, Sheet, Unit

import relayout

DATA = Path(os.environ.get("RELAYOUT_DATA", "../shared/data"))
ORDERS = {"order of the file": blocks, "blocks from the top down": by_rows}
ISSUES = {"bnf-metsalto": "*/*METS.xml", "bl-1824": "*mets.xml"}
PAGES = {"reichsanzeiger": "*.xml"}
ABSENT = "absent; RELAYOUT_DATA says where the collections are"
MARKS = ("<!-- scans -->", "<!-- end of scans -->")
OURS = "relayout"
SHUFFLED = "relayout, blocks shuffled"
HIDDEN = "relayout, order and types hidden"
TRUST = "relayout, METS trusted"
BLOCKLESS: dict[str, Callable[[Sheet], Given]] = {
    "relayout, blocks hidden": merged,
    "relayout, blocks and order hidden": scan_hiding.shuffled,
    "relayout, PAGE of one region": transkribus,
}


def issues(collection: str, folder: Path = DATA) -> list[Path]:
    """Return the METS files of a collection, in order; none where it is absent."""
    return sorted((folder / collection).glob(ISSUES[collection]))


def pages(collection: str, folder: Path = DATA) -> list[Path]:
    """Return the PAGE files of a collection, in order; none where it is absent."""
    return sorted((folder / collection).glob(PAGES[collection]))


def articles(scans: Iterable[Scan], give: Callable[[Sheet, int], Iterable[Unit]], *, whole: bool = False) -> Tally:
    """Add up the scores of issues; an article on two pages is one on each, or with ``whole`` one in the issue."""
    total = Tally()
    for scan in scans:
        units = [unit for n, sheet in enumerate(scan.sheets, 1) for unit in give(sheet, n)]
        if whole:
            total = total.plus(score(scan.units, units, scan.weights))
            continue
        ours = pages_of(units)
        for page, truth in pages_of(scan.units).items():
            total = total.plus(score(truth, ours[page], scan.weights))
    return total


def _issues(scans: Iterable[Scan]) -> Tally:
    """Add up the scores of issues that relayout had whole."""
    total = Tally()
    for scan in scans:
        total = total.plus(score(scan.units, whole_issue(scan), scan.weights))
    return total


def orders(found: Iterable[tuple[Ordered, Iterable[Unit], frozenset[Key]]], *, tables: bool = False) -> Order:
    """Add up the scores of pages with a known order; ``tables`` takes the cells of tables too."""
    total = Order()
    for page, units, heads in found:
        left = frozenset() if tables else page.cells
        regions = [kept for region in page.regions if (kept := tuple(key for key in region if key not in left))]
        weights = {row.key: row.weight for row in page.sheet.rows}
        flat = [key for unit in units for key in unit]
        total = total.plus(order(regions, page.headings, flat, heads, weights))
    return total


def _row(name: str, measures: Mapping[str, float], more: str = "") -> str:
    return f"  {name:38}" + "".join(f"{value:12.3f}" for value in measures.values()) + more


def report(folder: Path = DATA) -> Iterator[str]:
    """Yield the lines of the report; a collection that is absent is said to be."""
    ours: dict[Path, Found] = {}
    mixed: dict[Path, Found] = {}
    scans: list[Scan] = []
    for collection in ISSUES:
        read = [scan_truth.mets(path) for path in issues(collection, folder)]
        why = _fill(ours, read) or _fill(mixed, read, shuffled)
        yield from _of_issues(collection, read, ours, mixed, why) if read else [f"{collection}: {ABSENT}"]
        scans += read
    if len({scan.sheets[0].path.parent for scan in scans if scan.sheets}) > 1:
        yield from _of_issues("all issues", scans, ours, mixed, "" if mixed else "see above")
    for collection in PAGES:
        known = [scan_truth.page(path) for path in pages(collection, folder)]
        yield from _of_pages(collection, known) if known else [f"{collection}: {ABSENT}"]


def _fill(ours: dict[Path, Found], scans: Iterable[Scan], given: Callable[[Sheet], Given] = as_it_is) -> str:
    """Give every page to relayout; returns why it cannot be scored, or nothing."""
    try:
        for scan in scans:
            ours.update((sheet.path, fixed(sheet, n, given(sheet))) for n, sheet in enumerate(scan.sheets, 1))
    except UnreadError as error:
        return str(error)
    return ""


def _of_issues(
    name: str, scans: list[Scan], ours: Mapping[Path, Found], mixed: Mapping[Path, Found], why: str
) -> Iterator[str]:
    characters = sum(sum(scan.weights.values()) for scan in scans)
    inside = sum(scan.weights[key] for scan in scans for unit in scan.units for key in unit)
    share = inside / max(1, characters)
    paths = [sheet.path for scan in scans for sheet in scan.sheets]
    known = not why and all(path in ours and path in mixed for path in paths)
    for whole in (False, True):
        rows = {
            rule: articles(scans, lambda sheet, _, give=give: give(sheet), whole=whole)
            for rule, give in BASELINES.items()
        }
        if known and whole:
            rows[OURS] = _issues(scans)
        elif known:
            rows[OURS] = articles(scans, lambda sheet, _: ours[sheet.path].units)
            rows[SHUFFLED] = articles(scans, lambda sheet, _: mixed[sheet.path].units)
            for rule, give in BLOCKLESS.items():
                rows[rule] = articles(scans, lambda sheet, n, give=give: fixed(sheet, n, give(sheet)).units)
        yield (
            f"{name}, {'whole issues' if whole else 'page by page'}: {len(scans)} issues, {len(paths)} pages, "
            f"{next(iter(rows.values())).articles} articles, {share:.3f} of the characters in them"
        )
        yield _head(Tally().measures())
        yield from (_row(rule, tally.measures()) for rule, tally in rows.items())
    if known:
        yield from _heads(scans, ours)
    yield from _last(why or ("" if known else "see above"), [ours[path] for path in paths] if known else [])
    exact, all_of_them = sum(map(trusted, scans)), sum(len(scan.units) for scan in scans)
    yield f"  {TRUST}: {exact} of {all_of_them} articles have exactly their lines, in their order"


def _heads(scans: Iterable[Scan], ours: Mapping[Path, Found]) -> Iterator[str]:
    """Yield how well the headings of articles are found, in lines that are in articles."""
    guessed, found = Order(), Order()
    for scan in scans:
        inside = {key for unit in scan.units for key in unit}
        for n, sheet in enumerate(scan.sheets, 1):
            page = [tuple(row.key for row in sheet.rows if row.key in inside)]
            guessed = guessed.plus(order(page, scan.headings, (), _guessed(sheet), scan.weights))
            heads = frozenset((n, key) for _, key in ours[sheet.path].heads)
            found = found.plus(order(page, scan.headings, (), heads, scan.weights))
    rows = (("high or upper-case blocks", guessed), (OURS, found))
    told = ", ".join(f"{rule} {one.measures()['headings F1']:.3f}" for rule, one in rows)
    yield f"  headings F1, {found.heads_there} lines: {told}"


def _of_pages(name: str, known: list[Ordered]) -> Iterator[str]:
    why = ""
    guesses = [_guessed(page.sheet) for page in known]
    rows: dict[str, list[tuple[Ordered, Iterable[Unit], frozenset[Key]]]] = {
        rule: [(page, give(page.sheet), heads) for page, heads in zip(known, guesses, strict=True)]
        for rule, give in ORDERS.items()
    }
    times: list[Found] = []
    try:
        for rule, given in ((OURS, as_it_is), (HIDDEN, hidden)):
            found = [fixed(page.sheet, given=given(page.sheet)) for page in known]
            rows[rule] = [(page, one.units, one.heads) for page, one in zip(known, found, strict=True)]
            times += found
    except UnreadError as error:
        why = str(error)
    for tables in (False, True):
        yield f"{name}, {'with' if tables else 'without'} the cells of tables: {len(known)} pages"
        yield _head(Order().measures())
        yield from (_row(rule, orders(one, tables=tables).measures()) for rule, one in rows.items())
    yield from _last(why, times)


def _guessed(sheet: Sheet) -> frozenset[Key]:
    heads = headings(sheet)
    return frozenset(row.key for block in sheet.blocks if block.id in heads for row in block.rows)


def _head(measures: Mapping[str, float]) -> str:
    return f"  {'':38}" + "".join(f"{name:>12}" for name in measures)


def _last(why: str, found: Iterable[Found]) -> Iterator[str]:
    times = [one.seconds for one in found]
    if why:
        yield f"  {OURS}: not scored; {why}"
    elif times:
        yield f"  {OURS}: {sum(times) / len(times):.2f} s a page, {max(times):.2f} s the slowest"


def main() -> None:
    """Print the report; ``--write`` puts it into the scorecard, too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the collections")
    parser.add_argument("--write", action="store_true", help="renew the section Scans of docs/scorecard.md")
    options = parser.parse_args()
    lines = []
    for line in report(options.data):
        print(line, flush=True)
        lines.append(line)
    if options.write:
        from bench.scorecard import CARD, replaced  # the libraries of the plots come with it

        if any(line.endswith(ABSENT) for line in lines):
            raise SystemExit("nothing written: a collection is absent")
        block = "\n".join(["```text", f"{date.today()}, relayout {relayout.__version__}", "", *lines, "```"])
        CARD.write_text(replaced(CARD.read_text("utf-8"), block, MARKS), "utf-8")


if __name__ == "__main__":
    main()
