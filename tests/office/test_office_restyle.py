"""One command brings every template to a changed base, and touches nothing of their content."""

from __future__ import annotations

from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from automation.office.lint_layout import layout_rules
from automation.office.restyle import restyle
from automation.pipeline.linting import BASE, papers, restyle_templates
from automation.pipeline.workspace import make_workspace
from tests.documents.sample_letters import ROOT
from tests.office.test_office_lint_layout import DOCUMENT, STYLES, changed
from tests.template_files import texts

TEMPLATES = ROOT / "templates"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Templates of a workspace whose base has another indent, another right margin and bottom margin."""
    templates = make_workspace(tmp_path / "งาน") / "templates"
    base, old = templates / BASE, TEMPLATES / BASE
    step = changed(old, tmp_path / "step.docx", STYLES, 'w:firstLine="1417"', 'w:firstLine="1134"')
    changed(step, base, DOCUMENT, 'w:bottom="1134"', 'w:bottom="1247"')
    return templates


def test_all_templates_follow_a_changed_base(workspace: Path) -> None:
    before = {path: texts(path) for path in papers(workspace)}
    told = dict(restyle_templates(workspace))
    assert set(told["docx/memo-approve-project.docx"]) >= {"ลักษณะ “Body Text”", "ขอบกระดาษ"}
    for path, paper in papers(workspace).items():
        assert layout_rules(path, workspace / BASE, paper) == (), path.name
        assert texts(path) == before[path]
    assert all(not changes for _, changes in restyle_templates(workspace))


def test_a_book_keeps_its_pages_and_every_template_its_own_styles(workspace: Path) -> None:
    told = dict(restyle_templates(workspace))
    assert "ขอบกระดาษ" not in told["docx/plan-book.docx"]
    assert "ลักษณะ “Body Text”" in told["docx/plan-book.docx"]


@pytest.mark.parametrize("name", ["memo-approve-project", "letter", "plan-book"])
def test_word_would_find_nothing_to_repair(workspace: Path, name: str) -> None:
    restyle_templates(workspace)
    assert OpenXmlValidator().validate(str(workspace / "docx" / f"{name}.docx")).errors == []


def test_a_template_that_agrees_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes((TEMPLATES / "docx" / "letter.docx").read_bytes())
    before = path.stat().st_mtime_ns
    assert restyle(path, TEMPLATES / BASE, "letter") == ()
    assert path.stat().st_mtime_ns == before


def test_lost_defaults_come_back(tmp_path: Path) -> None:
    old, new = '<w:szCs w:val="32"/><w:lang w:val="en-US"', '<w:szCs w:val="24"/><w:lang w:val="en-US"'
    path = changed(TEMPLATES / "docx" / "letter.docx", tmp_path / "letter.docx", STYLES, old, new)
    assert "ค่าเริ่มต้นของเอกสาร" in restyle(path, TEMPLATES / BASE, "letter")
    assert layout_rules(path, TEMPLATES / BASE, "letter") == ()
