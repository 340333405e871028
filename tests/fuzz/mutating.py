"""Mutating: foreign bytes that come further than chance brings them: packed again with right checksums, signed anew.

What is packed is changed inside, a line of JSON in one of its values; what a hash stands for gets the hash it now has,
so that a reader is not spared the rest by the first thing it checks.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from hashlib import sha256
from random import Random
from typing import Any

Change = Callable[[bytes, int], bytes]  # the fuzzer's own, with the most bytes that may come out of it
Mutator = Callable[[bytes, int, int, Change], bytes]

_LARGEST = 200_000
_ROW = b'{"row"'  # how a line with a row begins; a table has a column of that name
_ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 1.5, 1e308, 10**30, -(2**63), 2**63, "", " ", "x", "\0", "\ud800", "🙂", "9" * 400,
    "2024-02-30", "2024-13", "0000-00-00", "9999-12-31", "2026-07-24", "2026-07-24T09:30:00", "999999-01-01",
    "2026-07-24T09:30:00.000000+00:00", "2026-07-24T09:30:00+99:99", "nan", "NaN", "[]", "{}", [], {}, [[]], {"a": []},
    ["x"], "0" * 64, "f" * 64, "../../x", "/etc/passwd", "att", "KHM", "step", "deposit", "operator", "person:1",
)  # fmt: skip


def of_bytes(data: bytes, most: int, _: int, change: Change) -> bytes:
    """Change bytes as the fuzzer does."""
    return change(data, most)


def of_record(data: bytes, most: int, seed: int, change: Change) -> bytes:
    """Change a line of a record's rows, and sign them anew, most of the time."""
    chance = Random(seed)
    lines = data.splitlines(keepends=True)
    if len(lines) < 2 or chance.random() < 0.1:
        return change(data, most)
    rows = [number for number, line in enumerate(lines) if line.startswith(_ROW)]
    at = chance.choice(rows) if rows and chance.random() < 0.8 else chance.randrange(len(lines))
    _move(lines, at, chance) if chance.random() < 0.2 else _edit(lines, at, chance, change)
    return _signed(lines)[:most] if chance.random() < 0.85 else b"".join(lines)[:most]


def of_package(data: bytes, most: int, seed: int, change: Change) -> bytes:
    """Change one part of a package, and pack it again."""
    chance = Random(seed)
    parts = _parts(data)
    if not parts or chance.random() < 0.2:
        return change(data, most)
    name = chance.choice(sorted(parts))
    parts[name] = _changed(name, parts[name], chance, change)
    if chance.random() < 0.1:
        parts[chance.choice(("attachments/" + "0" * 64, "seals.txt", "word/vbaProject.bin", "../x", "a.rels"))] = b"x"
    if "manifest.json" in parts and "record.jsonl" in parts and chance.random() < 0.85:
        parts["manifest.json"] = _of_this_record(parts["manifest.json"], parts["record.jsonl"])
    return _packed(parts, zipfile.ZIP_DEFLATED if chance.random() < 0.5 else zipfile.ZIP_STORED)[:most]


def _changed(name: str, part: bytes, chance: Random, change: Change) -> bytes:
    if name == "record.jsonl":
        return of_record(part, _LARGEST, chance.randrange(1 << 30), change)
    if name == "manifest.json":
        lines = [b"".join(part.splitlines())]
        _edit(lines, 0, chance, change)
        return lines[0]
    return change(part, len(part) + 200)


def _move(lines: list[bytes], at: int, chance: Random) -> None:
    """Leave a line out, say it twice, or let two change places."""
    what = chance.randrange(3)
    if what == 0:
        del lines[at]
    elif what == 1:
        lines.insert(at, lines[at])
    else:
        other = chance.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]


def _edit(lines: list[bytes], at: int, chance: Random, change: Change) -> None:
    """Put something odd into one place of a line of JSON."""
    try:
        said = json.loads(lines[at])
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or chance.random() < 0.15:
        lines[at] = change(lines[at].rstrip(b"\n"), len(lines[at]) + 100) + b"\n"
        return
    _put_odd(said, chance)
    lines[at] = json.dumps(said, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass") + b"\n"


def _put_odd(said: Any, chance: Random) -> None:
    while said:
        keys = list(said) if isinstance(said, dict) else list(range(len(said)))
        key = chance.choice(keys)
        if isinstance(said[key], dict | list) and said[key] and chance.random() < 0.8:
            said = said[key]
            continue
        if isinstance(said, dict) and chance.random() < 0.05:
            said[str(chance.choice(_ODD))] = said.pop(key)
        else:  # of its own kind most of the time: what the database takes is read on
            alike = [odd for odd in _ODD if type(odd) is type(said[key])]
            said[key] = chance.choice(alike if alike and chance.random() < 0.8 else _ODD)
        return


def _signed(lines: list[bytes]) -> bytes:
    """Count the rows, and let the last line say their hash."""
    held = b"".join(lines[:-1])
    rows = sum(line.startswith(_ROW) for line in lines[:-1])
    return held + json.dumps({"end": rows, "sha256": sha256(held).hexdigest()}).encode() + b"\n"


def _of_this_record(manifest: bytes, record: bytes) -> bytes:
    """Let a manifest say the hash and the counts of a record."""
    try:
        said = json.loads(manifest)
        counts: dict[str, int] = {}
        for line in map(json.loads, record.splitlines()):
            if "columns" in line or "row" in line:
                counts[str(line["table"])] = counts.get(str(line["table"]), 0) + ("row" in line)
        return json.dumps({**said, "record": sha256(record).hexdigest(), "rows": counts}).encode()
    except (ValueError, TypeError, KeyError, RecursionError):
        return manifest


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            sizes = sum(info.file_size for info in package.infolist())
            return {} if sizes > _LARGEST else {name: package.read(name) for name in package.namelist()}
    except Exception:  # noqa: BLE001  # what cannot be unpacked is changed as it stands
        return {}


def _packed(parts: Mapping[str, bytes], how: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name), part, how)
    return made.getvalue()


MUTATORS: Mapping[str, Mutator] = {"office": of_package, "sheet": of_package, "backup": of_package, "record": of_record}
