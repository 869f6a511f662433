"""Files by an independent writer: each is known for what it is, and its money is right or reported unread."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from automation.config import load_config
from automation.forms import read
from automation.forms.catalogue import FormCatalogue
from automation.model import to_json
from automation.office.opening import open_file
from automation.pipeline.workbench import known

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "corpus" / "round2"
FILES = sorted(path for path in CORPUS.rglob("*") if path.suffix in {".docx", ".xlsx"})


@pytest.fixture(scope="module")
def catalogue(templates: Path) -> FormCatalogue:
    return FormCatalogue.load(templates)


def reading_of(path: Path, catalogue: FormCatalogue) -> tuple[str | None, Any, dict[str, Any]]:
    expected = json.loads(path.with_name(path.stem + ".expected.json").read_text(encoding="utf-8"))
    reading = read(open_file(path), catalogue, known(load_config(ROOT)), file=path.name, sha256="")
    return reading.form, to_json(reading.record), expected


def test_the_round_is_whole() -> None:
    assert len(FILES) == 45


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_file_is_known_for_what_it_is(path: Path, catalogue: FormCatalogue) -> None:
    form, record, expected = reading_of(path, catalogue)
    assert form == expected["form"]
    if form == "project":
        assert record["budget"]["total"] == expected["record"]["budget"]["total"]
        assert record["fiscal_year"] == expected["record"]["fiscal_year"]
    if form == "progress":
        assert len(record["rows"]) == len(expected["record"]["rows"])
        spent = [
            sum(Decimal(row["spent"] or 0) for row in item["rows"]) for item in (record, expected["record"])
        ]
        assert spent[0] in (0, spent[1])
