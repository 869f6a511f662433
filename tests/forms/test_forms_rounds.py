"""Rounds of forms by writers who have not seen the reader: whole records, every fault, no false alarm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from automation.cli import cli

ROOT = Path(__file__).parents[2]
FILES = sorted(
    [
        *(ROOT / "samples/unseen").glob("round*/*.docx"),
        *(ROOT / "tests/corpus").glob("round*/word-[0-9]*/*.docx"),
    ]
)


def differences(expected: Any, record: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Path, expected and read value of each leaf that is not as expected."""
    if isinstance(expected, dict) and isinstance(record, dict):
        for name, value in expected.items():
            yield from differences(value, record.get(name), f"{path}.{name}" if path else name)
    elif isinstance(expected, list) and isinstance(record, list) and len(expected) == len(record):
        for number, pair in enumerate(zip(expected, record, strict=True)):
            yield from differences(*pair, f"{path}.{number}")
    elif expected != record:
        yield path, expected, record


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_form_is_read_whole_and_its_faults_are_found(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """`accept` holds what a careful clerk could write as well."""
    monkeypatch.chdir(ROOT)
    expected = json.loads(file.with_suffix(".expected.json").read_text(encoding="utf-8"))
    result = CliRunner().invoke(cli, ["read", str(file), "--json"])
    said = json.loads(result.stdout)
    assert said["form"] == expected["form"]
    accept = expected.get("accept", {})
    found = differences(expected["record"], said["record"])
    assert [
        one for one in found if one[2] not in accept.get(one[0], ()) and accept.get(one[0]) != ["*"]
    ] == []
    loud = {finding["rule"] for finding in said["findings"] if finding["severity"] != "note"}
    assert loud >= set(expected["must_find"])
    assert not loud & set(expected["must_not_find"])
    unread = "".join("".join(item["text"].split()) for item in said["unread"])
    for text in expected["must_unread"]:
        assert "".join(text.split()) in unread
