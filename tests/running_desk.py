"""The desk's real program, running: a process of its own over a home, on a free port of this machine."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from desk.processes.ports import HOST, free_from
from tests.desk.running_processes import comes_about

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, kw_only=True)
class RunningDesk:
    """A desk that answers: where, by which process, and what it said on its way."""

    port: int
    pid: int
    log: Path

    @property
    def url(self) -> str:
        """Return its address, without a slash at the end."""
        return f"http://{HOST}:{self.port}"


@contextmanager
def running_desk(home: Path, *, at: int = 0, **configured: object) -> Iterator[RunningDesk]:
    """Run the desk over a home until the block ends, on a port or any; what is configured goes into its accede.toml."""
    port = at or free_from(0)
    _configure(home, {"base_url": f"http://{HOST}:{port}", **configured})
    log = home / "desk.log"
    process = _start(home, port, log)
    try:
        assert comes_about(lambda: process.poll() is not None or is_healthy(port)), log.read_text()
        assert process.poll() is None, log.read_text()
        yield RunningDesk(port=port, pid=process.pid, log=log)
    finally:
        process.terminate()
        process.wait(20)


def _start(home: Path, port: int, log: Path) -> subprocess.Popen[bytes]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ACCEDE_")}
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "desk.server.app", "--port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env={**kept, "ACCEDE_HOME": str(home), "PYTHONPATH": str(ROOT)},
        )


def _configure(home: Path, configured: dict[str, object]) -> None:
    """Write TOML: numbers as they are, everything else as text."""
    said = {name: value if isinstance(value, int) else f'"{value}"' for name, value in configured.items()}
    lines = [f"{name} = {value}\n" for name, value in said.items()]
    (home / "accede.toml").write_text("".join(lines), encoding="utf-8")


def is_healthy(port: int) -> bool:
    """Tell whether a desk says of itself that it is well."""
    try:
        with urlopen(f"http://{HOST}:{port}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
