"""The cast: a training record with somebody in every role that may ask the desk, by the name of the role.

Africa is the region of the story; Asia is the one beside it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casework.core.directory import ATT_REGION
from casework.core.readers import reader_for
from casework.core.workspace import Workspace, open_workspace
from casework.operations.sweep import sweep
from casework.people.holds import hold
from casework.record.opening import move_clock, open_record
from models.people import people
from pathways.grammar.clearance import OPERATOR, Reader
from pathways.grammar.roles import ROLES
from tests.appointments import a_mandate, a_person
from tests.spring import work

#: The record is opened in winter and looked at on the day before the Philippines is bound.
OPENED, DAY = date(2022, 3, 1), date(2022, 6, 21)
FROM = date(2022, 1, 1)
#: A signatory in Africa and one in Asia, neither bound on that day.
STATE, STATE_ELSEWHERE = "MWI", "KHM"
REGION, REGION_ELSEWHERE = "Africa", "Asia"
#: A role that stands in the database alone; the table of roles does not know it.
MADE_UP = "observer"
_FILE = "cast.json"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One role in the cast: how the office is called, and its mandate."""

    name: str
    role: str
    of: str
    region: str | None = None
    sees_personal: bool = False


PARTS = {
    "contact": Part(name="Mission of Malawi", role="contact", of=STATE),
    "contact elsewhere": Part(name="Mission of Cambodia", role="contact", of=STATE_ELSEWHERE),
    "contact of a party": Part(name="Mission of Japan", role="contact", of="JPN"),
    "champion": Part(name="Champion of Africa", role="champion", of="SEN", region=REGION),
    "champion elsewhere": Part(name="Champion of Asia", role="champion", of="JPN", region=REGION_ELSEWHERE),
    "coordinator": Part(name="Coordinator of Africa", role="coordinator", of="ZAF", region=REGION),
    "coordinator elsewhere": Part(name="Coordinator of Asia", role="coordinator", of="KOR", region=REGION_ELSEWHERE),
    "president": Part(name="The President", role="president", of="Bureau"),
    "chair": Part(name="The chair of the working group", role="chair", of="WGTU"),
    "secretariat": Part(name="Officer of the Secretariat", role="secretariat", of="ATT Secretariat"),
    "administrator": Part(
        name="Administrator of the Secretariat", role="secretariat", of="ATT Secretariat", sees_personal=True
    ),
    "made up": Part(name="An observer", role=MADE_UP, of="Observers", region=REGION),
}
STRANGER = "stranger"


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who is on file, and which mandate each holds, by the name of the part."""

    people: Mapping[str, int]
    mandates: Mapping[str, int]

    def eyes(self, workspace: Workspace, part: str) -> Reader:
        """Return what somebody of the cast may know today."""
        return reader_for(workspace, self.people[part], treaty="att")


def appoint(workspace: Workspace) -> Cast:
    """Put the whole cast on file."""
    persons, mandates = {}, {}
    for name, part in PARTS.items():
        persons[name] = a_person(workspace, part.name, email=address_of(name), sees_personal=part.sees_personal)
        mandates[name] = _mandate(workspace, part)
        is_lead = name != "administrator"
        hold(workspace, persons[name], mandates[name], from_=FROM, lead=is_lead, reader=OPERATOR, treaty=None)
    return Cast(people=persons, mandates=mandates)


def address_of(part: str) -> str:
    """Return where somebody of the cast gets letters."""
    return f"{part.replace(' ', '.')}@mission.example"


def open_with_cast(home: Path) -> None:
    """Make a home whose training record has the whole cast on file, a spring's work behind it."""
    workspace = open_workspace(home)
    open_record(workspace, training=OPENED, treaty="att")
    cast = appoint(workspace)
    sweep(workspace, run="first sweep", treaty="att")
    move_clock(workspace, DAY)
    work(workspace, cast.people)
    sweep(workspace, run="second sweep", treaty="att")
    workspace.close()
    (home / _FILE).write_text(json.dumps({"people": cast.people, "mandates": cast.mandates}))


def read_cast(home: Path) -> Cast:
    """Return the cast of a home made by `open_with_cast`."""
    return Cast(**json.loads((home / _FILE).read_text()))


def _mandate(workspace: Workspace, part: Part) -> int:
    """Give a mandate; that of a role which cannot be given is written past the rules."""
    if part.role in ROLES:
        return a_mandate(workspace, part.role, part.of, from_=FROM, region=part.region)
    row = {"of": part.of, "scheme": ATT_REGION, "region": part.region, "starts_on": FROM, "treaty": "att"}
    with workspace.registry() as connection:
        return people.add(connection, "mandate", role=part.role, **row)
