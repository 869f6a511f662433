"""References to the page of a heading, on a small Word file."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from automation.office.toc import write_toc

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SEPARATE, END = "separate", "end"


def book(tmp_path: Path, *names: str) -> Path:
    """Two headings and a reference to each of these names."""
    document = Document()
    document.add_heading("๑. โครงการ “ก”", 1)
    document.add_heading('๒. โครงการ "ข"', 1)
    for name in names:
        paragraph = document.add_paragraph()
        for kind, text in (
            ("begin", ""),
            ("", f' PAGEREF "{name}" '),
            (SEPARATE, ""),
            ("result", "-"),
            (END, ""),
        ):
            run = paragraph.add_run()
            if kind in ("begin", SEPARATE, END):
                run._r.append(run._r.makeelement(f"{W}fldChar", {f"{W}fldCharType": kind}))
            elif kind:
                run.text = text
            else:
                code = run._r.makeelement(f"{W}instrText", {})
                code.text = text
                run._r.append(code)
    file = tmp_path / "book.docx"
    document.save(str(file))
    return file


def references(file: Path) -> list[tuple[str, str]]:
    """Code and shown text of each reference."""
    body = Document(str(file)).element.body
    return [
        (
            " ".join(code.text.split()),
            "".join(text.text or "" for text in code.getparent().getparent().iter(f"{W}t")),
        )
        for code in body.iter(f"{W}instrText")
    ]


def test_a_reference_gets_bookmark_and_page_of_its_heading(tmp_path: Path) -> None:
    """Quotes in a name and other spaces do not matter; a second time the bookmark is kept."""
    file = book(tmp_path, '๒.  โครงการ\N{NO-BREAK SPACE}"ข"', "๑. โครงการ “ก”")
    entries = write_toc(file)
    places = {entry.mark: page for entry, page in zip(entries, (3, 7), strict=True)}
    write_toc(file, places)
    first, second = entries
    assert references(file) == [(f"PAGEREF {second.mark} \\h", "7"), (f"PAGEREF {first.mark} \\h", "3")]


def test_a_reference_to_no_heading_shows_a_dash(tmp_path: Path) -> None:
    """Nothing is guessed."""
    file = book(tmp_path, "โครงการที่ไม่มี")
    write_toc(file)
    assert references(file) == [('PAGEREF "โครงการที่ไม่มี"', "-")]
