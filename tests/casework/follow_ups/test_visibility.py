"""Who may know of which follow-up; what one may not know of looks as if it did not exist."""

from datetime import date

import pytest

from casework.core.rights import NotOnFile
from casework.dossiers.releasing import release
from casework.follow_ups.actions import close, hand_over, snooze, take
from casework.follow_ups.listing import follow_up_list, follow_up_view
from casework.operations.sweep import sweep
from models.ledger import dossiers
from pathways.grammar.clearance import ANYONE, OPERATOR, Reader
from pathways.grammar.roles import Reach, Role
from tests.appointments import SILENT_ON, a_champion, a_coordinator, eyes, held, silent_states
from tests.builders import file

TODAY = SILENT_ON
NEXT_WEEK = date(2026, 11, 9)


@pytest.fixture
def workspace(silent_record):
    return silent_record


@pytest.mark.parametrize("role", ["president", "chair", "contact"])
def test_who_has_no_part_in_following_up_sees_no_follow_up(workspace, role):
    person, _ = held(workspace, "Delegate", role, "AGO")
    id_ = silent_states(workspace)["AGO"]
    assert follow_up_list(workspace, reader=eyes(workspace, person), treaty="att") == ()
    with pytest.raises(NotOnFile):
        close(workspace, id_, "done", reader=eyes(workspace, person), treaty=None)


def test_what_one_may_not_know_looks_like_what_does_not_exist(workspace):
    person, _ = a_champion(workspace, "JPN", "Asia")
    silent = silent_states(workspace)
    asian = eyes(workspace, person)
    refusals = []
    for id_ in (silent["AGO"], 9999):
        for verb in (
            lambda: close(workspace, id_, "done", reader=asian, treaty=None),  # noqa: B023
            lambda: take(workspace, id_, reader=asian, treaty=None),  # noqa: B023
            lambda: snooze(workspace, id_, until=NEXT_WEEK, reason="why", reader=asian, treaty=None),  # noqa: B023
            lambda: hand_over(workspace, id_, person, reader=asian, treaty=None),  # noqa: B023
            lambda: follow_up_view(workspace, id_, treaty="att", reader=asian),  # noqa: B023
        ):
            with pytest.raises(NotOnFile) as refused:
                verb()
            refusals.append(str(refused.value).replace(str(id_), "N"))
    assert len(set(refusals)) == 1
    assert {f.state for f in follow_up_list(workspace, reader=asian, treaty="att")} <= asian.served(Reach.SCOPE)
    assert follow_up_list(workspace, reader=ANYONE, treaty="att") == ()


@pytest.mark.parametrize("role", ["champion", "coordinator"])
def test_a_regions_people_see_its_follow_ups_and_the_secretariat_all(workspace, role):
    person, _ = a_champion(workspace) if role == "champion" else a_coordinator(workspace)
    silent_states(workspace)
    everything, mine = (
        follow_up_list(workspace, treaty="att", reader=OPERATOR),
        follow_up_list(workspace, reader=eyes(workspace, person), treaty="att"),
    )
    silent = {f.id for f in everything if f.kind == "silence" and f.region == "Africa"}
    assert silent <= {f.id for f in mine}
    assert {f.region for f in mine} == {"Africa"}
    assert not any(f.kind == "nobody" for f in mine)
    assert {"Africa", "Asia", "Americas"} <= {f.region for f in everything}


def test_that_a_state_is_ready_is_known_only_to_who_may_read_every_proof(workspace):
    """The contact was named in confidence: a coordinator is not to learn of it from a follow-up."""
    coordinator, _ = a_coordinator(workspace)
    file(workspace, "AGO", "contact_named", "2026-10-30", "note_verbale", ministry="Foreign Affairs")
    comoros = file(workspace, "COM", "contact_named", "2026-10-30", "note_verbale", ministry="Defence")
    with workspace.registry() as connection:
        dossiers.look_again(connection, TODAY, treaty="att")
    sweep(workspace, run="morning", treaty="att")
    ready = {f.state for f in follow_up_list(workspace, treaty="att", reader=OPERATOR) if f.kind == "ready"}
    assert ready == {"AGO", "COM"}
    assert not any(
        f.kind == "ready" for f in follow_up_list(workspace, reader=eyes(workspace, coordinator), treaty="att")
    )
    release(
        workspace, "COM", comoros.fact.id, audience=f"person:{coordinator}", treaty="att", name="Comoros",
        reader=OPERATOR, consent="Note verbale 7/2026",
    )  # fmt: skip
    assert [
        f.state
        for f in follow_up_list(workspace, reader=eyes(workspace, coordinator), treaty="att")
        if f.kind == "ready"
    ] == ["COM"]


def test_who_closed_a_follow_up_still_sees_how_it_ended(workspace):
    person, _ = a_champion(workspace)
    id_ = silent_states(workspace)["AGO"]
    close(workspace, id_, "done", reader=eyes(workspace, person), treaty=None)
    assert follow_up_view(workspace, id_, treaty="att", reader=eyes(workspace, person)).closed_by == f"person:{person}"


def test_a_reader_whose_scope_is_gone_handles_nothing(workspace):
    gone = Reader.of("person:7", {Role.CHAMPION: ()})
    with pytest.raises(NotOnFile):
        close(workspace, silent_states(workspace)["AGO"], "done", reader=gone, treaty=None)


def test_since_when_a_state_is_silent_is_told_to_each_as_far_as_they_may_read(workspace):
    champion, _ = a_champion(workspace)
    file(workspace, "AGO", "exchange", "2026-07-28", "note_verbale")  # in confidence
    ids = silent_states(workspace)

    def since(state, reader):
        return follow_up_view(workspace, ids[state], treaty="att", reader=reader).silent_since

    assert since("AGO", OPERATOR) == date(2026, 7, 28)
    assert since("AGO", eyes(workspace, champion)) == since("BDI", eyes(workspace, champion))
    assert since("BDI", eyes(workspace, champion)) == since("BDI", OPERATOR) is not None
