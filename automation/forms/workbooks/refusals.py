"""Why a workbook is refused, and the headings that messages name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from automation.errors import AmbiguousForm, UnknownForm
from automation.forms.workbooks.headings import Layout, heading_chains
from automation.forms.workbooks.library import Library
from automation.forms.workbooks.texts import match_key
from automation.forms.workbooks.vocabulary import FormWords, Words

_SHOWN = 6


def unknown_form(
    near: Sequence[tuple[FormWords, Layout]], titled: Sequence[FormWords], library: Library
) -> UnknownForm:
    """Says which form comes nearest and which of its headings were looked for in vain.

    `near`: the layouts that were found; `titled`: the forms that titles name.
    """
    hint = "กรุณาใช้แบบฟอร์ม Excel ของสำนักนโยบายและแผน และอย่าลบหรือเปลี่ยนหัวคอลัมน์"
    if near:
        form, layout = max(near, key=lambda pair: (pair[0] in titled, pair[1].score))
        wanted = [path for path in (*form.required, *sorted(form.core)) if path not in layout.paths]
        lost = missing_titles(form, dict.fromkeys(wanted))
        return UnknownForm(
            f"ไฟล์นี้ใกล้เคียง «{form.blueprint.title}» ที่สุด แต่ไม่พบหัวคอลัมน์ {quoted(lost)}",
            hint=hint,
            place=layout.sheet.ref(layout.top, 1),
        )
    if titled:
        lost = missing_titles(titled[0], titled[0].required)
        return UnknownForm(
            f"ไฟล์นี้มีชื่อแบบ «{titled[0].blueprint.title}» แต่ไม่พบหัวคอลัมน์ {quoted(lost)}", hint=hint
        )
    names = quoted([form.blueprint.title for form in library.forms])
    return UnknownForm(f"ไม่พบตารางของแบบฟอร์มที่รู้จักในไฟล์นี้ (มองหา {names})", hint=hint)


def ambiguous_form(found: Iterable[tuple[FormWords, Layout]]) -> AmbiguousForm:
    """Says which sheets look like which forms."""
    places = {f"แผ่นงาน {layout.sheet.name}: {form.blueprint.title}" for form, layout in found}
    return AmbiguousForm(
        f"ไฟล์นี้เป็นได้มากกว่าหนึ่งแบบ ({'; '.join(sorted(places))})",
        hint="กรุณาแยกส่งแบบละหนึ่งไฟล์",
    )


def missing_titles(form: FormWords, paths: Iterable[str]) -> tuple[str, ...]:
    """The headings of these paths as the form prints them."""
    titles = {path: title for table in form.tables for path, title in table.titles.items()}
    return tuple(titles.get(path, path) for path in paths)


def unknown_headings(layout: Layout, words: Words) -> tuple[str, ...]:
    """Headings of the block that mean nothing to us: perhaps the missing ones under another name."""
    ours = {column.col for column in layout.columns}
    chains = heading_chains(layout.sheet, layout.top, layout.bottom)
    return tuple(
        texts[-1]
        for col, texts in chains.items()
        if col not in ours and match_key(texts[-1]) not in words.sequence | words.computed
    )


def quoted(texts: Sequence[str]) -> str:
    """`«ก» «ข»` and so on."""
    more = f" และอีก {len(texts) - _SHOWN} หัวข้อ" if len(texts) > _SHOWN else ""
    return " ".join(f"«{text}»" for text in texts[:_SHOWN]) + more
