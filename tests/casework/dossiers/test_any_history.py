"""Whatever people, tables and days do to a few dossiers, in whatever order: they add up and replay."""

import shutil
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from casework.depositary.intake import take_in
from casework.dossiers.contradictions import settle_contradiction
from casework.operations.sweep import sweep
from casework.record.audit import verify
from models.ledger import dossiers, states
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.journey import NotTaken
from pathways.grammar.projection import project
from tests.builders import ATT, a_workspace, clock_of, file, name_of, step
from tests.sources.files import a_csv

STATES = ("KHM", "VNM", "GMB")
CN = "depositary:C.N.100.2026"
state = st.sampled_from(STATES)
back = st.integers(0, 400)  # days before today
precision = st.sampled_from(["%Y-%m-%d", "%Y-%m-%d", "%Y-%m", "%Y"])
PROOFS = sorted(k.name for k in ATT.kinds if k.by_hand and not k.is_depositary_act and k.name != "correction")
BY_HAND = sorted(s.name for s in ATT.steps if s.by == "person")
SAID = {
    "contact_named": {"ministry": "Defence"},
    "obstacle": {"reason": "doubt"},
    "needs_recorded": {"categories": "legal"},
    "advice_given": {"programmes": "VTF"},
    "committee": {"ministries": "Defence"},
    "bill": {"bill_number": "1"},
    "implementing_law": {"law_number": "1"},
    "regulations": {"reference": "1"},
    "parliamentary_approval": {"law_number": "1"},
    "constitutional_review": {"ruling_number": "1"},
    "subnational_assent": {"units": "one"},
    "instrument_prepared": {"instrument": "accession", "signed_by": "full_powers"},
    "ruling": {"ruling_number": "1"},
    "setback": {"cause": "dissolution"},
    "annual_report": {"year": "2025"},
    "duty_waived": {"duty": "initial report"},
    "route": {"route": "T2"},
    "tier_set": {"tier": "2"},
    "paused": {"review_on": "2026-12-01"},
    "declined": {"review_on": "2027-01-01"},
    **{f"assistance_{deed}": {"programme": "VTF"} for deed in ("applied", "awarded", "delivered")},
}


class Histories(RuleBasedStateMachine):
    template: Path

    def __init__(self):
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        shutil.copy(self.template, self.home / "record.db")
        self.workspace = a_workspace(self.home, f"sqlite:///{self.home / 'record.db'}", opened=False)
        self.runs = 0

    def teardown(self):
        self.workspace.close()
        shutil.rmtree(self.home)

    def day(self, before, form="%Y-%m-%d"):
        return f"{self.workspace.today() - timedelta(days=before):{form}}"

    def try_to(self, verb, *args, **said):
        """Do something that may be refused, in sentences; anything else is a fault of ours."""
        with suppress(NotAdmitted, NotTaken):
            verb(self.workspace, *args, **said)

    @rule(days=st.integers(1, 150))
    def days_pass(self, days):
        clock_of(self.workspace).hour += timedelta(days=days)

    @rule(state=state, before=back, form=precision, kind=st.sampled_from(PROOFS))
    def somebody_files(self, state, before, form, kind):
        source = "court:ruling" if kind in ("ruling", "constitutional_review") else "note_verbale:12"
        self.try_to(file, state, kind, self.day(before, form), source, **SAID.get(kind, {}))

    @rule(state=state, before=back, form=precision, kind=st.sampled_from(["deposit", "deposit", "withdrawal"]))
    def the_depositary_notifies(self, state, before, form, kind):
        said = {"instrument": "ratification" if state == "KHM" else "accession"} if kind == "deposit" else {}
        self.try_to(file, state, kind, self.day(before, form), CN, **said)

    @rule(state=st.sampled_from(["VNM", "GMB"]), long_ago=st.integers(300, 900), form=precision, swept=st.booleans())
    def a_state_comes_and_leaves_and_comes_back(self, state, long_ago, form, swept):
        self.the_depositary_notifies(state, long_ago, form, "deposit")
        self.the_depositary_notifies(state, long_ago // 2, "%Y-%m-%d", "withdrawal")
        if swept:
            self.today_is_swept()
        self.the_depositary_notifies(state, long_ago // 10, "%Y-%m-%d", "deposit")

    @rule(state=state)
    def a_state_declares_that_it_will_not_join(self, state):
        self.try_to(file, state, "declaration_not_to_join", self.day(3), CN)

    @rule(state=state, place=st.integers(0, 40), kind=st.sampled_from(["correction", "ruling"]))
    def something_is_annulled(self, state, place, kind):
        facts = self.facts(state)
        annulled = [facts[place % len(facts)].id] if facts else []
        source = "court:ruling" if kind == "ruling" else "assessment:file"
        self.try_to(file, state, kind, self.day(0), source, annuls=annulled, **SAID.get(kind, {}))

    @rule(state=state, name=st.sampled_from(BY_HAND), before=st.integers(0, 20))
    def somebody_takes_a_step(self, state, name, before):
        self.try_to(step, state, name, self.day(before))

    @rule(state=st.sampled_from(["VNM", "GMB"]), before=back, form=precision)
    def a_table_comes(self, state, before, form):
        day = self.day(before, form)
        row = f"{state},{name_of(state)},,,{day},,Accession,,"
        taken = take_in(self.workspace, a_csv(row), published=self.workspace.today(), treaty="att")
        assert not taken.faults, taken.faults

    @precondition(lambda self: any(self.conflicts(s) for s in STATES))
    @rule(data=st.data())
    def a_contradiction_is_settled(self, data):
        of = data.draw(st.sampled_from([s for s in STATES if self.conflicts(s)]))
        rival = data.draw(st.sampled_from(self.conflicts(of)))
        favour = data.draw(st.sampled_from([rival.id, rival.contests]))
        self.try_to(
            settle_contradiction, of, favour, treaty="att", name=of, reason="The depositary was asked.", reader=OPERATOR
        )

    @rule()
    def today_is_swept(self):
        self.sweep(self.workspace.today())
        with self.workspace.reading() as connection:
            due = [r.next_due_on for r in dossiers.records(connection, "att") if r.next_due_on is not None]
        assert all(day > self.workspace.today() for day in due)

    @rule(before=st.integers(1, 60))
    def a_late_sweep_runs(self, before):
        self.sweep(self.workspace.today() - timedelta(days=before))

    def sweep(self, day):
        self.runs += 1
        assert sweep(self.workspace, on=day, run=f"run {self.runs}", treaty="att").failed == ()
        assert sweep(self.workspace, on=day, run=f"run {self.runs} again", treaty="att").repeated

    def facts(self, state):
        with self.workspace.reading() as connection:
            record = dossiers.record_of(connection, "att", state)
            return dossiers.facts_of(connection, [record])[record.id]

    def conflicts(self, state):
        return project(ATT, state, self.facts(state), on=self.workspace.today(), reader=None).conflicts

    @invariant()
    def everything_holds(self):
        found = verify(self.workspace)
        assert (found.chain, found.replay) == ((), ())


@pytest.fixture(scope="module")
def few(tmp_path_factory, sqlite_template):
    """Make a record of three dossiers: a signatory, a State that has not signed, one whose deposit is imprecise."""
    home = tmp_path_factory.mktemp("few")
    shutil.copy(sqlite_template, home / "record.db")
    workspace = a_workspace(home, f"sqlite:///{home / 'record.db'}", opened=False)
    blank = {"treaty": "att", "stage": "outside", "standing": "open", "legal_status": "non_signatory", "version": 0}
    with workspace.registry() as connection:
        states.add(connection, [{"iso3": s, "att_region": "Asia", "un_regional_group": ""} for s in STATES])
        rows = [{**blank, "state": s, "entered_by": "", "head_seq": 0, "head_hash": ""} for s in STATES]
        dossiers.add_dossiers(connection, rows)
    rows = ("KHM,Cambodia,2013-10-18,,,,,,", "GMB,Gambia,,,2024-06,,Accession,deposit_date instrument,")
    assert take_in(workspace, a_csv(*rows), treaty="att").new == 2
    workspace.close()
    return home / "record.db"


@pytest.mark.slow
def test_any_history_adds_up(few):
    class OfFew(Histories):
        template = few

    run_state_machine_as_test(
        OfFew,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a history is told as it was; shrinking takes hours
        ),
    )
