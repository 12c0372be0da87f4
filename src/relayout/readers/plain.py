"""Reads plain text: finds out how the bytes are encoded, and cuts the text into pages and lines.

The bytes decide: a byte order mark, then strict UTF-8, then whichever of Big5-HKSCS, GB18030 and UTF-16 gives
the most ordinary Chinese, then what charset-normalizer finds. Nothing is replaced or left out in decoding; a
text that does not decode is refused. What each line says is left alone, only the white space around it goes.

Source of the evidence: both GB 2312 and Big5 put the common characters into their first level, rare ones after.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import PurePath

from relayout.errors import InputError, UsageError
from relayout.model import Evidence, Line, Note, Outcome, Page, Place, Reading, Source
from relayout.roles import Level

STAGE = "read"
MOST_BYTES = 256 * 1024 * 1024
MOST_CHARACTERS = 100_000
_SAMPLE = 32 * 1024
_ENOUGH = 0.4  # Chinese scores 0.6 to 0.9 when decoded rightly, 0.3 at most wrongly (tests/test_reader_plain.py)
_SHORT = 48  # bytes: a headline may hold few of the commonest characters (減污降碳擴綠協同增效 scores 0.33)
_CLOSE = 0.15  # two encodings nearer than this are both possible, and the user is told
_TRY = "give the encoding, as in --encoding big5hkscs, gb18030, utf-16, shift_jis, euc-kr or cp1252"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16 LE
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_FOREIGN = ("cp1252", "cp932", "euc_jp", "cp949", "cp1251")
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_LINE_ENDS = ("\r\n", "\r", "\u2028", "\u2029", "\x85")
_LINE_ENDS_IN_BYTES = (b"\n", b"\r", *(c.encode() for c in _LINE_ENDS[2:]))
_ODD = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff\ud800-\udfff]")
# White space and what chars.canonical drops: nothing of it has ink.
_AROUND = "".join(map(chr, (*range(0x21), *range(0x7F, 0xA1), 0x1680, *range(0x2000, 0x200C), 0x200E, 0x200F)))
_AROUND += "\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\ufffe\uffff"
_WIDTHS = {c: 0 if _ODD.match(c) or c in "\u200b\u200e\u200f\u2060\ufeff\f\r" else 1 for c in _AROUND} | {"\u3000": 2}

# The 345 commonest characters of modern Chinese, and the Traditional forms of those that were simplified.
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么"
    "去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关"
    "点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教"
    "儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直"
    "德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该"
    "交规万取拉格望觉术领共确传师观清今切院让识候带导争运"
    "這個們來為國說時會對過發後裡種經學現當沒動還進樣開從實軍無與長機關點業將兩間問並應戰頭體見產話給門東聲員論處義幾認條係氣題爾別"
    "變總電數報結場務計資許統區隊決馬書則聽卻達強難權記類據邊張該規萬覺術領確傳師觀讓識帶導爭運黨習議"
    "嘅係喺咗佢哋唔啲嚟冇咁乜嘢睇俾㗎"  # Cantonese, which Hong Kong papers quote
)
_MARKS = frozenset("，。、；：？！「」『』（）《》〈〉【】〔〕“”‘’…—·•　")


def read(data: bytes, name: str, encoding: str = "") -> Outcome[Reading]:
    r"""Decode ``data`` and cut it into pages and lines; ``name`` is the file's, ``encoding`` overrides the bytes.

    A form feed begins a page; blank lines leave only ``after_blank`` behind, and a page without lines is left
    out. Raises :class:`InputError` for what is not text, does not decode, is empty or over a limit, and
    :class:`UsageError` for an unknown ``encoding``.

    >>> [(line.text, line.place.line) for line in read("一\n\n二".encode("big5"), "a.txt").value.pages[0].lines]
    [('一', 1), ('二', 3)]
    """
    _refuse(data, name)
    text, codec, note = _given(data, name, encoding) if encoding else _found(data, name)
    text = text.removeprefix("\ufeff")
    for end in _LINE_ENDS:
        if end in text:
            text = text.replace(end, "\n")
    rows = text.split("\n")
    if len(max(rows, key=len)) > MOST_CHARACTERS:
        raise _too_long(name, next(n for n, row in enumerate(rows, 1) if len(row) > MOST_CHARACTERS))
    odd = _odd(text, name)
    pages = _pages(rows)
    if not pages:
        raise InputError(f"{name}: holds only white space", "give a file with text in it")
    source = Source(PurePath(name).name, hashlib.sha256(data).hexdigest(), codec)
    return Outcome(Reading(source, pages), (note, *odd))


def _refuse(data: bytes, name: str) -> None:
    """Refuse, before anything is decoded, what cannot be a page of text."""
    if not data:
        raise InputError(f"{name}: is empty", "give a file with text in it")
    if len(data) > MOST_BYTES:
        raise InputError(f"{name}: is larger than {MOST_BYTES >> 20} MiB", "cut it into single pages")
    # A character has at most four bytes. Hopping from line end to line end keeps a line of 200 MB out of memory.
    at, window = 0, 4 * MOST_CHARACTERS + 4
    while at + window < len(data):
        end = max(data.rfind(e, at, at + window) for e in _LINE_ENDS_IN_BYTES)
        if end < 0:
            returns = data.count(b"\r", 0, at) - data.count(b"\r\n", 0, at)
            raise _too_long(name, data.count(b"\n", 0, at) + returns + 1)
        at = end + 1


def _too_long(name: str, line: int) -> InputError:
    return InputError(
        f"{name}: line {line} has more than {MOST_CHARACTERS:,} characters",
        "give a text with a line end after every printed line",
    )


def _given(data: bytes, name: str, encoding: str) -> tuple[str, str, Note]:
    """Decode by the encoding that the user names."""
    try:
        codec = codecs.lookup(encoding).name
        "".encode(codec)  # base64 and its like are codecs too, but not of text
    except (LookupError, UnicodeError, ValueError):
        raise UsageError(f"--encoding {encoding}: no such encoding", _TRY) from None
    return _strictly(data, name, codec), codec, _note(codec, "the user named it", 1.0, ())


def _strictly(data: bytes, name: str, codec: str) -> str:
    """Decode, or say at which byte and line it fails."""
    try:
        text = data.decode(codec)
        text.encode("utf-8")  # utf-7 and unicode_escape can give half a surrogate pair
    except UnicodeError as error:
        # Some codecs (idna) do not say where they fail.
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = data[:at].decode(codec, "ignore").count("\n") + 1 if at else 1
        raise InputError(f"{name}: not {codec} at byte {at} (line {line})", f"mend it, or {_TRY}") from None
    return text


def _found(data: bytes, name: str) -> tuple[str, str, Note]:
    """Decode by what the bytes show."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _strictly(data, name, codec), codec, _note(codec, "a byte order mark stands before it", 1.0, ())
    # UTF-16 of Latin letters is valid UTF-8 too, with a NUL after every letter.
    if data.count(0) * 20 < len(data):
        try:
            return data.decode("utf-8"), "utf-8", _note("utf-8", "every byte agrees", 1.0, ())
        except UnicodeDecodeError:
            # One damaged byte must not turn a UTF-8 page into 錕斤拷, which is valid GB 18030.
            # Each valid character of two or three bytes speaks for UTF-8 with one or two, U+FFFD with neither.
            text = data[: 4 * _SAMPLE].decode("utf-8", "replace")
            lost = text.count("\ufffd")
            if len(text.encode()) - len(text) - 2 * lost >= 5 * lost:
                _strictly(data, name, "utf-8")
    scores = _scores(data)
    (codec, best), *rest = sorted(scores.items(), key=lambda item: -item[1])
    if best < (_ENOUGH if len(data) > _SHORT else _ENOUGH / 2):
        return _foreign(data, name)
    text = _strictly(data, name, codec)
    second, next_best = next(((c, s) for c, s in rest if _decodes(data, c)), ("", 0.0))
    cert = 1.0 if best >= _ENOUGH and best - next_best >= _CLOSE else 0.5
    why = f"ordinary Chinese scores {best:.2f}" + (f", as {second} {next_best:.2f}" if second else "")
    evidence = tuple(Evidence(c, round(s, 3), 1.0) for c, s in ((codec, best), *rest))
    return text, codec, _note(codec, why, cert, evidence)


def _note(codec: str, why: str, cert: float, evidence: tuple[Evidence, ...]) -> Note:
    level = Level.DECISION if codec == "utf-8" else Level.REPAIR if cert == 1.0 else Level.DOUBT
    return Note(STAGE, f"decoded as {codec}", why, cert, level, evidence=evidence)


def _decodes(data: bytes, codec: str) -> bool:
    try:
        return bool(data.decode(codec))
    except UnicodeDecodeError:
        return False


def _scores(data: bytes) -> dict[str, float]:
    """Score how ordinary a sample of ``data`` looks in each encoding."""
    start = re.search(rb"[^\t-\r -~]", data)
    at = data.rfind(b"\n", 0, start.start()) + 1 if start else 0
    sample = data[at : at + _SAMPLE]
    found = {codec: _ordinary(sample.decode(codec, "replace")) for codec in ("big5hkscs", "gb18030")}
    sample = data[:_SAMPLE]
    wide = _WIDE if b"\0" in sample else _WIDE[:2]
    return found | {codec: _ordinary(sample.decode(codec, "replace"), in_pairs=True) for codec in wide}


def _ordinary(text: str, *, in_pairs: bool = False) -> float:
    """Score, up to 1, how much of ``text`` is ordinary Chinese; ASCII is evidence only where bytes go in pairs."""
    first_level = _first_level()
    total = score = 0.0
    for char, times in Counter(text).items():
        if "\t" <= char <= "\r" or " " <= char <= "~":
            if not in_pairs:
                continue
            worth = 1.0
        elif "\u3041" <= char <= "\u30ff":
            # EUC-JP kana are the kana of GB 2312 byte for byte; in UTF-16 they are only themselves.
            worth = 0.7 if in_pairs else 0.0
        elif char in _COMMON or char in _MARKS:
            worth = 1.0
        elif "\u4e00" <= char <= "\u9fff":
            worth = 0.25 if char in first_level else -0.1
        else:
            worth = 0.0 if "\u2010" <= char <= "\u30ff" or "\uff01" <= char <= "\uff5e" else -1.0
        total += times
        score += worth * times
    return score / total if total else 0.0


@cache
def _first_level() -> frozenset[str]:
    """List the characters that GB 2312 or Big5 put into their level of common ones: 6,700 of 20,900."""
    gb = (bytes((a, b)) for a in range(0xB0, 0xD8) for b in range(0xA1, 0xFF))
    big5 = (bytes((a, b)) for a in range(0xA4, 0xC7) for b in (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    return frozenset(b"".join(gb).decode("gb2312", "ignore") + b"".join(big5).decode("big5", "ignore"))


def _foreign(data: bytes, name: str) -> tuple[str, str, Note]:
    """Ask charset-normalizer, where the bytes are no ordinary Chinese in any encoding."""
    if b"\0" in data:
        raise InputError(f"{name}: looks like binary data (it holds NUL bytes), not plain text", "give a text file")
    from charset_normalizer import from_bytes

    match = from_bytes(data[: 4 * _SAMPLE], cp_isolation=list(_FOREIGN), preemptive_behaviour=False).best()
    # Where several read the same, the first of the table is named.
    codec = min(match.could_be_from_charset, key=_FOREIGN.index) if match else "utf-8"
    why = "no ordinary Chinese in any encoding; charset-normalizer finds this one"
    return _strictly(data, name, codec), codec, _note(codec, why, 0.5, ())


def _odd(text: str, name: str) -> tuple[Note, ...]:
    """Note what is no text in a text: control characters, and U+FFFD, the trace of an earlier wrong decoding."""
    if not _ODD.search(text):
        return ()
    found = [(m.group(), m.start()) for m in _ODD.finditer(text)]
    controls = [(c, at) for c, at in found if c != "\ufffd"]
    lost = [(c, at) for c, at in found if c == "\ufffd"]
    if len(controls) * 20 > len(text):
        raise InputError(f"{name}: looks like binary data (many control characters), not plain text", _TRY)
    notes: list[Note] = []
    for group, what, why in (
        (controls, "control characters", "they print nothing and are left out"),
        (lost, "U+FFFD", "a character was lost before this file was written"),
    ):
        if group:
            at = group[0][1]
            place = Place(text.count("\f", 0, at) + 1, text.count("\n", 0, at) + 1)
            window = text[max(0, at - 10) : at + 11].replace("\n", " ")
            shown = f"{len(group)} {what}, first {group[0][0]!a}"
            notes.append(Note(STAGE, shown, why, 1.0, Level.DOUBT, place, window))
    return tuple(notes)


def _pages(rows: Sequence[str]) -> tuple[Page, ...]:
    """Cut rows into pages at form feeds; a page without lines keeps its number and is left out."""
    pages: list[Page] = []
    lines: list[Line] = []
    number, blank = 1, False
    for row_number, row in enumerate(rows, 1):
        start = 0
        for feeds, piece in enumerate(row.split("\f") if "\f" in row else (row,)):
            if feeds:
                if lines:
                    pages.append(Page(number, tuple(lines)))
                lines, number = [], number + 1
            text = piece.strip(_AROUND)
            if text:
                # pdftotext puts its form feed right before the next page's first line: that line is still whole.
                whole = piece == row.strip("\f")
                end = None if start + len(piece) == len(row) else start + len(piece)
                place = Place(number, row_number) if whole else Place(number, row_number, start, end)
                raw = row if whole else piece
                lines.append(Line(raw, text, place, None, 0 if raw[0] == text[0] else _indent(raw), blank))
            blank = not text and piece is row
            start += len(piece) + 1
    return (*pages, Page(number, tuple(lines))) if lines else tuple(pages)


def _indent(raw: str) -> int:
    """Measure the white space before the text in half-width cells; a tab goes to the next multiple of 4."""
    cells = 0
    for char in raw[: len(raw) - len(raw.lstrip(_AROUND))]:
        cells += 4 - cells % 4 if char == "\t" else _WIDTHS[char]
    return cells
