"""Tell an Office package of a part that it did not have: its content type and who refers to it."""

from __future__ import annotations

import itertools
import posixpath
from typing import Any

from lxml import etree

from automation.office.package import parsed

_NO_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


def register_part(parts: dict[str, bytes], name: str, content: str, relation: str, owner: str = "") -> str:
    """Add the type and relation of the new part `name` that `owner` uses (a part, "" for the package).

    Returns the id of the relation, which no other relation of the owner has. FileError where the package's
    own lists cannot be parsed.
    """
    types = parsed(parts["[Content_Types].xml"])
    space = types.tag.removesuffix("Types")
    etree.SubElement(types, f"{space}Override", {"PartName": f"/{name}", "ContentType": content})
    parts["[Content_Types].xml"] = written(types)
    folder, file = posixpath.split(owner)
    relations_part = posixpath.join(folder, "_rels", f"{file}.rels")
    relations = parsed(parts.get(relations_part, _NO_RELATIONS))
    space = relations.tag.removesuffix("Relationships")
    taken = {item.get("Id") for item in relations}
    wanted = f"rId{posixpath.basename(name).partition('.')[0]}"
    names = itertools.chain((wanted,), (f"{wanted}_{number}" for number in itertools.count(2)))
    identity = next(item for item in names if item not in taken)
    facts = {"Id": identity, "Type": relation, "Target": f"/{name}"}
    etree.SubElement(relations, f"{space}Relationship", facts)
    parts[relations_part] = written(relations)
    return identity


def written(root: Any) -> bytes:
    """The tree as a part."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data
