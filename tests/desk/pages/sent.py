"""What stands in for the numbers in an address, and what each form says when somebody sends it in good faith."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.core.workspace import Workspace
from casework.dossiers.dossier_view import dossier_view
from casework.follow_ups.listing import follow_up_list
from casework.letters.administration import list_letters
from casework.promises.listing import promise_list
from pathways.grammar.clearance import OPERATOR, Reader
from tests.cast import STATE
from tests.desk.pages.everybody import Everybody
from tests.desk.pages.route_table import Row
from tests.spring import A_NAME

#: By address; whatever is not here is sent empty.
FORMS: Mapping[str, Mapping[str, str]] = {
    "/states/{state}/facts": {
        "kind": "exchange", "effective": "2022-06-20", "source": "note_verbale", "reference": "NV 9/2022",
    },
    "/states/{state}/proposals": {
        "kind": "contact_named", "x_ministry": "Defence", "effective": "2022-06-20", "source": "note_verbale",
        "reference": "NV 9/2022",
    },
    "/states/{state}/steps/{step}": {"on": "2022-06-20"},
    "/states/{state}/settle": {"fact": "{fact}", "reason": "The depositary confirmed it."},
    "/states/{state}/names": {
        "name": "Nyasa", "from": "2022-06-20", "source": "note_verbale", "reference": "NV 9/2022",
    },
    "/states/{state}/names/{number}/take-back": {"name": A_NAME.name},
    "/states/{state}/facts/{fact}/release": {"audience": "person:{coordinator}", "consent": "NV 12/2022"},
    "/states/{state}/facts/{fact}/take-back": {"audience": "person:{coordinator}"},
    "/proposals/{proposal}/decline": {"reason": "It is on file already."},
    "/follow-ups/together": {"ticked": "{follow_up}", "outcome": "done", "text": "The mission answered by note."},
    "/follow-ups/new": {"about": "Call the mission.", "state": "{state}", "on": "2022-07-03"},
    "/follow-ups/{follow_up}/hand-over": {"person": "{champion}"},
    "/follow-ups/{follow_up}/snooze": {"until": "2022-07-01", "reason": "The session begins in July."},
    "/follow-ups/{follow_up}/close": {"outcome": "done", "text": "The mission answered by note."},
    "/follow-ups/{follow_up}/comments": {"comment": "The mission will answer."},
    "/next-steps/{state}": {"words": "Call the mission.", "by": "2022-07-03"},
    "/meetings": {"kind": "workshop", "title": "Another workshop", "from": "2022-06-20"},
    "/meetings/{meeting}/end": {"ended": "held"},
    "/meetings/{meeting}/lines": {"line": "mwi o visited two missions", "sent": "one"},
    "/meetings/{meeting}/kept": {"line": "mwi o visited two missions", "sent": "one"},
    "/enquiry": {"until": "2022-12-31"},
    "/promises/{state}/{promise}": {"outcome": "renewed", "on": "2022-06-20", "source": "note_verbale"},
    "/retention": {"key": "person:{champion}", "meant": "yes"},
    "/people": {"name": "A new office", "email": "new@mission.example", "language": "en"},
    "/people/{person}/channels": {"address": "second@mission.example"},
    "/people/channels/{channel}/verify": {"person": "{person}"},
    "/people/channels/{channel}/returned": {"person": "{person}", "reason": "No such mailbox."},
    "/people/mandates": {"role": "chair", "organ": "A second group", "from": "2022-07-01"},
    "/people/mandates/{mandate}/holds": {"person": "{administrator}", "from": "2022-06-21"},
    "/people/mandates/{mandate}/end": {"on": "2022-06-21", "rest": "{secretariat}"},
    "/people/holds/{hold_id}/end": {"on": "2022-06-21", "rest": "{secretariat}"},
    "/letters/{letter}/give-up": {"reason": "Told by telephone."},
    "/letters/{letter}/returned": {"reason": "No such mailbox."},
    "/account/language": {"language": "fr"},
    "/account/password": {"new": "three plain words more", "again": "three plain words more"},
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The numbers of one record, by what stands in braces in an address or a form."""

    numbers: Mapping[str, object]

    def address(self, path: str) -> str:
        """Return the address of a route in this record."""
        about = {"fact": self.numbers["release"]} if path.endswith("/take-back") else {}
        about |= {"state": self.numbers["promised_by"]} if path.startswith("/promises/") else {}
        return path.format(**{**self.numbers, **about})

    def sent_by(self, row: Row, workspace: Workspace, reader: Reader | None) -> dict[str, Any]:
        """Return what somebody sends, with the mark that a page about a State would have given that reader."""
        sent = self.sent(row)
        if reader is not None and "data" in sent and row.path.startswith("/states/"):
            sent["data"]["mark"] = dossier_view(workspace, STATE, reader=reader, treaty="att").mark
        return sent

    def sent(self, row: Row) -> dict[str, Any]:
        """Return what is sent with a row's request."""
        if row.method == "GET":
            return {}
        form = FORMS.get(row.path, {})
        return {"data": {name: value.format(**self.numbers) for name, value in form.items()}}


def _letter_to(there: Everybody, part: str) -> str:
    return next(x.letter for x in list_letters(there.workspace, reader=OPERATOR) if x.person == there.cast.people[part])


def set_stage(there: Everybody) -> Stage:
    """Find the numbers of a record that has the cast and its spring's work on file."""
    of_state = next(
        f
        for f in follow_up_list(there.workspace, open_only=True, treaty="att", reader=OPERATOR)
        if f.kind == "silence" and f.state == STATE
    )
    facts = {fact.kind: fact.fact for fact in dossier_view(there.workspace, STATE, treaty="att", reader=OPERATOR).facts}
    [promised] = promise_list(there.workspace, treaty="att", reader=OPERATOR).promises
    return Stage(
        numbers={
            "state": STATE,
            "kind": "exchange",
            "step": "start_drafting",
            "fact": facts["exchange"],
            "release": facts["release"],
            "follow_up": of_state.id,
            "flow": "sweep",
            "digest": "0" * 64,
            "paper": "status-open.md",
            "letter": _letter_to(there, "champion"),
            "token": "nobody-has-this-link",
            "person": there.cast.people["champion"],
            "mandate": there.cast.mandates["champion"],
            "hold_id": 4,
            "hold": 4,
            "channel": 4,
            "id": 1,
            "comment": 1,
            "number": 1,
            "meeting": "workshop-2022-05-10",
            "line": 3,
            "promise": promised.fact,
            "promised_by": promised.state,
            "proposal": 1,
            **{name: number for name, number in there.cast.people.items() if " " not in name},
        }
    )
