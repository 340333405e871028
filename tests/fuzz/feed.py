"""The process that is fed: one reader under the fuzzer, which ends it as it likes; `python -m tests.fuzz` starts it."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

READERS_THERE_ARE = ("xml", "csv", "pdf", "picture", "sheet", "office", "backup", "record")
#: What a reader may take, of memory (MB) and of time (seconds); and the most bytes that it is given.
MEMORY_MB, LONGEST, LARGEST = 300, 10, 40_000
BUILD = Path("build/fuzz")
_HERE = Path(__file__).parent
#: Where the fuzzer watches which way is taken.
_WATCHED = (
    "sources",
    "casework.files",
    "casework.meetings",
    "casework.record",
    "casework.depositary",
    "pathways.grammar",
    "models.store.rows",
)


def feed(reader: str, folder: Path, seconds: str, seed: str, *files: str) -> None:
    """Feed a reader, until the time is over or something breaks; or with some files alone."""
    atheris: Any = import_module("atheris")
    with atheris.instrument_imports(include=list(_WATCHED)):
        from tests.fuzz.mutating import MUTATORS, of_bytes
        from tests.fuzz.quick_schema import make_schemas_quickly
        from tests.fuzz.readers import READERS

    make_schemas_quickly()
    read, mutator = READERS[reader], MUTATORS.get(reader, of_bytes)
    said = [
        str(BUILD / reader),
        str(_HERE / "corpus" / reader),
        f"-max_total_time={seconds}",
        f"-timeout={LONGEST}",
        f"-rss_limit_mb={MEMORY_MB}",
        f"-seed={seed}",
        f"-dict={_HERE / 'words' / reader}.dict",
        f"-artifact_prefix={BUILD}/{reader}-",
        f"-max_len={LARGEST}",
        "-print_final_stats=1",
    ]

    def look(data: bytes) -> None:
        try:
            read(data, folder)
        except BaseException:  # the fuzzer itself does not always leave what it choked on
            (BUILD / f"{reader}-choked").write_bytes(data)
            raise

    atheris.Setup(
        [sys.argv[0], *(files or said)],
        look,
        custom_mutator=lambda data, most, chance: mutator(data, most, chance, atheris.Mutate),
    )
    atheris.Fuzz()


if __name__ == "__main__":
    feed(sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4], *sys.argv[5:])
