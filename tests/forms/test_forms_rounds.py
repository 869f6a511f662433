"""Rounds of forms by writers who have not seen the reader: every fault found and no false alarm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from automation.cli import cli

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "samples/unseen").glob("round*/*.docx"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_the_faults_of_a_form_are_found_and_no_others(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """`test_forms_read_document` holds the records; this one what `automation read` says about them."""
    monkeypatch.chdir(ROOT)
    expected = json.loads(file.with_suffix(".expected.json").read_text(encoding="utf-8"))
    result = CliRunner().invoke(cli, ["read", str(file), "--json"])
    said = json.loads(result.stdout)
    loud = {finding["rule"] for finding in said["findings"] if finding["severity"] != "note"}
    assert loud >= set(expected["must_find"])
    assert not loud & set(expected["must_not_find"])
    unread = "".join("".join(item["text"].split()) for item in said["unread"])
    for text in expected["must_unread"]:
        assert "".join(text.split()) in unread
