"""Word and Excel files to PDF by LibreOffice.

LibreOffice gets a copy made for it: it does not know Thai distribution (`thaiDistribute` comes out ragged),
so paragraphs are justified instead, and it numbers pages with Arabic digits, so page numbers are set in a
face that draws them Thai. The Word file itself is never touched. All files of a call go through one process
with a profile of its own: a second process on the same profile ends without a file and without an error.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from automation.errors import RenderError
from automation.office.body_stream import Rework, body_blocks
from automation.office.fonts import DIGITS, twin_fonts
from automation.office.pdf_standard import ARCHIVE_SETTING, complete
from automation.office.pdf_store import PdfStore
from automation.office.soffice import run_limited, soffice

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Filter/PDF/Export">
<prop oor:name="ExportBookmarks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="ExportBookmarksToPDFDestination" oor:op="fuse"><value>true</value></prop>
<prop oor:name="IsSkipEmptyPages" oor:op="fuse"><value>{skip}</value></prop>
{archive}</item>
</oor:items>
"""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARGIN = re.compile(r"word/(header|footer)\w*\.xml")
_THAI_FIELD = re.compile(r"(<w:instrText[^>]*>\s*)(?=SEQ [^<]*ThaiArabic|PAGEREF )")
"""Captions counted in Thai digits and pages referred to: LibreOffice counts ก ข and 1 2 there, but
leaves a field that it does not know alone."""
_BOTH = b"<w:evenAndOddHeaders"
_STORY = re.compile(r"word/(styles|header\w*|footer\w*|footnotes|endnotes)\.xml")


def convert(
    files: Sequence[Path],
    target: Path,
    *,
    seconds: float | None = None,
    fonts: Path | None = None,
    archive: bool = False,
    finished: bool = True,
) -> tuple[Path, ...]:
    """Make one PDF of each file in the folder `target`; their paths, in the order of `files`.

    `seconds` limits the whole call (by default a minute and 15 seconds a file); `fonts` is the folder
    that keeps the metric twin; `archive` makes PDF/A-2b, for keeping. Not `finished` are files that are only
    asked where their headings stand: their text layer stays as LibreOffice wrote it. RenderError when
    LibreOffice is absent, takes too long or makes nothing.
    """
    program = soffice()
    if program is None:
        raise RenderError(
            "ทำไฟล์ PDF ไม่ได้ เพราะเครื่องนี้ไม่มีโปรแกรม LibreOffice",
            hint="ไฟล์ Word ทำเสร็จแล้วและใช้ได้ตามปกติ หากต้องการ PDF กรุณาติดตั้ง LibreOffice หรือบันทึกเป็น PDF จาก Word",
        )
    if not files:
        return ()
    conf = _fonts(fonts)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pdf-") as name:
        work = Path(name)
        copies = [_copy(file, work, number, digits=conf is not None) for number, file in enumerate(files, 1)]
        limit = 60 + 15 * len(files) if seconds is None else seconds
        made = _set(program, files, copies, work, conf, limit, archive)
        results = _names(files, target)
        for source, result in zip(made, results, strict=True):
            if finished:
                complete(source, title=result.stem)
            shutil.move(source, result)
    return results


def _set(
    program: Path,
    files: Sequence[Path],
    copies: Sequence[Path],
    work: Path,
    conf: Path | None,
    seconds: float,
    archive: bool,
) -> list[Path]:
    """The PDF of each copy, as LibreOffice sets it now or set it before."""
    store, out = PdfStore(), work / "out"
    out.mkdir()
    made = {copy: out / f"{copy.stem}.pdf" for copy in copies}
    settings = {copy: _settings(copy, archive) for copy in copies}
    keys = {copy: store.key(copy, program, conf, settings[copy]) for copy in copies}
    new = [copy for copy in copies if not store.take(keys[copy], made[copy])]
    for wanted in dict.fromkeys(settings[copy] for copy in new):
        _run(program, [copy for copy in new if settings[copy] == wanted], work, conf, seconds, wanted)
    _check(files, list(made.values()))
    for copy in new:
        store.keep(keys[copy], made[copy])
    return list(made.values())


def _settings(copy: Path, archive: bool) -> str:
    """How LibreOffice is to export this file. Only where both sides are printed an empty left page before a
    new part belongs to it; elsewhere LibreOffice puts one in because the part begins with page one."""
    both = False
    if copy.suffix == ".docx":
        with zipfile.ZipFile(copy) as package:
            both = "word/settings.xml" in package.namelist() and _BOTH in package.read("word/settings.xml")
    return _SETTINGS.format(skip=str(not both).lower(), archive=ARCHIVE_SETTING if archive else "")


def _fonts(folder: Path | None) -> Path | None:
    """The fonts.conf of the twin; None where it cannot be made and the installed faces must do."""
    try:
        return twin_fonts(folder)
    except RenderError:
        return None


def _copy(file: Path, work: Path, number: int, *, digits: bool) -> Path:
    copy = work / f"{number:05d}{file.suffix.lower()}"
    if copy.suffix == ".docx":
        prepare(file, copy, digits=digits)
    else:
        shutil.copyfile(file, copy)
    return copy


def prepare(source: Path, copy: Path, *, digits: bool = True) -> None:
    """Write the copy of a Word file that LibreOffice sets as Word would set the original.

    `digits` sets page fields in the face with Thai digits where the sections ask for Thai numbers. Equal
    files have equal copies.
    """
    try:
        digits = digits and any('"thaiNumbers"' in block for block in body_blocks(source))
        shutil.copyfile(source, copy)
        with Rework(copy) as work:
            margins = [name for name in work.parts if _MARGIN.fullmatch(name)]
            styles = _page_number_styles(work.parts[name] for name in margins) if digits else frozenset()
            for name in work.parts:
                if _STORY.fullmatch(name):
                    work.parts[name] = _story(work.parts[name].decode("utf-8")).encode("utf-8")
            for name in margins if digits else ():
                if b"PAGE" in work.parts[name]:
                    work.parts[name] = _set_page_numbers(work.parts[name])
            if styles:
                work.parts["word/styles.xml"] = _set_styles(work.parts["word/styles.xml"], styles)
            work.put(lambda blocks: map(_story, blocks))
    except (OSError, KeyError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise RenderError("เปิดไฟล์ Word เพื่อทำ PDF ไม่ได้", place=str(source)) from error


def _story(text: str) -> str:
    """Mark-up in which LibreOffice justifies what Word distributes, and leaves counted fields alone."""
    return _THAI_FIELD.sub(r"\1X", text.replace('"thaiDistribute"', '"both"'))


def _page_number_styles(margins: Iterable[bytes]) -> frozenset[str]:
    """Styles of the header and footer paragraphs that hold a page field.

    In a document with a filled table of contents LibreOffice takes the face of a page field from there only.
    """
    from lxml import etree

    found = set()
    for data in margins:
        root = etree.fromstring(data, _parser())
        for code in root.iter(f"{_W}instrText", f"{_W}fldSimple"):
            style = next(code.iterancestors(f"{_W}p")).find(f"{_W}pPr/{_W}pStyle")
            words = (code.get(f"{_W}instr") or code.text or "").split()
            if words[:1] == ["PAGE"] and style is not None:
                found.add(style.get(f"{_W}val"))
    return frozenset(found)


def _set_styles(data: bytes, names: frozenset[str]) -> bytes:
    """Give these paragraph styles the face with Thai digits."""
    from lxml import etree

    root = etree.fromstring(data, _parser())
    for style in root.iter(f"{_W}style"):
        if style.get(f"{_W}styleId") in names:
            _set_face(style)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _parser() -> Any:
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True)


def _set_page_numbers(data: bytes) -> bytes:
    """Set the runs of every page field of a header or footer in the face with Thai digits."""
    from lxml import etree

    root = etree.fromstring(data, _parser())
    for paragraph in root.iter(f"{_W}p"):
        depth, run_of_field = 0, []
        for run in paragraph.iter(f"{_W}r"):
            kinds = [mark.get(f"{_W}fldCharType") for mark in run.iter(f"{_W}fldChar")]
            depth += kinds.count("begin")
            if depth or run.getparent().tag == f"{_W}fldSimple":
                run_of_field.append(run)
            depth -= kinds.count("end")
        for run in run_of_field:
            _set_face(run)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _set_face(run: Any) -> None:
    from lxml import etree

    properties = run.find(f"{_W}rPr")
    if properties is None:
        properties = etree.Element(f"{_W}rPr")
        run.insert(0 if run.tag == f"{_W}r" else len(run), properties)
    for old in properties.findall(f"{_W}rFonts"):
        properties.remove(old)
    face = etree.Element(
        f"{_W}rFonts", {f"{_W}{slot}": DIGITS for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
    )
    properties.insert(1 if properties.find(f"{_W}rStyle") is not None else 0, face)


def _run(
    program: Path, copies: Sequence[Path], work: Path, conf: Path | None, seconds: float, settings: str
) -> None:
    """Let one LibreOffice process convert all copies into `work/out`."""
    profile = Path(tempfile.mkdtemp(dir=work))
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
    command = [
        str(program), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
        "--convert-to", "pdf", "--outdir", str(work / "out"), *map(str, copies),
    ]  # fmt: skip
    environment = os.environ | ({"FONTCONFIG_FILE": str(conf)} if conf else {})
    if not run_limited(command, seconds, environment):
        raise RenderError(
            f"LibreOffice ใช้เวลาทำ PDF นานเกิน {seconds:.0f} วินาที จึงหยุดไว้",
            hint="กรุณาลองใหม่ หรือเปิดไฟล์ใน Word แล้วบันทึกเป็น PDF",
        )


def _check(files: Sequence[Path], made: Sequence[Path]) -> None:
    missing = [
        file.name
        for file, pdf in zip(files, made, strict=True)
        if not pdf.is_file() or not pdf.stat().st_size
    ]
    if missing:
        raise RenderError(
            "LibreOffice ทำ PDF ไม่สำเร็จ: " + ", ".join(missing),
            hint="กรุณาเปิดไฟล์ใน Word หรือ Excel ดูว่าไฟล์ไม่เสีย แล้วลองใหม่",
        )


def _names(files: Sequence[Path], target: Path) -> tuple[Path, ...]:
    """One PDF name a file; files that differ only in their ending keep it in the name."""
    stems = Counter(file.stem for file in files)
    return tuple(target / f"{file.stem if stems[file.stem] == 1 else file.name}.pdf" for file in files)
