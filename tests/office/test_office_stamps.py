"""Stamps of urgency and secrecy: red, 32 pt, at their place, and no line of the head moves for them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from automation.documents.catalogue import Paper
from automation.documents.context import build
from automation.documents.make import make
from automation.documents.stamping import stamps_of
from automation.errors import UsageError
from automation.model.year import YearData
from automation.office.pdf import convert
from tests.documents.sample_letters import LEFT, OFFICE, kind, pieces, plain, sample_meeting, sample_project

STAMPS = {"urgency": "ด่วนที่สุด", "secrecy": "ลับมาก"}
NAMES = ("memo-approve-project", "invitation", "letter", "agenda")
LETTER = {"recipient": "ประธานกรรมการ", "subject": "ขอข้อมูล", "cause": "ด้วยมีเหตุ", "request": "จึงขอข้อมูล"}


def made(name: str, folder: Path, facts: Mapping[str, str]) -> Path:
    given = {fact: text for fact, text in (OFFICE | LETTER | facts).items() if fact in kind(name).facts}
    year = YearData(fiscal_year=2570)
    context = build(kind(name), year, given, project=sample_project(), meeting=sample_meeting())
    return make(kind(name), context, folder)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """`name` and `name stamped` → PDF; all in one call."""
    work = tmp_path_factory.mktemp("stamps")
    copies = []
    for name in NAMES:
        for mark, facts in (("", {}), (" stamped", STAMPS)):
            copies.append(work / f"{name}{mark}.docx")
            copies[-1].write_bytes(made(name, work / f"{name}{mark}", facts).read_bytes())
    return dict(zip((copy.stem for copy in copies), convert(copies, work), strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_word_would_find_nothing_to_repair(name: str, tmp_path: Path) -> None:
    assert OpenXmlValidator().validate(str(made(name, tmp_path, STAMPS))).errors == []


def test_without_a_class_there_is_no_stamp() -> None:
    assert stamps_of(Paper.MEMO, {"urgency": " ", "secrecy": ""}) == ()
    (stamp,) = stamps_of(Paper.MEMO, {"urgency": "ด่วน มาก"})
    assert stamp.text == "ด่วนมาก"


@pytest.mark.parametrize("given", [{"urgency": "ด่วนจี๋"}, {"secrecy": "ปกปิด"}])
def test_a_class_that_there_is_not_is_told(given: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="ไม่รู้จักชั้น"):
        stamps_of(Paper.MEMO, given)


def stamp_pieces(pdf: Path, page: int) -> list[tuple[str, float, float]]:
    """Text of 32 points with its place in centimetres, from the top."""
    found = [(plain(p.text), round(p.x, 1), round(p.y, 1)) for p in pieces(pdf, page) if round(p.size) == 32]
    return sorted(found, key=lambda item: item[2])


@pytest.mark.libreoffice
@pytest.mark.fonts
@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_the_text_moves(printed: Mapping[str, Path], name: str) -> None:
    def text(pdf: Path) -> list[tuple[str, float, float]]:
        return sorted(
            (plain(p.text), round(p.x, 1), round(p.y, 1)) for p in pieces(pdf, 1) if round(p.size) != 32
        )

    assert text(printed[f"{name} stamped"]) == text(printed[name])
    count = [len(PdfReader(printed[key]).pages) for key in (name, f"{name} stamped")]
    assert count[0] == count[1]


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_urgency_stands_between_emblem_and_title_of_a_memo(printed: Mapping[str, Path]) -> None:
    memo = printed["memo-approve-project stamped"]
    (title,) = [piece for piece in pieces(memo, 1) if piece.text == "บันทึกข้อความ"]
    urgent = [piece for piece in pieces(memo, 1) if round(piece.size) == 32 and 1.6 < piece.y < 3]
    assert plain("".join(piece.text for piece in urgent)) == plain("ด่วนที่สุด")
    assert min(piece.x for piece in urgent) > LEFT + 1.5
    assert max(piece.x for piece in urgent) + 0.5 < title.x


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_urgency_stands_above_the_number_of_a_letter(printed: Mapping[str, Path]) -> None:
    urgent = [item for item in stamp_pieces(printed["letter stamped"], 1) if 2 < item[2] < 27]
    assert urgent[0][1] == pytest.approx(LEFT, abs=0.1)
    assert max(item[2] for item in urgent) < 4.0  # the number stands at 4.45


@pytest.mark.libreoffice
@pytest.mark.fonts
@pytest.mark.parametrize(
    ("name", "page"), [("memo-approve-project", 1), ("memo-approve-project", 2), ("invitation", 2)]
)
def test_secrecy_stands_at_top_and_foot_of_every_page(
    printed: Mapping[str, Path], name: str, page: int
) -> None:
    found = [item for item in stamp_pieces(printed[f"{name} stamped"], page) if not 1.6 < item[2] < 27]
    top, foot = found[0], found[-1]
    assert plain("".join(item[0] for item in found)) == plain("ลับมาก") * 2
    assert 0.5 < top[2] < 1.5
    assert 28 < foot[2] < 29.5
    assert top[1] == foot[1]
    assert 9 < top[1] < 10.5  # it begins left of the middle of the sheet


@pytest.mark.libreoffice
def test_stamps_are_red(printed: Mapping[str, Path]) -> None:
    content = PdfReader(printed["letter stamped"]).pages[0].get_contents()
    assert content is not None
    assert b"0.752941" in content.get_data()
