"""A sample enquiry for a training record: half of the States have answered, some once reminded, the others are silent.

No State was asked, and none has answered: the missions say so in their names, the answers in their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from casework.core.workspace import Workspace
from casework.dossiers.deciding import accept
from casework.dossiers.proposal_list import proposal_list
from casework.enquiries.answering import send
from casework.enquiries.asking import records_to_ask
from casework.enquiries.form import Given
from casework.enquiries.overview import enquiry_page
from casework.enquiries.rounds import carry_on_all, open_enquiry
from casework.enquiries.standing import set_mission
from casework.people.persons import add_person
from desk.demo.mailbox_folder import Box
from desk.demo.sample_cases import CASES
from desk.demo.sample_people import TREATY
from pathways.grammar.clearance import OPERATOR, Sensitivity

#: When the first letters are written. Three weeks later, when reminders follow, is the second day that is played.
ASKED, UNTIL = date(2022, 6, 1), date(2022, 10, 31)
#: No mission of these is on file. Of the sample cases nothing is told that is not said to be an example.
UNREACHED, SILENT = frozenset({"FSM", "TKM"}), frozenset(case.state for case in CASES)
#: Whose answer waits for the Secretariat.
WAITS = "KEN"
_READ_FRENCH = frozenset({"BDI", "COD", "COG", "COM", "DJI", "GAB", "HTI", "MAR", "RWA", "TUN", "VUT"})
_READ_SPANISH = frozenset({"BOL", "COL", "CUB", "ECU", "GNQ", "NIC", "VEN"})
_SAMPLE = "Sample answer: no State was asked."
_GIVEN = (
    Given(stands="considered", words=_SAMPLE, obstacles=("few_resources",)),
    Given(stands="drafted", words=_SAMPLE, obstacles=("domestic_politics", "few_resources")),
    Given(stands="not_begun", words=_SAMPLE, obstacles=("security_concerns",)),
    Given(stands="before_parliament", words=_SAMPLE, sensitivity=Sensitivity.COORDINATION),
)
_WAITING = Given(
    stands="considered",
    words=f"{_SAMPLE} A review by four ministries is under way; a talk on article 7 would help.",
    obstacles=("little_knowledge",),
    needs=("legal",),
)
_LINK = re.compile(r"/r/([\w-]+)")


def open_enquiry_of_samples(workspace: Workspace) -> None:
    """Put sample missions on file, and write to the States that are not party; the letters leave with the next post."""
    register = workspace.register()
    with workspace.reading() as connection:
        states = sorted(records_to_ask(connection, TREATY).keys() - UNREACHED)
    for state in states:
        name = f"Permanent Mission of {register.name_of(state)} (sample)"
        person = add_person(workspace, name, email=_address(state), language=_language_of(state), reader=OPERATOR)
        set_mission(workspace, state, person, reader=OPERATOR)
    open_enquiry(workspace, until=UNTIL, treaty=TREATY, reader=OPERATOR)


def answer_at_once(workspace: Workspace, box: Box) -> None:
    """Let every second State follow its letter's link and answer; the Secretariat accepts it."""
    _answer(workspace, box, _asked(workspace)[::2])
    _accept(workspace)


def remind(workspace: Workspace) -> None:
    """Write to whoever has not answered for three weeks."""
    carry_on_all(workspace)


def answer_once_reminded(workspace: Workspace, box: Box) -> None:
    """Let every sixth of the States that were reminded answer, and one of which the answer waits."""
    _answer(workspace, box, {*_asked(workspace)[::6], WAITS})
    _accept(workspace)


def _address(state: str) -> str:
    return f"mission@{state.lower()}.example"


def _language_of(state: str) -> str:
    if state in _READ_FRENCH:
        return "fr"
    return "es" if state in _READ_SPANISH else "en"


def _asked(workspace: Workspace) -> list[str]:
    """Return the States that have been written to and are silent, but for those of the sample cases."""
    silent = enquiry_page(workspace, treaty=TREATY, reader=OPERATOR).silent
    return sorted({one.state for one in silent} - SILENT)


def _answer(workspace: Workspace, box: Box, states: Iterable[str]) -> None:
    links = {to: found[1] for one in box.newest(box.count()) if (found := _LINK.search(one.text)) for to in one.to}
    for number, state in enumerate(sorted(states)):
        given = _WAITING if state == WAITS else _GIVEN[number % len(_GIVEN)]
        send(workspace, links[_address(state)], given, caller=state)


def _accept(workspace: Workspace) -> None:
    for one in proposal_list(workspace, treaty=TREATY, most=None, reader=OPERATOR):
        if one.is_waiting and one.state != WAITS:
            accept(workspace, one.id, treaty=TREATY, reader=OPERATOR)
