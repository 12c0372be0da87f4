"""A font of this machine that has the characters of a page, for the PNG: the browser finds its own for the HTML."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from relayout.chars import has_han
from relayout.errors import OutputError

_FOLDERS = {
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    "win32": (r"%WINDIR%\Fonts", r"%LOCALAPPDATA%\Microsoft\Windows\Fonts"),
}
_ELSEWHERE = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
# Names of files, best first: Noto and Source Han, WenQuanYi, AR PL, then what macOS and Windows bring.
_HAN = (
    "NotoSansCJK-Regular", "NotoSansCJKtc-Regular", "NotoSansTC-Regular", "NotoSansHK-Regular", "NotoSansSC-Regular",
    "NotoSansJP-Regular", "SourceHanSans", "NotoSerifCJK-Regular", "wqy-", "uming", "ukai", "DroidSansFallback",
    "PingFang", "Hiragino", "STHeiti", "Songti", "msjh", "msyh", "simsun", "mingliu", "YuGoth", "msgothic",
)  # fmt: skip
_OTHER = ("NotoSans-Regular", "DejaVuSans", "LiberationSans-Regular", "FreeSans", "Arial", "Helvetica", "segoeui")


def font_file(text: str, folders: tuple[str, ...] = ()) -> Path | None:
    """Find a font for ``text``: one with Han if there is Han in it, else one for letters, or None where none is needed.

    Raises OutputError where there is Han and no known font for it.
    """
    wanted = has_han(text)
    files = list(_fonts(folders or _FOLDERS.get(sys.platform, _ELSEWHERE)))
    for name in _HAN if wanted else (*_OTHER, *_HAN):
        for file in files:
            if file.name.lower().startswith(name.lower()):
                return file
    if wanted:
        raise OutputError(
            "no font of this machine that is known to have Chinese characters, for the PNG",
            "install one (Debian: apt install fonts-noto-cjk), or leave --png out: a browser finds its own",
        )
    return None


def _fonts(folders: tuple[str, ...]) -> Iterator[Path]:
    for folder in folders:
        path = Path(os.path.expandvars(folder)).expanduser()
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix.lower() in (".ttf", ".ttc", ".otf"))
