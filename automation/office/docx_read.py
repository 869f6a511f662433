"""A .docx package as a `Document`: an own walk over the XML, in reading order, with nothing left out.

python-docx and its like lose content controls, tracked insertions, text boxes and check boxes without a word;
here every element that is not known is entered.
"""

from __future__ import annotations

import posixpath
from typing import Any

from automation.office.annotate import INITIALS
from automation.office.blocks import Document, Para
from automation.office.docx_names import W
from automation.office.docx_styles import styles_of
from automation.office.docx_walk import Walk
from automation.office.guard import Limits
from automation.office.package import Package, parsed

_AROUND = {
    "headers": (("header", "หัวกระดาษ"), ("footer", "ท้ายกระดาษ")),
    "notes": (("footnotes", "เชิงอรรถ"), ("endnotes", "อ้างอิงท้ายเรื่อง")),
    "comments": (("comments", "ความเห็น"),),
}
"""Field of `Document` → kinds of parts that it holds, with their Thai names."""


def read_docx(package: Package, limits: Limits) -> Document:
    """The whole Word file as blocks. Raises FileError subclasses only."""
    main = package.main_part()
    by_kind: dict[str, list[str]] = {}
    for relation in package.relations(main).values():
        if not relation.external:
            by_kind.setdefault(relation.kind, []).append(relation.target)

    def first(kind: str) -> bytes:
        return package.xml_bytes(by_kind[kind][0]) if kind in by_kind else b""

    numbering = first("numbering")
    styles = styles_of(first("styles"))

    walk = Walk(styles, parsed(numbering) if numbering else None, limits)
    root = package.xml(main)
    blocks = walk.part(main, root, None if root is None else root.find(f"{W}body"))
    boxes = walk.boxes()
    around: dict[str, tuple[Para, ...]] = {
        name: tuple(
            para
            for kind, label in kinds
            for part in by_kind.get(kind, ())
            for para in walk.flat(part, _of_people(package.xml(part)), label)
        )
        for name, kinds in _AROUND.items()
    }
    return Document(
        blocks=blocks,
        boxes=boxes,
        headers=around["headers"],
        notes=around["notes"],
        comments=around["comments"],
        insertions=walk.ledger.insertions,
        deletions=tuple(walk.ledger.deletions),
        macros=any(name.endswith("vbaproject.bin") for name in package.names),
        external=package.links(posixpath.dirname(main).lower()),
        key=package.key(),
    )


def _of_people(part: Any) -> Any:
    """A part without the remarks that this program wrote into a copy for the sender."""
    for comment in () if part is None else part.findall(f"{W}comment[@{W}initials='{INITIALS}']"):
        part.remove(comment)
    return part
