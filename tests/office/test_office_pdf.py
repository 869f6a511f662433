"""PDFs by LibreOffice: the right face, Thai distribution and page numbers, text that can be searched."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from pypdf import PdfReader

from automation.errors import RenderError
from automation.office.pdf import convert, prepare
from automation.thai.text import normalize

SENTENCE = "สำนักนโยบายและแผนได้จัดทำแผนปฏิบัติราชการเพื่อให้บรรลุเป้าหมายด้วยความร่วมมือของทุกสำนักอย่างมีประสิทธิภาพ "


def write(templates: Path, target: Path, *, paragraphs: int = 30) -> Path:
    document: DocxDocument = Document(str(templates / "docx" / "base.docx"))
    for number in range(paragraphs):
        document.add_paragraph(f"หัวข้อ {number}", style="heading 1" if number % 10 == 0 else "heading 2")
        document.add_paragraph(SENTENCE * 4, style="Body Text")
    document.save(str(target))
    return target


def plain(text: str) -> str:
    """Text as compared: marks in typing order, which a PDF does not keep; no spaces."""
    return "".join(normalize(text).split())


@pytest.fixture(scope="module")
def pages(
    templates: Path, samples: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path, bytes]:
    """The PDFs of a Word file and of a workbook, made in one call, and the Word file's bytes before it."""
    work = tmp_path_factory.mktemp("pdf")
    word = write(templates, work / "บันทึก ยาว.docx")
    before = word.read_bytes()
    made = convert([word, samples / "other" / "allocation-2570.xlsx"], work / "out")
    assert word.read_bytes() == before
    return made[0], made[1], before


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_one_call_makes_every_file_under_its_own_name(pages: tuple[Path, Path, bytes]) -> None:
    assert [path.name for path in pages[:2]] == ["บันทึก ยาว.pdf", "allocation-2570.pdf"]
    assert all(PdfReader(path).pages for path in pages[:2])


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_the_twin_stands_for_the_official_face(pages: tuple[Path, Path, bytes]) -> None:
    fonts = PdfReader(pages[0]).pages[1]["/Resources"]["/Font"]  # type: ignore[index]
    names = {str(font.get_object()["/BaseFont"]).split("+")[-1] for font in fonts.values()}
    assert names <= {
        "SarabanMetric-Regular", "SarabanMetric-Bold", "SarabanMetricDigits-Regular",
        "THSarabunPSK", "THSarabunPSK-Bold",
    }  # fmt: skip


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_pages_are_numbered_in_thai_from_the_second_on(pages: tuple[Path, Path, bytes]) -> None:
    texts = [plain(page.extract_text()) for page in PdfReader(pages[0]).pages]
    assert len(texts) > 3
    assert texts[1].startswith("-๒-")
    assert texts[2].startswith("-๓-")
    assert "-๑-" not in texts[0]


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_thai_words_are_found_in_the_text_layer(pages: tuple[Path, Path, bytes]) -> None:
    text = plain("".join(page.extract_text() for page in PdfReader(pages[0]).pages))
    assert text.count(plain(SENTENCE)) > 30


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_headings_become_bookmarks(pages: tuple[Path, Path, bytes]) -> None:
    outline = PdfReader(pages[0]).outline
    assert [entry.title for entry in outline if not isinstance(entry, list)] == [
        "หัวข้อ 0", "หัวข้อ 10", "หัวข้อ 20",
    ]  # fmt: skip


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_lines_reach_the_right_margin(pages: tuple[Path, Path, bytes]) -> None:
    """Thai distribution is justified: the last glyphs of full lines stand at the margin of 19 cm."""
    ends: list[float] = []

    def note(text: str, _cm: object, matrix: list[float], _font: object, _size: float) -> None:
        if text.strip():
            ends.append(matrix[4])

    PdfReader(pages[0]).pages[1].extract_text(visitor_text=note)
    assert max(ends) > 480


def test_files_that_differ_only_in_their_ending_keep_it(tmp_path: Path) -> None:
    from automation.office.pdf import _names

    names = _names([Path("a/x.docx"), Path("b/x.xlsx"), Path("y.docx")], tmp_path)
    assert [path.name for path in names] == ["x.docx.pdf", "x.xlsx.pdf", "y.pdf"]


@pytest.mark.libreoffice
def test_nothing_to_do_makes_nothing(tmp_path: Path) -> None:
    assert convert([], tmp_path / "out") == ()
    assert not (tmp_path / "out").exists()


def test_without_libreoffice_the_word_file_still_counts(
    templates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RenderError, match="LibreOffice") as caught:
        convert([templates / "docx" / "base.docx"], tmp_path / "out")
    assert "Word" in caught.value.hint
    assert not (tmp_path / "out").exists()


@pytest.mark.libreoffice
def test_a_time_limit_ends_libreoffice(templates: Path, tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="นานเกิน"):
        convert([templates / "docx" / "base.docx"], tmp_path / "out", seconds=0.05)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.libreoffice
def test_a_file_that_libreoffice_cannot_read_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "เสีย.xlsx"
    broken.write_bytes(b"PK\x03\x04 this is no workbook")
    with pytest.raises(RenderError, match=r"เสีย\.xlsx"):
        convert([broken], tmp_path / "out")


def test_a_broken_word_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "เสีย.docx"
    broken.write_bytes(b"not a zip file")
    with pytest.raises(RenderError) as caught:
        prepare(broken, tmp_path / "copy.docx")
    assert "เสีย.docx" in caught.value.place


def test_the_copy_is_justified_and_numbered_thai_the_original_is_not_touched(
    templates: Path, tmp_path: Path
) -> None:
    source = write(templates, tmp_path / "a.docx", paragraphs=1)
    before = source.read_bytes()
    prepare(source, tmp_path / "copy.docx")
    assert source.read_bytes() == before
    with zipfile.ZipFile(tmp_path / "copy.docx") as copy, zipfile.ZipFile(source) as old:
        assert copy.namelist() == old.namelist()
        assert b"thaiDistribute" not in copy.read("word/styles.xml")
        header = copy.read("word/header1.xml").decode()
    assert header.count("Saraban Metric Digits") == 4 * 5
    assert "- " in header


def test_sections_with_arabic_numbers_keep_them(templates: Path, tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(templates / "docx" / "base.docx") as old,
        zipfile.ZipFile(tmp_path / "a.docx", "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'w:fmt="thaiNumbers"', b'w:fmt="decimal"'))
    prepare(tmp_path / "a.docx", tmp_path / "copy.docx")
    with zipfile.ZipFile(tmp_path / "copy.docx") as copy:
        assert b"Saraban Metric Digits" not in copy.read("word/header1.xml")
