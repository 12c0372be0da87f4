"""A page of any length that is like a newspaper page: the sample again and again, each time with other words.

Every copy of the sample gets its own substitution of Han characters, so that no headline of one copy fits a body of
another; marks, digits and line lengths stay. Characters of lines that hold cues stay too, or there would be none.
"""

from __future__ import annotations

import random
import re

HAN = re.compile("[\u4e00-\u9fff]")
CUE = re.compile("^.*(?:【|】|▲|資料來源|記者).*$", re.MULTILINE)


def long_page(sample: str, lines: int, seed: int = 1) -> str:
    """Return at least ``lines`` lines made of ``sample``, the same for the same seed."""
    chance = random.Random(seed)
    fixed = set(HAN.findall("".join(CUE.findall(sample))))
    free = sorted(set(HAN.findall(sample)) - fixed)
    # Other characters of the same script, so that two copies share few words.
    pool = free + [chr(code) for code in range(0x4E00, 0x4E00 + 4000) if chr(code) not in fixed]
    copies: list[str] = []
    count, each = 0, sample.count("\n") + 1
    while count < lines:
        copies.append(sample.translate(dict(zip(map(ord, free), chance.sample(pool, len(free)), strict=True))))
        count += each
    return "\n".join("\n".join(copies).split("\n")[:lines]) + "\n"
