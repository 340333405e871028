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


def written(before: str, *, zone: str = Settings.model_fields["zone"].default) -> str:
    """Return the file with every flow deployed as it is declared, at hours of a zone."""
    head = before.partition(_BEGINS)[0]
    deployed = (
        _deployment(flow, one, treaty, zone)
        for flow, one in FLOWS.items()
        for treaty in (pathways() if one.is_for_each_treaty else [""])
    )
    return head + _BEGINS + "\n".join(map("".join, deployed))


def _deployment(flow: Flow, declared: Declared, treaty: str, zone: str) -> Iterator[str]:
    name = declared.deployed.format(treaty=treaty)
    yield f"  - name: {name}\n    entrypoint: flows.{flow}.{flow}\n    description: {declared.does}\n"
    yield f"    tags: [{f'{treaty}, ' if treaty else ''}{flow}]\n"
    yield f"    parameters: {{treaty: {treaty}}}\n" if treaty else ""
    yield "    work_pool: *pool\n"
    if declared.schedule is None:
        yield "    schedules: []\n"
        return
    # By the clock of an office Prefect leaves out an hour of minutes on the night when it is turned back.
    whose = "UTC" if declared.schedule.at is None else zone
    yield f'    schedules:\n      - cron: "{declared.schedule.cron}"\n        timezone: {whose}\n'


if __name__ == "__main__":
    FILE.write_text(written(FILE.read_text(encoding="utf-8")), encoding="utf-8")
