"""Workbooks of writers who had not seen the reader: whole records, every fault found, no false alarm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from automation.pipeline.reading import read_file, reading_json
from automation.thai.digits import to_arabic

FILES = sorted((Path(__file__).parents[2] / "tests/corpus").glob("round*/excel-*/*.xlsx"))


def differences(expected: Any, record: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Path, expected and read value of each leaf that is not as expected."""
    if isinstance(expected, dict):
        for name in expected.keys() | (record or {}).keys():
            yield from differences(expected.get(name), (record or {}).get(name), f"{path}.{name}".strip("."))
    elif isinstance(expected, list):
        for number in range(max(len(expected), len(record or ()))):
            pair = [one[number] if number < len(one) else None for one in (expected, record or [])]
            yield from differences(*pair, f"{path}.{number}")
    elif plain(expected) != plain(record):
        yield path, expected, record


@cache
def plain(value: Any) -> Any:
    """A value without what may be written one way or another: zeros, no problems, nothing at all."""
    if value in (None, "", "-", "ไม่มี"):
        return None
    try:
        return Decimal(value) if isinstance(value, str) else value
    except InvalidOperation:
        return " ".join(to_arabic(value).split())


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parts[-3]}/{file.parent.name}/{file.stem}")
def test_a_workbook_is_read_whole_and_its_faults_are_found(file: Path) -> None:
    """`accept` holds what a careful clerk could write as well, `*` that anything will do."""
    expected = json.loads(file.with_suffix(".expected.json").read_text(encoding="utf-8"))
    said = reading_json(read_file(file, None))
    assert said["form"] == expected["form"]
    accept = expected.get("accept", {})
    found = differences(expected["record"], said["record"])
    assert [one for one in found if not {"*", one[2]} & set(accept.get(one[0], ()))] == []
    loud = {finding["rule"] for finding in said["findings"] if finding["severity"] != "note"}
    assert loud >= set(expected["must_find"])
    assert not loud & set(expected["must_not_find"])
    unread = "".join("".join(item["text"].split()) for item in said["unread"])
    for text in expected["must_unread"]:
        assert "".join(text.split()) in unread
