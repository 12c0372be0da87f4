"""Simplified Chinese: a machine version beside the printed text, made with OpenCC and named after its configuration.

Characters are converted, words are not: the configurations that change vocabulary (``tw2sp``) are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate

from relayout.errors import UsageError
from relayout.model import Article, Issue, Note, Paragraph
from relayout.roles import Joint
from relayout.writers import naming, plain, tei
from relayout.writers.tei_header import Conversion

PACKAGE = "opencc-python-reimplemented"
CONFIGS = ("hk2s", "t2s", "tw2s")

# The converter takes time that grows with the square of a run without punctuation; no phrase is that long.
_LONG_RUN = re.compile(r"[\s\S]{1,400}")

Convert = Callable[[str], str]


def choose(lang: str) -> str:
    """Return the configuration that fits a language tag: Hong Kong's forms unless the tag says otherwise.

    >>> choose("zh-Hant"), choose("zh-Hant-TW"), choose("zh-Hant-CN")
    ('hk2s', 'tw2s', 't2s')
    """
    region = lang.rpartition("-")[2].upper()
    return {"TW": "tw2s", "CN": "t2s"}.get(region, "hk2s")


def render(issue: Issue, config: str = "hk2s") -> dict[str, bytes]:
    """Give ``<stem>.<config>.tei.xml`` and ``<stem>.<config>.txt``."""
    from importlib.metadata import version

    converted = simplified(issue, config)
    stem = f"{naming.safe(issue.stem)}.{config}"
    return {
        f"{stem}.tei.xml": tei.render(converted, Conversion(PACKAGE, version(PACKAGE), config)),
        f"{stem}.txt": plain.page_text(converted).encode(),
    }


def simplified(issue: Issue, config: str = "hk2s") -> Issue:
    """Return the issue with converted text; places, joints and what was read stay as they are.

    A paragraph is converted whole, since phrases run over line ends, and put back on its lines, since OpenCC's
    dictionaries keep the number of characters. Where they do not, its lines are converted one by one, with a note.

    Raises UsageError for a configuration that is unknown or changes vocabulary.
    """
    if config not in CONFIGS:
        raise UsageError(f"no configuration {config!r} for simplified output", f"use one of {', '.join(CONFIGS)}")
    import opencc

    converter = opencc.OpenCC(config)

    def convert(text: str) -> str:
        return "".join(converter.convert(run) for run in _LONG_RUN.findall(text))

    notes: list[Note] = []

    def each(paragraph: Paragraph) -> Paragraph:
        converted = _whole(paragraph, convert)
        if converted:
            return converted
        why = "the conversion changed the number of characters"
        notes.append(Note("simplified", "converted line by line", why, place=paragraph.lines[0].place))
        return _by_line(paragraph, convert)

    return replace(
        issue,
        articles=tuple(_article(article, each) for article in issue.articles),
        furniture=tuple(map(each, issue.furniture)),
        title=convert(issue.title),
        notes=(*issue.notes, *notes),
        lang="zh-Hans",
    )


def _article(article: Article, each: Callable[[Paragraph], Paragraph]) -> Article:
    figures = tuple(replace(figure, parts=tuple(map(each, figure.parts))) for figure in article.figures)
    return replace(article, parts=tuple(map(each, article.parts)), figures=figures)


def _whole(paragraph: Paragraph, convert: Convert) -> Paragraph | None:
    """Convert the text between the marks of the lines, not the joined text: a hyphen that goes must come back."""
    glue = [" " if joint is Joint.SPACE else "" for joint in paragraph.joints]
    pieces = [line.text + after for line, after in zip(paragraph.lines, (*glue, ""), strict=True)]
    text = "".join(pieces)
    converted = convert(text)
    if len(converted) != len(text):
        return None
    ends = list(accumulate(map(len, pieces)))
    starts = [0, *ends[:-1]]
    lines = tuple(
        replace(line, text=converted[start : start + len(line.text)])
        for line, start in zip(paragraph.lines, starts, strict=True)
    )
    return replace(paragraph, lines=lines)


def _by_line(paragraph: Paragraph, convert: Convert) -> Paragraph:
    first = paragraph.lines[0].text
    mark, rest = convert(first[: paragraph.mark]), convert(first[paragraph.mark :])
    texts = [mark + rest, *(convert(line.text) for line in paragraph.lines[1:])]
    lines = tuple(replace(line, text=text) for line, text in zip(paragraph.lines, texts, strict=True))
    return replace(paragraph, lines=lines, mark=len(mark))
