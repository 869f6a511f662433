"""The metric twin of TH SarabunPSK: made from Laksaman, as wide and as high as the official face."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from automation.errors import RenderError
from automation.office.fonts import OFFICIAL, TWIN, default_cache, font_report, source_faces, twin_fonts

FACES = {"regular": "Regular", "bold": "Bold", "italic": "Italic", "bold_italic": "BoldItalic"}


@pytest.fixture(scope="module")
def conf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return twin_fonts(tmp_path_factory.mktemp("fonts"))


@pytest.mark.fonts
@pytest.mark.parametrize("face", FACES)
def test_every_letter_is_as_wide_as_the_official_one(conf: Path, face: str) -> None:
    text = (files("automation.office") / "data" / "thsarabunpsk-metrics.json").read_text(encoding="utf-8")
    official = json.loads(text)["faces"][face]
    font = TTFont(conf.parent / f"SarabanMetric{FACES[face]}.ttf")
    em = font["head"].unitsPerEm
    glyphs = font.getBestCmap()
    compared = 0
    for code, width in official["advances"].items():
        if int(code, 16) in glyphs:
            compared += 1
            assert font["hmtx"][glyphs[int(code, 16)]][0] / em * 1000 == pytest.approx(width, abs=0.4), code
    assert compared > 300
    assert font["OS/2"].usWinAscent / em * 1000 == pytest.approx(official["ascent"], abs=0.5)
    assert font["hhea"].descent / em * 1000 == pytest.approx(-official["descent"], abs=0.5)


@pytest.mark.fonts
def test_a_line_of_16_points_is_as_high_as_words(conf: Path) -> None:
    font = TTFont(conf.parent / "SarabanMetricRegular.ttf")
    height = (font["hhea"].ascent - font["hhea"].descent) / font["head"].unitsPerEm
    assert height * 16 == pytest.approx(20.96, abs=0.02)


@pytest.mark.fonts
def test_the_outlines_shrink_with_the_widths(conf: Path) -> None:
    """ก fills its advance as it does in Laksaman: same picture, smaller."""
    twin = TTFont(conf.parent / "SarabanMetricRegular.ttf")
    source = TTFont(source_faces()["regular"])

    def fill(font: TTFont) -> float:
        glyph = font.getBestCmap()[ord("ก")]
        outline = font["glyf"][glyph]
        return float((outline.xMax - outline.xMin) / font["hmtx"][glyph][0])

    assert fill(twin) == pytest.approx(fill(source), abs=0.02)


@pytest.mark.fonts
def test_the_digit_face_draws_arabic_digits_thai(conf: Path) -> None:
    glyphs = TTFont(conf.parent / "SarabanMetricDigitsRegular.ttf").getBestCmap()
    assert [glyphs[ord(arabic)] for arabic in "0123456789"] == [glyphs[ord(thai)] for thai in "๐๑๒๓๔๕๖๗๘๙"]


@pytest.mark.fonts
def test_the_faces_carry_a_name_of_their_own_and_keep_their_licence(conf: Path) -> None:
    font = TTFont(conf.parent / "SarabanMetricBold.ttf")
    names = {record.nameID: str(record) for record in font["name"].names}
    assert names[1] == TWIN
    assert OFFICIAL not in " ".join(names.values())
    assert "GPL" in names[13] or "GNU General Public License" in names[13]


@pytest.mark.fonts
def test_the_twin_renders_where_the_official_face_is_asked_for(conf: Path) -> None:
    report = font_report(conf)
    assert report.kind in {"twin", "installed"}
    assert report.file
    assert OFFICIAL in report.message


@pytest.mark.fonts
def test_the_faces_are_made_once(conf: Path) -> None:
    stamp = conf.stat().st_mtime_ns
    assert twin_fonts(conf.parent.parent) == conf
    assert conf.stat().st_mtime_ns == stamp
    assert [path.name for path in conf.parent.parent.iterdir()] == [conf.parent.name]


def test_without_the_source_faces_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "fonts.conf"
    empty.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>"
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(empty))
    with pytest.raises(RenderError) as caught:
        twin_fonts(tmp_path / "made")
    assert "fonts-tlwg-laksaman" in caught.value.hint
    assert not (tmp_path / "made").exists()


def test_without_fontconfig_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    report = font_report()
    assert report.kind == "unknown"
    assert "fc-match" in report.message


def test_the_cache_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_cache() == tmp_path / "automation" / "fonts"
