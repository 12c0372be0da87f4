"""Places in the outputs: zones, columns, what refers to what, in TEI and JSON; nothing of it for text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from lxml import etree

from issues_by_hand import boxed, every_role, issue, paragraph
from places_by_hand import PHOTO, illustrated, placed, placed_line, tight, upright_line
from random_issues import placed_issues
from relayout.imprint import Box
from relayout.model import Issue, Place
from relayout.roles import Role
from relayout.validate import check
from relayout.view import html, scene
from relayout.writers import plain, recall, record, tei
from relayout.writers.tei_text import TEI_NS, XML_ID
from relayout.writers.zones import falls, places

NS = {"t": TEI_NS}


def written(whole: Issue) -> etree._Element:
    return etree.fromstring(tei.render(whole))


def found(root: etree._Element, path: str) -> list[str]:
    return [str(each) for each in root.xpath(path, namespaces=NS)]


def test_every_line_has_its_zone_and_every_text_its_block():
    root = written(placed())
    assert len(found(root, "//t:lb/@facs")) == 15
    for element in root.xpath("//t:body//*[@xml:id and not(self::t:lb)]", namespaces=NS):
        assert element.get("facs"), etree.tostring(element)
    for lb in root.xpath("//t:lb", namespaces=NS):
        zone = root.xpath(f"//t:zone[@xml:id='{lb.get('facs')[1:]}']", namespaces=NS)[0]
        holder = lb.getparent().get("facs").split()
        assert f"#{zone.getparent().get(XML_ID)}" in holder


def test_a_column_falls_inside_the_sentence():
    root = written(placed())
    assert found(root, "//t:cb/@n") == ["2", "2"]
    assert found(root, "//t:cb/@facs") == ["#facs_1_c2", "#facs_2_c2"]
    assert [each.getnext().get("n") for each in root.xpath("//t:cb", namespaces=NS)] == ["6", "14"]


def test_a_page_says_its_size_its_unit_its_label_and_how_it_is_set():
    root = written(placed())
    surfaces = root.xpath("//t:surface", namespaces=NS)
    assert [each.get("lrx") for each in surfaces] == ["400", "400.26"]
    assert found(root, "//t:surface/@n") == ["A5", "A6"] == found(root, "//t:body/t:pb/@n")[:2]
    assert found(root, "//t:desc/text()") == ["pt", "pt"]
    assert [each.get("style") for each in surfaces] == [None, "writing-mode: vertical-rl"]
    assert found(root, "//t:zone[@style]/@xml:id") == ["facs_2_l11"]
    assert found(root, "//t:biblScope/text()") == ["A5, A6"]


def test_zones_lie_in_the_zones_that_hold_them():
    for outer in written(placed()).xpath("//t:zone[t:zone]", namespaces=NS):
        x0, y0, x1, y1 = corners(outer)
        for inner in outer:
            a0, b0, a1, b1 = corners(inner)
            assert x0 <= a0 <= a1 <= x1
            assert y0 <= b0 <= b1 <= y1


def corners(zone: etree._Element) -> tuple[float, float, float, float]:
    points = [tuple(map(float, point.split(","))) for point in zone.get("points").split()]
    assert len(points) == 4
    return *points[0], *points[2]  # type: ignore[return-value]


def test_a_figure_refers_to_its_picture_and_to_a_file_of_it():
    root = written(illustrated())
    assert found(root, "//t:figure/@facs") == ["#facs_1_s2"]
    assert found(root, "//t:graphic/@url") == ["page-a1-f1.png"]
    hostile = illustrated()
    first = hostile.articles[0]
    odd = replace(first.figures[0], image="大 公&.png")
    root = written(replace(hostile, articles=(replace(first, figures=(odd,)), *hostile.articles[1:])))
    assert found(root, "//t:graphic/@url") == ["%E5%A4%A7%20%E5%85%AC%26.png"]


def test_a_picture_that_is_no_shape_of_the_page_gets_a_zone():
    whole = placed()
    bare = replace(whole, pages=(replace(whole.pages[0], shapes=()), whole.pages[1]))
    root = written(bare)
    assert found(root, "//t:figure/@facs") == ["#facs_1_s1"]
    zone = root.xpath("//t:zone[@xml:id='facs_1_s1']", namespaces=NS)[0]
    assert corners(zone) == (PHOTO.x0, PHOTO.y0, PHOTO.x1, PHOTO.y1)


def test_what_is_written_passes_its_own_check():
    assert check(tei.render(placed())) == ()
    assert check(tei.render(illustrated())) == ()


def test_text_has_no_places():
    # The boxes that rows of text get are cells of a grid, on a page without a size.
    for whole in (every_role(), boxed(every_role())):
        root = written(whole)
        assert not root.xpath("//@facs | //t:facsimile | //t:cb | //t:biblScope", namespaces=NS)
        assert places(whole).surfaces == ()


def test_a_line_without_a_place_has_no_zone():
    whole = placed()
    lost = replace(whole.articles[2].parts[0].lines[0], box=None)
    stray = replace(whole.articles[2], parts=(tight(Role.BODY, lost),))
    root = written(replace(whole, articles=(*whole.articles[:2], stray)))
    assert found(root, "//t:div[@type='unassigned']//@facs") == []
    assert check(tei.render(replace(whole, articles=(*whole.articles[:2], stray)))) == ()


def test_text_and_places_change_nothing_in_the_text():
    bare = replace(placed(), pages=tuple(replace(page, box=None) for page in placed().pages))
    assert plain.page_text(bare) == plain.page_text(placed())
    assert not written(bare).xpath("//@facs", namespaces=NS)


def test_json_is_read_back():
    for whole in (placed(), illustrated()):
        assert recall.load(record.render(whole)) == whole


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        (0, 12, False),  # under it
        (5, 40, False),  # under it, below a picture
        (100, -80, True),  # the top of the next column
        (100, 300, True),  # the next column begins lower
        (-100, 12, True),  # back to the left
        (0, -40, True),  # under nothing: back up the same column
        (60, 13, False),  # indented, under the one word of a last line
        (60, 60, True),  # the next column begins a little lower
        (43, 0, False),  # goes on right beside it
        (60, 0, True),  # beside it, over a gutter
    ],
)
def test_where_a_column_falls(x: float, y: float, expected: bool):
    last = placed_line("四個字寬", 1, 200, 200)
    assert falls(last, placed_line("四個字寬", 2, 200 + x, 200 + y)) is expected
    turned = upright_line("四個字寬", 1, 200, 200)
    assert falls(turned, upright_line("四個字寬", 2, 200 - y, 200 + x)) is expected


def test_a_drop_cap_and_parts_of_a_line_stay_in_their_column():
    cap = placed_line("大", 1, 20, 20, size=30)
    assert not falls(cap, placed_line("字在旁邊", 2, 54, 20))
    one, two = (replace(placed_line("甲乙", 1, x, 20), place=Place(1, 1, n, n + 2)) for n, x in ((0, 20), (2, 200)))
    assert not falls(one, two)
    assert falls(placed_line("橫", 1, 20, 20), upright_line("直", 2, 20, 40))


def test_the_cells_of_a_row_stand_in_one_column():
    rows = (
        tight(Role.ROW, placed_line("銀行", 1, 20, 20), placed_line("二二一", 2, 90, 20)),
        tight(Role.ROW, placed_line("電力", 3, 20, 34), placed_line("五六", 4, 90, 34)),
    )
    whole = issue(replace(placed().articles[2], parts=rows))
    root = written(replace(whole, pages=(replace(whole.pages[0], box=Box(0, 0, 200, 100)),)))
    assert found(root, "//t:cb") == []
    assert len(found(root, "//t:zone[@type='block']/@xml:id")) == 2
    drawn = scene(replace(whole, pages=(replace(whole.pages[0], box=Box(0, 0, 200, 100)),)))
    assert drawn.sheets[0].links == ()


def test_parts_of_a_line_have_zones_of_their_own():
    one, two = (replace(placed_line("甲乙", 1, x, 20), place=Place(1, 1, n, n + 2)) for n, x in ((0, 20), (2, 40)))
    whole = issue(replace(placed().articles[2], parts=(tight(Role.BODY, one), tight(Role.CAPTION, two))))
    whole = replace(whole, pages=(replace(whole.pages[0], box=Box(0, 0, 100, 100)),))
    assert found(written(whole), "//t:lb/@facs") == ["#facs_1_l1-0", "#facs_1_l1-2"]


@given(placed_issues())
@settings(max_examples=60, deadline=None)
def test_any_issue_with_places_passes_its_check_and_is_read_back(an_issue: Issue):
    assert check(tei.render(an_issue)) == ()
    written_once = record.render(an_issue)
    assert record.render(recall.load(written_once)) == written_once
    assert html(scene(an_issue), {})


def test_a_paragraph_alone_is_as_it_was():
    assert b"facs" not in tei.render(issue(replace(placed().articles[2], parts=(paragraph(Role.BODY, 1, "一行。"),))))
