"""Read gold files: ``relayout-gold/1`` of typeset pages, and the ``gold.json`` of the samples.

A wrong file is one error with the file and the key, as ``units[3].parts[0].role``.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from relayout.errors import InputError
from relayout.evaluate.nouns import ARTICLES, ROLES, Part, Truth, Unit

KINDS = ARTICLES | {"advertisement", "furniture", "caption"}
NAMES = {"subhead": "crosshead", "pull-quote": "quote"}
"""Names of roles in gold that the model has another name for."""
ORDERED = "relayout-gold/"
_MOST = 64 << 20  # bytes; a gold file of the fullest page has a hundredth of that


def read_gold(path: str | os.PathLike[str]) -> Truth:
    """Read a gold file; only ``units`` is asked for. Raises InputError with file and key if it is none."""
    return parse_gold(read_bytes(path), str(path))


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """Read a file whole. Raises InputError if that cannot be done."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(_MOST + 1)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file", "check the path") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a directory", "name a file in it") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read ({error})", "check the path and its permissions") from None
    if len(data) > _MOST:
        raise InputError(f"{path}: is larger than 64 MiB", "score takes one page a file")
    return data


def parse_gold(data: bytes, name: str) -> Truth:
    """Make the truth of the bytes of a gold file; ``name`` is for the messages."""
    try:
        record = json.loads(data)
    except (ValueError, RecursionError) as error:
        reason = str(error).replace("\n", " ")
        raise InputError(f"{name}: not JSON ({reason})", "mend the gold file there") from None
    units = tuple(
        _unit(each, f"units[{n}]", name) for n, each in enumerate(_list(_key(record, "units", "", name), "units", name))
    )
    kinds: dict[str, str] = {}
    for n, unit in enumerate(units):
        if unit.id in kinds:
            raise _wrong(name, f"units[{n}].id", "an id of its own", unit.id)
        kinds[unit.id] = unit.kind
    for n, unit in enumerate(units):
        if unit.of and kinds.get(unit.of, "caption") in ("caption", "furniture"):
            raise _wrong(name, f"units[{n}].of", "the id of a unit with text", unit.of)
    # The gold of the samples promises no order of its units; that of typeset pages does.
    return Truth(units, name, ordered=str(record.get("format", "")).startswith(ORDERED))


def _unit(record: object, key: str, name: str) -> Unit:
    kind = _text(_key(record, "type", key, name), f"{key}.type", name)
    if kind not in KINDS:
        raise _wrong(name, f"{key}.type", f"one of {', '.join(sorted(KINDS))}", kind)
    parts = _list(_key(record, "parts", key, name), f"{key}.parts", name)
    of = record.get("of", "") if isinstance(record, dict) and kind == "caption" else ""
    return Unit(
        _text(_key(record, "id", key, name), f"{key}.id", name),
        kind,
        tuple(_part(each, f"{key}.parts[{n}]", name) for n, each in enumerate(parts)),
        _text(of, f"{key}.of", name),
    )


def _part(record: object, key: str, name: str) -> Part:
    role = _text(_key(record, "role", key, name), f"{key}.role", name)
    role = NAMES.get(role, role)
    if role not in ROLES:
        raise _wrong(name, f"{key}.role", f"one of {', '.join(ROLES)}", role)
    text = _text(_key(record, "text", key, name), f"{key}.text", name)
    return Part(role, text, _lines(record, key, name))


def _lines(record: object, key: str, name: str) -> int:
    """Count the printed lines: ``boxes`` has one a line, ``lines`` has spans from first to last."""
    assert isinstance(record, dict)
    if record.get("boxes"):
        return len(_list(record["boxes"], f"{key}.boxes", name))
    count = 0
    for n, span in enumerate(_list(record.get("lines", []), f"{key}.lines", name)):
        if not isinstance(span, list) or len(span) < 2 or not all(type(end) is int for end in span):
            raise _wrong(name, f"{key}.lines[{n}]", "a span of lines", span)
        count += span[1] - span[0] + 1
    return count


def _key(record: object, key: str, at: str, name: str) -> object:
    if not isinstance(record, dict):
        raise _wrong(name, at or "the file", "an object", record)
    if key not in record:
        raise _wrong(name, f"{at}.{key}" if at else key, "a value", None)
    value: object = record[key]
    return value


def _text(value: object, key: str, name: str) -> str:
    if not isinstance(value, str):
        raise _wrong(name, key, "a string", value)
    return value


def _list(value: object, key: str, name: str) -> list[object]:
    if not isinstance(value, list):
        raise _wrong(name, key, "a list", value)
    return value


def _wrong(name: str, key: str, wanted: str, found: object) -> InputError:
    shown = "nothing" if found is None else json.dumps(found, ensure_ascii=False)
    shown = shown if len(shown) <= 40 else f"{shown[:40]}…"
    return InputError(f"{name}: {key}: expected {wanted}, found {shown}", "mend that key of the gold file")
