"""The folder of results is written whole or not at all, and nothing of the user's is lost."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from relayout.errors import OutputError
from relayout.model import Source
from relayout.output import MARKER, write_folder

SOURCE = Source("page.txt", "0" * 64)
FILES = {"page.tei.xml": b"<TEI/>", "page.txt": b"text\n"}


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_new_folder_holds_the_files_and_a_marker(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_folder(out, FILES, SOURCE)
    assert sorted(tree(tmp_path)) == ["out/.relayout.json", "out/page.tei.xml", "out/page.txt"]
    marker = json.loads((out / MARKER).read_text())
    assert marker["source"] == "page.txt"
    assert marker["sha256"] == "0" * 64
    assert sorted(marker["files"]) == sorted(FILES)


def test_the_folder_has_the_permissions_of_any_new_folder(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    write_folder(tmp_path / "out", FILES, SOURCE)
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_second_run_replaces_its_files_removes_its_stale_ones_and_keeps_mine(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_folder(out, {**FILES, "page-a7.txt": b"gone next time"}, SOURCE)
    (out / "mine.txt").write_text("mine")
    (out / "mine").mkdir()
    (out / "mine" / "deep.txt").write_text("deep")
    write_folder(out, {**FILES, "page.txt": b"better\n"}, SOURCE)
    names = sorted(tree(out))
    assert names == [".relayout.json", "mine.txt", "mine/deep.txt", "page.tei.xml", "page.txt"]
    assert (out / "page.txt").read_bytes() == b"better\n"
    assert "page-a7.txt" not in json.loads((out / MARKER).read_text())["files"]


def test_a_second_run_writes_the_same_bytes(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", FILES, SOURCE)
    first = tree(tmp_path)
    write_folder(tmp_path / "out", FILES, SOURCE)
    assert tree(tmp_path) == first


@pytest.mark.parametrize("content", [{}, {"letter.txt": b"mine"}])
def test_a_folder_that_relayout_did_not_make_is_refused(tmp_path: Path, content: dict[str, bytes]) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for name, data in content.items():
        (out / name).write_bytes(data)
    with pytest.raises(OutputError, match="was not made by relayout"):
        write_folder(out, FILES, SOURCE)
    assert tree(out) == content
    write_folder(out, FILES, SOURCE, force=True)
    assert set(tree(out)) == {MARKER, *FILES, *content}


def test_with_force_a_file_of_the_same_name_is_replaced_and_others_stay(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("old")
    (tmp_path / "letter.txt").write_text("mine")
    write_folder(tmp_path, FILES, SOURCE, force=True)
    assert (tmp_path / "page.txt").read_bytes() == b"text\n"
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_a_file_corrected_by_hand_is_not_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_folder(out, FILES, SOURCE)
    (out / "page.tei.xml").write_text("an afternoon of corrections")
    before = tree(out)
    with pytest.raises(OutputError, match=r"page\.tei\.xml in .* was changed since"):
        write_folder(out, FILES, SOURCE)
    assert tree(out) == before
    write_folder(out, FILES, SOURCE, force=True)
    assert (out / "page.tei.xml").read_bytes() == b"<TEI/>"


def test_a_file_corrected_by_hand_and_no_longer_made_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_folder(out, {**FILES, "page-a7.txt": b"seven"}, SOURCE)
    (out / "page-a7.txt").write_text("corrected")
    write_folder(out, FILES, SOURCE)
    assert (out / "page-a7.txt").read_text() == "corrected"


def test_my_file_under_a_name_that_is_to_be_written_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_folder(out, {"page.txt": b"1"}, SOURCE)
    (out / "page.tei.xml").write_text("mine")
    with pytest.raises(OutputError, match=r"page\.tei\.xml in .* was not made by relayout"):
        write_folder(out, FILES, SOURCE)
    assert (out / "page.tei.xml").read_text() == "mine"


@pytest.mark.parametrize("force", [False, True])
def test_the_input_is_never_overwritten(tmp_path: Path, force: bool) -> None:
    out = tmp_path / "out"
    write_folder(out, FILES, SOURCE)
    before = tree(out)
    with pytest.raises(OutputError, match="is the input itself"):
        write_folder(out, {**FILES, "page.txt": b"new"}, SOURCE, keep=out / "page.txt", force=force)
    assert tree(out) == before


@pytest.mark.parametrize("force", [False, True])
def test_the_input_is_never_removed_as_a_file_of_an_earlier_run(tmp_path: Path, force: bool) -> None:
    out = tmp_path / "out"
    write_folder(out, {**FILES, "page-a1.txt": b"one"}, SOURCE)
    with pytest.raises(OutputError, match="is the input itself"):
        write_folder(out, FILES, SOURCE, keep=out / "page-a1.txt", force=force)
    assert (out / "page-a1.txt").read_bytes() == b"one"


def test_the_input_reached_by_a_link_is_never_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_folder(out, FILES, SOURCE)
    link = tmp_path / "link.txt"
    link.symlink_to(out / "page.txt")
    with pytest.raises(OutputError, match="is the input itself"):
        write_folder(out, FILES, SOURCE, keep=link, force=True)


@pytest.mark.parametrize("number", range(1, 9))
@pytest.mark.parametrize("old", ["new", "ours", "foreign"])
def test_a_crash_at_any_rename_leaves_the_old_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, number: int
) -> None:
    out = tmp_path / "out"
    if old == "ours":
        write_folder(out, {"page.txt": b"old", "page-a7.txt": b"stale", "page-a8.txt": b"stale too"}, SOURCE)
    elif old == "foreign":
        out.mkdir()
        (out / "page.txt").write_text("mine")
    before = tree(tmp_path)
    real, count = Path.rename, 0

    def rename(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == number:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    try:
        write_folder(out, FILES, SOURCE, force=old == "foreign")
    except KeyboardInterrupt:
        assert tree(tmp_path) == before
        assert not list(tmp_path.rglob("*.part"))
    else:
        assert count < number, "the crash must have been met"
        assert (out / "page.txt").read_bytes() == b"text\n"


@pytest.mark.parametrize("old", [False, True])
def test_a_full_disk_leaves_the_old_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: bool) -> None:
    out = tmp_path / "out"
    if old:
        write_folder(out, {"page.txt": b"old"}, SOURCE)
    before = tree(tmp_path)
    real, count = Path.write_bytes, 0

    def write_bytes(self: Path, data: bytes) -> int:
        nonlocal count
        count += 1
        if count == 2:
            real(self, data[:1])
            raise OSError(28, "No space left on device")
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    with pytest.raises(OutputError, match="No space left"):
        write_folder(out, FILES, SOURCE)
    assert tree(tmp_path) == before
    assert not list(tmp_path.rglob("*.part"))


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    for force in (False, True):
        with pytest.raises(OutputError, match="is not a folder"):
            write_folder(tmp_path / "out", FILES, SOURCE, force=force)
    assert tree(tmp_path) == {"out": b"a file"}


def test_a_folder_where_a_file_should_be(tmp_path: Path) -> None:
    (tmp_path / "out" / "page.txt").mkdir(parents=True)
    with pytest.raises(OutputError, match=r"page\.txt in .* is a folder"):
        write_folder(tmp_path / "out", FILES, SOURCE, force=True)


def test_no_folder_to_stand_in(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no folder for"):
        write_folder(tmp_path / "a" / "b", FILES, SOURCE)
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        write_folder(tmp_path / "file" / "out", FILES, SOURCE)
    assert sorted(tree(tmp_path)) == ["file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="cannot write"):
        write_folder(tmp_path / "out", FILES, SOURCE)


def test_a_place_where_nobody_may_write() -> None:
    if not Path("/proc/self").is_dir():
        pytest.skip("this system has no /proc, where even the superuser cannot make folders")
    with pytest.raises(OutputError, match="cannot write"):
        write_folder(Path("/proc/self/out"), FILES, SOURCE)


def test_a_link_to_a_folder_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    with pytest.raises(OutputError, match="link exists and was not made"):
        write_folder(link, FILES, SOURCE)
    write_folder(link, FILES, SOURCE, force=True)
    write_folder(link, FILES, SOURCE)
    assert link.is_symlink()
    assert (tmp_path / "real" / "page.txt").read_bytes() == b"text\n"


def test_a_link_under_a_file_name_is_replaced_and_its_target_stays(tmp_path: Path) -> None:
    target = tmp_path / "precious.txt"
    target.write_text("precious")
    out = tmp_path / "out"
    out.mkdir()
    (out / "page.txt").symlink_to(target)
    write_folder(out, FILES, SOURCE, force=True)
    assert target.read_text() == "precious"
    assert not (out / "page.txt").is_symlink()


def test_a_link_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to(tmp_path / "out")
    with pytest.raises(OutputError):
        write_folder(tmp_path / "out", FILES, SOURCE)


@pytest.mark.parametrize(
    "marker",
    [
        "not json",
        "[]",
        '{"files": {}}',
        '{"relayout": "0.1.0", "files": []}',
        '{"relayout": "0.1.0", "files": {"../precious.txt": ""}}',
        '{"relayout": "0.1.0", "files": {".relayout.json": ""}}',
    ],
)
def test_a_marker_that_relayout_did_not_write_is_void(tmp_path: Path, marker: str) -> None:
    (tmp_path / "precious.txt").write_text("precious")
    out = tmp_path / "out"
    out.mkdir()
    (out / MARKER).write_text(marker)
    with pytest.raises(OutputError, match="was not made by relayout"):
        write_folder(out, FILES, SOURCE)
    write_folder(out, FILES, SOURCE, force=True)
    assert (tmp_path / "precious.txt").read_text() == "precious"


@pytest.mark.parametrize("name", ["../x.txt", "a/b.txt", "..", "", "a\\b"])
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="cannot be a file name"):
        write_folder(tmp_path / "out", {name: b""}, SOURCE)
    assert not tree(tmp_path)


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot write"):
        write_folder(tmp_path / "out", {"x" * 300: b""}, SOURCE)
    assert not list(tmp_path.iterdir())


def test_unfinished_folders_of_others_are_left_alone(tmp_path: Path) -> None:
    for number in range(100):
        (tmp_path / f".out.{os.getpid()}-{number}.part").mkdir()
    with pytest.raises(OutputError, match="too many unfinished folders"):
        write_folder(tmp_path / "out", FILES, SOURCE)
    (tmp_path / f".out.{os.getpid()}-7.part").rmdir()
    write_folder(tmp_path / "out", FILES, SOURCE)
    assert len(list(tmp_path.iterdir())) == 100
