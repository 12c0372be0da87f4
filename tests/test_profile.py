"""Profiles: TOML in, complaints with file and key out, and the best fitting one chosen cheaply."""

from __future__ import annotations

import dataclasses
import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from relayout import profile, tables
from relayout.errors import ProfileError
from relayout.profile import Fits, Profile

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "schemas" / "profile.schema.json").read_text(encoding="utf-8"))
WHY = "reason = 'because'\nsample = 'page 1'\n"


def saved(folder: Path, text: str, name: str = "mine.toml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def complaint(folder: Path, text: str) -> str:
    """Return what is said about a profile, without the folder it lies in."""
    with pytest.raises(ProfileError) as caught:
        profile.load(saved(folder, text))
    assert caught.value.exit_code == 4
    assert caught.value.advice
    return str(caught.value).removeprefix(f"{folder}/")


def first(table: str) -> str:
    """Name some key of that table of the default profile."""
    return next(e.key for e in profile.load("default").entries if e.key.startswith(f"{table}."))


NUMBER = "[numbers.a.b]\nvalue = 1\nreason = 'r'\nsample = 's'\n"

# --- the built-in profiles


@pytest.mark.parametrize("name", profile.names())
def test_what_is_read_fast_is_what_tomllib_reads(name: str) -> None:
    text = (profile.FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    read, data = tables.parsed(text), tomllib.loads(text)
    assert read == data
    assert json.dumps(read.get("numbers")) == json.dumps(data.get("numbers")), "in another order"


@pytest.mark.parametrize(
    "text",
    [
        "[numbers.a.b]\nvalue = 1\nreason = 'r'\nsample = 's'\nmore = 1\n",
        "[numbers.a.b]\nvalue = 01\nreason = 'r'\nsample = 's'\n",
        NUMBER + "# end\nmore = 1\n",
        NUMBER.replace("'r'", "'\x00'"),
        "[cues.c]\npatterns = ['x', 'y',\n 'z']\nreason = 'r'\nsample = 's'\n\n" + NUMBER,
        "[cues.c]\npatterns = ['x' 'y']\nreason = 'r'\nsample = 's'\n\n" + NUMBER,
        "[cues.c]\npatterns = ['x', # y\n]\nreason = 'r'\nsample = 's'\n\n" + NUMBER,
        "[cues.c]\npatterns = ['x', \"y\"]\nreason = 'r'\nsample = 's'\n\n" + NUMBER,
        2 * "[words.c]\nlist = []\nreason = 'r'\nsample = 's'\n\n" + NUMBER,
        "[words.c]\nlist = ['x']\nreason = 'r'\nsample = 's'\n\n[words]\nd = 1\n\n" + NUMBER,
        "[numbers.a]\nb = {value = 1}\n\n[numbers.a.c]\nvalue = 1\nreason = 'r'\nsample = 's'\n",
        "x = '''\n[numbers.a.b]\nvalue = 1\nreason = 'r'\nsample = 's'\n'''\n",
        2 * "[numbers.a.b]\nvalue = 1\nreason = 'r'\nsample = 's'\n\n",
        "title = 't'\n[numbers.a.b]\nvalue = -1.5\nreason = \"r's\"\nsample = 's'\n# end\n[cues.c]\npatterns = ['x']\n",
        "[numbers.a.b]\nvalue = 1\nreason = 'r'\nsample = 's'\n[broken\n",
    ],
)
def test_no_layout_is_read_otherwise_than_by_tomllib(text: str) -> None:
    def told(read: Callable[[str], dict[str, object]]) -> object:
        try:
            return read(text)
        except tomllib.TOMLDecodeError as error:
            return str(error)

    assert told(tables.parsed) == told(tomllib.loads)


@pytest.mark.parametrize("name", profile.names())
def test_builtin_profile_is_valid(name: str) -> None:
    found = profile.load(name)
    profile.check(found)
    assert found.name == name
    data = tomllib.loads((profile.FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(SCHEMA).validate(data)


@pytest.mark.parametrize("name", profile.names())
def test_fits_stands_before_the_bulk(name: str) -> None:
    # choose() reads the head of a profile only: a [fits] further down would never be seen.
    assert dict(profile._heads())[name] == profile.load(name).fits


def test_names() -> None:
    assert profile.names()[0] == "default"
    assert "takungpao" in profile.names()


def test_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert (ROOT / "src" / "relayout" / "schemas" / "profile.schema.json").is_file()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("numbers", {"mend": {"switch": {"value": 1, "reason": "why"}}}),  # no sample
        ("numbers", {"mend": {"switch": {"value": "1", "reason": "why", "sample": "page"}}}),
        ("numbers", {"mend": {"Switch": {"value": 1, "reason": "why", "sample": "page"}}}),
        ("cues", {"dateline": {"patterns": [""], "reason": "why", "sample": "page"}}),
        ("words", {"names": {"list": "abc", "reason": "why", "sample": "page"}}),
        ("fits", {"strings": ["a"], "patterns": ["a"], "reason": "why", "sample": "page"}),
        ("colour", "red"),
        ("title", " "),
    ],
)
def test_schema_refuses(key: str, value: object) -> None:
    good = {"title": "A paper", "lang": "zh-Hant"}
    assert jsonschema.Draft202012Validator(SCHEMA).is_valid(good)
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(good | {key: value})


# --- what a stage asks for


def test_number_cue_and_words() -> None:
    found = profile.load("default")
    assert found.number("mend.switch") > 0
    assert found.cue("dateline").search("【本報訊】昨日")
    assert found.cue("dateline") is found.cue("dateline")
    assert isinstance(found.words(first("words").removeprefix("words.")), frozenset)


@pytest.mark.parametrize("ask", [Profile.number, Profile.cue, Profile.words])
def test_unknown_key(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(ProfileError, match=r"^default: no such key: \w+\.mend\.swich; known are "):
        ask(profile.load("default"), "mend.swich")


def test_near_key_is_named() -> None:
    with pytest.raises(ProfileError, match=r"known are numbers\.mend\.switch"):
        profile.load("default").number("mend.swich")


def test_profile_cannot_be_changed() -> None:
    found = profile.load("default")
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.name = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        found.numbers["mend.switch"] = 1.0  # type: ignore[index]


def test_builtin_profiles_are_loaded_once() -> None:
    assert profile.load("takungpao") is profile.load("takungpao")


# --- a profile of one's own


def test_own_numbers_override_and_the_rest_is_kept(tmp_path: Path) -> None:
    own = profile.load(saved(tmp_path, f"title = 'Mine'\n[numbers.mend.switch]\nvalue = 7\n{WHY}"))
    parent = profile.load("default")
    assert (own.name, own.title, own.extends, own.lang) == ("mine", "Mine", "default", parent.lang)
    assert own.number("mend.switch") == 7.0
    assert {k: v for k, v in own.numbers.items() if k != "mend.switch"} == {
        k: v for k, v in parent.numbers.items() if k != "mend.switch"
    }


def test_own_cues_and_words_are_added(tmp_path: Path) -> None:
    words = first("words")
    text = f"title = 'Mine'\n[cues.dateline]\npatterns = ['^From our correspondent']\n{WHY}"
    text += f"[{words}]\nlist = ['Bote']\n{WHY}"
    own = profile.load(saved(tmp_path, text))
    assert own.cue("dateline").search("From our correspondent")
    assert own.cue("dateline").search("【本報訊】")
    assert not profile.load("default").cue("dateline").search("From our correspondent")
    key = words.removeprefix("words.")
    assert own.words(key) == profile.load("default").words(key) | {"Bote"}


def test_own_profile_extends_a_newspaper(tmp_path: Path) -> None:
    own = profile.load(saved(tmp_path, "title = 'Mine'\nextends = 'takungpao'\n"))
    assert own.extends == "takungpao"
    assert own.lang == profile.load("takungpao").lang
    assert own.numbers == profile.load("takungpao").numbers
    assert own.fits == Fits()  # what speaks for the parent does not speak for the child


def test_own_profile_may_have_a_byte_order_mark(tmp_path: Path) -> None:
    assert profile.load(saved(tmp_path, "\ufefftitle = 'Mine'\n")).title == "Mine"


def test_own_file_is_read_again(tmp_path: Path) -> None:
    assert profile.load(saved(tmp_path, "title = 'One'\n")).title == "One"
    assert profile.load(saved(tmp_path, "title = 'Two'\n")).title == "Two"


def test_cue_without_patterns_finds_nothing() -> None:
    # A cue that only a newspaper's profile fills.
    empty = dataclasses.replace(profile.load("default"), cues={"mast": ()})
    assert not empty.cue("mast").search("")
    assert not empty.cue("mast").search("大報")


def test_describe_says_where_things_come_from(tmp_path: Path) -> None:
    path = saved(
        tmp_path, f"title = 'Mine'\n[numbers.mend.switch]\nvalue = 7\n{WHY}[cues.dateline]\npatterns = ['^x']\n{WHY}"
    )
    rows = profile.describe(profile.load(path))
    assert [row.key for row in rows] == sorted(row.key for row in rows)
    assert [(r.value, r.reason, r.sample, r.file) for r in rows if r.key == "numbers.mend.switch"] == [
        (7.0, "because", "page 1", path)
    ]
    assert [r.file for r in rows if r.key == "cues.dateline"] == ["default.toml", path]


# --- complaints


def test_unknown_profile() -> None:
    with pytest.raises(
        ProfileError, match=r"^no profile 'takungbao'; give one of default, .*, or the path of a \.toml file$"
    ):
        profile.load("takungbao")


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"none\.toml: cannot read the profile: No such file.*; give one of default"):
        profile.load(str(tmp_path / "none.toml"))


def test_folder_for_a_file(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(ProfileError, match="cannot read the profile: Is a directory"):
        profile.load(str(tmp_path / "folder.toml"))


def test_profile_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "big5.toml").write_bytes("title = '大報'\n".encode("big5"))
    with pytest.raises(ProfileError, match="not UTF-8 at byte 9; save the profile as UTF-8"):
        profile.load(str(tmp_path / "big5.toml"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = \n", "mine.toml: not TOML: Invalid value (at line 1, column 9)"),
        ("", "mine.toml: title: expected a text that is not empty, it is missing"),
        ("title = ' '\n", "mine.toml: title: expected a text that is not empty, found ' '"),
        ("title = 'a'\nlang = 5\n", "mine.toml: lang: expected a text"),
        ("title = 'a'\ncolour = 'red'\n", "mine.toml: no such key: colour; known are "),
        ("title = 'a'\ntittle = 'b'\n", "mine.toml: no such key: tittle; known are title"),
        ("title = 'a'\nextends = 'nobody'\n", "mine.toml: extends: expected a built-in profile (default, "),
        ("title = 'a'\nextends = ['default']\n", "mine.toml: extends: expected a built-in profile (default, "),
        ("title = 'a'\nnumbers = 3\n", "mine.toml: numbers: expected a table, found 3"),
        ("title = 'a'\nnumbers.mend = 3\n", "mine.toml: numbers.mend: expected a table, found 3"),
        ("title = 'a'\nnumbers.mend.switch = 3\n", "mine.toml: numbers.mend.switch: expected a table, found 3"),
        (
            "title = 'a'\n[numbers.mend.swich]\nvalue = 3\n" + WHY,
            "no such key: numbers.mend.swich; known are numbers.mend.switch",
        ),
        ("title = 'a'\n[numbers.Mend.x]\nvalue = 3\n" + WHY, "numbers.Mend.x: expected a name of small letters"),
        (
            "title = 'a'\n[numbers.mend.switch]\n" + WHY,
            "numbers.mend.switch.value: expected a finite number, it is missing",
        ),
        ("title = 'a'\n[numbers.mend.switch]\nvalue = true\n" + WHY, "expected a finite number, found True"),
        ("title = 'a'\n[numbers.mend.switch]\nvalue = inf\n" + WHY, "expected a finite number, found inf"),
        ("title = 'a'\n[numbers.mend.switch]\nvalue = '5'\n" + WHY, "expected a finite number, found '5'"),
        (
            "title = 'a'\n[numbers.mend.switch]\nvalue = 5\nsample = 'p'\n",
            "numbers.mend.switch.reason: expected a text",
        ),
        (
            "title = 'a'\n[numbers.mend.switch]\nvalue = 5\nreason = 'r'\n",
            "numbers.mend.switch.sample: expected a text",
        ),
        ("title = 'a'\n[numbers.mend.switch]\nvalue = 5\nunit = 'm'\n" + WHY, "no such key: numbers.mend.switch.unit"),
        ("title = 'a'\n[cues.dateline]\npatterns = 'x'\n" + WHY, "cues.dateline.patterns: expected a list of texts"),
        ("title = 'a'\n[cues.dateline]\npatterns = ['']\n" + WHY, "cues.dateline.patterns: expected a list of texts"),
        ("title = 'a'\n[cues.datline]\npatterns = ['x']\n" + WHY, "no such key: cues.datline; known are cues.dateline"),
        ("title = 'a'\n[words.nothing]\nlist = [3]\n" + WHY, "words.nothing.list: expected a list of texts"),
        (
            "title = 'a'\n[fits]\nstrings = ['a']\npatterns = ['a']\n" + WHY,
            "fits.least: expected a finite number, it is missing",
        ),
        ("title = 'a'\n[fits]\nstrings = ['a']\npatterns = ['a']\nleast = 1\n", "fits.reason: expected a text"),
        ("title = 'a'\n[fits]\nwords = ['a']\n", "no such key: fits.words; known are "),
    ],
)
def test_complaint_names_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    assert said in complaint(tmp_path, text)
    assert complaint(tmp_path, text).startswith("mine.toml: ")


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (
            "(",
            "expected a regular expression of Python's re (missing ), unterminated subpattern at position 0)",
        ),
        ("x*", "expected a pattern that finds nothing in an empty line, found 'x*'"),
        (r"(a)\1", "expected named groups, (?P<a>…)(?P=a), because patterns are joined"),
    ],
)
def test_check_refuses_a_pattern(tmp_path: Path, pattern: str, said: str) -> None:
    path = saved(tmp_path, f"title = 'Mine'\n[cues.dateline]\npatterns = ['''{pattern}''']\n{WHY}")
    with pytest.raises(ProfileError) as caught:
        profile.check(profile.load(path))
    assert caught.value.what.startswith(f"{path}: cues.dateline.patterns: {said}")


def test_check_reads_fits_too(tmp_path: Path) -> None:
    path = saved(tmp_path, f"title = 'Mine'\n[fits]\nstrings = ['a']\npatterns = ['[']\nleast = 1\n{WHY}")
    with pytest.raises(ProfileError, match=r"^mine: fits\.patterns: expected a regular expression"):
        profile.check(profile.load(path))


def test_patterns_that_cannot_be_joined(tmp_path: Path) -> None:
    # Each compiles, but the union has the group `a` twice.
    path = saved(tmp_path, f"title = 'Mine'\n[cues.dateline]\npatterns = ['(?P<a>x)', '(?P<a>y)']\n{WHY}")
    with pytest.raises(ProfileError, match=r"cues\.dateline\.patterns: expected patterns that can be joined"):
        profile.check(profile.load(path))


def test_a_broken_pattern_stops_the_stage_that_asks(tmp_path: Path) -> None:
    path = saved(tmp_path, f"title = 'Mine'\n[cues.dateline]\npatterns = ['(']\n{WHY}")
    with pytest.raises(ProfileError, match=r"cues\.dateline\.patterns"):
        profile.load(path).cue("dateline")


def test_escaped_backslash_is_no_backreference(tmp_path: Path) -> None:
    profile.check(profile.load(saved(tmp_path, f"title = 'Mine'\n[cues.dateline]\npatterns = ['a\\\\\\\\1']\n{WHY}")))


# --- choosing


def test_a_page_that_names_its_paper() -> None:
    found, evidence = profile.choose(["【大公報訊】據報道：", "會議指出", "大公報記者某某"])
    assert (found.name, found.lang) == ("takungpao", "zh-Hant")
    assert evidence >= 2.0


def test_a_simplified_page_of_the_same_paper() -> None:
    assert profile.choose(["【大公报讯】据报道：", "会议指出"])[0].name == "takungpao"


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["會議指出", "本報記者某某"],
        ["據《大公報》當年所載，其事不詳。"],  # another paper that mentions it
    ],
)
def test_no_paper_fits(lines: list[str]) -> None:
    found, evidence = profile.choose(lines)
    assert (found.name, evidence) == ("default", 0.0)


def test_evidence_counts_lines_and_needs_enough() -> None:
    fits = Fits(("Gazette",), ("^Gazette", "Gazette staff$"), 3)
    assert fits.evidence(["Gazette staff", "The Gazette", "Gazette"]) == 3.0
    assert fits.evidence(["Gazette staff", "The Gazette"]) == 0.0


def test_choosing_compiles_no_cues(monkeypatch: pytest.MonkeyPatch) -> None:
    def compile_none(pattern: str) -> None:
        raise AssertionError(pattern)

    monkeypatch.setattr(re, "compile", compile_none)
    assert profile.choose(["一頁沒有報名的文字"] * 340)[0].name == "default"


def test_a_pattern_may_name_a_script(tmp_path: Path) -> None:
    # re knows no \\p{Han}; such a pattern is compiled by the package regex, alone and joined with others.
    path = tmp_path / "own.toml"
    path.write_text(
        "title = 'Own'\n[cues.rubric]\npatterns = ['^\\p{Han}{2}天地$']\nreason = 'why'\nsample = 'where'\n",
        encoding="utf-8",
    )
    own = profile.load(str(path))
    profile.check(own)
    assert own.cue("rubric").search("音樂天地")
    assert own.cue("rubric").search("北京觀察")
    assert not own.cue("rubric").search("ab天地")


def test_a_wrong_property_is_a_complaint(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        "title = 'Own'\n[cues.rubric]\npatterns = ['^\\p{Hen}$']\nreason = 'why'\nsample = 'where'\n", encoding="utf-8"
    )
    with pytest.raises(ProfileError, match=r"own\.toml: cues\.rubric"):
        profile.check(profile.load(str(path)))


TAIWAN = [
    "記者林志明／臺中報導",
    "〔記者陳雅惠／高雄報導〕市府昨日表示，",
    "臺島日報 中華民國一一二年五月三日 星期三",
    "中華民國１１２年５月３日 星期三",
]
ELSEWHERE = [
    "【記者林志明北京報道】",
    "【大公報訊】記者陳雅惠報道：",
    "他於中華民國一一二年五月三日到任，",
    "中華民國二十八年五月三日 星期三",
    "2023年5月3日 星期三",
]


@pytest.mark.parametrize("line", TAIWAN)
def test_a_page_of_taiwan_shows_itself_in_lines_and_character_by_character(line: str) -> None:
    assert profile.choose([line])[0].name == "taiwan"
    assert profile.choose(list(line.replace(" ", "")))[0].name == "taiwan"


@pytest.mark.parametrize("line", ELSEWHERE)
def test_what_other_papers_print_does_not_make_a_page_of_taiwan(line: str) -> None:
    assert profile.choose([line])[0].name != "taiwan"
    assert profile.choose(list(line.replace(" ", "")))[0].name != "taiwan"
