"""Plots of the scorecard as SVG: a row for each tool, a mark for each style, a bar for the mean.

The same scores give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

MARKS = {"hk": "o", "cn": "s", "tw": "^", "ja": "v", "en": "D", "de": "P"}
COLOURS = {"hk": "#0072b2", "cn": "#56b4e9", "tw": "#d55e00", "ja": "#e69f00", "en": "#009e73", "de": "#cc79a7"}


def dots(
    path: Path, title: str, rows: Sequence[tuple[str, dict[str, float]]], styles: Sequence[str], first_peer: int
) -> None:
    """Write a plot: ``rows`` are names with the score of every style; the peers begin at row ``first_peer``.

    Needs matplotlib. Leaves nothing else behind; a style without a score gets no mark.
    """
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams.update({"svg.hashsalt": "relayout", "svg.fonttype": "none", "font.family": "sans-serif"})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(9.0, 0.36 * len(rows) + 1.4))
    for n, (_, scores) in enumerate(rows):
        values = [scores[style] for style in styles if style in scores]
        if values:
            axes.barh(n, sum(values) / len(values), height=0.62, color="#dddddd" if n < first_peer else "#f0e0d0")
    for k, style in enumerate(styles):
        apart = 0.1 * (k - (len(styles) - 1) / 2)  # marks of equal scores must not hide each other
        points = [(scores[style], n + apart) for n, (_, scores) in enumerate(rows) if style in scores]
        if points:
            xs, ys = zip(*points, strict=True)
            axes.scatter(xs, ys, marker=MARKS[style], color=COLOURS[style], s=30, label=style, zorder=3, clip_on=False)
    axes.axhline(first_peer - 0.5, color="black", linewidth=0.6)
    axes.set_yticks(range(len(rows)), [name for name, _ in rows])
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.set_xlabel(title)
    axes.grid(axis="x", color="#bbbbbb", linewidth=0.4)
    axes.set_axisbelow(True)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncol=len(styles), frameon=False)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    pyplot.close(figure)
