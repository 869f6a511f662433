"""Look for files that break the readers: mutated samples are opened, read, checked and annotated for an hour.

    python benchmarks/fuzz.py [--minutes 60] [--found FOLDER] [--random]

What may come of a file is a reading or a FileError, in a few seconds. Anything else is a find: the file is
kept in FOLDER with the traceback beside it, one a place in the program. With `atheris` installed (it is no
dependency of the project) the mutations that reach new lines are mutated further; else, or with `--random`,
they are drawn from the samples only. A zip is changed by its parts, an XML part by its elements.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SLOW = 8.0
"""Seconds of processor time after which a file is a find too; limits in the product stop it at 20."""
LONGEST = 400_000
WORDS = (
    *("", "0", "-1", "1", "99999999999999999999", "1e309", "nan", "true", "\u200b", "ก" * 5000, "๑,๒๓๔.๕๖"),
    *("31/02/2570", "มกราคม ๒๕๗๐", "รวม", "ชื่อโครงการ", "=1+1", "#REF!", "A1:XFD1048576", "../../x", "\u202e"),
)
Mutation = Callable[[Any, random.Random], None]


def main(arguments: Sequence[str] | None = None) -> None:
    """Fuzz until the time is over; say how many files were tried and what was found."""
    parser = argparse.ArgumentParser(description="look for files that break the readers")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--found", type=Path, default=Path("found"), help="folder for the finds")
    parser.add_argument("--random", action="store_true", help="without coverage, also where atheris is there")
    parser.add_argument("--seed", type=int, default=2570)
    options = parser.parse_args(arguments)
    options.found.mkdir(parents=True, exist_ok=True)
    samples = [path.read_bytes() for path in sorted((ROOT / "samples").rglob("*.[dx][ol][cs]x"))]
    with tempfile.TemporaryDirectory() as folder:
        if options.random:
            at_random(samples, Trial(Path(folder), options.found), options)
        else:
            by_coverage(samples, Path(folder), options)


def at_random(samples: list[bytes], trial: Trial, options: argparse.Namespace) -> None:
    """One to three mutations of a sample at a time."""
    chance = random.Random(options.seed)
    until = time.monotonic() + options.minutes * 60
    while time.monotonic() < until:
        data = chance.choice(samples)
        for _ in range(chance.randint(1, 3)):
            data = mutated(data, chance, samples)
        trial(data)
    trial.tell()


def by_coverage(samples: list[bytes], folder: Path, options: argparse.Namespace) -> None:
    """The same, led by the lines of the program that a mutation reaches."""
    import atheris

    with atheris.instrument_imports(include=["automation.office", "automation.forms", "automation.checks"]):
        trial = Trial(folder, options.found)
    corpus = folder / "corpus"
    corpus.mkdir()
    for data in samples:
        (corpus / hashlib.sha256(data).hexdigest()).write_bytes(data)

    def change(data: bytes, _most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        for _ in range(chance.randint(1, 3)):
            data = mutated(data, chance, samples)
        return data

    flags = [f"-max_total_time={int(options.minutes * 60)}", f"-max_len={LONGEST}", "-rss_limit_mb=3000"]
    atheris.Setup(
        [sys.argv[0], *flags, "-timeout=60", f"-seed={options.seed}", str(corpus)],
        trial,
        custom_mutator=change,
    )
    atheris.Fuzz()


class Trial:
    """One file through all that the road does with its content."""

    def __init__(self, folder: Path, found: Path) -> None:
        from automation.checks import check_reading
        from automation.checks.context import CheckContext
        from automation.checks.rates import load_rates
        from automation.config import load_config
        from automation.errors import AutomationError, FileError
        from automation.forms import read
        from automation.forms.catalogue import FormCatalogue
        from automation.office.annotate import Pencil, annotate
        from automation.office.guard import Limits
        from automation.office.opening import open_modern
        from automation.office.zips import is_bundle, unpack
        from automation.pipeline.returning import marks
        from automation.pipeline.workbench import known
        from automation.thai.holidays import WorkCalendar

        self.path, self.found, self.tried, self.began = folder / "file.docx", found, 0, time.monotonic()
        self.outcomes: dict[str, int] = {}
        config = load_config(ROOT)
        forms, bureaus = FormCatalogue.load(config.templates), known(config)
        context, limits = (
            CheckContext(
                today=date(2026, 11, 25),
                bureaus=tuple(bureau.name for bureau in config.bureaus),
                calendar=WorkCalendar(config.holidays, config.working),
                rates=load_rates(config.templates),
            ),
            Limits(),
        )
        pencil = Pencil(author="ผู้ตรวจ", when=datetime(2027, 1, 2))

        def road() -> str:
            try:
                if is_bundle(self.path):
                    unpack(self.path, Path(tempfile.mkdtemp(dir=folder)), limits)
                    return "zip"
                content = open_modern(self.path, limits)
                if not hasattr(content, "key"):
                    return "legacy"
                reading = read(content, forms, bureaus, file="file.docx", sha256="0" * 64)
                findings = check_reading(reading, context)
                annotate(self.path, marks((*reading.findings, *findings)), pencil, limits)
            except FileError as error:
                return error.rule
            except AutomationError as error:
                raise AssertionError(f"no FileError: {error!r}") from error
            return reading.form or "no form"

        self.road = road

    def __call__(self, data: bytes) -> None:
        """Try one file; keep it where it breaks the readers or takes too long."""
        self.path.write_bytes(data)
        self.tried += 1
        began = time.process_time()
        try:
            outcome = self.road()
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            outcome = f"{type(error).__name__}-{Path(frames[-1].filename).stem}-{frames[-1].lineno}"
            self.keep(outcome, data, traceback.format_exc())
        seconds = time.process_time() - began
        if seconds > SLOW:
            self.keep(f"slow-{outcome}-{int(seconds)}", data, f"{seconds:.1f} s")
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + 1
        if self.tried % 5000 == 0:
            self.tell()

    def keep(self, name: str, data: bytes, why: str) -> None:
        """Keep a find, the smallest file of its place."""
        file = self.found / f"{name}.bin"
        if not file.exists() or file.stat().st_size > len(data):
            file.write_bytes(data)
            file.with_suffix(".txt").write_text(why, encoding="utf-8")

    def tell(self) -> None:
        """The figures so far."""
        finds = len(list(self.found.glob("*.bin")))
        rate = self.tried / (time.monotonic() - self.began)
        print(
            f"{self.tried} files, {rate:.0f}/s, {finds} finds, {dict(sorted(self.outcomes.items()))}",
            flush=True,
        )


def mutated(data: bytes, chance: random.Random, samples: list[bytes]) -> bytes:
    """The file with one thing changed: a byte, its length, a part, an element."""
    parts = _parts(data)
    if not parts or chance.random() < 0.1:
        return _bytes_changed(data, chance)
    how = chance.random()
    if how < 0.1:
        _package_changed(parts, chance, _parts(chance.choice(samples)))
    else:
        name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))] or list(parts))
        parts[name] = (
            _bytes_changed(parts[name], chance) if how < 0.25 else _tree_changed(parts[name], chance, samples)
        )
    with io.BytesIO() as target:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return target.getvalue()


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if info.file_size < 2_000_000][:60]
            return {info.filename: archive.read(info) for info in infos}
    except Exception:
        return {}


def _bytes_changed(data: bytes, chance: random.Random) -> bytes:
    text = bytearray(data)
    at = chance.randrange(len(text) + 1)
    how = chance.randrange(5)
    if how == 0:
        return bytes(text[:at])
    if how == 1 and text:
        text[at % len(text)] ^= 1 << chance.randrange(8)
    elif how == 2:
        text[at : at + chance.randint(0, 60)] = chance.choice(WORDS).encode()
    elif how == 3:
        text[at:at] = text[at : at + chance.randint(1, 400)]
    else:
        for _ in range(20):
            if text:
                text[chance.randrange(len(text))] = chance.randrange(256)
    return bytes(text)


def _package_changed(parts: dict[str, bytes], chance: random.Random, other: dict[str, bytes]) -> None:
    """A part lost, renamed, emptied, or of another file."""
    name = chance.choice(list(parts))
    how = chance.randrange(5)
    if how == 0:
        del parts[name]
    elif how == 1:
        parts[chance.choice(("/", "../", "x/", "")) + name.swapcase()] = parts.pop(name)
    elif how == 2:
        parts[name] = b""
    elif how == 3 and other:
        taken = chance.choice(list(other))
        parts[taken] = other[taken]
    else:
        parts[name] = parts[chance.choice(list(parts))]


def _tree_changed(data: bytes, chance: random.Random, samples: list[bytes]) -> bytes:
    from lxml import etree

    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return _bytes_changed(data, chance)
    elements = [item for item in root.iter() if isinstance(item.tag, str)]
    for _ in range(chance.choice((1, 1, 2, 5))):
        chance.choice(MUTATIONS)(elements, chance)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _one(elements: list[Any], chance: random.Random) -> Any:
    return chance.choice(elements)


def _attribute(elements: list[Any], chance: random.Random) -> None:
    item = _one([one for one in elements if one.attrib] or elements, chance)
    if not item.attrib or chance.random() < 0.1:
        item.set("val", "1")
    name = chance.choice(list(item.attrib))
    if chance.random() < 0.3:
        del item.attrib[name]
    else:
        item.set(name, "".join(char for char in chance.choice(WORDS) if char.isprintable()))


def _text(elements: list[Any], chance: random.Random) -> None:
    _one([one for one in elements if one.text] or elements, chance).text = chance.choice(WORDS)


def _gone(elements: list[Any], chance: random.Random) -> None:
    item = _one(elements, chance)
    if item.getparent() is not None:
        item.getparent().remove(item)


def _again(elements: list[Any], chance: random.Random) -> None:
    item = _one(elements, chance)
    if item.getparent() is not None and len(item) < 500:
        for _ in range(chance.choice((1, 2, 30))):
            item.getparent().append(deepcopy(item))


def _moved(elements: list[Any], chance: random.Random) -> None:
    """Under any other element, out of what the schema allows."""
    item, place = _one(elements, chance), _one(elements, chance)
    if item.getparent() is not None and item not in place.iterancestors() and item is not place:
        place.insert(chance.randint(0, len(place)), item)


def _renamed(elements: list[Any], chance: random.Random) -> None:
    _one(elements, chance).tag = _one(elements, chance).tag


def _deep(elements: list[Any], chance: random.Random) -> None:
    """Nested in itself, many levels."""
    item = _one(elements, chance)
    if len(item) > 50:
        return
    for _ in range(chance.choice((1, 5, 100))):
        inner = item.makeelement(item.tag, dict(item.attrib))
        item.append(inner)
        item = inner


MUTATIONS: tuple[Mutation, ...] = (
    *(
        _attribute,
        _attribute,
        _attribute,
        _text,
        _text,
        _gone,
        _gone,
        _again,
        _moved,
        _moved,
        _renamed,
        _deep,
    ),
)

if __name__ == "__main__":
    main()
