"""How the letters of a page are printed: soft hyphens, digits, widths, and the CSS of the page's habits."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache

from bench.press.model import Run
from bench.press.styles import Style

SOFT = "\u00ad"
FULL = str.maketrans("0123456789.%,", "０１２３４５６７８９．％，")
HAN = str.maketrans("0123456789.%,", "〇一二三四五六七八九．％，")
PAIR = re.compile("[0-9]+|[.,%]")
TWO = re.compile("((?<![0-9])[0-9]{2}(?![0-9]))")


def spaced(text: str) -> str:
    """Return a text with full-width spaces between East Asian characters.

    >>> spaced("甲 乙 A 1")
    '甲\u3000乙 A 1'
    """
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "\u3000", text)


@dataclass(frozen=True, slots=True)
class Dress:
    """The habits of one page."""

    style: Style
    size: float
    line: float
    column: float
    """The width of a grid column in points."""
    gutter: float
    digits: str
    datelines: float
    drops: float
    bylines_first: float
    css: str

    def plain(self, text: str) -> str:
        """Return the text as the gold has it."""
        return self.digit(text).replace("\u3000", " ")

    def digit(self, text: str) -> str:
        """Set digits as the page does: half-width, full-width, or as Chinese characters."""
        if self.digits == "half":
            return text
        if self.digits == "pairs":
            return PAIR.sub(lambda match: match[0] if len(match[0]) == 2 else match[0].translate(FULL), text)
        return text.translate(FULL if self.digits == "full" else HAN)

    def runs(self, text: str, cls: str = "") -> tuple[Run, ...]:
        """Return the text as the browser gets it."""
        text = self.digit(text)
        if self.digits == "pairs":
            return tuple((spaced(part), "tcy" if TWO.fullmatch(part) else cls) for part in TWO.split(text) if part)
        if self.style.asian:
            return ((spaced(text), cls),)
        return ((hyphenated(text, self.style.hyphens), cls),)

    def whole(self, text: str) -> tuple[Run, ...]:
        """Return the text of a headline: words are not parted, unless they are very long."""
        if self.style.asian or max(map(len, text.split()), default=0) > 16:
            return self.runs(text)
        return ((text, ""),)


@cache
def dictionary(name: str) -> object:
    """Return pyphen's dictionary of a language."""
    import pyphen

    return pyphen.Pyphen(lang=name, left=2, right=3)


def hyphenated(text: str, name: str) -> str:
    """Put soft hyphens where a word may be parted; short words, names in capitals and numbers stay whole."""
    if not name:
        return text
    words = dictionary(name)

    def soft(match: re.Match[str]) -> str:
        word = match[0]
        return word if len(word) < 6 or word.isupper() else str(words.inserted(word, SOFT))  # type: ignore[attr-defined]

    return re.sub(r"[^\W\d_]+", soft, text)


def dress(chance: random.Random, style: Style, inline: float, columns: int) -> Dress:
    """Choose the habits of a page."""
    gutter = round(chance.uniform(*style.gutter), 1)
    size = round(chance.uniform(*style.size) * 4) / 4
    line = round(size * chance.uniform(*style.leading) * 4) / 4
    column = (inline - (columns - 1) * gutter) / columns
    spaced = chance.random() < 0.15
    ragged = chance.random() < style.ragged
    body, bold = chance.choice(style.body), chance.choice(style.bold)
    head = chance.choice([body, bold, bold])
    marks = chance.choice(["normal", "normal", "halt", "space-all", "trim"]) if style.asian else "normal"
    space = style.asian and marks != "halt"
    values = {
        "--size": f"{size}pt",
        "--line": f"{line}pt",
        "--indent": "0" if spaced else f"{style.indent}em",
        "--gap": f"{line / chance.choice([1, 2])}pt" if spaced else "0pt",
        "--align": "start" if ragged else "justify",
        "--last": "start" if ragged else "justify",
        "--track": chance.choice(
            ["0", "0", "0.02em", "-0.01em"] if not style.asian else ["0", "0", "0.03em", "-0.02em"]
        ),
        "--headtrack": chance.choice(["0", "0", "-0.02em"]),
        "--break": chance.choice(["strict", "normal", "auto"]) if style.asian else "auto",
        "--cross": chance.choice(["start", "center"]),
        "--deck": chance.choice(["start", "start", "center"]),
        "--wrap": chance.choice(["wrap", "balance"]),
        "--body": f'"{body}", serif',
        "--bold": f'"{bold}", sans-serif',
        "--head": f'"{head}", serif',
    }
    extra = ""
    if marks == "halt":
        extra = '.body { font-feature-settings: "halt", "vhal" } '
    elif space:
        trim = {"normal": "normal", "space-all": "space-all", "trim": "trim-start"}[marks]
        extra = f".body {{ text-spacing-trim: {trim} }} "
    extra += ".body { hanging-punctuation: allow-end } " if style.asian and chance.random() < 0.3 else ""
    css = ":root { " + "; ".join(f"{key}: {value}" for key, value in values.items()) + " }\n" + extra
    return Dress(
        style=style,
        size=size,
        line=line,
        column=column,
        gutter=gutter,
        digits=chance.choice(style.digits),
        datelines=chance.choice([0.2, 0.6, 0.9]),
        drops=chance.choice([0.0, 0.0, 0.3]),
        bylines_first=chance.choice([0.15, 0.5, 0.9]),
        css=css,
    )
