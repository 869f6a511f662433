"""Conservation: the visible characters of a Word file are those that the walk hands over, each once.

The count on the other side is made in another way altogether: one flat pass over all text nodes of the
package's parts, looking only upwards from each node.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from automation.office.blocks import Document
from automation.office.opening import open_file
from tests.office.office_files import W_URI, docx, p, part_xml

SAMPLES = Path(__file__).parents[2] / "samples"
W = f"{{{W_URI}}}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
GONE = {f"{W}del", f"{W}moveFrom", f"{W}instrText"}
BOXES = str.maketrans("☒□", "☑☐")


def visible(path: Path) -> Counter[str]:
    """Characters of the page, hidden ones too, white space aside: body, headers, footers, notes and boxes."""
    found: Counter[str] = Counter()
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            stem = name.removeprefix("word/")
            if stem.startswith(("document.", "header", "footer", "footnotes.", "endnotes.")):
                found += counted(etree.fromstring(archive.read(name)))
    for character in [one for one in found if one.isspace()]:
        del found[character]
    return found


def counted(root: Any) -> Counter[str]:
    found: Counter[str] = Counter()
    for node in root.iter(f"{W}t", MATH, f"{W}sym", f"{W}noBreakHyphen", f"{W14}checkbox", f"{W}checkBox"):
        above = list(node.iterancestors())
        if any(one.tag in GONE or struck_row(one) or placeholder(one) for one in above):
            continue
        if any(
            one.tag == f"{MC}Fallback" and one.getparent().find(f"{MC}Choice") is not None for one in above
        ):
            continue
        if node.tag in (f"{W14}checkbox", f"{W}checkBox"):
            found["tick"] += 1
        elif any(one.find(f"{W}sdtPr/{W14}checkbox") is not None for one in above):
            continue
        elif node.tag == f"{W}noBreakHyphen":
            found["-"] += 1
        elif node.tag == f"{W}sym":
            found["tick"] += 1
        else:
            found.update((node.text or "").translate(BOXES))
    return found


def struck_row(element: Any) -> bool:
    return element.find(f"{W}trPr/{W}del") is not None


def placeholder(element: Any) -> bool:
    return element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def handed_over(document: Document) -> Counter[str]:
    paragraphs = (*document.paragraphs, *document.notes, *document.headers)
    found = Counter("".join(para.text + para.hidden for para in paragraphs))
    for character in [one for one in found if one.isspace()]:
        del found[character]
    return found


def conserve(path: Path) -> None:
    document = open_file(path)
    assert isinstance(document, Document)
    want, have = visible(path), handed_over(document)
    ticks = want.pop("tick", 0)
    for tick in "☑☐":
        surplus = have[tick] - want[tick]
        have[tick] -= surplus
        ticks -= surplus
    assert ticks == 0
    assert +have == +want
    every = (*document.paragraphs, *document.notes, *document.headers)
    hidden = sum(len("".join(one.hidden.split())) for one in every)
    assert document.characters + hidden == sum((+handed_over(document)).values())


@pytest.mark.parametrize("file", sorted(SAMPLES.rglob("*.docx")), ids=lambda file: file.stem)
def test_samples(file: Path) -> None:
    conserve(file)


@pytest.mark.parametrize(
    "file", sorted((SAMPLES.parent / "templates").rglob("*.docx")), ids=lambda file: file.stem
)
def test_templates(file: Path) -> None:
    conserve(file)


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def sdt(inner: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def field(text: str) -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText>REF ก</w:instrText></w:r>{marks[1]}{run(text)}{marks[2]}"


def box(text: str) -> str:
    inner = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        f"<wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


TICK = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
INLINE = (
    run,
    sdt,
    box,
    field,
    lambda text: run(text, "<w:vanish/>"),
    lambda text: f"<w:ins>{run(text)}</w:ins>",
    lambda text: f"<w:del>{run(text).replace('w:t>', 'w:delText>')}</w:del>",
    lambda text: f"<w:moveFrom>{run(text)}</w:moveFrom>",
    lambda text: f"<w:hyperlink>{run(text)}</w:hyperlink>",
    lambda text: f"<w:smartTag>{run(text)}</w:smartTag>",
    lambda text: f'<w:fldSimple w:instr="X">{run(text)}</w:fldSimple>',
    lambda text: sdt(run(text), "<w:showingPlcHdr/>"),
    lambda text: sdt(run(text), TICK),
    lambda text: f'<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>{text}</w:t></w:r>',
    lambda text: f"<m:oMath><m:r><m:t>{text}</m:t></m:r></m:oMath>",
    lambda text: (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox/></w:ffData></w:fldChar></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run(text)
    ),
    lambda text: f"<w:r><w:t>{text}</w:t><w:noBreakHyphen/><w:footnoteReference/></w:r>",
)
BLOCK = (
    lambda inner: inner,
    sdt,
    lambda inner: f"<w:customXml>{inner}</w:customXml>",
    lambda inner: f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>",
    lambda inner: "<w:tbl>" + sdt("<w:tr>" + sdt(f"<w:tc>{inner}</w:tc>") + "</w:tr>") + "</w:tbl>",
    lambda inner: f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{inner}</w:tc></w:tr></w:tbl>",
    lambda inner: (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p/></w:tc></w:tr>"
        f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{inner}</w:tc></w:tr></w:tbl>"
    ),
)
texts = st.text(alphabet="กขค๑๒ ☐□x", min_size=1, max_size=6)
inlines = st.builds(lambda wrap, text: wrap(text), st.sampled_from(INLINE), texts)
paragraphs = st.lists(inlines, max_size=4).map(lambda runs: f"<w:p>{''.join(runs)}</w:p>")
blocks = st.recursive(
    paragraphs,
    lambda inner: st.builds(lambda wrap, one: wrap(one), st.sampled_from(BLOCK), inner),
    max_leaves=3,
)
bodies = st.lists(blocks, max_size=4).map("".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies, bodies)
def test_any_mixture_of_content(tmp_path: Path, body: str, header: str) -> None:
    parts = {"header": ("header1.xml", part_xml("hdr", header))}
    conserve(docx(tmp_path / "mixed.docx", body, parts))
