"""The pictures of figures, cut out of the page: what ``fix --images`` adds."""

from __future__ import annotations

from dataclasses import replace

from relayout import pictures
from relayout.errors import UsageError
from relayout.imprint import Box
from relayout.model import Issue
from relayout.writers import naming


def illustrated(issue: Issue, data: bytes, password: str = "") -> tuple[Issue, dict[str, bytes]]:
    """Cut the picture of every figure whose place is known out of its page; give the issue that names the files.

    The files are called after the figures: ``page-a1-f1.png``. Raises UsageError where the source is no PDF.
    """
    if not pictures.is_pdf(data):
        raise UsageError("--images needs a PDF", "leave --images out: text has no pictures")
    stem = naming.safe(issue.stem)
    boxes: dict[str, tuple[int, Box]] = {}
    for unit, article in zip(naming.article_ids(issue), issue.articles, strict=True):
        for number, figure in enumerate(article.figures, 1):
            if figure.box:
                boxes[naming.figure_id(unit, number)] = (figure.page, figure.box)
    stances = {page.number: page.stance for page in issue.pages}
    files = {
        ident: (f"{stem}-{ident}.png", drawn.data)
        for ident, drawn in pictures.crops(data, boxes, password=password, stances=stances).items()
    }
    articles = tuple(
        replace(
            article,
            figures=tuple(
                replace(figure, image=files[ident][0]) if (ident := naming.figure_id(unit, number)) in files else figure
                for number, figure in enumerate(article.figures, 1)
            ),
        )
        for unit, article in zip(naming.article_ids(issue), issue.articles, strict=True)
    )
    return replace(issue, articles=articles), dict(files.values())
