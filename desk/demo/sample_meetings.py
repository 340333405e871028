"""A sample meeting for a training record: what States would have said there, one promise whose day has come.

No such workshop was held, and no State said any of it: its title and its source say so, and every fact refers to it.
"""

from __future__ import annotations

from casework.core.workspace import Workspace
from casework.meetings.checking import check_all
from casework.meetings.keeping import Planned, add_meeting
from casework.meetings.said import Said
from casework.meetings.taking_down import take_down
from desk.demo.sample_people import TREATY
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.dates import PartialDate
from pathways.grammar.terms import About

_DAY = "2022-04-26"
_WORKSHOP = Planned(
    kind="workshop",
    title="Workshop for Africa (sample)",
    from_=PartialDate.parse(_DAY),
    place="Nairobi",
    is_webcast=True,
    source="Sample: no such workshop was held.",
)


def _promise(speaker: str, words: str, *, by: str = "", condition: str = "") -> Said:
    day = PartialDate.parse(by) if by else None
    return Said(speaker=speaker, about=About.PROMISE, words=words, by=day, condition=condition)


CHECKED = (
    _promise("GAB", "Will lay the bill before parliament.", by="2022-06-15"),
    _promise("COM", "Will ratify.", condition="conditions are met"),
    Said(speaker="KEN", about=About.OBSTACLE, words="Has no drafter to spare for the law."),
    Said(speaker="GMB", about=About.OUTREACH, words="Asked two neighbours how they made their law."),
    Said(speaker="NGA", about=About.EXPERIENCE, words="Passed its law by asking every ministry early."),
    Said(speaker="several delegations", about=About.POSITION, words="Would welcome help in their own languages."),
)
#: Taken down, and for the Secretariat to check.
DRAFTS = (
    Said(speaker="ZAF", about=About.OFFER, words="Offers the text of its own law."),
    Said(speaker="*A regional network of civil society (sample)", about=About.OFFER, words="Offers two workshops."),
)


def fill_meetings(workspace: Workspace) -> None:
    """Put the sample workshop on file, with what was said there: checked, but for the last lines."""
    meeting = add_meeting(workspace, _WORKSHOP, treaty=TREATY, reader=OPERATOR).meeting
    _take_down(workspace, meeting, CHECKED)
    check_all(workspace, meeting, treaty=TREATY, reader=OPERATOR)
    _take_down(workspace, meeting, DRAFTS)


def _take_down(workspace: Workspace, meeting: str, lines: tuple[Said, ...]) -> None:
    for said in lines:
        take_down(workspace, meeting, said, sent=said.words, treaty=TREATY, reader=OPERATOR)
