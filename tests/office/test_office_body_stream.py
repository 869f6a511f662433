"""The body of a Word file in blocks: cut anywhere, put together again, changed one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.office.body_stream import Body, Rework, body_blocks, pieces_of
from automation.office.rewrite import read_parts
from tests.office.office_files import W_URI, docx

P = "<w:p><w:r><w:t>ก &gt; ข</w:t></w:r></w:p>"
BLOCKS = (
    "<w:p/>",
    P,
    '<w:p w:rsidR="1"><w:pPr><w:pStyle w:val="a"/></w:pPr></w:p>',
    f"<w:tbl><w:tr><w:tc>{P}<w:tbl><w:tr><w:tc>{P}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>",
    f"<?columns?><w:tbl>{P}</w:tbl>",
    f"<w:sdt><w:sdtContent>{P}</w:sdtContent></w:sdt>",
    f"<w:p><w:r><w:pict><w:txbxContent>{P}</w:txbxContent></w:pict></w:r></w:p>",
    "<w:sectPr><w:pgSz/></w:sectPr>",
)
HEAD, TAIL = "<?xml version='1.0'?><w:document xmlns:w='w'><w:body>", "</w:body></w:document>"


@given(
    blocks=st.lists(st.sampled_from(BLOCKS)),
    cuts=st.lists(st.integers(min_value=1, max_value=40), min_size=1),
)
def test_blocks_come_out_whole_wherever_the_text_is_cut(blocks: list[str], cuts: list[int]) -> None:
    def pieces() -> Iterator[str]:
        text, place = HEAD + "".join(blocks) + TAIL, 0
        while text:
            size = cuts[place % len(cuts)]
            yield text[:size]
            text, place = text[size:], place + 1

    body = Body(pieces())
    assert body.head == HEAD
    assert list(body.blocks()) == blocks
    assert body.tail == TAIL


@pytest.mark.parametrize("damaged", [f"{HEAD}{P}<w:p><w:r>", f"{HEAD}{P}</w:tbl>{P}{TAIL}", "<w:hdr/>", ""])
def test_nothing_of_a_damaged_part_is_lost(damaged: str) -> None:
    body = Body([damaged])
    assert body.head + "".join(body.blocks()) + body.tail == damaged


def test_only_what_is_changed_changes(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", "".join(BLOCKS))
    before = read_parts(path)

    def changed(blocks: Iterator[str]) -> Iterator[str]:
        for number, block in enumerate(blocks):
            if number != 1:
                yield block
                continue
            tree = book.tree(block)
            tree[0].set(f"{{{W_URI}}}rsidR", "7")
            yield book.text(tree) + "<w:p/>"

    with Rework(path) as book:
        book.put(changed)
        book.parts["word/extra.xml"] = b"<x/>"
    after = read_parts(path)
    expected = (
        before["word/document.xml"].decode().replace(P, P.replace("<w:p>", '<w:p w:rsidR="7">') + "<w:p/>", 1)
    )
    assert after.pop("word/document.xml").decode() == expected
    assert after.pop("word/extra.xml") == b"<x/>"
    assert after == {name: data for name, data in before.items() if name != "word/document.xml"}
    assert list(body_blocks(path))[2] == "<w:p/>"


def test_an_error_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", P)
    before = path.read_bytes()

    def failing(blocks: Iterator[str]) -> Iterator[str]:
        yield from blocks
        raise ValueError("ไม่ได้")

    with Rework(path) as book, pytest.raises(ValueError, match="ไม่ได้"):
        book.put(failing)
    assert path.read_bytes() == before


def test_a_long_table_comes_in_pieces_that_make_it_up() -> None:
    row = f"<w:tr><w:tc>{P * 400}</w:tc></w:tr>"
    nested = f"<w:tr><w:tc><w:tbl><w:tr><w:tc>{P}</w:tc></w:tr></w:tbl>{P}</w:tc></w:tr>"
    table = f"<w:tbl><w:tblGrid/>{row * 150}{nested}{row * 150}</w:tbl>"
    pieces = list(pieces_of(table, lambda text: text == nested))
    assert "".join(text for text, _ in pieces) == table
    assert [whole for _, whole in pieces] == [False, True, True, False]
    assert pieces[2][0].startswith(nested)
    assert list(pieces_of(P, bool)) == [(P, True)]
