"""Whether a template of official papers keeps the layout of the regulation and of the base template.

The numbers stand in the base template (styles, margins) and here (emblem); a template may add styles of its
own, but what it takes from the base has to be as it is there.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from automation.office.docx_names import P, T, W
from automation.office.emblem import NAME as EMBLEM
from automation.office.part_places import PartPlaces, part_place
from automation.office.usage_layout import (
    MEMOS,
    set_margins,
    set_styles,
    signature_spaces,
    upright_sections,
)
from automation.office.word_styles import DEFAULTS, STYLES, by_id, differences, used
from automation.thai.digits import to_thai
from automation.thai.usage import DEFAULT, Usage

Found = tuple[str, str]
"""Thai place, Thai message."""

BOOK, LETTER, ORDER = "book", "letter", "order"
HEADING = ("ส่วนราชการ", "ที่", "วันที่", "เรื่อง")

_DOCUMENT = "word/document.xml"
_PART = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_EMBLEM_HEIGHT = {"memo": 540_000, "invitation": 540_000, "letter": 1_080_000, "order": 1_080_000}
"""English metric units: 1.5 cm on a memo, 3 cm on letters and orders."""
_EMBLEM_TOP = 540_000
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_CLOSING = "ขอแสดงความนับถือ"
_SIGNATURE = ("SignatureSpace", "SignatureBlock")


def layout_rules(path: Path, base: Path, paper: str, usage: Usage = DEFAULT) -> tuple[Found, ...]:
    """Everything in which a Word template departs, with the place; `paper` as the catalogue of documents
    names it. Of a book only the styles are compared: its pages are of another size."""
    from lxml import etree

    if not zipfile.is_zipfile(path):
        return ()  # lint.py tells why it cannot be opened
    parts, model = _parts(path), _parts(base)
    if STYLES not in parts or _DOCUMENT not in parts:
        return ()
    roots = {name: etree.fromstring(data) for name, data in parts.items() if _PART.fullmatch(name)}
    wanted = etree.fromstring(model[STYLES])
    if paper != BOOK:
        set_styles(wanted, usage)
    found = list(_styles(roots, etree.fromstring(parts[STYLES]), wanted))
    if paper != BOOK:
        body = roots[_DOCUMENT]
        places = PartPlaces(_DOCUMENT, body)
        found += _pages(body, _model_page(etree.fromstring(model[_DOCUMENT]), usage, paper))
        found += _page_number(roots)
        found += _emblem(body, paper)
        found += _sizes(roots)
        found += _wording(body, places, paper)
        found += _signature(body, places, by_id(etree.fromstring(parts[STYLES])))
        if paper in MEMOS:
            found += _memo_head(body, places)
            found += _room_to_sign(body, places, usage)
    return tuple(dict.fromkeys(found))


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def _styles(roots: Mapping[str, Any], styles: Any, model: Any) -> Iterator[Found]:
    own, wanted = by_id(styles), by_id(model)
    pairs = [("ค่าเริ่มต้นของเอกสาร (docDefaults)", styles.find(W + DEFAULTS), model.find(W + DEFAULTS))]
    for name in sorted(used(iter(roots.values()), own)):
        if name in wanted:
            title = own[name].find(W + "name").get(W + "val")
            pairs.append((f"ลักษณะ “{title}”", own[name], wanted[name]))
    for place, style, pattern in pairs:
        for name, value, right in differences(style, pattern) if style is not None else (("", "-", "มี"),):
            yield place, f"ไม่ตรงกับแม่แบบกลาง base.docx: {name} เป็น {value} ควรเป็น {right}"


def _model_page(base: Any, usage: Usage, paper: str) -> Any:
    """The page of the base template with the margins that this kind of paper has here."""
    section = next(upright_sections(base))
    set_margins(section.find(W + "pgMar"), usage, paper)
    return section


def _pages(body: Any, pattern: Any) -> Iterator[Found]:
    size, margins = pattern.find(W + "pgSz"), pattern.find(W + "pgMar")
    for number, section in enumerate(body.iter(W + "sectPr"), start=1):
        place = to_thai(f"ส่วนที่ {number} ของเอกสาร")
        own = section.find(W + "pgSz")
        if own is None or section.find(W + "pgMar") is None:
            yield place, "ไม่ได้กำหนดขนาดกระดาษและขอบกระดาษ"
            continue
        sides = [(own.get(W + name), size.get(W + name)) for name in ("w", "h")]
        if own.get(W + "orient") == "landscape":
            sides = [(sides[0][0], sides[1][1]), (sides[1][0], sides[0][1])]
        if any(one != other for one, other in sides):
            yield place, "กระดาษไม่ใช่ขนาด A4"
        if own.get(W + "orient") != "landscape":
            yield from _margins(place, section.find(W + "pgMar"), margins)
        if number == 1 and section.find(W + "titlePg") is None:
            yield place, "หน้าแรกต้องไม่มีเลขหน้า ให้เลือก “หน้าแรกต่างกัน” (Different First Page)"


def _margins(place: str, own: Any, wanted: Any) -> Iterator[Found]:
    for name, title in (("left", "ซ้าย"), ("right", "ขวา"), ("top", "บน"), ("bottom", "ล่าง")):
        right = wanted.get(W + name)
        if own.get(W + name) != right:
            yield place, f"ขอบ{title} {_centimetres(own.get(W + name))} ควรเป็น {_centimetres(right)}"


def _centimetres(twips: str | None) -> str:
    return to_thai(f"{int(twips or 0) / 567:.2f}") + " ซม."


def _page_number(roots: Mapping[str, Any]) -> Iterator[Found]:
    headers = [root for name, root in roots.items() if name.startswith("word/header")]
    if not any("PAGE" in "".join(root.itertext(W + "instrText")) for root in headers):
        yield part_place("word/header"), "ไม่มีเลขหน้า “- ๒ -” สำหรับหน้าถัดไป"
    for number in roots[_DOCUMENT].iter(W + "pgNumType"):
        if number.get(W + "fmt") != "thaiNumbers":
            yield part_place("word/header"), "เลขหน้าต้องเป็นเลขไทย (pgNumType thaiNumbers)"


def _emblem(body: Any, paper: str) -> Iterator[Found]:
    height = _EMBLEM_HEIGHT.get(paper)
    anchors = [item.getparent() for item in body.iter(f"{_WP}docPr") if item.get("name") == EMBLEM]
    place = "ตราครุฑ"
    if height is None:
        return
    if not anchors:
        yield place, "ไม่มีภาพตราครุฑ"
        return
    first = anchors[0]
    if abs(int(first.find(f"{_WP}extent").get("cy")) - height) > 1000:
        yield place, f"ต้องสูง {to_thai(f'{height / 360_000:g}')} ซม."
    upper = first.find(f"{_WP}positionV")
    top = None if upper is None else upper.findtext(f"{_WP}posOffset")
    if upper is None or upper.get("relativeFrom") != "page" or abs(int(top or 0) - _EMBLEM_TOP) > 36_000:
        yield place, "ต้องอยู่ห่างจากขอบบนของกระดาษ ๑.๕ ซม."
    side = first.find(f"{_WP}positionH")
    wanted = "left" if paper in MEMOS else "center"
    if side is None or side.findtext(f"{_WP}align") != wanted:
        yield place, "ต้องชิดขอบซ้ายของข้อความ" if paper in MEMOS else "ต้องอยู่กึ่งกลาง"


def _sizes(roots: Mapping[str, Any]) -> Iterator[Found]:
    """Sizes and fonts that a run sets by itself: no change of the base would ever reach them."""
    for name, root in roots.items():
        places = PartPlaces(name, root)
        for properties in root.iter(W + "rPr"):
            if properties.getparent().tag == W + "r" and any(
                properties.find(W + item) is not None for item in ("sz", "szCs", "rFonts")
            ):
                yield places.of(properties), "กำหนดแบบหรือขนาดอักษรที่ข้อความเอง ให้กำหนดด้วยลักษณะ (style)"


def _wording(body: Any, places: PartPlaces, paper: str) -> Iterator[Found]:
    closings = [p for p in body.iter(P) if _CLOSING in _text(p) or _style(p) == "Complimentary"]
    if paper == LETTER and not closings:
        yield "คำลงท้าย", "หนังสือภายนอกต้องมีคำลงท้าย"
    if paper in (*MEMOS, ORDER):
        for paragraph in closings:
            yield places.of(paragraph), "บันทึกข้อความ คำสั่ง และประกาศ ไม่มีคำลงท้าย"


def _memo_head(body: Any, places: PartPlaces) -> Iterator[Found]:
    titles = [p for p in body.iter(P) if _style(p) == "MemoTitle"]
    if not titles or _text(titles[0]) != "บันทึกข้อความ":
        yield "ส่วนหัว", "ไม่มีคำว่า “บันทึกข้อความ” ในลักษณะ “ชื่อบันทึกข้อความ”"
    lines = [p for p in body.iter(P) if _style(p) in ("MemoLine", "MemoNumber", "MemoSubject")]
    labels = {_text(run) for p in lines for run in p.iter(W + "r") if _run_style(run) == "MemoLabel"}
    for label in HEADING:
        if label not in {text.strip() for text in labels}:
            yield "ส่วนหัว", f"ไม่มีป้าย “{label}” ในลักษณะ “ป้ายหัวบันทึก” (ตัวหนา ๒๐ พอยท์)"
    for paragraph in lines:
        last = [run for run in paragraph.iter(W + "r") if run.find(W + "tab") is not None][-1:]
        if not last or _run_style(last[0]) != "DottedText":
            yield places.of(paragraph), "บรรทัดหัวบันทึกต้องจบด้วยแท็บที่มีจุดไข่ปลา (ลักษณะ “ข้อความบนจุดไข่ปลา”)"
        if paragraph.find(f"{W}pPr/{W}pBdr") is not None:
            yield places.of(paragraph), "ใต้ส่วนหัวต้องเป็นจุดไข่ปลา ไม่ใช่เส้นทึบ"


def _room_to_sign(body: Any, places: PartPlaces, usage: Usage) -> Iterator[Found]:
    for spaces in signature_spaces(body):
        if len(spaces) != usage.memo_blank_lines:
            right = to_thai(f"{len(spaces)} บรรทัด ควรเป็น {usage.memo_blank_lines} บรรทัด")
            yield places.of(spaces[0]), f"ที่ว่างก่อนชื่อผู้ลงนามมี {right}"


def _signature(body: Any, places: PartPlaces, styles: Mapping[str, Any]) -> Iterator[Found]:
    """The paragraph before a signature has to stay with it, so that it is never alone on a page."""
    before: Any = None
    for paragraph in body.iter(P):
        if _text(paragraph).startswith("{%p"):
            continue
        begins = _style(paragraph) in _SIGNATURE
        if begins and before is not None and not _keeps(before, styles):
            yield places.of(before), "ต้องอยู่หน้าเดียวกับลายมือชื่อที่ตามมา (Keep with next)"
        before = None if _style(paragraph) in (*_SIGNATURE, "SectionBreak") else paragraph


def _keeps(paragraph: Any, styles: Mapping[str, Any]) -> bool:
    own = paragraph.find(f"{W}pPr/{W}keepNext")
    style = styles.get(_style(paragraph))
    if own is None and style is not None:
        own = style.find(f"{W}pPr/{W}keepNext")
    return own is not None and own.get(W + "val") not in ("0", "false")


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(W + "val"))


def _run_style(run: Any) -> str:
    found = run.find(f"{W}rPr/{W}rStyle")
    return "" if found is None else str(found.get(W + "val"))


def _text(element: Any) -> str:
    return "".join(element.itertext(T))
