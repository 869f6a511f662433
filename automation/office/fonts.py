"""The face in which LibreOffice sets our PDFs where TH SarabunPSK is not installed.

Linux distributions carry no TH SarabunPSK. Debian's Laksaman is the same design, drawn half as large
again per em, with another line box: at 16 pt it makes three pages of two. From its outlines this module
makes a *metric twin*, "Saraban Metric": the official advance of every glyph and the official line height
(data/thsarabunpsk-metrics.json), so that lines and pages break where they break in Word. The twin stays
under the licence of Laksaman (GPL-2+ with the font exception) and under a name of its own, is made on the
user's machine, and gives way to a TH SarabunPSK that is really installed.

A second face, "Saraban Metric Digits", draws 0-9 as ๐-๙: LibreOffice numbers pages with Arabic digits only.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from automation.errors import RenderError

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

OFFICIAL = "TH SarabunPSK"
"""The face that the regulation names and every template uses."""
TWIN = "Saraban Metric"
DIGITS = "Saraban Metric Digits"
_SOURCE = "Laksaman"
_SCALE = 1.503
"""Laksaman's outlines per em of TH SarabunPSK: the ratio of the two faces' advances, uniform in all four."""
_STYLES = {
    "regular": ("Regular", "regular"),
    "bold": ("Bold", "bold"),
    "italic": ("Italic", "italic"),
    "bold_italic": ("Bold Italic", "bold:italic"),
}
"""Face → its style name and how fontconfig is asked for it."""

_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <!-- After the include: "append" puts the twin right behind the name that was asked for, before the
       unscaled Laksaman of Debian's own rule; a TH Sarabun that is installed still comes first. -->
{rules}</fontconfig>
"""
_RULE = """  <match target="pattern">
    <test qual="any" name="family" compare="contains"><string>{asked}</string></test>
    <edit name="family" mode="append" binding="same"><string>{twin}</string></edit>
  </match>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FontReport:
    """Which face renders TH SarabunPSK here: `kind` is "installed", "twin", "other" or "unknown"."""

    kind: str
    family: str = ""
    file: str = ""
    message: str = ""
    """The same for the user, in Thai."""


def default_cache() -> Path:
    """The folder of this user in which the faces are kept when the caller names none."""
    root = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(root) if root else Path.home() / ".cache") / "automation" / "fonts"


def twin_fonts(target: Path | None = None) -> Path:
    """Make the twin and its `fonts.conf` under `target` (kept from call to call); the path of `fonts.conf`.

    RenderError when the faces it is made from are not installed.
    """
    sources = source_faces()
    folder = (target or default_cache()) / _fingerprint(sources)
    conf = folder / "fonts.conf"
    if not conf.is_file():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as work:
            made = Path(work) / "made"
            made.mkdir()
            _make(sources, made, folder)
            _move_into_place(made, folder)
    return conf


def font_report(conf: Path | None = None) -> FontReport:
    """Which face fontconfig gives for TH SarabunPSK, with our `fonts.conf` where one is given."""
    match = _match(OFFICIAL, conf)
    if match is None:
        return FontReport(kind="unknown", message=f"ตรวจแบบอักษร {OFFICIAL} ไม่ได้ เพราะเครื่องนี้ไม่มี fc-match")
    family, file = match
    names = {name.strip() for name in family.split(",")}
    if OFFICIAL in names:
        kind, message = "installed", f"มีแบบอักษร {OFFICIAL} ในเครื่องนี้"
    elif TWIN in names:
        kind, message = "twin", f"ไม่มีแบบอักษร {OFFICIAL} ในเครื่องนี้ ใช้ {TWIN} ซึ่งกว้างและสูงเท่ากันแทนเมื่อทำ PDF"
    else:
        kind, message = (
            "other",
            (
                f"ไม่มีแบบอักษร {OFFICIAL} ในเครื่องนี้ เอกสาร PDF จะใช้ {family} แทน และจำนวนหน้าอาจไม่ตรงกับใน Word "
                f"กรุณาติดตั้ง {OFFICIAL} หรือชุด fonts-tlwg-laksaman"
            ),
        )
    return FontReport(kind=kind, family=family, file=file, message=message)


def source_faces() -> dict[str, Path]:
    """The four faces that the twin is made from; RenderError when they are not installed."""
    found: dict[str, Path] = {}
    for face, (_, style) in _STYLES.items():
        match = _match(f"{_SOURCE}:{style}", None)
        if match is None or _SOURCE not in match[0] or not match[1].lower().endswith(".ttf"):
            raise RenderError(
                f"ไม่พบแบบอักษร {_SOURCE} สำหรับใช้แทน {OFFICIAL} ในการทำ PDF",
                hint=f"กรุณาติดตั้งแบบอักษร {OFFICIAL} หรือชุด fonts-tlwg-laksaman-ttf แล้วลองใหม่",
            )
        found[face] = Path(match[1])
    return found


def official_faces() -> dict[str, Path]:
    """Face → file of the official face as installed here, by the names of `twin_faces`; empty without it."""
    found: dict[str, Path] = {}
    for face, (_, style) in _STYLES.items():
        match = _match(f"{OFFICIAL}:{style}", None)
        if match is not None and OFFICIAL in {name.strip() for name in match[0].split(",")}:
            found[face] = Path(match[1])
    return found if "regular" in found else {}


def twin_faces(target: Path | None = None) -> dict[str, Path]:
    """Face (`regular`, `bold`, `italic`, `bold_italic`) → file of the twin; RenderError as `twin_fonts`."""
    folder = twin_fonts(target).parent
    return {face: folder / f"{TWIN} {style}.ttf".replace(" ", "") for face, (style, _) in _STYLES.items()}


def _match(pattern: str, conf: Path | None) -> tuple[str, str] | None:
    """Family and file that fontconfig gives for a pattern; None where there is no fontconfig."""
    program = shutil.which("fc-match")
    if program is None:
        return None
    environment = os.environ | ({"FONTCONFIG_FILE": str(conf)} if conf else {})
    done = subprocess.run(
        [program, "-f", "%{family}|%{file}", pattern],
        capture_output=True, text=True, encoding="utf-8", env=environment, timeout=60, check=False,
    )  # fmt: skip
    family, _, file = done.stdout.partition("|")
    return (family, file) if done.returncode == 0 and file else None


@cache
def _metrics_text() -> str:
    return (files("automation.office") / "data" / "thsarabunpsk-metrics.json").read_text(encoding="utf-8")


def _fingerprint(sources: dict[str, Path]) -> str:
    """A folder name that changes with everything the faces are made from, this module included."""
    digest = sha256(_metrics_text().encode() + Path(__file__).read_bytes())
    for path in sources.values():
        digest.update(f"{path}|{path.stat().st_size}|{path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()[:16]


def _make(sources: dict[str, Path], made: Path, folder: Path) -> None:
    """Write the faces and `fonts.conf` to `made`, for use from `folder`."""
    from fontTools.ttLib import TTFont

    metrics: dict[str, Any] = json.loads(_metrics_text())["faces"]
    for face, path in sources.items():
        style = _STYLES[face][0]
        with TTFont(path) as font:
            _measure(font, metrics[face])
            _name(font, TWIN, style)
            font.save(made / f"{TWIN} {style}.ttf".replace(" ", ""))
            if face == "regular":
                _draw_thai_digits(font)
                _name(font, DIGITS, style)
                font.save(made / f"{DIGITS} {style}.ttf".replace(" ", ""))
    rules = "".join(_RULE.format(asked=asked, twin=TWIN) for asked in ("TH Sarabun", "THSarabun"))
    conf = _CONF.format(fonts=escape(str(folder)), cache=escape(str(folder / "cache")), rules=rules)
    (made / "fonts.conf").write_text(conf, encoding="utf-8")


def _measure(font: TTFont, metrics: dict[str, Any]) -> None:
    """Give a face of Laksaman the official size, advances and line box."""
    em = round(font["head"].unitsPerEm * _SCALE)
    font["head"].unitsPerEm = em
    advances = font["hmtx"].metrics
    for code, glyph in font.getBestCmap().items():
        official = metrics["advances"].get(f"{code:04X}")
        if official is not None:
            advances[glyph] = (round(official * em / 1000), advances[glyph][1])
    ascent, descent = (round(metrics[name] * em / 1000) for name in ("ascent", "descent"))
    # Word sets lines by the "win" figures; LibreOffice on Linux takes "hhea", which gets the same ones.
    box, lines = font["OS/2"], font["hhea"]
    box.usWinAscent, box.usWinDescent = ascent, descent
    box.sTypoAscender, box.sTypoDescender, box.sTypoLineGap = ascent, -descent, 0
    lines.ascent, lines.descent, lines.lineGap = ascent, -descent, 0


def _name(font: TTFont, family: str, style: str) -> None:
    texts = {
        1: family,
        3: f"{family} {style}, derived from {_SOURCE}",
        4: family if style == "Regular" else f"{family} {style}",
        6: f"{family}-{style}".replace(" ", ""),
        16: family,
    }
    for record in font["name"].names:
        if record.nameID in texts:
            record.string = texts[record.nameID]


def _draw_thai_digits(font: TTFont) -> None:
    for table in font["cmap"].tables:
        for digit in range(10):
            if 0x30 + digit in table.cmap:
                table.cmap[0x30 + digit] = font.getBestCmap()[0x0E50 + digit]


def _move_into_place(made: Path, folder: Path) -> None:
    """Rename the finished folder; another process that was quicker has made the same one."""
    try:
        made.rename(folder)
    except OSError:
        if not (folder / "fonts.conf").is_file():
            raise
