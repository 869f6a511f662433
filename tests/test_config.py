"""The settings: good ones are read, of bad ones every problem is told at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from automation.config import find_root, load_config
from automation.errors import ConfigError, UsageError

GOOD = """
year = 2570
working_days = ["๑ พฤษภาคม ๒๕๗๐"]
[office]
name = "สำนักงานเลขาธิการวุฒิสภา"
bureau = "สำนักนโยบายและแผน"
[deadlines]
2570 = "๑๙ ธันวาคม ๒๕๖๘"
[register]
url = "sqlite:///elsewhere.db"
[limits]
seconds = 5
[[bureaus]]
name = "สำนักนโยบายและแผน"
short = "นผ"
[[holidays]]
date = 2027-05-13
name = "วันพืชมงคล"
"""


def write(folder: Path, text: str) -> Path:
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return folder


def test_good_settings_are_read_as_they_stand(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, GOOD))
    assert config.year == 2570
    assert config.bureaus[0].short == "นผ"
    assert config.deadlines == {2570: date(2025, 12, 19)}
    assert config.holidays == {date(2027, 5, 13): "วันพืชมงคล"}
    assert config.working == frozenset({date(2027, 5, 1)})
    assert config.database == "sqlite:///elsewhere.db"
    assert (config.max_seconds, config.max_megabytes) == (5, 50)
    assert config.inbox == tmp_path.resolve() / "inbox"


def test_the_shipped_settings_have_no_problem() -> None:
    config = load_config(Path(__file__).parent.parent)
    assert len(config.bureaus) >= 10


def test_a_byte_order_mark_from_notepad_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(GOOD, encoding="utf-8-sig")
    assert load_config(tmp_path).year == 2570


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    text = """
    year = 70
    working_days = ["วันไหนสักวัน"]
    offfice = 1
    [office]
    name = 5
    [deadlines]
    2570 = "๓๑ กุมภาพันธ์ ๒๕๖๘"
    "ปีหน้า" = "๑ มกราคม ๒๕๖๙"
    [register]
    url = "mysql://x"
    [inbox]
    poll_seconds = -1
    pol_seconds = 2
    [limits]
    megabytes = "มาก"
    [[bureaus]]
    name = "สำนักนโยบายและแผน"
    short = "นผ"
    [[bureaus]]
    name = "สำนักนโยบายและแผน"
    [[holidays]]
    name = "วันหยุด"
    """
    with pytest.raises(ConfigError) as caught:
        load_config(write(tmp_path, text))
    told = "\n".join(caught.value.problems)
    for expected in (
        "year ต้องเป็นปีงบประมาณ",
        "working_days รายการที่ 1 ไม่ใช่วันที่",
        "ไม่รู้จักค่า offfice (หมายถึง office หรือไม่)",
        "office.name ต้องเป็นข้อความ",
        "ไม่มีค่า office.bureau",
        "deadlines.2570 ไม่ใช่วันที่",
        "deadlines.ปีหน้า: ชื่อต้องเป็นปีงบประมาณ",
        "register.url ต้องขึ้นต้นด้วย",
        "inbox.poll_seconds ต้องมากกว่า 0",
        "ไม่รู้จักค่า inbox.pol_seconds (หมายถึง inbox.poll_seconds หรือไม่)",
        "limits.megabytes ต้องเป็นจำนวนเมกะไบต์",
        "bureaus รายการที่ 2 ต้องมี name",
        "bureaus รายการที่ 2: ชื่อ สำนักนโยบายและแผน ซ้ำ",
        "holidays รายการที่ 1 ต้องมี date",
    ):
        assert expected in told, expected


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"year = \n", "บรรทัดที่ 1"), ("ปี".encode("cp874"), "UTF-8"), (b"", "ไม่มีค่า year")],
    ids=["broken", "ansi", "empty"],
)
def test_a_file_that_cannot_be_read_is_told_too(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "config.toml").write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path)
    assert any(words in problem for problem in caught.value.problems)


def test_the_nearest_workspace_above_is_found(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    inside = tmp_path / "inbox" / "สำนัก"
    inside.mkdir(parents=True)
    assert find_root(inside) == tmp_path.resolve()


def test_no_workspace_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ไม่พบพื้นที่ทำงาน") as caught:
        find_root(tmp_path)
    assert "automation init" in caught.value.hint
