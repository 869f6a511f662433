"""How official Thai is set: spaces around ๆ, ฯลฯ, figures and brackets, names, and words often misspelt.

The rules are those of the office's proofreaders (Thai digits aside, which are a choice of the document).
"""

from __future__ import annotations

import re

from automation.thai.digits import to_thai
from automation.thai.text import normalize, squeeze

_THAI = "ก-ฺเ-๎ฯ"
_DIGIT = "0-9๐-๙"
_REPEAT = re.compile(r"[ \t]*ๆ[ \t]*")
_ETCETERA = re.compile(r"[ \t]*ฯลฯ[ \t]*")
_BEFORE_CLOSING = re.compile(r"(?<=[^\s(\[])[ \t]+([)\]”’»,;])")
_SPACES: tuple[tuple[re.Pattern[str], str], ...] = (
    (_REPEAT, " ๆ "),
    (_ETCETERA, " ฯลฯ "),
    (_BEFORE_CLOSING, r"\1"),
    (re.compile(rf"(?<=[{_THAI}ๆ{_DIGIT}.])\((?=[{_THAI}])"), " ("),
    (re.compile(rf"(?<=\S)\)(?=[{_THAI}])"), ") "),
    (re.compile(rf"(?<=[ก-ฺเ-๎])(?=[{_DIGIT}])"), " "),
    (re.compile(rf"(?<=[{_DIGIT}])(?=[ก-ฮเ-ไ])"), " "),
    (re.compile(rf"(?<=พ\.ศ\.|ค\.ศ\.)(?=[{_DIGIT}])"), " "),
)
_LINE_ENDS = re.compile(r"(?m)[ \t]+$|^ (?=ๆ|ฯลฯ)")
_ADDRESS = re.compile(r"(\S*(?:://|www\.|@)\S*)")

_TITLES = "นายแพทย์ แพทย์หญิง นางสาว นาง นาย น.ส. เด็กชาย เด็กหญิง คุณหญิง คุณ ดร. ผศ. รศ. ศ. ผศ.ดร. รศ.ดร. ศ.ดร."
_RANKS = (
    "พลเอก พลโท พลตรี พันเอก พันโท พันตรี ร้อยเอก ร้อยโท ร้อยตรี จ่าสิบเอก จ่าสิบโท จ่าสิบตรี สิบเอก สิบโท สิบตรี "
    "พลเรือเอก พลเรือโท พลเรือตรี นาวาเอก นาวาโท นาวาตรี เรือเอก เรือโท เรือตรี "
    "พลอากาศเอก พลอากาศโท พลอากาศตรี นาวาอากาศเอก นาวาอากาศโท นาวาอากาศตรี เรืออากาศเอก เรืออากาศโท เรืออากาศตรี "
    "พลตำรวจเอก พลตำรวจโท พลตำรวจตรี พันตำรวจเอก พันตำรวจโท พันตำรวจตรี ร้อยตำรวจเอก ร้อยตำรวจโท ร้อยตำรวจตรี "
    "ดาบตำรวจ จ่าสิบตำรวจ สิบตำรวจเอก สิบตำรวจโท สิบตำรวจตรี"
)


def _longest_first(words: str) -> str:
    return "|".join(re.escape(word) for word in sorted(words.split(), key=len, reverse=True))


_TITLE = re.compile(f"({_longest_first(_TITLES)}) ?(?=[ก-ฮเ-ไ])")
_RANK = re.compile(rf"({_longest_first(_RANKS)})(?: (?=.)|(?=[ก-ฮเ-ไ]\S* ))")

MISSPELLINGS: tuple[tuple[str, str], ...] = (
    ("อนุญาติ", "อนุญาต"),
    ("กฏหมาย", "กฎหมาย"),
    ("กฏระเบียบ", "กฎระเบียบ"),
    ("ปรากฎ", "ปรากฏ"),
    ("ปฎิบัติ", "ปฏิบัติ"),
    ("ปฎิรูป", "ปฏิรูป"),
    ("ปฎิทิน", "ปฏิทิน"),
    ("สังเกตุ", "สังเกต"),
    ("โอกาศ", "โอกาส"),
    ("ลายเซ็นต์", "ลายเซ็น"),
    ("สัมนา", "สัมมนา"),
    ("ประสิทธิ์ภาพ", "ประสิทธิภาพ"),
    ("ประสิทธิ์ผล", "ประสิทธิผล"),
    ("ผูกพันธ์", "ผูกพัน"),
    ("งบประมาน", "งบประมาณ"),
    ("พิจารนา", "พิจารณา"),
    ("ดิจิตอล", "ดิจิทัล"),
    ("อินเตอร์เน็ต", "อินเทอร์เน็ต"),
    ("อีเมล์", "อีเมล"),
    ("ลิงค์", "ลิงก์"),
    ("เว็ปไซต์", "เว็บไซต์"),
    ("เว็บไซท์", "เว็บไซต์"),
    ("แพลทฟอร์ม", "แพลตฟอร์ม"),
    ("อัพเดท", "อัปเดต"),
    ("โควต้า", "โควตา"),
    ("สันทนาการ", "นันทนาการ"),
)
"""Wrong spelling → the one that the office prints."""


def tidy(text: str) -> str:
    """The text with the office's spacing: one space around ๆ, ฯลฯ, figures in Thai text and before "(".

    Nothing but spaces changes; line breaks, Latin words, codes, e-mail addresses and links stay.
    """
    pieces = _ADDRESS.split(normalize(text))
    for pattern, replacement in _SPACES:
        pieces[::2] = [pattern.sub(replacement, piece) for piece in pieces[::2]]
    return _LINE_ENDS.sub("", "".join(pieces))


def thai_digits(text: str) -> str:
    """The text with Thai digits; e-mail addresses and links stay as they are typed."""
    pieces = _ADDRESS.split(text)
    pieces[::2] = [to_thai(piece) for piece in pieces[::2]]
    return "".join(pieces)


def tidy_name(name: str) -> str:
    """A person's name as printed: title joined to the first name, two spaces before the surname and
    behind a military or police rank."""
    plain = squeeze(normalize(name))
    rank = _RANK.match(plain)
    head, rest = (rank.group(1) + "  ", plain[rank.end() :]) if rank else ("", plain)
    rest = _TITLE.sub(r"\1", rest, count=1) if _TITLE.match(rest) else rest
    return head + rest.replace(" ", "  ", 1)


def tidy_person(text: str) -> str:
    """Who is named, by name or by post alone: a name behind its title or rank as `tidy_name` sets it."""
    plain = squeeze(normalize(text))
    return tidy_name(plain) if _TITLE.match(plain) or _RANK.match(plain) else tidy(plain)


def proofread(text: str) -> tuple[tuple[str, str], ...]:
    """Misspelt words that occur in the text with their right spelling, in the order of MISSPELLINGS."""
    plain = normalize(text)
    return tuple((wrong, right) for wrong, right in MISSPELLINGS if wrong in plain)
