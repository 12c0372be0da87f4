"""The measures on small pages made by hand, whose values can be reckoned on paper."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from relayout import api
from relayout.errors import UsageError
from relayout.evaluate import WORSE, Prediction, Scores, Truth, means, packages, parse_prediction, read_gold, score
from relayout.evaluate.align import align
from relayout.evaluate.nouns import ROLES, Part, Unit, figures_apart
from relayout.evaluate.texts import article_text, join_lines, settle
from relayout.writers import WRITERS

SAMPLES = sorted(path.parent for path in (Path(__file__).resolve().parents[1] / "samples").glob("*/gold.json"))

FIRE = Unit(
    "a1",
    "article",
    (
        Part("head", "Fire in the harbour"),
        Part("sub", "Two ships lost"),
        Part("p", "A fire broke out on the quay last night.", 2),
        Part("p", "Two well-known ships burnt down to the water.", 2),
        Part("byline", "By our own reporter"),
    ),
)
RAIN = Unit(
    "a2",
    "notice",
    (Part("head", "Rain to come"), Part("lead", "Clouds gather in the west.", 1), Part("p", "Take an umbrella.", 1)),
)
TOWN = Unit(
    "a3",
    "sidebar",
    (
        Part("head", "七大任務 建設城市"),
        Part("p", "會議部署城市工作七個方面的重點任務。", 3),
        Part("item", "着力優化現代化城市體系", 2),
        Part("row", "甲\t乙", 1),
    ),
)
PHOTO = Unit("c1", "caption", (Part("caption", "The quay this morning."), Part("credit", "Photo: J. Doe")), "a1")
FOLIO = Unit("f", "furniture", (Part("furniture", "A3"), Part("furniture", "The Courier")))
SOAP = Unit("s", "advertisement", (Part("head", "Soap"), Part("p", "Buy the best soap in town, now cheaper.")))
PAGE = Truth((FIRE, RAIN, TOWN, PHOTO, FOLIO, SOAP))


def scored(*units: Unit, truth: Truth = PAGE, knows: frozenset[str] = frozenset(ROLES)) -> Scores:
    return score(truth, Prediction(units, knows))


def without(unit: Unit, *numbers: int) -> Unit:
    return unit._replace(parts=tuple(part for n, part in enumerate(unit.parts) if n not in numbers))


def retold(unit: Unit, **texts: str) -> Unit:
    """Change texts: ``p2="…"`` is part 2."""
    parts = list(unit.parts)
    for key, text in texts.items():
        parts[int(key[1:])] = parts[int(key[1:])]._replace(text=text)
    return unit._replace(parts=tuple(parts))


def perfect(scores: Scores) -> dict[str, float | None]:
    """Give what is not as good as can be."""
    best = dict.fromkeys(WORSE, 0.0) | {"pieces": 1.0, "mixture": 1.0, "joins": scores.joins}
    return {m: v for m, v in scores._asdict().items() if v is not None and v != best.get(m, 1.0)}


def test_gold_against_itself_is_perfect() -> None:
    scores = scored(*PAGE.units)
    assert perfect(scores) == {}
    assert scores.joins == 1 + 1 + 2 + 1
    assert scores.cer == 0
    assert scores.role_list_head is None


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("form", ["tei", "json"])
def test_the_samples_are_perfect(sample: Path, form: str) -> None:
    files = WRITERS[form].render(api.fix(sample / "input.txt"))
    prediction = parse_prediction(next(iter(files.values())), form)
    assert prediction.adapter == form
    scores = score(read_gold(sample / "gold.json"), prediction)
    assert perfect(scores) == {}
    assert scores.articles_99 == 1.0
    assert scores.cer is None, "the gold of a sample promises no order"


def test_tei_and_json_say_the_same() -> None:
    for sample in SAMPLES:
        issue = api.fix(sample / "input.txt")
        one, two = (parse_prediction(next(iter(WRITERS[form].render(issue).values())), "x") for form in ("tei", "json"))
        assert one.units == two.units


def test_a_lost_article_costs_recall_an_invented_one_precision() -> None:
    lost = scored(FIRE, TOWN, PHOTO, FOLIO, SOAP)
    assert (lost.articles_90, lost.articles_90_precision, lost.articles_90_f1) == (2 / 3, 1.0, 0.8)
    assert (lost.articles_exact, lost.splits, lost.merges) == (2 / 3, 0.0, 0.0)
    more = Unit("x", "article", (Part("p", "Nobody ever printed such a thing anywhere."),))
    invented = scored(*PAGE.units, more)
    assert (invented.articles_90, invented.articles_90_precision) == (1.0, 3 / 4)
    assert invented.pair_f1 is not None
    assert invented.pair_f1 < 1


def test_a_doubled_article_costs_precision() -> None:
    doubled = scored(*PAGE.units, RAIN._replace(id="again"))
    assert (doubled.articles_90, doubled.articles_90_precision) == (1.0, 3 / 4)
    assert doubled.paragraph_recall == 1.0
    assert doubled.paragraph_precision == 8 / 10  # of 8 body parts of the page two come twice
    assert doubled.cer_unordered is not None
    assert doubled.cer_unordered > 0
    assert doubled.role_lead == 2 / 3


def test_what_is_no_article_can_match_nothing() -> None:
    odd = scored(FIRE._replace(kind="unassigned"), RAIN, TOWN, PHOTO, FOLIO)
    assert odd.articles_90 == 1.0
    assert odd.articles_exact == 2 / 3


def test_an_advertisement_is_neither_article_nor_error() -> None:
    assert scored(*PAGE.units[:-1], SOAP._replace(kind="")).articles_90_precision == 1.0
    assert scored(*PAGE.units[:-1], SOAP._replace(kind="")).headline_f1 == 1.0


def test_two_articles_in_one() -> None:
    both = Unit("b", "article", FIRE.parts + RAIN.parts)
    merged = scored(both, TOWN, PHOTO, FOLIO, SOAP)
    assert merged.articles_90 == 1 / 3
    assert (merged.splits, merged.merges, merged.mixture) == (0.0, 1 / 2, 3 / 2)
    assert merged.order == 1.0
    assert merged.headline_f1 == 2 * 3 / (4 + 4)  # the head of the smaller article hangs on the larger one
    assert merged.paragraph_f1 == 1.0


def test_an_article_in_two() -> None:
    parted = scored(without(FIRE, 3, 4), without(FIRE, 0, 1, 2)._replace(id="x"), RAIN, TOWN, PHOTO, FOLIO, SOAP)
    assert parted.articles_90 == 2 / 3
    assert (parted.splits, parted.pieces, parted.merges) == (1 / 3, 4 / 3, 0.0)
    assert parted.order == 1.0
    assert parted.captions == 1.0


def test_a_splinter_splits_and_a_sentence_does_not() -> None:
    long = Unit("a", "article", (Part("p", "word upon word follows " * 40), Part("p", "A splinter of it.")))
    truth = Truth((long, RAIN))
    assert scored(without(long, 1), without(long, 0)._replace(id="b"), RAIN, truth=truth).splits == 0.5
    strayed = Unit("r", "notice", (*RAIN.parts, Part("p", "A splint")))
    assert scored(long, strayed, truth=truth).splits == 0.0


def test_pairs_and_rand_are_as_on_paper() -> None:
    one = Unit("1", "article", (Part("p", "甲乙丙丁"),))
    two = Unit("2", "article", (Part("p", "戊己庚辛"),))
    truth = Truth((one, two))
    merged = Unit("m", "article", (Part("p", "甲乙丙丁"), Part("p", "戊己庚辛")))
    scores = scored(merged, truth=truth)
    assert scores.pair_f1 == pytest.approx(2 * 12 / (12 + 28))
    assert scores.ari == pytest.approx(0.0)
    lost = scored(one, truth=truth)
    assert lost.pair_f1 == pytest.approx(2 * 6 / (12 + 6))
    chance = 12 * 6 / 28
    assert lost.ari == pytest.approx((6 - chance) / (9 - chance))


def test_characters_of_furniture_are_one_cluster() -> None:
    apart = [Unit(f"f{n}", "furniture", (part,)) for n, part in enumerate(FOLIO.parts)]
    assert scored(FIRE, RAIN, TOWN, PHOTO, SOAP, *apart).ari == 1.0


def test_headlines() -> None:
    near = retold(FIRE, p0="Fire in the harbor")
    scores = scored(near, RAIN, TOWN, PHOTO, FOLIO, SOAP)
    assert (scores.headline_f1, scores.headline_near_f1) == (3 / 4, 1.0)
    spaced = scored(retold(TOWN, p0="七大任務  建設城市"), FIRE, RAIN, PHOTO, FOLIO, SOAP)
    assert spaced.headline_f1 == 1.0
    lost = scored(retold(TOWN, p0="七大任務建設城市"), FIRE, RAIN, PHOTO, FOLIO, SOAP)
    assert (lost.headline_f1, lost.headline_near_f1) == (3 / 4, 1.0)


def test_swapped_headlines() -> None:
    fire, rain = (
        retold(FIRE, p0="Rain to come"),
        retold(RAIN, p0="Fire in the harbour"),
    )
    assert scored(fire, rain, TOWN, PHOTO, FOLIO, SOAP).headline_f1 == 2 / 4


def test_paragraphs_count_every_space() -> None:
    wrong = retold(TOWN, p1="會議部署城市工作七個方面的 重點任務。")
    scores = scored(FIRE, RAIN, wrong, PHOTO, FOLIO, SOAP)
    assert scores.paragraph_f1 == 7 / 8
    assert scores.cjk_spaces == 1000 / 5
    assert scores.wrong_joins == 1000 / 5
    assert scores.articles_99 == 1.0, "no space counts between CJK characters in the text of an article"


def test_a_paragraph_in_two() -> None:
    parts = (*TOWN.parts[:1], Part("p", "會議部署城市工作"), Part("p", "七個方面的重點任務。"), *TOWN.parts[2:])
    scores = scored(FIRE, RAIN, TOWN._replace(parts=parts), PHOTO, FOLIO, SOAP)
    assert (scores.paragraph_recall, scores.paragraph_precision) == (7 / 8, 7 / 9)
    assert scores.articles_99 == 1.0
    assert scores.order == 1.0


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Two well-known ships burntdown to the water.", "spaces_lost"),
        ("Two wellknown ships burnt down to the water.", "hyphens_dropped"),
        ("Two well known ships burnt down to the water.", "hyphens_dropped"),
        ("Two well-known ships burnt down to the wa-ter.", "hyphens_kept"),
        ("Two well-known ships burnt down to the wa- ter.", "hyphens_kept"),
        ("Two well-known ships burnt down to the wa\u00adter.", "hyphens_kept"),
    ],
)
def test_wrong_joins_of_latin(text: str, measure: str) -> None:
    scores = scored(retold(FIRE, p3=text), RAIN, TOWN, PHOTO, FOLIO, SOAP)
    assert {m: getattr(scores, m) for m in ("spaces_lost", "hyphens_kept", "hyphens_dropped", "cjk_spaces")} == {
        "spaces_lost": 0.0,
        "hyphens_kept": 0.0,
        "hyphens_dropped": 0.0,
        "cjk_spaces": 0.0,
    } | {measure: 200.0}


def test_joins_come_from_the_gold_or_the_prediction_or_the_characters() -> None:
    bare = [unit._replace(parts=tuple(part._replace(lines=0) for part in unit.parts)) for unit in PAGE.units]
    assert scored(*bare).joins == 5
    assert scored(*PAGE.units, truth=Truth(tuple(bare))).joins == 5
    letters = sum(len("".join(part.text.split())) for unit in bare for part in unit.parts)
    assert scored(*bare, truth=Truth(tuple(bare))).joins == letters


def test_roles() -> None:
    parts = (*FIRE.parts[:4], Part("p", "By our own reporter"))
    scores = scored(FIRE._replace(parts=parts), RAIN, TOWN, PHOTO, FOLIO, SOAP)
    assert scores.role_byline == 0.0
    assert scores.role_p == 2 * 5 / (5 + 6)
    assert scores.role_sub == 1.0
    deck = Truth((Unit("a", "article", (Part("head", "Kick"), Part("head", "Main"), Part("quote", "So he said."))),))
    ranks = Unit("a", "article", (Part("kicker", "Kick"), Part("head", "Main"), Part("display", "So he said.")))
    ranked = scored(ranks, truth=deck)
    assert (ranked.role_head, ranked.role_kicker, ranked.role_quote, ranked.articles_exact) == (1.0, None, 1.0, 1.0)


def test_the_strict_role_chooses_first() -> None:
    truth = Truth((Unit("a", "article", (Part("head", "Same"), Part("kicker", "Same"))),))
    found = Unit("a", "article", (Part("kicker", "Same"), Part("head", "Same")))
    scores = scored(found, truth=truth)
    assert (scores.role_head, scores.role_kicker) == (1.0, 1.0)


def test_captions() -> None:
    assert scored(FIRE, RAIN, TOWN, PHOTO._replace(of="a2"), FOLIO, SOAP).captions == 0.0
    assert scored(FIRE, RAIN, TOWN, PHOTO._replace(of=""), FOLIO, SOAP).captions == 0.0
    assert scored(FIRE, RAIN, TOWN, FOLIO, SOAP).captions == 0.0
    near = retold(PHOTO, p0="The quay this morning")
    assert scored(FIRE, RAIN, TOWN, near, FOLIO, SOAP).captions == 1.0
    inside = FIRE._replace(parts=(*FIRE.parts, *PHOTO.parts))
    assert scored(inside, RAIN, TOWN, FOLIO, SOAP).captions == 1.0
    assert scored(FIRE, truth=Truth((FIRE,))).captions is None


def test_order() -> None:
    turned = FIRE._replace(parts=(FIRE.parts[0], FIRE.parts[1], FIRE.parts[3], FIRE.parts[2], FIRE.parts[4]))
    scores = scored(turned, RAIN, TOWN, PHOTO, FOLIO, SOAP)
    assert scores.order == (9 - 3) / 9
    assert scores.cer_unordered == 0.0
    assert scores.cer is not None
    assert scores.cer > 0.1
    assert scores.articles_exact == 2 / 3
    assert scored(RAIN, TOWN, FOLIO, SOAP).order == 5 / 9


def test_order_of_articles_matters_to_cer_alone() -> None:
    scores = scored(SOAP, TOWN, PHOTO, RAIN, FIRE, FOLIO)
    assert perfect(scores).keys() == {"cer"}


def test_a_page_in_one_string_keeps_its_order() -> None:
    text = " ".join(part.text for unit in PAGE.units[:3] for part in unit.parts)
    scores = scored(Unit("all", "", (Part("p", text),)), knows=frozenset())
    assert scores.order == 1.0
    assert (scores.splits, scores.merges, scores.mixture) == (0.0, 1.0, 3.0)
    assert (scores.headline_f1, scores.role_p, scores.role_f1) == (None, None, None)


def test_character_errors() -> None:
    truth = Truth((Unit("a", "article", (Part("p", "0123456789"),)),))
    wrong = Unit("a", "article", (Part("p", "012345678X"),))
    assert (scored(wrong, truth=truth).cer, scored(wrong, truth=truth).cer_unordered) == (0.1, 0.1)
    turned = Unit("a", "article", (Part("p", "56789"), Part("p", "01234")))
    long = Truth((Unit("a", "article", (Part("p", "The quick brown fox jumps."), Part("p", "Over the lazy dog."))),))
    back = Unit("a", "article", (Part("p", "Over the lazy dog. The quick brown fox jumps."),))
    assert scored(turned, truth=truth).cer == 1.1  # and a space between the halves
    swapped = scored(back, truth=long)
    assert swapped.cer_unordered is not None
    assert swapped.cer_unordered <= 2 / 45  # the space before the second sentence, now at the seam
    assert scored(truth=truth).cer == 1.0
    invented = scored(*truth.units, Unit("b", "article", (Part("p", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),)), truth=truth)
    assert invented.cer_unordered is not None
    assert invented.cer_unordered > 1


def test_a_format_without_roles_borrows_them() -> None:
    parts = tuple(part._replace(role="p") for part in (*FOLIO.parts, *FIRE.parts, *PHOTO.parts))
    scores = scored(Unit("x", "", parts), truth=Truth((FIRE, PHOTO, FOLIO)), knows=frozenset())
    assert (scores.paragraph_f1, scores.articles_99, scores.captions, scores.ari) == (1.0, 1.0, 1.0, 1.0)
    assert scores.articles_exact == 1.0
    strict = scored(Unit("x", "", parts), truth=Truth((FIRE, PHOTO, FOLIO)))
    assert strict.paragraph_f1 == 2 * 2 / (2 + 9)


def test_nothing_at_all() -> None:
    scores = scored(truth=Truth(()))
    assert scores.articles_90 is None
    assert scores.ari is None
    assert scores.cer is None
    assert scores.cer_unordered is None
    assert scored().articles_90 == 0.0
    blank = Unit("b", "article", (Part("p", " \n"),))
    assert scored(*PAGE.units, blank).articles_90_precision == 1.0


def test_means() -> None:
    made = means([scored(*PAGE.units), scored(FIRE)])
    assert made.articles_90 == pytest.approx((1 + 1 / 3) / 2)
    assert made.role_list_head is None


def test_repeated_texts_are_bound_where_they_belong() -> None:
    news = Part("crosshead", "簡訊")
    one = Unit("1", "article", (Part("p", "中央城市工作會議在京舉行"), news))
    two = Unit("2", "article", (Part("p", "海關總署公布上半年數字"), news))
    alignment = align((one, two), (two, one))
    assert alignment.shared() == {(0, 1): 14, (1, 0): 13}
    assert -1 not in alignment.there


def test_a_page_that_repeats_itself_is_bound_in_its_unit_and_in_order() -> None:
    word = "the council agreed last night that the crossing would be rebuilt before the winter. "
    one = Unit("1", "article", (Part("p", word * 3 + "A first word."),))
    two = Unit("2", "article", (Part("p", word * 2 + "Another one, and more of it."),))
    glued = Unit("x", "", (Part("p", word * 2 + "Another one, and more of it. " + word * 3 + "A first word."),))
    alignment = align((one, two), (glued,))
    assert -1 not in alignment.there
    apart = align(
        (one, two), (retold(two, p0=two.parts[0].text + " End."), retold(one, p0="Start. " + one.parts[0].text))
    )
    shared = apart.shared()
    assert shared[0, 0] + shared[1, 1] == 0
    assert -1 not in apart.back


def test_a_misread_character_leaves_its_neighbours_bound() -> None:
    one = Unit("1", "article", (Part("p", "中央城市工作會議十四日至十五日在北京舉行"),))
    two = Unit("2", "article", (Part("p", "申央城市工乍會議十四日至十五曰在北京舉亍"),))
    assert [i for i, j in enumerate(align((one,), (two,)).back) if j < 0] == [0, 5, 14, 19]


def test_the_end_of_one_side_is_no_obstacle() -> None:
    one = Unit("1", "article", (Part("p", "X中央城市工作會議"),))
    two = Unit("2", "article", (Part("p", "Y中央城市工作會議Z"),))
    assert len([j for j in align((one,), (two,)).back if j >= 0]) == 8


def test_a_full_page_takes_no_long_time() -> None:
    # 40,000 characters in 20 articles that come in another order, every 50th character misread.
    def text(seed: int) -> str:
        return "".join(chr(0x4E00 + (seed * 7919 + n * n * 31 + n * 977) % 5000) for n in range(200))

    units = [Unit(str(a), "article", tuple(Part("p", text(a * 10 + p)) for p in range(10))) for a in range(20)]
    misread = [
        unit._replace(parts=tuple(part._replace(text=part.text[:50] + "誤" + part.text[51:]) for part in unit.parts))
        for unit in reversed(units)
    ]
    scored(FIRE)  # the packages are loaded
    start = time.process_time()
    scores = scored(*misread, truth=Truth(tuple(units)))
    assert scores.articles_90 == 1.0
    assert time.process_time() - start < 10  # half a second, but for coverage and a busy machine


def test_texts() -> None:
    assert settle("「 會議 」 開 A 幕") == "「會議」開 A 幕"
    assert settle("他說 “好” 。") == "他說“好”。"
    assert settle("a “b” c") == "a “b” c"
    assert join_lines([" one- ", "", "two", "Three-", "Four", "五", "六"]) == "onetwo Three- Four 五六"
    assert article_text(FIRE._replace(parts=(*FIRE.parts, *PHOTO.parts))).endswith("reporter Photo: J. Doe")


def test_figures_stand_apart() -> None:
    parts = (
        Part("furniture", "A3"),
        Part("caption", "One."),
        Part("credit", "AP"),
        Part("p", "Text."),
        Part("credit", "Xinhua"),
        Part("caption", "Two."),
    )
    made = figures_apart(Unit("a", "article", parts))
    assert [(unit.kind, [part.text for part in unit.parts], unit.of) for unit in made] == [
        ("article", ["Text.", "Xinhua"], ""),
        ("caption", ["One.", "AP"], "a"),
        ("caption", ["Two."], "a"),
        ("furniture", ["A3"], ""),
    ]
    assert [unit.kind for unit in figures_apart(Unit("a", "", (Part("caption", "x"),)))] == ["caption"]


def test_the_extra_is_missed_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(packages, "import_module", gone)
    with pytest.raises(UsageError, match=r"package rapidfuzz; type: pip install 'relayout\[score\]'"):
        scored(FIRE)


def test_every_measure_is_in_the_documents() -> None:
    text = (SAMPLES[0].parents[1] / "docs" / "score.md").read_text(encoding="utf-8")
    for measure in Scores._fields:
        if not measure.startswith("role_"):
            short = measure.removesuffix("_f1").removesuffix("_precision").removesuffix("_recall")
            assert f"`{measure}`" in text or f"`{short}`" in text or f"`{short}_f1`" in text, measure
    json.dumps(scored(FIRE)._asdict())
