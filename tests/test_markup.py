"""XML of others is read as hostile: no entities, no network, no other file, and limits that say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from relayout.errors import InputError
from relayout.readers import markup


def refused(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what):
        markup.root(data, "page.xml")


def test_an_entity_of_another_file_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    refused(f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>&x;</a>'.encode(), "has entities of its own")


def test_an_entity_in_an_attribute_is_not_read() -> None:
    refused(b'<!DOCTYPE a [<!ENTITY x "y">]><a CONTENT="&x;"/>', "has entities of its own")


def test_an_entity_bomb_is_refused() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    refused(
        f'<!DOCTYPE a [<!ENTITY e0 "ha">{bomb}]><a>&e9;</a>'.encode(), "entities of its own|is no XML that can be read"
    )
    refused(f'<!DOCTYPE a [<!ENTITY e0 "ha">{bomb}]><a b="&e9;"/>'.encode(), "is no XML that can be read")


@pytest.mark.parametrize("data", [b"", b"<a>", b"<a:b/>", b"plain", b"\xff\xfe<a/>", b"<a " + b"x='' x=''/>"])
def test_what_is_no_xml_is_said_to_be_none(data: bytes) -> None:
    refused(data, "is no XML that can be read")


def test_elements_nested_without_end_are_refused() -> None:
    refused(b"<a>" * 5000, "is no XML that can be read")


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MOST_BYTES", 10)
    refused(b"<a>" + b" " * 10 + b"</a>", "is larger than")
