"""The memo that sends a faulty form back is made from the form, which is no project of the year yet."""

from __future__ import annotations

import shutil

import pytest
from docx import Document

from automation.errors import UsageError
from automation.pipeline.produce import Order, orders_for, produce
from automation.pipeline.watch import sweep_now
from automation.pipeline.workbench import Workbench
from tests_place import SAMPLES

FAULTY = SAMPLES / "project" / "05-older-law-manual.docx"
GOOD = SAMPLES / "project" / "02-clean-youth-outreach.docx"


@pytest.fixture
def filled(bench: Workbench) -> Workbench:
    for source in (FAULTY, GOOD):
        shutil.copy(source, bench.config.inbox / source.name)
    list(sweep_now(bench))
    return bench


def every(bench: Workbench, kind: str) -> tuple[Order, ...]:
    return orders_for(
        bench,
        kind,
        year=2570,
        projects=(),
        all_projects=True,
        meeting=None,
        bureaus=(),
        all_bureaus=False,
        late=False,
        facts={"due": "๑๐ เมษายน ๒๕๗๐"},
        out=None,
    )


def test_a_form_that_was_sent_back_is_named_by_its_file(filled: Workbench) -> None:
    (order,) = every(filled, "memo-return-form")
    assert order.project == FAULTY.name
    ((made,),) = [produce(filled, order)]
    document = Document(str(made.path))
    body = "\n".join(paragraph.text for paragraph in document.paragraphs).replace("\u00a0", " ")
    assert "ผู้อำนวยการสำนักกฎหมาย" in body
    table = "\n".join(cell.text for row in document.tables[0].rows for cell in row.cells).replace(
        "\u00a0", " "
    )
    assert "๒๕๕,๐๐๐ บาท" in table
    assert "ต้องแก้ไข" in table


def test_other_memos_are_made_for_the_projects_of_the_year(filled: Workbench) -> None:
    orders = every(filled, "memo-approve-project")
    assert [order.project for order in orders] == [filled.register.year(2570).projects[0].project.code]
    with pytest.raises(UsageError, match=FAULTY.name):
        produce(filled, Order(kind="memo-approve-project", year=2570, project=FAULTY.name))
