"""Writes what `prefect.yaml` deploys, from the flows as they are declared; what stands above it is kept.

Run by `make schedules`. A test holds that the file is what is written here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from casework.core.settings import Settings
from casework.operations.flows import FLOWS, Declared, Flow
from pathways import pathways

FILE = Path(__file__).parents[2] / "prefect.yaml"
_BEGINS = "deployments:\n"


def written(before: str) -> str:
    """Return the file with every flow deployed as it is declared."""
    head = before.partition(_BEGINS)[0]
    deployed = (
        _deployment(flow, one, treaty)
        for flow, one in FLOWS.items()
        for treaty in (pathways() if one.is_for_each_treaty else [""])
    )
    return head + _BEGINS + "\n".join(map("".join, deployed))


def _deployment(flow: Flow, declared: Declared, treaty: str) -> Iterator[str]:
    name = declared.deployed.format(treaty=treaty)
    yield f"  - name: {name}\n    entrypoint: flows.{flow}.{flow}\n    description: {declared.does}\n"
    yield f"    tags: [{f'{treaty}, ' if treaty else ''}{flow}]\n"
    yield f"    parameters: {{treaty: {treaty}}}\n" if treaty else ""
    yield "    work_pool: *pool\n"
    if declared.schedule is None:
        yield "    schedules: []\n"
        return
    # By Geneva's clock Prefect leaves out an hour of minutes on the night when it is turned back.
    zone = "UTC" if declared.schedule.at is None else Settings.model_fields["zone"].default
    yield f'    schedules:\n      - cron: "{declared.schedule.cron}"\n        timezone: {zone}\n'


if __name__ == "__main__":
    FILE.write_text(written(FILE.read_text(encoding="utf-8")), encoding="utf-8")
