"""A picture of a result: the page with every article in its own colour. It decides nothing, it draws an issue."""

from __future__ import annotations

from relayout.view.page import html
from relayout.view.paint import png
from relayout.view.scene import Scene, only, scene

__all__ = ["Scene", "html", "only", "png", "scene"]
