"""A spring's work on the cast's record: so that every page has something to show, and something to withhold."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO

from casework.core.readers import reader_for
from casework.core.workspace import Workspace
from casework.depositary.intake import take_in
from casework.dossiers.dossier_view import dossier_view
from casework.dossiers.filing import Filing, file_fact
from casework.dossiers.proposing import propose
from casework.dossiers.releasing import release
from casework.dossiers.state_names import Naming, add_name
from casework.dossiers.steps import take_step
from casework.files.attachments import received
from casework.meetings.checking import check_all
from casework.meetings.keeping import Planned, add_meeting
from casework.meetings.said import Said
from casework.meetings.taking_down import take_down
from pathways.grammar.clearance import OPERATOR, Reader, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from tests.builders import name_of
from tests.sources.files import a_csv

#: Who drafts, whose instrument is ready for deposit, and on whom two sources contradict each other.
DRAFTING, READY, CONTRADICTED = "GAB", "ZWE", "BRA"
A_PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
A_NAME = Naming(name="Nyasaland", since=date(2022, 5, 2), source=SourceKind.NOTE_VERBALE, reference="NV 6/2022")
_OF_A_DRAFT = {
    "committee": {"ministries": "Defence, Foreign Affairs"},
    "gap_analysis": {"articles": "5, 6, 7"},
    "cabinet_approval": {"minute": "Minute 14/2022"},
}
_OF_AN_INSTRUMENT = {
    **_OF_A_DRAFT,
    "parliamentary_approval": {"law_number": "Resolution 7/2022", "majority": "simple"},
    "instrument_prepared": {"instrument": "ratification", "signed_by": "head_of_state"},
    "reservations_checked": {"text": "none"},
}


def work(workspace: Workspace, people: Mapping[str, int]) -> None:
    """Put it all on file: what a coordinator heard, what a State gave, what the depositary says otherwise."""
    coordinator = reader_for(workspace, people["coordinator"], treaty="att")
    champion = reader_for(workspace, people["champion"], treaty="att")
    _file(workspace, "MWI", "obstacle", "2022-03-10", coordinator, {"reason": "no law on brokering"}, "assessment")
    _file(
        workspace, "MWI", "exchange", "2022-03-14", champion, {"channel": "mission"}, note="The minister is in favour."
    )
    _release(workspace, people["president"])
    _propose(workspace, reader_for(workspace, people["contact"], treaty="att"))
    _draft(workspace, DRAFTING, _OF_A_DRAFT, coordinator)
    _draft(workspace, READY, _OF_AN_INSTRUMENT, coordinator)
    _take(workspace, READY, "prepare_instrument", date(2022, 4, 20), coordinator)
    _file(
        workspace, "PHL", "deposit", "2022-03-24", OPERATOR, {"instrument": "ratification"}, "depositary", "C.N.93.2022"
    )
    _meet(workspace)
    add_name(workspace, "MWI", A_NAME, treaty="att", reader=OPERATOR)
    take_in(workspace, a_csv(f"{CONTRADICTED},Brazil,2013-06-03,,2018-08-15,,Ratification,,"), treaty="att")


def _meet(workspace: Workspace) -> None:
    """Hold a workshop before everybody: what others and the Comoros said there is checked, what Malawi said is not."""
    day = PartialDate.parse("2022-05-10")
    planned = Planned(kind="workshop", title="Workshop for Africa", from_=day, is_webcast=True)
    meeting = add_meeting(workspace, planned, treaty="att", reader=OPERATOR).meeting
    others = Said(speaker="Several delegations", about="position", words="Support the champions.")
    take_down(workspace, meeting, others, sent="1", treaty="att", reader=OPERATOR)
    comoros = Said(speaker="COM", about="promise", words="Will ratify, once conditions are met.")
    take_down(workspace, meeting, comoros, sent="3", treaty="att", reader=OPERATOR)
    check_all(workspace, meeting, treaty="att", reader=OPERATOR)
    promise = Said(speaker="MWI", about="promise", words="Will ratify.", condition="parliament agrees")
    take_down(workspace, meeting, promise, sent="2", treaty="att", reader=OPERATOR)


def _draft(workspace: Workspace, state: str, proofs: Mapping[str, Mapping[str, str]], coordinator: Reader) -> None:
    """Begin to draft in March, and file what proves the progress day by day in April."""
    _file(workspace, state, "contact_named", "2022-03-07", coordinator, {"ministry": "Foreign Affairs"})
    _take(workspace, state, "start_drafting", date(2022, 3, 8), coordinator)
    for day, (kind, fields) in enumerate(proofs.items(), start=10):
        _file(workspace, state, kind, f"2022-04-{day}", coordinator, fields)


def _release(workspace: Workspace, person: int) -> None:
    """Let somebody by name know what a champion heard in confidence, with the State's consent."""
    (heard,) = (
        fact for fact in dossier_view(workspace, "MWI", treaty="att", reader=OPERATOR).facts if fact.kind == "exchange"
    )
    release(
        workspace,
        "MWI",
        heard.fact,
        audience=f"person:{person}",
        treaty="att",
        name="Malawi",
        reader=OPERATOR,
        consent="NV 4/2022",
    )


def _propose(workspace: Workspace, contact: Reader) -> None:
    """Let a State's own contact bring a paper before the Secretariat."""
    with received(workspace, BytesIO(A_PDF), "concept note.pdf") as paper:
        filing = Filing(
            kind="needs_recorded",
            effective=PartialDate.parse("2022-06-01"),
            source=SourceKind.NOTE_VERBALE,
            reference="NV 11/2022",
            fields={"categories": "legal"},
            attachment=paper,
        )
        propose(workspace, "MWI", filing, treaty="att", name="Malawi", reader=contact)


def _take(workspace: Workspace, state: str, step: str, on: date, reader: Reader) -> None:
    take_step(workspace, state, step, treaty="att", name=name_of(state), on=on, reader=reader)


def _file(
    workspace: Workspace,
    state: str,
    kind: str,
    on: str,
    reader: Reader,
    fields: Mapping[str, str],
    source: str = "note_verbale",
    reference: str = "NV 3/2022",
    note: str | None = None,
) -> None:
    with received(workspace, BytesIO(A_PDF) if note else None, "minutes.pdf") as paper:
        filing = Filing(
            kind=kind,
            effective=PartialDate.parse(on),
            source=SourceKind(source),
            reference=reference,
            fields=fields,
            note=note,
            sensitivity=Sensitivity.CONFIDENTIAL if note else None,
            attachment=paper,
        )
        file_fact(workspace, state, filing, treaty="att", name=name_of(state), reader=reader)
