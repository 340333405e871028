"""What a reader's matters are made of, by hand and without a record: items, follow-ups, holders, how a State looks.

On 20 June 2022; Cambodia is a signatory of Asia, accompanied by Japan and coordinated by the Republic of Korea.
"""

from datetime import date, timedelta

from casework.core.snapshots import PlacedSnapshot, Snapshot
from casework.follow_ups.visibility import Visibility
from casework.overview.pressing_matters import CaseMaterial, Work
from models.follow_ups.follow_up import FollowUp
from models.follow_ups.open_follow_ups import Holder, OpenFollowUp
from models.people.people import HeldMandate
from pathways.grammar.agenda import Item, Occasion
from pathways.grammar.clearance import Reader
from pathways.grammar.roles import Role
from pathways.grammar.stages import LegalStatus, Stage, Standing

TODAY = date(2022, 6, 20)
HEARD = date(2022, 2, 1)
STATE, NAME = "KHM", "Cambodia"
SECRETARIAT, CHAMPION, COORDINATOR, CONTACT = 1, 2, 3, 4
READERS = {
    "secretariat": Reader.of(f"person:{SECRETARIAT}", {"secretariat": ()}),
    "champion": Reader.of(f"person:{CHAMPION}", {"champion": {STATE}}),
    "coordinator": Reader.of(f"person:{COORDINATOR}", {"coordinator": {STATE}}),
    "contact": Reader.of(f"person:{CONTACT}", {"contact": {STATE}}),
    "nobody": Reader.of("person:99", {}),
}
RUNGS = (Role.CHAMPION, Role.COORDINATOR, Role.SECRETARIAT)


def in_days(days):
    return TODAY + timedelta(days=days)


def key_of(occasion, about):
    """Name an occasion as the agenda does: it ends with the day from which it is counted."""
    return f"{occasion}:{about}:{HEARD}"


def an_item(occasion="silence", about="interest", *, days=0, rungs=RUNGS, **said):
    key = key_of(occasion, about)
    return Item(
        key=key, occasion=Occasion(occasion), about=about, since=TODAY, due_on=in_days(days),
        patience=timedelta(days=14), rungs=rungs, **said,
    )  # fmt: skip


def a_follow_up(occasion="silence", about="interest", *, days=0, owner=None, name=None, state=STATE, **said):
    found = FollowUp(
        **{
            "id": 7, "key": f"att/{state}:{key_of(occasion, about)}", "treaty": "att", "dossier_id": 1, "state": state,
            "occasion": occasion, "about": about, "role": "champion", "region": "", "owner_id": owner,
            "opened_on": in_days(-30), "due_on": in_days(days), "rungs": ",".join(RUNGS), "rung": 1,
            "patience": 14, "next_rung_on": None,
            "is_public": False, "snoozed_until": None, "snooze_reason": None, "closed_on": None, "outcome": None,
            "closed_by": None, **said,
        }
    )  # fmt: skip
    return OpenFollowUp(found, name)


def a_holder(person, role, of, *, region="", name="", lead=True, hold=0):
    held = HeldMandate(
        hold_id=hold or person, mandate_id=person, person_id=person, role=role, of=of, of_state=len(of) == 3,
        treaty="att", scheme="att_region", region=region, states="", lead=lead, starts_on=date(2022, 1, 1),
        ends_on=None,
    )  # fmt: skip
    return Holder(held, name or f"The {role}")


EVERYBODY = (
    a_holder(SECRETARIAT, "secretariat", "ATT Secretariat"),
    a_holder(CHAMPION, "champion", "JPN", region="Asia"),
    a_holder(COORDINATOR, "coordinator", "KOR", region="Asia"),
    a_holder(5, "champion", "SEN", region="Africa", name="The champion of Africa"),
)


def the_state(*items, **said):
    """Make how Cambodia looks to somebody who may know its stage."""
    return Snapshot(
        **{
            "state": STATE, "legal_status": LegalStatus.SIGNATORY, "standing": Standing.OPEN, "review_on": None,
            "knows_stage": True, "stage": Stage.INTEREST, "since": None, "tier": 1, "signature": None,
            "deposit": None, "instrument": None, "entry_into_force": None, "withdrawal_effective": None, "steps": (),
            "items": items, **said,
        }
    )  # fmt: skip


def work_of(reader, snapshot, *in_hand, holders=EVERYBODY, closed=()):
    given = CaseMaterial(
        today=TODAY,
        placed=[PlacedSnapshot("Asia", "", snapshot)],
        in_hand=list(in_hand),
        holders=list(holders),
        closed=frozenset(closed),
    )
    visibility = Visibility.over(None, None, READERS[reader], treaty="att", state=STATE, items=snapshot.items)
    return Work.of(given, visibility, "att")


def matters(reader, snapshot, *in_hand, **said):
    return work_of(reader, snapshot, *in_hand, **said).matters(snapshot, NAME)
