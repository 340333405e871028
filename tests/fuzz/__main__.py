"""Feed one reader what nobody has foreseen, for a time, and say what came of it; 1 when anything broke.

Needs atheris, which `make fuzz` sets up. What a reader chokes on is left in build/fuzz, and read alone again by naming
it. What led to new places in the code is in the folder of the reader there.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from tests.fuzz.feed import BUILD, READERS_THERE_ARE
from tests.in_memory import MEMORY, has_room

#: Seconds that one process is fed: it keeps a little of each record it made, which is not what is looked for.
_AT_ONCE = 300
_FIGURE = re.compile(r"^stat::(number_of_executed_units|peak_rss_mb): +(\d+)$", re.MULTILINE)


def main() -> None:
    """Feed, and leave with 1 when anything broke."""
    asked = _asked()
    (BUILD / asked.reader).mkdir(parents=True, exist_ok=True)
    tried = most = broke = 0
    for number, begun in enumerate(range(0, asked.seconds, _AT_ONCE)):
        broke, inputs, memory = _feed(asked, min(_AT_ONCE, asked.seconds - begun), asked.seed + number)
        tried, most = tried + inputs, max(most, memory)
        if broke:
            break
    worked = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = f"{asked.seconds} s at most, {worked.ru_utime + worked.ru_stime:.0f} s of processor"
    print(f"{asked.reader}: {tried:,} inputs in {took}, most memory {most} MB")
    sys.exit(bool(broke))


def _feed(asked: Namespace, seconds: int, seed: int) -> tuple[int, int, int]:
    """Feed for a while; return how it ended, how many inputs there were, and the most memory (MB)."""
    log = BUILD / f"{asked.reader}.log"
    with tempfile.TemporaryDirectory(prefix="accede-fuzz-", dir=MEMORY if has_room() else None) as folder:
        said = [asked.reader, folder, str(seconds), str(seed), *([str(asked.file)] if asked.file else [])]
        with log.open("w") as to:
            fed = subprocess.run(
                [sys.executable, "-m", "tests.fuzz.feed", *said], stdout=to, stderr=subprocess.STDOUT, check=False
            )
    told = log.read_text(errors="replace")
    if fed.returncode:
        print("\n".join(told.splitlines()[-40:]))
    figures = dict(_FIGURE.findall(told))
    tried, most = (int(figures.get(name, 0)) for name in ("number_of_executed_units", "peak_rss_mb"))
    return fed.returncode, tried, most


def _asked() -> Namespace:
    parser = ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("reader", choices=READERS_THERE_ARE)
    parser.add_argument("file", nargs="?", type=Path, help="read this file alone")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
