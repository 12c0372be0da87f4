"""What pdfminer does not keep of a page: the clip, what is see-through, the text that the file gives for its glyphs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from relayout.imprint import Box
from relayout.readers.pdf.covers import cut
from relayout.readers.pdf.matrices import rectangle, straight
from relayout.readers.pdf.naming import entry
from relayout.readers.pdf.saying import decoded

_NOWHERE = Box(-1.0, -1.0, -1.0, -1.0)


class State(NamedTuple):
    """The part of the graphics state that is watched; ``clip`` in the coordinates of pdfminer, ``low`` to ``high``.

    ``straight`` says whether the clip is a rectangle, ``opaque`` and ``group`` whether what is drawn now, and the group
    that it is in, hide what is under them.
    """

    clip: Box | None = None
    straight: bool = True
    opaque: bool = True
    group: bool = True

    @property
    def covers(self) -> bool:
        """Whether what is drawn now hides what is under it."""
        return self.straight and self.opaque and self.group


class Watch:
    """Follows the operators of a page that pdfminer passes over."""

    def __init__(self) -> None:
        """Begin with a page that clips nothing, without any text given."""
        self.state = State()
        self.texts: dict[int, str] = {}
        self._forms: list[State] = []
        self._tags: list[int] = []

    @property
    def said(self) -> int:
        """The number of the text that is given for what is shown now, by the outermost mark that gives one, or 0."""
        return next((number for number in self._tags if number), 0)

    def begin_tag(self, properties: Any) -> None:
        """Begin marked content with a dictionary of properties, or without any."""
        from pdfminer.pdftypes import resolve1

        properties = resolve1(properties)
        given = resolve1(properties.get("ActualText")) if isinstance(properties, dict) else None
        number = 0
        if isinstance(given, bytes):
            number = len(self.texts) + 1
            self.texts[number] = decoded(given)
        self._tags.append(number)

    def end_tag(self) -> None:
        """End marked content."""
        if self._tags:
            self._tags.pop()

    def enter(self, points: Sequence[tuple[float, float]]) -> None:
        """Begin a form with these corners."""
        self._forms.append(self.state)
        self.state = self.state._replace(group=self.state.group and self.state.opaque, opaque=True)
        self.clip(points, level=_upright(points))

    def leave(self) -> None:
        """End a form."""
        self.state = self._forms.pop()

    def clip(self, points: Sequence[tuple[float, float]], *, level: bool) -> None:
        """Clip what is drawn from now on to a path; only the box of one that is no rectangle is known."""
        if not points or not all(math.isfinite(x) and math.isfinite(y) for x, y in points):
            return
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = cut(Box(min(xs), min(ys), max(xs), max(ys)), self.state.clip) or _NOWHERE
        self.state = self.state._replace(clip=box, straight=self.state.straight and level)

    def set(self, parameters: Any) -> None:
        """Take what an ``ExtGState`` says of opacity, blending and masks."""
        from pdfminer.pdftypes import resolve1

        parameters = resolve1(parameters)
        if not isinstance(parameters, dict):
            return
        known = {key: resolve1(parameters[key]) for key in ("ca", "BM", "SMask") if key in parameters}
        if not known:
            return
        clear = known.get("ca", 1) != 1
        mixed = "BM" in known and getattr(known["BM"], "name", "") not in ("Normal", "Compatible")
        masked = "SMask" in known and getattr(known["SMask"], "name", "") != "None"
        self.state = self.state._replace(opaque=not (clear or mixed or masked))


def _upright(points: Sequence[tuple[float, float]]) -> bool:
    (ax, ay), (bx, by) = points[0], points[1]
    return abs(ax - bx) < 0.01 or abs(ay - by) < 0.01


def whole(picture: Any) -> bool:
    """Say whether a picture has no mask: one of its own, or because it is a stencil.

    >>> whole({"ImageMask": True}), whole({})
    (False, True)
    """
    from pdfminer.pdftypes import resolve1

    return not any(resolve1(picture.get(key)) for key in ("SMask", "Mask", "ImageMask", "IM", "SMaskInData"))


def engine() -> tuple[Any, Any]:
    """Return the classes of pdfminer that run a page, as they do, with a :class:`Watch` beside them.

    Characters then have ``clip``, ``said`` and ``cid``; pictures and paths ``clip``, and ``covers``: whether they hide
    what is under them.
    """
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfinterp import PDFPageInterpreter
    from pdfminer.psparser import literal_name
    from pdfminer.utils import apply_matrix_pt, mult_matrix

    class Device(PDFPageAggregator):
        def __init__(self, *rest: Any, **named: Any) -> None:
            super().__init__(*rest, **named)
            self.watch = Watch()

        def render_char(
            self, matrix: Any, font: Any, fontsize: Any, scaling: Any, rise: Any, cid: Any, *rest: Any
        ) -> float:
            advance = super().render_char(matrix, font, fontsize, scaling, rise, cid, *rest)
            item: Any = self.cur_item._objs[-1]
            item.clip, item.said, item.cid = self.watch.state.clip, self.watch.said, cid
            return advance

        def paint_path(self, gstate: Any, stroke: Any, fill: Any, evenodd: Any, path: Any) -> None:
            before = len(self.cur_item._objs)
            super().paint_path(gstate, stroke, fill, evenodd, path)
            single = sum(part[0] == "m" for part in path) == 1  # with others in it, it has holes
            made: list[Any] = self.cur_item._objs[before:]
            for item in made:
                item.covers, item.clip = single and self.watch.state.covers, self.watch.state.clip

        def render_image(self, name: str, stream: Any) -> None:
            super().render_image(name, stream)
            figure: Any = self.cur_item
            fills = whole(stream) and straight(figure.matrix)
            item = figure._objs[-1]
            item.covers, item.clip = fills and self.watch.state.covers, self.watch.state.clip

        def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
            super().begin_figure(name, bbox, matrix)
            own = mult_matrix(matrix, self.ctm)
            corners = [(bbox[a], bbox[b]) for a, b in ((0, 1), (2, 1), (2, 3), (0, 3))]
            self.watch.enter([apply_matrix_pt(own, corner) for corner in corners])

        def end_figure(self, name: str) -> None:
            super().end_figure(name)
            self.watch.leave()

        def begin_tag(self, _tag: Any, props: Any = None) -> None:
            self.watch.begin_tag(props)

        def end_tag(self) -> None:
            self.watch.end_tag()

    class Interpreter(PDFPageInterpreter):
        device: Device
        above: Any = None

        def init_state(self, ctm: Any) -> None:
            super().init_state(ctm)
            self.kept: list[State] = []
            if self.above is not None:  # a form begins with the colours and the text state of what draws it
                _, self.textstate, self.graphicstate = self.above.get_current_state()

        def subinterp(self) -> Any:
            below: Any = super().subinterp()
            below.above = self
            return below

        def do_Do(self, name: Any) -> None:  # noqa: N802
            super().do_Do(name)
            self.device.set_ctm(self.ctm)  # a form leaves its own

        def do_q(self) -> None:
            super().do_q()
            self.kept.append(self.device.watch.state)

        def do_Q(self) -> None:  # noqa: N802
            super().do_Q()
            if self.kept:
                self.device.watch.state = self.kept.pop()

        def do_gs(self, name: Any) -> None:
            resources: Any = self.resources
            self.device.watch.set(entry(resources, "ExtGState").get(literal_name(name)))

        def do_W(self) -> None:  # noqa: N802
            path: Any = self.curpath
            corners = [part[k : k + 2] for part in path for k in range(1, len(part), 2)]
            points = [apply_matrix_pt(self.ctm, corner) for corner in corners]
            self.device.watch.clip(points, level=len(points) in (4, 5) and rectangle(points))

        def do_W_a(self) -> None:  # noqa: N802
            self.do_W()

        def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802
            resources: Any = self.resources
            known = entry(resources, "Properties").get(literal_name(props)) if hasattr(props, "name") else props
            super().do_BDC(tag, known or {})

    return Device, Interpreter
