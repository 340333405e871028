"""Two who save the same dossier: the second is told what the first has changed, and nothing is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor, wait
from io import BytesIO

import pytest

from casework.core.staleness import Stale
from casework.core.workspace import Workspace
from casework.dossiers.dossier_view import dossier_view
from casework.dossiers.filing import FiledAlready, Filing, file_fact
from casework.dossiers.steps import take_step
from casework.files.attachments import received
from casework.record.audit import verify
from models.store.engine import Store
from pathways.grammar.clearance import OPERATOR, Reader, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from pathways.grammar.journey import NotTaken
from pathways.grammar.roles import Right, Role
from tests.builders import file
from tests.papers import PDF
from tests.refusals import said

CHAMPION = Reader.of("person:9", {Role.CHAMPION: {"KHM"}})


def an_exchange(**said):
    return Filing(kind="exchange", effective=PartialDate.parse("2026-07-20"), source=SourceKind.NOTE_VERBALE, **said)


def save(workspace, mark=None, filing=None, **said):
    return file_fact(
        workspace,
        "KHM",
        filing or an_exchange(),
        treaty="att",
        name="Cambodia",
        mark=mark,
        **{"reader": OPERATOR, **said},
    )


def mark(workspace, reader=OPERATOR):
    return dossier_view(workspace, "KHM", reader=reader, treaty="att").mark


def facts(workspace):
    return [f.kind for f in dossier_view(workspace, "KHM", treaty="att", reader=OPERATOR).facts]


def test_the_second_is_told_what_the_first_has_filed(record):
    opened = mark(record)
    save(record, opened, reader=CHAMPION)
    before = facts(record)
    with pytest.raises(Stale) as stale:
        save(record, opened)
    assert said(stale.value) == (
        "This dossier was changed since you opened it. On file since: exchange with the State of 2026-07-20."
        " Look at it again, then repeat what you wanted to do.",
    )
    assert [f.kind for f in stale.value.since] == ["exchange"]
    assert facts(record) == before


def test_who_presses_twice_files_once_and_is_told_so(record):
    opened = mark(record)
    first = save(record, opened)
    with pytest.raises(FiledAlready) as twice:
        save(record, opened)
    assert twice.value.fact.id == first.fact.id
    with pytest.raises(Stale):
        save(record, opened, an_exchange(reference="another note"))
    assert facts(record).count("exchange") == 1


@pytest.mark.parametrize(
    "more", [{"note": "They think of joining."}, {"sensitivity": Sensitivity.PERSONAL}, {"attachment": PDF}], ids=list
)
def test_who_goes_back_and_adds_something_is_not_told_that_it_is_on_file(record, more):
    opened = mark(record)
    save(record, opened)
    with received(record, BytesIO(PDF), "minutes.pdf") as paper:
        said = more | ({"attachment": paper} if "attachment" in more else {})
        with pytest.raises(Stale) as stale:
            save(record, opened, an_exchange(**said))
        assert [f.kind for f in stale.value.since] == ["exchange"]
        save(record, mark(record), an_exchange(**said))
        assert facts(record).count("exchange") == 2
        with pytest.raises(FiledAlready):
            save(record, opened, an_exchange(**said))


def test_what_one_may_not_know_stops_nobody_and_moves_no_mark(record):
    opened = mark(record, CHAMPION)
    save(record, None, an_exchange(sensitivity=Sensitivity.PERSONAL))
    assert mark(record, CHAMPION) == opened
    save(record, opened, reader=CHAMPION)


def test_what_one_reads_anew_through_a_release_has_changed_the_dossier(record):
    hidden = save(record, None, an_exchange(sensitivity=Sensitivity.PERSONAL)).fact
    save(record, None, an_exchange(sensitivity=Sensitivity.CONFIDENTIAL), reader=CHAMPION)
    opened = mark(record, CHAMPION)
    with record.open_dossier("KHM", treaty="att", right=Right.FILE, reader=OPERATOR) as open_dossier:
        open_dossier.file(
            "release", PartialDate.of(open_dossier.today),
            source=SourceKind.ASSESSMENT, sensitivity=Sensitivity.PERSONAL,
            data={"fact": hidden.id, "audience": CHAMPION.actor},
        )  # fmt: skip
    with pytest.raises(Stale, match=r"^dossier_changed$") as stale:
        save(record, opened, reader=CHAMPION)
    assert stale.value.since == (), "what lies before has changed, not what came after"


@pytest.mark.parametrize("nonsense", ["", "1", "0-", "-1-a", "²-x", "99999999999999999999999-x", "1-" + "0" * 20])
def test_a_mark_that_we_never_gave_is_stale(record, nonsense):
    with pytest.raises(Stale):
        save(record, nonsense)


def test_a_step_on_an_old_view_is_stale_too(record):
    file(record, "KHM", "contact_named", "2026-07-01", "note_verbale:7", ministry="Defence")
    opened = mark(record)
    save(record, opened)
    with pytest.raises(Stale, match="dossier_changed"):
        take_step(record, "KHM", "start_drafting", treaty="att", name="Cambodia", mark=opened, reader=OPERATOR)
    take_step(record, "KHM", "start_drafting", treaty="att", name="Cambodia", mark=mark(record), reader=OPERATOR)


def test_two_clicks_take_one_step(record):
    file(record, "KHM", "contact_named", "2026-07-01", "note_verbale:7", ministry="Defence")
    opened = mark(record)
    first, second = (
        take_step(record, "KHM", "start_drafting", treaty="att", name="Cambodia", mark=opened, reader=OPERATOR)
        for _ in range(2)
    )
    assert (first.is_repeat, second.is_repeat) == (False, True)
    assert first.fact.id == second.fact.id
    assert facts(record).count("step") == 2, "the signature's and this one"


def test_who_looks_again_may_go_on(record):
    save(record, mark(record))
    save(record, mark(record))
    assert facts(record).count("exchange") == 2
    assert verify(record).is_sound


def test_of_two_at_the_same_moment_one_waits_and_both_are_kept(record, record_url):
    other = Workspace(record.settings, Store(record_url), record.clock)
    with ThreadPoolExecutor(1) as elsewhere:
        with record.open_dossier("KHM", treaty="att", right=Right.FILE, reader=OPERATOR) as open_dossier:
            open_dossier.file(
                "signal", PartialDate.parse("2026-07-21"), source=SourceKind.PRESS, sensitivity=Sensitivity.CONFIDENTIAL
            )
            second = elsewhere.submit(save, other, None)
            done, _ = wait([second], timeout=0.3)
            assert not done, "it waits for the first to end"
        assert second.result().fact.kind == "exchange"
    other.close()
    assert facts(record)[-2:] == ["signal", "exchange"]
    assert verify(record).is_sound


def test_of_two_steps_at_the_same_moment_one_is_refused(record, record_url):
    file(record, "KHM", "contact_named", "2026-07-01", "note_verbale:7", ministry="Defence")
    start = threading.Barrier(4)

    def somebody(workspace):
        start.wait(timeout=10)
        try:
            return take_step(workspace, "KHM", "start_drafting", treaty="att", name="Cambodia", reader=OPERATOR).step
        except NotTaken as refused:
            return str(refused)

    results = at_once(record, record_url, somebody)
    assert results.count("start_drafting") == 1
    assert len([r for r in results if "step_from_another_stage" in r]) == 3
    assert verify(record).is_sound


def test_many_writers_make_one_unbroken_chain(record, record_url):
    def somebody(workspace):
        for _ in range(5):
            save(workspace, None)

    at_once(record, record_url, somebody)
    assert facts(record).count("exchange") == 20
    assert verify(record).is_sound


def at_once(record, url, somebody):
    """Let four workspaces over the same record do the same at the same moment; return what each came to."""
    workspaces = [Workspace(record.settings, Store(url), record.clock) for _ in range(4)]
    with ThreadPoolExecutor(len(workspaces)) as elsewhere:
        results = list(elsewhere.map(somebody, workspaces))
    for workspace in workspaces:
        workspace.close()
    return results
