"""The blank forms that go out with a letter, put beside it: the catalogue names them (`forms`)."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from automation.documents.catalogue import Kind
from automation.documents.make import settle
from automation.pipeline.issuing import Request, issue
from automation.pipeline.workbench import Workbench

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')


def enclosed_forms(bench: Workbench, kind: Kind, year: int, folder: Path) -> tuple[Path, ...]:
    """The forms of the kind for the year (B.E.) in the letter's folder; one that lies there and was changed
    stays, and the new one is named as the next version. UsageError for a form that there is not."""
    made = []
    for name in kind.forms:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".") as work:
            form = issue(bench, Request(form=name, year=year), Path(work))
            made.append(settle(form, folder, _FORBIDDEN.sub("-", bench.forms.get(name).title)))
    return tuple(made)
