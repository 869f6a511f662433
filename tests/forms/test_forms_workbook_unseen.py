"""Workbooks by a writer who had not seen the reader: every value, every fault, no false alarm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from automation.pipeline.reading import read_file, reading_json

FILES = sorted((Path(__file__).parents[2] / "samples/unseen-workbooks").glob("*.xlsx"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_workbook_of_another_hand_gives_its_record(file: Path) -> None:
    expected = json.loads(file.with_suffix(".expected.json").read_text(encoding="utf-8"))
    said = reading_json(read_file(file, None))
    assert said["form"] == expected["form"]
    stated = {name: value for name, value in said["record"].items() if name in expected["record"]}
    assert stated == expected["record"]
    rules = {finding["rule"] for finding in said["findings"]}
    assert rules >= set(expected["must_find"])
    assert not rules & set(expected["must_not_find"])
    unread = "\n".join(item["text"] for item in said["unread"])
    for text in expected["must_unread"]:
        assert text in unread
