"""Read every kept file again, in one process of its own, and say of each what came of it; killed where one hangs."""

from __future__ import annotations

import json
import re
import signal
import tempfile
import traceback
from pathlib import Path

from tests.fuzz.readers import CORPUS, READERS

LONGEST = 10  # seconds for one file


def main() -> None:
    """Say a line of JSON for each file: before it is read, and what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        for file in sorted(CORPUS.glob("*/*")):
            _say(file=f"{file.parent.name}/{file.name}")
            signal.alarm(LONGEST)
            _say(**_read(file, Path(folder)))
            signal.alarm(0)


def _read(file: Path, folder: Path) -> dict[str, str | int]:
    try:
        came_to, raised = READERS[file.parent.name](file.read_bytes(), folder), ""
    except Exception:  # noqa: BLE001  # whatever it is, it is told
        came_to, raised = "", traceback.format_exc()
    return {"came_to": came_to, "raised": raised, "most_kb": _most_kb()}


def _most_kb() -> int:
    """Return the most memory this program had; what getrusage tells begins with that of whoever started it."""
    found = re.search(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    assert found is not None
    return int(found[1])


def _say(**said: str | int) -> None:
    print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
