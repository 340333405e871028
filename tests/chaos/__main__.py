"""Play rounds of chaos, say what each came to, and end with a table; 1 when anything was lost or doubled."""

from __future__ import annotations

import shutil
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.chaos.faults import Weather
from tests.chaos.ground import ground
from tests.chaos.round import Round, play
from tests.in_memory import MEMORY, has_room

_LONG = (5.0, 40.0)  # seconds that the database is away
_console = Console(width=None if sys.stdout.isatty() else 120)


def main() -> None:
    """Play, and leave with 1 when anything was lost or doubled."""
    asked = _asked()
    folder = Path(tempfile.mkdtemp(prefix="accede-chaos-", dir=MEMORY if has_room() else None))
    rounds: list[Round] = []
    try:
        with ground(asked.database, folder) as there:
            for number in range(asked.first, asked.first + asked.rounds):
                rounds.append(play(there, folder, seed=asked.seed, number=number, outages=_LONG))
                _say(rounds[-1], folder)
    except KeyboardInterrupt:
        shutil.rmtree(folder)
    finally:
        _console.print(_table(rounds, asked))
    failed = [one for one in rounds if one.came_to.wrong]
    for one in failed:
        same = f"--database {asked.database} --seed {asked.seed} --first {one.number} --rounds 1"
        print(f"Again: python -m tests.chaos {same}")
    if not failed:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(bool(failed))


def _asked() -> Namespace:
    parser = ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--first", type=int, default=1, help="the number of the first round; a failed one is repeated so"
    )
    return parser.parse_args()


def _say(one: Round, folder: Path) -> None:
    """Say what a round came to; what one leaves that failed is kept."""
    came_to = one.came_to
    print(
        f"round {one.number}, {one.moment}: {one.kills} of {one.processes} processes killed, {one.stops} stopped,"
        f" {came_to.letters} letters, {came_to.repeated} repeated ({came_to.unsaid} unsaid,"
        f" {came_to.in_doubt} in doubt), {came_to.steps} steps, {came_to.saves} saves, {one.seconds:.0f} s",
        flush=True,
    )
    if came_to.wrong:
        print("\n".join((*came_to.wrong, f"What it left: {folder / f'round-{one.number}'}")), flush=True)
    else:
        shutil.rmtree(folder / f"round-{one.number}")


def _table(rounds: Sequence[Round], asked: Namespace) -> Table:
    """Return what all rounds came to."""
    table = Table(title=f"make chaos: {asked.database}, seed {asked.seed}", show_header=False)
    table.add_column("what")
    table.add_column("how often", justify="right")
    weather: Counter[Weather] = sum((one.weather for one in rounds), Counter())
    for what, count in (
        ("rounds", len(rounds)),
        ("rounds in which anything was lost or doubled", sum(bool(one.came_to.wrong) for one in rounds)),
        ("processes", sum(one.processes for one in rounds)),
        ("killed", sum(one.kills for one in rounds)),
        ("stopped for longer than the lease", sum(one.stops for one in rounds)),
        *((kind.value, weather[kind]) for kind in Weather),
        ("letters sent", sum(one.came_to.letters for one in rounds)),
        ("letters received", sum(one.came_to.received for one in rounds)),
        ("letters repeated", sum(one.came_to.repeated for one in rounds)),
        ("letters that the server took without saying so", sum(one.came_to.unsaid for one in rounds)),
        ("others in doubt, each of which may be repeated", sum(one.came_to.in_doubt for one in rounds)),
        ("letters refused for good, on the Secretariat's list", sum(one.came_to.refused for one in rounds)),
        ("steps", sum(one.came_to.steps for one in rounds)),
        ("saves said to be on file", sum(one.came_to.saves for one in rounds)),
        ("forms sent for them", sum(one.came_to.sent for one in rounds)),
        ("seconds", round(sum(one.seconds for one in rounds))),
    ):
        table.add_row(what, f"{count:,}")
    return table


if __name__ == "__main__":
    main()
