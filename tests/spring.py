"""A spring's work on the cast's record: so that every page has something to show, and something to withhold."""

from collections.abc import Mapping
from datetime import date

from casework.evidence import Filing, file_fact
from casework.intake import take_in
from casework.office import Office
from casework.people import reader_for
from casework.steps import take_step
from pathways.grammar.clearance import OPERATOR, Reader, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from tests.builders import name_of
from tests.sources.files import a_csv

#: Where a State stands at legislation with its parliament's approval on file, and where one lies in contradiction.
DRAFTING, CONTRADICTED = "ZWE", "BRA"
_PROOFS = {
    "committee": {"ministries": "Defence, Foreign Affairs"},
    "gap_analysis": {"articles": "5, 6, 7"},
    "cabinet_approval": {"minute": "Minute 14/2022"},
    "parliamentary_approval": {"law_number": "Resolution 7/2022", "majority": "simple"},
}


def work(office: Office, people: Mapping[str, int]) -> None:
    """Put it all on file: what a coordinator heard, what a State gave, what the depositary says otherwise."""
    coordinator = reader_for(office, people["coordinator"], treaty="att")
    champion = reader_for(office, people["champion"], treaty="att")
    _file(office, "MWI", "obstacle", "2022-03-10", coordinator, {"reason": "no law on brokering"}, "assessment")
    _file(office, "MWI", "exchange", "2022-03-14", champion, {"channel": "mission"}, note="The minister is in favour.")
    _draft(office, coordinator)
    _file(office, "PHL", "deposit", "2022-03-24", OPERATOR, {"instrument": "ratification"}, "depositary", "C.N.93.2022")
    take_in(office, a_csv(f"{CONTRADICTED},Brazil,2013-06-03,,2018-08-15,,Ratification,,"))


def _draft(office: Office, coordinator: Reader) -> None:
    _file(office, DRAFTING, "contact_named", "2022-03-07", coordinator, {"ministry": "Foreign Affairs"})
    take_step(
        office, DRAFTING, "start_drafting", treaty="att", name="Zimbabwe", on=date(2022, 3, 8), reader=coordinator
    )
    for place, (kind, fields) in enumerate(_PROOFS.items()):
        _file(office, DRAFTING, kind, f"2022-04-{place + 10}", coordinator, fields)


def _file(
    office: Office,
    state: str,
    kind: str,
    on: str,
    reader: Reader,
    fields: Mapping[str, str],
    source: str = "note_verbale",
    reference: str = "NV 3/2022",
    note: str | None = None,
) -> None:
    filing = Filing(
        kind=kind,
        effective=PartialDate.parse(on),
        source=SourceKind(source),
        reference=reference,
        fields=fields,
        note=note,
        sensitivity=Sensitivity.CONFIDENTIAL if note else None,
    )
    file_fact(office, state, filing, treaty="att", name=name_of(state), reader=reader)
