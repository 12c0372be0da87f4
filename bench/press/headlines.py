"""Headlines for texts that have none: two clauses of the text itself that say most of what it is about."""

from __future__ import annotations

import re
from collections import Counter

WEAK = re.compile(
    r"^(?:因此|並|以|但|而|且|也|本人|請|在此|例如|為|對|未來|至於|此|其|惟|如|若|尤其|目前|由於|另|又|同時|雖|這|那|我|他|她|不|所以|依|自|及|與|或|使|讓|將|從|除|則|故|有關|包括|於|據|特別|日前|昨|今|本|各|該|希望|均|都|才|更|仍|再|並且|使得|甚至|相信|期|務必|應|民國|午[前後]|[とにをはがもでのへ]|から|まで|など)"
)
BAD_END = re.compile(
    r"(?:的|之|與|及|和|或|在|對|為|是|者|後|時|中|上|下|外|等|也|了|將|以|由|於|如|所|前|而|說|指出|表示|認為|問"
    r"|[はがをにでもてのへやりしばらくず]|よると|から|など|ため|とき|[^た]だ|たち)$"
)


def clauses(text: str, low: int, high: int) -> list[str]:
    """Return the clauses of ``low`` to ``high`` characters that can stand alone.

    >>> clauses("昨日開館，新圖書館首日三千人到訪，館長表示。", 6, 14)
    ['新圖書館首日三千人到訪']
    """
    found = []
    for clause in re.split(r"[，。；：、？！「」『』“”‘’（）〈〉《》\s]", text):
        if low <= len(clause) <= high and not WEAK.match(clause) and not BAD_END.search(clause):
            found.append(clause)
    return found


def chinese_headline(paras: tuple[str, ...]) -> tuple[str, str] | None:
    """Return a headline (one clause, or two halves parted by a space) and a second line, both made of the text.

    Clauses are weighed by how often their pairs of characters stand in the whole text. None if no clause fits.
    """
    whole = "".join(paras)
    pairs = Counter(whole[n : n + 2] for n in range(len(whole) - 1))
    ranked = []
    for place, clause in enumerate(clauses(whole, 6, 13)):
        weight = sum(pairs[clause[n : n + 2]] - 1 for n in range(len(clause) - 1)) / len(clause)
        ranked.append((-weight + place * 0.05, place, clause))
    if not ranked:
        return None
    ranked.sort()
    best = ranked[0][2]
    others = [clause for _, _, clause in ranked[1:] if not set(clause[:4]) & set(best[:4])]
    second = next((clause for clause in others if abs(len(clause) - len(best)) <= 3), "")
    sub = next((clause for clause in clauses(whole, 9, 20) if clause not in (best, second)), "")
    if len(best) >= 10 or not second:
        return (best, sub) if len(best) >= 8 else None
    return f"{best} {second}", sub
