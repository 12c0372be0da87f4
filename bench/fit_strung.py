"""Fits the weights by which stage ``group`` cuts a page that came as a string of characters.

On such a page (``stack``) no line tells of a measure, and no title of its width, so the weights of other pages are
no good there. The model is that of ``bench/fit.py``, drawn to zero; the result stands in
``src/relayout/profiles/fitted/strung.toml`` with its provenance.

    python bench/fit_strung.py           fit; print the weights, and the errors of those before and after
    python bench/fit_strung.py --write   the same, and renew strung.toml
    python bench/fit_strung.py --check   fit again, and fail where a weight differs by more than 0.02
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import damage, fit, trials

from relayout import fitted, pipeline, readers
from relayout.chars import ink
from relayout.profile import choose
from relayout.stages import group as group_module

TABLE = fitted.FOLDER / "strung.toml"
EXTRACTORS = ("pdftotext-raw", "pypdf")
MISSED = 1.0  # what a missed cut counts beside a false one


def examples(golds: Sequence[Path], extractors: Sequence[str]) -> Iterator[fit.Example]:
    """Yield the gaps of all strung pages, each with what is seen there and whether a new article begins."""
    for gold in golds:
        if trials.named(gold)[1] not in trials.DEV:
            raise ValueError(f"{gold.name} is a test page; nothing is fitted on those")
        truth = json.loads(gold.read_text(encoding="utf-8"))
        for extractor in extractors:
            text = damage.damage(gold, extractor)
            reading = readers.read(text.read_bytes(), text.name).value
            profile, _ = choose([line.text for page in reading.pages for line in page.lines])
            before = pipeline.TEXT[: fit.STAGES.index("group")]
            layout = pipeline.run(reading.pages[0], profile, before).value
            page = group_module.stream_of(layout, profile)
            if page is None or not layout.strung:
                continue
            names = fit.units_of(layout.blocks, truth)
            for k in range(1, len(page.places)):
                one, two = names[page.places[k - 1]], names[page.places[k]]
                seen = {name: value for name, value in page.seen(k) if value}
                if one and two and seen:
                    size = min(len(ink(layout.blocks[page.places[j]].text)) for j in (k - 1, k))
                    yield fit.Example("strung", seen, one != two, min(1.0, size / 40))


def main() -> int:
    """Fit, print, and write or check where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--styles", default="tw,ja")
    parser.add_argument("--seeds", default="1-43")
    parser.add_argument("--strength", type=float, default=0.3)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    jobs = [(style, seed) for style in asked.styles.split(",") for seed in trials.seeds(asked.seeds)]
    golds = trials.set_pages(jobs, trials.PAGES)
    found = list(examples(golds, EXTRACTORS))
    result = fit.fit("strung", found, defaultdict(float), asked.strength)
    kept = {name: row[0] for name, row in fitted.tables("strung")["gap"].items()}
    old = sum((sum(kept.get(n, 0.0) * v for n, v in one.seen.items()) > 0) != one.cut for one in found)
    print(f"{result.examples} gaps, {sum(one.cut for one in found)} cuts, wrong {old} before, {result.wrong_after} now")
    for name, weight in zip(result.names, result.after, strict=True):
        seen = sum(bool(one.seen.get(name)) for one in found)
        print(f"  {name:14s} {kept.get(name, 0.0):7.2f} -> {weight:7.2f}   seen {seen} times")
    new = dict(zip(result.names, result.after, strict=True))
    if asked.check:
        apart = {name: value for name, value in new.items() if abs(kept.get(name, 1e9) - value) > 0.02}
        print(f"{len(apart)} weights differ: {apart}" if apart else "the weights are the same")
        return bool(apart)
    if asked.write:
        digest = hashlib.sha256("".join(gold.read_text(encoding="utf-8") for gold in golds).encode()).hexdigest()
        command = f"--styles {asked.styles} --seeds {asked.seeds} --strength {asked.strength:g} --write"
        rows = [
            "# Written by bench/fit_strung.py --write; do not edit.", "", "[provenance]",
            f'command = "python bench/fit_strung.py {command}"', f"pages = {len(golds)}",
            f"gaps = {result.examples}", f"wrong = {result.wrong_after}", f'gold_sha256 = "{digest}"', "", "[gap]",
            *(f"{name} = [{value:.2f}]" for name, value in sorted(new.items())),
        ]  # fmt: skip
        TABLE.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
