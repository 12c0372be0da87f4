"""Read, run, hand over: every way in, and what is refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import relayout
from relayout import fix, readers
from relayout.api import rebuild
from relayout.errors import InputError, ProfileError, RelayoutError
from relayout.model import Issue, Line, Page, Place, Reading, Source
from relayout.roles import Kind, Level, Role

SAMPLE = Path(__file__).parent.parent / "samples" / "takungpao-2025-07-16" / "input.txt"
CITY = "【本報訊】會議指出，當前和今後一個時期\n城市工作的總體要求是堅持人民城市理念，以\n推動城市高質量發展為主題。\n"
LIST = "會議部署任務\n•優化城市體系\n•建設創新城市\n"


def told(issue: Issue) -> list[list[str]]:
    return [[p.text for p in article.paragraphs] for article in issue.articles]


def test_a_path_its_bytes_and_its_text_are_one_page(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(CITY, encoding="utf-8")
    ways = [fix(path), fix(str(path)), fix(path.read_bytes()), fix(CITY)]
    assert all(told(issue) == told(ways[0]) for issue in ways)
    assert told(ways[0]) == [[CITY.replace("\n", "")]]


def test_the_source_is_called_by_its_name_only(tmp_path: Path) -> None:
    path = tmp_path / "A6.txt"
    path.write_text(CITY, encoding="utf-8")
    assert fix(path).source.name == "A6.txt"
    assert fix(path, name="other.txt").source.name == "other.txt"
    assert fix(CITY).source.name == fix(CITY.encode()).source.name == "page"


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    data = CITY.encode("utf-16")
    path = tmp_path / "page.txt"
    path.write_bytes(data)
    assert fix(path).source.sha256 == hashlib.sha256(data).hexdigest()


def test_a_text_of_any_line_ends_is_no_path() -> None:
    assert told(fix(CITY.replace("\n", "\r"))) == told(fix(CITY))
    assert told(fix(CITY.replace("\n", "\r\n"))) == told(fix(CITY))


def test_an_encoding_overrides_the_bytes() -> None:
    assert told(fix(CITY.encode("big5hkscs"), encoding="big5hkscs")) == told(fix(CITY))


@pytest.mark.parametrize(("name", "complaint"), [("none.txt", "no such file"), ("", "holds no pages")])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint) as caught:
        fix(tmp_path / name)
    assert caught.value.exit_code == 3
    assert caught.value.advice


def test_a_path_that_cannot_be_one_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be read"):
        fix("page\0.txt")


def test_a_path_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match="Permission denied"):
        fix(tmp_path / "page.txt")


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xff\xfe\x00"])
def test_what_holds_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        fix(data)


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(ProfileError, match="no profile 'nosuch'"):
        fix(CITY, profile="nosuch")


def test_a_profile_is_chosen_and_the_choice_is_a_note() -> None:
    issue = fix(SAMPLE)
    assert (issue.profile, issue.lang) == ("takungpao", "zh-Hant")
    assert "大公報" in issue.title
    (note,) = (note for note in issue.notes if note.stage == "profile")
    assert note.level is Level.DECISION
    assert "lines answer to it" in note.why


def test_a_profile_may_be_asked_for() -> None:
    issue = fix(SAMPLE, profile="default")
    assert (issue.profile, issue.title) == ("default", "")
    assert [note.why for note in issue.notes if note.stage == "profile"] == ["it was asked for"]


def test_without_a_fitting_profile_the_default_is_used() -> None:
    issue = fix(CITY)
    assert issue.profile == "default"
    assert [note.why for note in issue.notes if note.stage == "profile"] == ["no other profile fits"]


@pytest.mark.parametrize(
    ("text", "lang"), [("這個國會經濟。\n", "zh-Hant"), ("这个国会经济。\n", "zh-Hans"), ("The wide road.\n", "und")]
)
def test_the_language_is_that_of_the_script(text: str, lang: str) -> None:
    assert fix(text).lang == lang


def test_ids_go_on_from_page_to_page() -> None:
    issue = fix(f"{CITY}\f{LIST}\f名醫談養生之道\n\f{CITY}會議結束\n")
    assert [page.number for page in issue.pages] == [1, 2, 3, 4]
    assert [a.id for a in issue.articles if a.kind is not Kind.UNASSIGNED] == ["a1", "a2", "a3"]
    left = [a.id for a in issue.articles if a.kind is Kind.UNASSIGNED]
    assert left == [f"u{n}" for n in range(1, len(left) + 1)]
    assert left
    assert [a.paragraphs[0].lines[0].place.page for a in issue.articles] == sorted(
        a.paragraphs[0].lines[0].place.page for a in issue.articles
    )


def test_line_numbers_go_on_from_page_to_page() -> None:
    issue = fix("會議開幕。\n\f代表鼓掌。\n")
    assert [line.place for page in issue.pages for line in page.lines] == [Place(1, 1), Place(2, 2)]


def test_what_a_sidebar_is_about_moves_with_its_article() -> None:
    page = SAMPLE.read_text(encoding="utf-8")
    alone = fix(page, profile="takungpao")
    second = fix(f"{CITY}\f{page}", profile="takungpao")
    before = {a.paragraphs[0].text: a.about for a in alone.articles if a.about}
    after = {a.paragraphs[0].text: a.about for a in second.articles if a.about}
    assert before
    assert after == {text: f"a{int(about[1:]) + 1}" for text, about in before.items()}
    ids = {a.id: a for a in second.articles}
    assert all(ids[about].paragraphs[0].lines[0].place.page == 2 for about in after.values())


@pytest.mark.parametrize(
    ("folio", "date"),
    [
        ("A6 要聞 2024年11月8日 星期五", "2024-11-08"),
        ("2023年5月19日 星期五", "2023-05-19"),
        ("2023年13月19日 星期五", ""),
        ("2023年5月32日 星期五", ""),
        ("責任編輯：何文靜", ""),
    ],
)
def test_the_day_is_that_of_the_folio(folio: str, date: str) -> None:
    issue = fix(f"{folio}\n{CITY}")
    assert [p.role for p in issue.furniture] == [Role.FURNITURE]
    assert issue.date == date


def test_a_day_in_the_running_text_is_not_the_day_of_the_page() -> None:
    assert fix("會議於2023年5月19日開幕，\n代表鼓掌。\n").date == ""


def test_a_reading_is_rebuilt_without_a_file() -> None:
    line = Line("會議開幕。", "會議開幕。", Place(1, 1))
    reading = Reading(Source("page", "abc"), (Page(1, (line,)),))
    assert rebuild(reading).source.sha256 == "abc"
    assert rebuild(reading, sha256="def").source.sha256 == "abc"
    assert rebuild(replace_source(reading), sha256="def").source.sha256 == "def"


def replace_source(reading: Reading) -> Reading:
    return Reading(Source(reading.source.name), reading.pages)


def test_a_page_of_nothing_is_an_issue_of_nothing() -> None:
    issue = rebuild(Reading(Source("page"), (Page(1, ()),)))
    assert issue.articles == ()
    assert issue.furniture == ()


def test_every_error_has_a_code_and_an_advice() -> None:
    kinds = [RelayoutError, *RelayoutError.__subclasses__()]
    assert len({kind.exit_code for kind in kinds}) == len(kinds)
    assert str(RelayoutError("what")) == "what"
    assert str(RelayoutError("what", "do that")) == "what; do that"


def test_the_package_hands_out_fix() -> None:
    assert relayout.fix is fix
    assert readers.read(CITY.encode(), "page", "").value.pages[0].number == 1


@pytest.mark.parametrize("torn", ["\u00ad，", "\u00ad ，\u00ad", " \u00ad\u00ad 。\u00ad", "\u00ad　「提質」"])
def test_soft_hyphens_anywhere_lose_nothing(torn: str) -> None:
    text = CITY.replace("，", torn, 1).replace("理念", f"理念{torn}")
    expected = "".join(char for char in text if not char.isspace() and char != "\u00ad")
    found = "".join(text for article in told(fix(text)) for text in article)
    assert "".join(char for char in found if not char.isspace() and char != "\u00ad") == expected


@pytest.mark.parametrize("line", ["\u00ad", "\u00ad　\u00ad", "\u00ad\u200b"])
def test_lines_of_soft_hyphens_only_are_no_harm(line: str) -> None:
    assert told(fix(f"{line}\n{CITY}{line}\n"))


@pytest.mark.parametrize("at", [0, 4, 12])
def test_a_soft_hyphen_alone_in_a_column_of_characters_is_no_harm(at: int) -> None:
    column = list("是時隔十年再一次召開會議")
    column.insert(at, "\u00ad")
    assert any("再一次召開" in text for article in told(fix("\n".join(column) + "\n")) for text in article)
