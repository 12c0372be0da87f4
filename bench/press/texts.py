"""Stories to print: the small set written for the project, and larger sets of others where they are present.

The larger sets are never copied; their place is ``RELAYOUT_DATA`` (default ``../shared/data``).
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from bench.press.headlines import chinese_headline, clauses
from bench.press.model import Story

HERE = Path(__file__).parent / "texts"
ROOT = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """Return the folder of larger sets: ``RELAYOUT_DATA``, or ``../shared/data`` beside the project."""
    return Path(os.environ.get("RELAYOUT_DATA", ROOT.parent / "shared" / "data")) / "texts"


def own_stories(lang: str) -> list[Story]:
    """Return the stories written for the project in one language."""
    rows = json.loads((HERE / f"{lang}.json").read_text(encoding="utf-8"))
    return [
        Story(
            key=f"own:{lang}:{number}",
            origin="own",
            head=row["head"],
            paras=tuple(row["paras"]),
            kicker=row.get("kicker", ""),
            sub=row.get("sub", ""),
            byline=row.get("byline", ""),
            dateline=row.get("dateline", ""),
            caption=row.get("caption", ""),
            quote=row.get("quote", ""),
            crossheads=tuple(row.get("crossheads", ())),
            points_head=row.get("points_head", ""),
            points=tuple(row.get("points", ())),
            table_head=row.get("table_head", ""),
            rows=tuple(tuple(cells) for cells in row.get("rows", ())),
        )
        for number, row in enumerate(rows)
    ]


@cache
def stories(lang: str) -> tuple[Story, ...]:
    """Return all stories of a language, the project's own first."""
    found = own_stories(lang) if (HERE / f"{lang}.json").exists() else []
    source = {"zh-Hant": "zh-Hant", "zh-Hans": "zh-Hant"}.get(lang, lang)
    path = data_folder() / f"{source}.jsonl"
    reader = READERS.get(lang)
    if reader is not None and path.exists():
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                found.extend(map(furnished, reader(json.loads(line))))
    return tuple(found)


def edition(lang: str) -> str:
    """Return a short digest of all stories of a language: pages made of other stories are other pages."""
    return f"{zlib.crc32(repr(stories(lang)).encode()):08x}"


# --- cabinet records ------------------------------------------------------------------------------------------------

ITEM = re.compile(r"^[一二三四五六七八九十]{1,3}、")
SUBITEM = re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]、?|^[0-9]{1,2}[、.．]")
FORMAL = re.compile(
    r"請鑒核案|請核議案|^決定|^決議|^院長提示|^院會|^報告事項|^討論事項|^臨時|備查|照案通過|^中華民國|^行政院第|函請|^附"
)


def cabinet(row: dict[str, object]) -> Iterator[Story]:
    """Cut a record into its numbered items; an item of 140 to 1500 characters is a story."""
    paras = row["paragraphs"]
    assert isinstance(paras, list)
    item: list[str] = []
    number = 0
    for para in [*paras, "一、"]:
        text = str(para).strip()
        if ITEM.match(text) or FORMAL.search(text):
            story = cabinet_story(f"cabinet:{row['id']}:{number}", item)
            number += 1
            if story:
                yield story
            item = []
            text = "" if FORMAL.search(text) else ITEM.sub("", text)
        text = tidy_chinese(SUBITEM.sub("", text))
        if len(text) >= 16 and text[-1] in "。！？」":
            item.append(text)


def cabinet_story(key: str, paras: list[str]) -> Story | None:
    """Make a story of an item, with a headline made of its own clauses; None if it is too short or has no headline."""
    if not 140 <= sum(map(len, paras)) <= 1500:
        return None
    parted = tuple(piece for para in paras for piece in shorter(para))
    heads = chinese_headline(parted)
    if heads is None:
        return None
    main, sub = heads
    return Story(
        key,
        "cabinet",
        main,
        parted,
        sub=sub,
        caption=next(iter(clauses(parted[-1], 10, 20)), ""),
        crossheads=crossheads(parted, 5, 11),
    )


QUOTED = re.compile(r"[「“‘]([^「」“”‘’]{9,40})[。.,，!！]?[」”]")


def furnished(story: Story) -> Story:
    """Give a story of others a pull quote, where someone is quoted, and every sixth a list made of its clauses."""
    least = 9 if ord(story.head[0]) > 0x2E80 else 25
    lot = zlib.crc32(story.key.encode())
    quoted = QUOTED.search("".join(story.paras)) if lot % 2 else None
    points: tuple[str, ...] = ()
    if lot % 6 == 0:
        found = [next(iter(clauses(para, 8, 20)), "") for para in story.paras[1:6]]
        points = tuple(text for text in found if text and text not in (story.sub, story.caption, *story.crossheads))
    return replace(
        story, quote=quoted[1] if quoted and len(quoted[1]) >= least else "", points=points if len(points) >= 3 else ()
    )


def crossheads(paras: tuple[str, ...], low: int, high: int) -> tuple[str, ...]:
    """Return up to two crossheads made of clauses of later paragraphs."""
    found = [next(iter(clauses(para, low, high)), "") for para in paras[2:6:2]]
    return tuple(text for text in found if text)


def shorter(para: str, most: int = 190) -> list[str]:
    """Cut a long paragraph at sentence ends, as newspapers do."""
    out = [""]
    for sentence in re.findall(r"[^。！？]*[。！？][」』]?|[^。！？]+$", para):
        if out[-1] and len(out[-1]) + len(sentence) > most:
            out.append("")
        out[-1] += sentence
    if len(out) > 1 and len(out[-1]) < 24:
        out[-2:] = [out[-2] + out[-1]]
    return out


def tidy_chinese(text: str) -> str:
    """Take out spaces between East Asian characters and make brackets full-width."""
    text = re.sub(r"(?<![A-Za-z]) +| +(?![A-Za-z])", "", text.replace("\u3000", ""))
    return text.replace("(", "（").replace(")", "）").replace(",", ",")


@cache
def simplifier() -> Callable[[str], str]:
    """Return a function from Traditional to Simplified characters."""
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def cabinet_simplified(row: dict[str, object]) -> Iterator[Story]:
    """Give the same stories in Simplified characters, with “” for 「」."""
    convert = simplifier()
    quotes = str.maketrans("「」『』", "“”‘’")

    def simple(text: str) -> str:
        return convert(text).translate(quotes)

    for story in cabinet(row):
        yield Story(
            story.key, story.origin, simple(story.head), tuple(map(simple, story.paras)), sub=simple(story.sub),
            caption=simple(story.caption), crossheads=tuple(map(simple, story.crossheads)),
        )  # fmt: skip


# --- Wikinews -------------------------------------------------------------------------------------------------------

SOURCE = re.compile(
    r"[『」』]。$|UTC|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日[^。]{0,12}。$|^[-『【《]|[Hh]ttp|^[A-Za-z .!-]+[『「]"
)


def wikinews_ja(row: dict[str, object]) -> Iterator[Story]:
    """Give a Japanese article without the list of its sources."""
    sentences = [tidy_japanese(str(text)) for text in row["sentences"]]  # type: ignore[attr-defined]
    kept: list[str] = []
    for raw, text in zip(row["sentences"], sentences, strict=True):  # type: ignore[call-overload]
        source = "『" in str(raw) and SOURCE.search(str(raw))
        if source or (len(text) < 40 and re.match(r"^[^、。]{1,30}、[0-9]{4}年", text)):
            break
        if len(text) >= 12 and text.endswith(("。", "」")) and not re.search(r"[{}|<>=*#\\_]|UTC", text):
            kept.append(text)
    paras = tuple("".join(kept[n : n + 2]) for n in range(0, len(kept), 2))
    if len(paras) >= 2 and 100 <= sum(map(len, paras)) <= 2500:
        captions = clauses(paras[-1], 8, 22)
        sub = next((text for text in clauses(paras[0], 8, 18)), "")
        yield Story(
            f"wikinews:{row['id']}",
            "wikinews",
            tidy_japanese(str(row["title"])),
            paras,
            sub=sub,
            caption=next(iter(captions), ""),
            crossheads=crossheads(paras, 5, 10),
        )


def tidy_japanese(text: str) -> str:
    """Take out the spaces of a tokeniser, and make brackets full-width."""
    text = re.sub(r"(?<=[A-Za-z]) (?=[A-Za-z])", "\0", text)
    text = text.replace(" ", "").replace("\u3000", "").replace("\0", " ")
    return text.replace("(", "（").replace(")", "）").replace("!", "！").replace("?", "？")


def wikinews_en(row: dict[str, object]) -> Iterator[Story]:
    """Give an English article: its paragraphs and captions; headings inside become crossheads."""
    paras: list[str] = []
    crossheads: list[str] = []
    caption = ""
    title = tidy_english(str(row["title"]))
    for para in row["paras"]:  # type: ignore[attr-defined]
        kind, text = str(para["kind"]), tidy_english(str(para["text"]))
        if kind.startswith(("p ", "sp ")) and len(text) >= 40 and text[-1] in ".?!\"'":
            text = re.sub(r"^[A-Z][a-z]+day, [A-Z][a-z]+ \d{1,2}, \d{4} ", "", text)
            paras.append(text)
        elif kind.startswith("head") and 6 <= len(text) <= 34 and paras:
            crossheads.append(text)
        elif "caption" in kind and not caption and len(text) < 140:
            caption = text
    if len(paras) >= 3:
        yield Story(
            f"wikinews:{row['id']}", "wikinews", title, tuple(paras), caption=caption, crossheads=tuple(crossheads[:3])
        )


def tidy_english(text: str) -> str:
    """Set printers' quotation marks and dashes."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r'(^|[\s(\[—-])"', r"\1“", text).replace('"', "”")
    text = re.sub(r"(^|[\s(\[“])'", r"\1‘", text).replace("'", "’")
    return re.sub(r" -{1,2} ", " – ", text)


READERS: dict[str, Callable[[dict[str, object]], Iterator[Story]]] = {
    "zh-Hant": cabinet,
    "zh-Hans": cabinet_simplified,
    "ja": wikinews_ja,
    "en": wikinews_en,
}
