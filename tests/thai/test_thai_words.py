"""Cutting a text at the end of a word."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from automation.thai.words import cut_at_word

NAME = "โครงการจัดทำแผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. ๒๕๗๑"


def test_a_text_that_fits_stays_as_it_is() -> None:
    assert cut_at_word(NAME, 500) == NAME


def test_a_long_text_ends_with_a_whole_word() -> None:
    assert (
        cut_at_word(NAME, len("โครงการจัดทำแผนปฏิบัติราชการประจำปีงบ".encode())) == "โครงการจัดทำแผนปฏิบัติราชการประจำ"
    )
    assert cut_at_word(NAME, len(NAME.encode()) - 3) == "โครงการจัดทำแผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ."


def test_one_word_too_long_is_not_cut_between_a_letter_and_its_mark() -> None:
    assert cut_at_word("ที่", 3) == ""
    assert cut_at_word("abcdefghij", 4) == "abcd"


@given(st.text(alphabet="กขคงานแผที่ปู้ ๒๕a1.", max_size=60), st.integers(min_value=0, max_value=200))
def test_the_cut_text_is_a_beginning_that_fits(text: str, most: int) -> None:
    cut = cut_at_word(text, most)
    assert text.startswith(cut)
    assert len(cut.encode()) <= most or cut == text


def test_nothing_is_written_into_the_home_folder(tmp_path: Path) -> None:
    script = f"from automation.thai.words import cut_at_word; print(cut_at_word({NAME!r}, 60))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"HOME": str(tmp_path), "PATH": "/usr/bin", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "โครงการจัดทำแผน"
    assert list(tmp_path.iterdir()) == []
