"""What the cases do not show: notes, certainties, and stages on values of one's own making.

How each stage treats a page is in tests/cases; here is how a stage says what it did.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from relayout import fix, pipeline, readers
from relayout.layout import Block, Layout
from relayout.model import Article, Figure, Line, Note, Outcome, Page, Paragraph, Place
from relayout.profile import Profile, load
from relayout.roles import Joint, Kind, Level, Role
from relayout.stages.arrange import arrange
from relayout.stages.crown import crown
from relayout.stages.group import group
from relayout.stages.hang import hang
from relayout.stages.judge import judge
from relayout.stages.mend import mend
from relayout.stages.name import name
from relayout.stages.part import part
from relayout.stages.rejoin import rejoin
from relayout.stages.sever import sever
from relayout.stages.sign import sign
from relayout.stages.trim import trim

DEFAULT = load("default")
NAMES = [stage for stage, _ in pipeline.TEXT]
SEED = Path(__file__).parent.parent / "samples" / "takungpao-2025-07-16" / "input.txt"


def line(text: str, number: int = 1) -> Line:
    return Line(text, text, Place(1, number))


def paragraph(text: str, number: int = 1, role: Role = Role.BODY, mark: int = 0) -> Paragraph:
    return Paragraph((line(text, number),), role=role, mark=mark)


def block(text: str, number: int, role: Role, measure: int = 0) -> Block:
    return Block(paragraph(text, number, role), measure, measure)


def page_of(text: str) -> Page:
    return readers.read(text.encode(), "page", "utf-8").value.pages[0]


def run(text: str, until: str) -> Outcome[Layout]:
    return pipeline.run(page_of(text), DEFAULT, pipeline.until(until))


def notes(text: str, stage: str) -> list[Note]:
    return [note for note in run(text, stage).notes if note.stage == stage]


def test_the_pipeline_is_a_table_of_stages_called_by_their_names() -> None:
    stages = (*pipeline.TEXT, *pipeline.PLACED, *pipeline.TRUSTED)
    assert all(run.__name__ == stage for stage, run in stages)
    assert all(run.__module__ == f"relayout.stages.{stage}" for stage, run in stages)
    folder = Path(pipeline.__file__).parent / "stages"
    assert {path.stem for path in folder.glob("*.py")} - {"__init__"} == {stage for stage, _ in stages}


def test_the_pipeline_folds_and_gathers_notes_in_order() -> None:
    def say(word: str) -> pipeline.Stage:
        def stage(layout: Layout, _: Profile) -> Outcome[Layout]:
            return Outcome(replace(layout, indent=layout.indent + 1), (Note(word, "", ""),))

        return stage

    found = pipeline.run(Page(1, ()), DEFAULT, (("one", say("one")), ("two", say("two"))))
    assert found.value.indent == 2
    assert [note.stage for note in found.notes] == ["one", "two"]


@pytest.mark.parametrize(("stage", "run"), pipeline.TEXT)
def test_a_stage_leaves_an_empty_page_empty(stage: str, run: pipeline.Stage) -> None:
    outcome = run(Layout(Page(1, ())), DEFAULT)
    assert outcome.value.page.lines == ()
    assert outcome.value.blocks == ()
    assert outcome.value.articles == ()
    assert stage in NAMES


@pytest.mark.parametrize("until", NAMES)
def test_notes_carry_the_name_of_their_stage_and_a_reason(until: str) -> None:
    outcome = pipeline.run(page_of(SEED.read_text(encoding="utf-8")), load("takungpao"))
    found = [note for note in outcome.notes if note.stage == until]
    assert all(note.what and note.why for note in found)
    assert {note.stage for note in outcome.notes} <= set(NAMES)


def test_clean_says_what_it_replaced() -> None:
    (note,) = notes("⼯⼚昨日起火。\n", "clean")
    assert note.level is Level.REPAIR
    assert note.why == "⼚⼯ → 厂工"
    assert (str(note.place), note.window) == ("1", "⼯⼚昨日起火。")


def test_clean_names_what_cannot_be_seen_by_its_number() -> None:
    page = Page(1, (Line("\u200b\u0001", "\u0001", Place(1, 1)), line("會議")))
    outcome = pipeline.run(page, DEFAULT, pipeline.until("clean"))
    assert [one.text for one in outcome.value.page.lines] == ["會議"]
    assert [note.what for note in outcome.notes][-1] == "line left out"
    assert any("U+0001" in note.why for note in outcome.notes)


def test_stack_says_what_it_drew_together() -> None:
    text = "\n".join("步道由青灣起") + "\n\n" + "\n".join("沿舊堤岸而行") + "\n海濱步道動工\n"
    (note,) = notes(text, "stack")
    assert note.level is Level.REPAIR
    assert note.what == "12 lines of one character drawn together to 2 columns"
    assert (str(note.place), note.window) == ("1", "步道由青灣起")
    layout = run(text, "stack").value
    assert [one.text for one in layout.page.lines] == ["步道由青灣起", "沿舊堤岸而行", "海濱步道動工"]
    assert [len(stack) for stack in layout.stacks] == [6, 6]


@pytest.mark.parametrize("stage", ["stack", "splice", "untangle"])
def test_parts_of_rows_are_left_as_they_are(stage: str) -> None:
    lines = [line(text, number) for number, text in enumerate("步道由青灣起沿舊堤岸而行" * 3, 1)]
    parts = tuple(replace(one, place=replace(one.place, end=1), after_blank=True) for one in lines)
    layout = Layout(Page(1, parts))
    assert dict(pipeline.TEXT)[stage](layout, DEFAULT).value == layout


def test_untangle_declines_with_a_note_on_a_page_with_more_lines_than_any_newspaper_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cases = tomllib.loads((Path(__file__).parent / "cases" / "untangle.toml").read_text(encoding="utf-8"))["case"]
    tangled = next(case["input"] for case in cases if case["name"] == "three columns, row by row")
    monkeypatch.setattr("relayout.stages.untangle.CROWDED", 23)
    (note,) = notes(tangled, "untangle")
    assert (note.level, note.what) == (Level.DOUBT, "lines may come row by row across columns")
    assert run(tangled, "untangle").value.page.lines == run(tangled, "splice").value.page.lines


def test_link_declines_with_a_note_on_a_page_of_more_stretches_than_any_newspaper_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cases = tomllib.loads((Path(__file__).parent / "cases" / "link.toml").read_text(encoding="utf-8"))["case"]
    boxes = cases[0]["input"]
    (moved, *_) = notes(boxes, "link")
    assert (moved.level, moved.what) == (Level.REPAIR, "goes on from a text elsewhere")
    monkeypatch.setattr("relayout.stages.link.CROWDED", 5)
    (note,) = notes(boxes, "link")
    assert (note.level, note.what) == (Level.DOUBT, "texts may go on elsewhere")
    assert run(boxes, "link").value.page.lines == run(boxes, "untangle").value.page.lines


def test_wrap_says_what_it_weighed() -> None:
    text = "海濱步道延伸段動\n工居民出席儀式\n【本報訊】東岸海濱步道延伸段\n昨日動工，居民團體出席儀式。\n"
    (note,) = notes(text, "wrap")
    assert note.level is Level.REPAIR
    assert str(note.place) == "2"
    assert {"base", "flow", "even"} <= {one.name for one in note.evidence}


def test_gauge_says_how_often_it_saw_the_indent() -> None:
    (note,) = notes(SEED.read_text(encoding="utf-8"), "gauge")
    assert "first lines are 4 cells short" in note.why


def test_mend_says_of_every_line_what_it_is_and_what_it_costs() -> None:
    found = notes(
        "海濱步道動工\n會議指出，當前和今後一個時期城市工\n作的總體要求是堅持人民城市理念，以推動\n發展為主題。\n",
        "mend",
    )
    assert [note.what for note in found] == ["stands alone", "begins a paragraph", "goes on", "goes on"]
    assert found[0].why == "12 cells, no measure explains it"
    assert found[1].why.startswith("34 of 38 cells")
    assert all(note.evidence or note.cert == 1 for note in found)


def test_mend_of_nothing_is_nothing() -> None:
    assert mend(Layout(Page(1, ())), DEFAULT).value.blocks == ()


def test_name_says_nothing_of_prose_and_titles() -> None:
    found = notes("海濱步道昨日動工 市民歡迎\n•城市\n•會議\n會議昨日在北京閉幕。\n", "name")
    assert [note.what for note in found] == ["is item", "is item"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("馬浩亮", Role.BYLINE),
        ("歐陽修文", Role.BYLINE),
        ("歐陽修", Role.BYLINE),
        ("本報記者 陳嘉欣", Role.BYLINE),
        ("By Our Correspondent", Role.BYLINE),
        ("社評", Role.RUBRIC),
        ("人物專訪", Role.RUBRIC),
        ("海濱步道", Role.DISPLAY),
        ("鄉間小路", Role.DISPLAY),
        ("2023年5月18日", Role.DATELINE),
        ("二〇二三年五月十八日", Role.DATELINE),
        ("DOCK STRIKE", Role.DISPLAY),
    ],
)
def test_a_line_alone_is_named_by_its_form(text: str, role: Role) -> None:
    page = Page(1, (line(text),))
    layout = pipeline.run(page, DEFAULT, pipeline.until("gauge")).value
    (found,) = name(replace(layout, blocks=(block(text, 1, Role.DISPLAY),)), DEFAULT).value.blocks
    assert found.role is role


def test_trim_says_what_it_cut_and_where() -> None:
    text = "▲會議昨日在北京舉行，代表出席。 中通社\n"
    (note,) = notes(text, "trim")
    assert note.level is Level.REPAIR
    assert note.what == "a credit is cut from the end of a sentence"
    assert note.window == "中通社"
    caption, credit = run(text, "trim").value.blocks
    assert caption.place.line == credit.place.line
    assert caption.place < credit.place


def test_group_weighs_every_pair_of_neighbours() -> None:
    text = "【本報訊】會議昨日在北京閉幕。\n【本報訊】渡輪加開四班航班。\n【本報訊】海濱步道動工。\n"
    found = notes(text, "group")
    assert len(found) == 2
    assert all(note.evidence and note.why.startswith("evidence adds up to") for note in found)
    assert len(run(text, "group").value.articles) == 3


def test_group_takes_no_captions() -> None:
    layout = Layout(Page(1, ()), blocks=(block("▲圖", 1, Role.CAPTION), block("會議。", 2, Role.BODY)))
    grouped = group(layout, DEFAULT).value
    assert [b.role for b in grouped.blocks] == [Role.CAPTION]
    assert len(grouped.articles) == 1


def test_rejoin_says_how_much_the_report_repeats() -> None:
    lead = "會議指出，當前和今後一個時期城市工作的總體要求是堅持人民城市理念，推動更新。"
    body = "【本報訊】會議指出，當前和今後一個\n時期城市工作的總體要求是堅持人民城市理\n念，推動更新。"
    wide = Paragraph((line(lead, 1), line("以推動城市。", 2)), (Joint.TIGHT,))
    lines = [line(text, n) for n, text in enumerate(body.split("\n"), 3)]
    report = Paragraph(tuple(lines), (Joint.TIGHT, Joint.TIGHT), mark=5)
    layout = Layout(Page(1, ()), articles=(Article((report,)), Article((wide,))))
    outcome = rejoin(layout, DEFAULT)
    assert [[p.role for p in a.parts] for a in outcome.value.articles] == [[Role.LEAD, Role.BODY]]
    (note,) = outcome.notes
    assert note.level is Level.DOUBT
    assert "the report that begins on line 3 says" in note.why


def test_sever_leaves_lines_that_were_cut_before() -> None:
    half = Line("海濱步道延伸段動土離島航線加開夜班", "海濱步道延伸段動土離島航線加開夜班", Place(1, 9, 4, 21))
    layout = Layout(
        Page(1, ()),
        blocks=(Block(Paragraph((half,), role=Role.DISPLAY)),),
        articles=(Article((paragraph("海濱步道延伸段動土。", 1),)), Article((paragraph("離島航線加開夜班。", 2),))),
    )
    assert sever(layout, DEFAULT) == Outcome(layout)
    whole = replace(half, place=Place(1, 9))
    open_to_it = replace(layout, blocks=(Block(Paragraph((whole,), role=Role.DISPLAY)),))
    assert len(sever(open_to_it, DEFAULT).value.blocks) == 2


def test_sever_never_tears_a_number_a_word_or_a_bracket() -> None:
    glued = "海濱步道延伸段2027年動土「離島航線」加開夜班"
    layout = Layout(
        Page(1, ()),
        blocks=(block(glued, 9, Role.DISPLAY),),
        articles=(
            Article((paragraph("海濱步道延伸段2027年動土。", 1),)),
            Article((paragraph("離島航線加開夜班。", 2),)),
        ),
    )
    texts = [b.text for b in sever(layout, DEFAULT).value.blocks]
    assert texts in (["海濱步道延伸段2027年動土", "「離島航線」加開夜班"], [glued])


def test_part_declines_without_seams_and_on_a_page_with_more_articles_than_any_newspaper_has() -> None:
    layout = Layout(
        Page(1, ()), blocks=(block("海濱步道", 9, Role.DISPLAY),), articles=(Article((paragraph("甲。"),)),)
    )
    assert part(layout, DEFAULT) == Outcome(layout)
    many = replace(
        layout,
        articles=tuple(Article((paragraph("海濱步道。", n),)) for n in range(1, 103)),
        seams=((Place(1, 1), -1.0),),
    )
    assert part(many, DEFAULT) == Outcome(many)


def test_crown_says_for_whom_and_how_sure() -> None:
    text = "海濱步道延伸段動工\n【本報訊】海濱步道延伸段昨日動工。\n"
    (note,) = notes(text, "crown")
    assert note.what == "heads an article"
    assert "the article that begins on line 2" in note.why
    assert note.evidence
    assert 0 < note.cert <= 1


def test_crown_ranks_latin_decks_by_their_capitals() -> None:
    heads = ("Northern Ports", "DOCK STRIKE SPREADS", "Minister Sees Both Parties")
    blocks = tuple(block(text, n, Role.DISPLAY) for n, text in enumerate(heads, 1))
    body = paragraph("The dock strike spreads to northern ports. The minister sees both parties.", 4)
    crowned = crown(Layout(Page(1, ()), blocks=blocks, articles=(Article((body,)),)), DEFAULT).value
    assert [p.role for p in crowned.articles[0].parts] == [Role.KICKER, Role.HEAD, Role.SUB, Role.BODY]


def test_sign_says_what_it_gave_and_puts_it_behind_the_headlines() -> None:
    layout = Layout(
        Page(1, tuple(line(str(n), n) for n in range(1, 9))),
        blocks=(block("人物專訪", 2, Role.RUBRIC), block("本報記者王珏", 3, Role.BYLINE)),
        articles=(Article((paragraph("鳥聲", 1, Role.HEAD), *(paragraph(f"鳥聲{n}。", n) for n in range(4, 9)))),),
    )
    outcome = sign(layout, DEFAULT)
    assert [p.role for p in outcome.value.articles[0].parts][:3] == [Role.HEAD, Role.RUBRIC, Role.BYLINE]
    assert [note.what for note in outcome.notes] == ["is the rubric of an article", "is the byline of an article"]


def test_hang_takes_a_credit_without_a_caption_too() -> None:
    layout = Layout(Page(1, ()), blocks=(block("新華社", 1, Role.CREDIT), block("中通社", 2, Role.CREDIT)))
    outcome = hang(layout, DEFAULT)
    (alone,) = outcome.value.articles
    assert alone.kind is Kind.UNASSIGNED
    assert [p.role for p in alone.figures[0].parts] == [Role.CREDIT, Role.CREDIT]
    assert [note.level for note in outcome.notes] == [Level.DOUBT]


def test_judge_leaves_what_could_not_be_placed() -> None:
    left = Article((paragraph("名醫談養生之道"),), Kind.UNASSIGNED)
    outcome = judge(Layout(Page(1, ()), articles=(left,)), DEFAULT)
    assert outcome.value.articles == (left,)
    assert outcome.notes == ()


@pytest.mark.parametrize(
    ("text", "role", "kind"),
    [
        ("社評", Role.RUBRIC, Kind.COMMENTARY),
        ("港聞簡訊", Role.HEAD, Kind.BRIEFS),
        ("關於大橋封閉的公告", Role.HEAD, Kind.NOTICE),
        ("海濱步道動工", Role.HEAD, Kind.ARTICLE),
        ("社評", Role.BODY, Kind.ARTICLE),
    ],
)
def test_the_title_tells_the_kind(text: str, role: Role, kind: Kind) -> None:
    parts = (paragraph(text, 1, role), paragraph("海濱步道昨日動工。", 2), paragraph("市民歡迎。", 3))
    (judged,) = judge(Layout(Page(1, ()), articles=(Article(parts),)), DEFAULT).value.articles
    assert judged.kind is kind


def test_arrange_doubts_what_is_left_and_what_has_no_headline() -> None:
    found = notes("名醫談養生之道 專家說\n", "arrange")
    assert [(note.level, note.what) for note in found] == [(Level.DOUBT, "a title could not be placed")]
    found = notes("會議昨日在北京閉幕。\n", "arrange")
    assert [(note.level, note.what) for note in found] == [(Level.DOUBT, "article without a headline")]


def test_arrange_keeps_a_mark_where_spaces_go() -> None:
    item = Paragraph((line("• 「城市」 更新", 1),), role=Role.ITEM, mark=2)
    (article,) = arrange(Layout(Page(1, ()), articles=(Article((item,)),)), DEFAULT).value.articles
    (tidy,) = article.parts
    assert tidy.text == "•「城市」更新"
    assert tidy.text[: tidy.mark] == "•"


def test_arrange_counts_the_lines_it_tidied() -> None:
    parts = tuple(paragraph(text, n) for n, text in enumerate(("杭州 「六小龍」 。", "深圳 「金剛」 。", "海濱。"), 1))
    outcome = arrange(Layout(Page(1, ()), articles=(Article(parts),)), DEFAULT)
    assert [p.text for p in outcome.value.articles[0].parts] == ["杭州「六小龍」。", "深圳「金剛」。", "海濱。"]
    (note,) = (note for note in outcome.notes if note.level is Level.REPAIR)
    assert note.what.startswith("2 lines")


def test_trim_leaves_blocks_of_other_roles() -> None:
    blocks = (block("海濱步道。 本報記者王珏", 1, Role.ITEM), block("會議。 本報記者王珏", 2, Role.BODY))
    trimmed = trim(Layout(Page(1, ()), blocks=blocks), DEFAULT).value.blocks
    assert [b.text for b in trimmed] == ["海濱步道。 本報記者王珏", "會議。", "本報記者王珏"]


def test_briefs_need_one_title_below_their_common_head() -> None:
    text = "【本報訊】會議昨日在北京閉幕。\n港聞簡訊\n渡輪周末加班\n圖書館自助還書\n【本報訊】渡輪加開四班航班。\n"
    grouped = run(text, "group").value
    assert [b.text for b in grouped.blocks] == ["港聞簡訊", "渡輪周末加班", "圖書館自助還書"]


def test_one_title_between_items_heads_nothing() -> None:
    text = "•城市更新\n•城市工作\n海濱步道延伸段\n•海濱\n•步道\n"
    assert Role.LIST_HEAD not in [b.role for b in run(text, "name").value.blocks]


def test_a_title_far_before_the_list_is_no_head_of_it() -> None:
    blocks = [block("遠處的標題", 1, Role.DISPLAY), block("•遠", 2, Role.ITEM)]
    blocks += [block("會議昨日閉幕。", n, Role.BODY) for n in range(3, 20)]
    for n in (20, 23, 26):
        blocks += [block(f"標題之{n}", n, Role.DISPLAY), block("•甲", n + 1, Role.ITEM), block("•乙", n + 2, Role.ITEM)]
    page = Page(1, tuple(b.paragraph.lines[0] for b in blocks))
    layout = pipeline.run(page, DEFAULT, pipeline.until("gauge")).value
    roles = [b.role for b in name(replace(layout, blocks=tuple(blocks)), DEFAULT).value.blocks]
    assert roles[0] is not Role.LIST_HEAD
    assert roles.count(Role.LIST_HEAD) == 3


def test_an_agency_after_prose_stays_with_its_article() -> None:
    # 「…支點。 新華社」 at the end of a report went to the picture of another article.
    samples = Path(__file__).parent.parent / "samples"
    page = (samples / "takungpao-2025-07-16" / "input.txt").read_text(encoding="utf-8")
    issue = fix(page.replace("點。 大公報記者王珏", "點。 新華社"), profile="takungpao")
    pictures = [p.text for article in issue.articles for figure in article.figures for p in figure.parts]
    assert pictures.count("新華社") == 1
    last = issue.articles[-1].parts[-1]
    assert (last.role, last.text) == (Role.CREDIT, "新華社")


def test_an_article_without_text_does_not_shift_what_the_others_are() -> None:
    """A page with gutters may have a caption in a rectangle of its own: it stands before articles that have text."""
    empty = Article((), Kind.UNASSIGNED, (Figure((paragraph("圖：菜市場", 3, Role.CAPTION),)),))
    report = Article((paragraph("今日菜價", 1, Role.HEAD), paragraph("白菜每斤三元，番茄五元。", 2)))
    page = page_of("今日菜價\n白菜每斤三元，番茄五元。\n圖：菜市場\n")
    outcome = judge(Layout(page, articles=(empty, report)), DEFAULT)
    assert [article.parts for article in outcome.value.articles] == [(), report.parts]
