"""The README names what there is, and nothing that is not."""

from __future__ import annotations

import re
from pathlib import Path

from automation.cli import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_readme_and_has_thai_help() -> None:
    named = set(re.findall(r"^\| `automation ([a-z]+)", README, re.MULTILINE))
    assert named == set(cli.commands)
    for command in cli.commands.values():
        assert re.search("[ก-ฮ]", command.help or ""), command.name


def test_every_link_of_the_documents_leads_somewhere() -> None:
    for document in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        text = document.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
            assert (document.parent / target).exists(), f"{document.name} → {target}"


def test_the_glossary_translates_no_term_twice() -> None:
    rows = re.findall(r"^\| (\S[^|]*?) \| ([^|]+?) \| \| (\S[^|]*?) \| ([^|]+?) \|$", README, re.MULTILINE)
    pairs = [(thai, english) for row in rows for thai, english in (row[:2], row[2:]) if thai != "Thai"]
    assert len(pairs) > 30
    assert len({thai for thai, _ in pairs}) == len(pairs)
    assert len({english for _, english in pairs}) == len(pairs)
