"""A small supervisor that the tests start, stop and kill: python small_supervisor.py DIRECTORY KIND...

Each kind is a child: `patient` ends when asked, after it has written down when; `deaf` never does; `parent` has a
child of its own; `brief` ends at once. The number of every process is put into a file of DIRECTORY.
"""

import os
import sys
from pathlib import Path

from desk.processes.children import CannotGoOn, Children
from desk.processes.stop_signal import StopSignal

KINDS = {
    "patient": "echo $$ >patient.pid; trap 'echo patient >>ended; exit 0' INT; while :; do sleep 0.02; done",
    "waiting": "echo $$ >waiting.pid; trap 'echo waiting >>ended; exit 0' INT; while :; do sleep 0.02; done",
    "deaf": "trap '' INT; echo $$ >deaf.pid; while :; do sleep 0.02; done",
    "parent": "sleep 1000 & echo $! >grandchild.pid; echo $$ >parent.pid; wait",
    "brief": "echo the disk is on fire >&2; exit 3",
}


def main() -> None:
    """Start the children and stay."""
    place, kinds = Path(sys.argv[1]), sys.argv[2:]
    with (
        StopSignal() as stop_signal,
        Children(stop_signal, environment=os.environ, directory=place, logs=place / "log") as children,
    ):
        for kind in kinds:
            children.start(kind, ["/bin/sh", "-c", KINDS[kind]], grace=60)
        (place / "supervisor.pid").write_text(f"{os.getpid()}\n")
        children.stay()


if __name__ == "__main__":
    try:
        main()
    except CannotGoOn as fallen:
        sys.exit(str(fallen))
