"""What is filed in confidence changes no page of whoever may not read it, but as if the Secretariat had closed it.

Each kind that people file goes on file, held too closely, on a State that everybody waits to hear from. Then every page
and list of everybody who may not read it is what it would be had the Secretariat closed the same follow-ups by hand,
and nothing been filed: in every word, count, order, number and date.
"""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from casework.core.commit import Committed
from casework.core.readers import reader_for
from casework.dossiers.dossier_view import dossier_view
from casework.follow_ups.actions import close
from casework.follow_ups.listing import follow_up_list
from casework.operations.sweep import sweep
from casework.overview.agenda import agenda_view
from casework.overview.status import status
from models.ledger import dossiers
from pathways.grammar.clearance import OPERATOR, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import BOOKKEEPING
from pathways.grammar.facts import SourceKind
from tests.builders import ATT, clock_of, days_pass
from tests.desk.pages.world_on_file import fields_of
from tests.foreign_words import text_of_a_workbook

ACCOMPANY = ("champion", "coordinator", "president", "chair")
ELSEWHERE = ("champion elsewhere", "coordinator elsewhere", "contact", "contact elsewhere", "contact of a party")
READERS = (*ACCOMPANY, *ELSEWHERE, "made up")
LISTS = (
    "/", "/?view=table", "/?region=Africa", "/states", "/states?q=angola", "/states.csv", "/states.xlsx", "/follow-ups",
    "/follow-ups?closed=1", "/follow-ups?region=Africa", "/follow-ups?show=mine", "/follow-ups?show=late",
    "/follow-ups?show=resting", "/people", "/proposals", "/account", "/runs",
)  # fmt: skip
OF_A_STATE = ("/states/{0}", "/states/{0}?all=yes", "/states/{0}?on=2022-10-01", "/states/{0}/file/exchange")
#: Those by which no State is heard come last: States of whom the same was closed are looked at once.
KINDS = sorted(
    (kind.name for kind in ATT.kinds if kind.by_hand and not kind.is_depositary_act), key=BOOKKEEPING.__contains__
)


@pytest.fixture
def kept(desk, silent, tmp_path):
    """Give a copy of the record, to be put back; everybody has been here, so that what happens then is new to them."""
    copy = tmp_path / "as-it-was.db"
    for who in READERS:
        desk.as_(who).get("/")
    _copy(tmp_path / "record.db", copy)
    clock_of(desk.workspace).hour += timedelta(minutes=1)
    return copy


@pytest.fixture(scope="module")
def by_hand():
    """Keep what each reader saw where the Secretariat had closed follow-ups by hand: by States, follow-ups and day."""
    return {}


def rounds(silent):
    """Give each kind a State of Africa that is waited for, as often as it takes."""
    states = [state for state in AFRICA if state in silent]
    return [dict(zip(states, KINDS[n:], strict=False)) for n in range(0, len(KINDS), len(states))]


#: Without Malawi, whose own contact is one of those who look.
AFRICA = ("AGO", "BDI", "COG", "COM", "DJI", "GNB", "LBY", "RWA", "SWZ", "TZA", "ZWE")


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("level", "until", "readers"),
    [
        (Sensitivity.CONFIDENTIAL, None, READERS),
        (Sensitivity.PERSONAL, "2022-10-04", READERS),
        (Sensitivity.COORDINATION, None, ELSEWHERE),
    ],
    ids=["in confidence", "personal, the next morning", "by those who accompany the State"],
)
def test_nothing_gives_away_what_was_filed_for_others(desk, silent, kept, tmp_path, by_hand, level, until, readers):
    """At once, and after the next morning's sweep."""
    leaks, closed_once = set(), False
    for told in rounds(silent):
        _put_back(desk, kept, tmp_path / "record.db")
        before = _closed(desk)
        for state, kind in told.items():
            _file(desk.workspace, state, kind, level)
        overtaken = _closed(desk) - before
        _sleep(desk, until)
        hidden = _seen(desk, told, silent, readers)
        _put_back(desk, kept, tmp_path / "record.db")
        for id_ in sorted(overtaken):
            close(desk.workspace, id_, "not needed: told at the reception", reader=OPERATOR, treaty=None)
        _sleep(desk, until)
        seen = by_hand.setdefault((*told, *sorted(overtaken), until), {})
        seen |= _seen(desk, told, silent, [who for who in readers if (who, "status") not in seen])
        leaks |= {(told.get(_state_in(at), ""), who, at) for who, at in hidden if hidden[who, at] != seen[who, at]}
        closed_once = closed_once or bool(overtaken)
    assert closed_once, "nothing was overtaken: the test sees nothing"
    assert not leaks, "\n".join(map(str, sorted(leaks)))


def test_what_the_reader_may_read_is_named_as_what_overtook_it(desk, silent):
    _file(desk.workspace, "AGO", "exchange", Sensitivity.COORDINATION)
    _file(desk.workspace, "BDI", "exchange", Sensitivity.PERSONAL)
    for who, hidden in (("champion", True), ("secretariat", True), ("administrator", False)):
        reader = reader_for(desk.workspace, desk.people[who], treaty="att")
        seen = {f.state: f for f in follow_up_list(desk.workspace, treaty="att", reader=reader) if f.kind == "silence"}
        assert seen["AGO"].outcome == f"overtaken by {seen['AGO'].overtaken_by}"
        assert seen["AGO"].became == "heard from"
        assert seen["BDI"].became == (None if hidden else "heard from")
        assert (seen["BDI"].outcome == "closed by the Secretariat", seen["BDI"].overtaken_by is None) == (
            hidden,
            hidden,
        )


def test_the_secretariats_words_are_its_own_and_a_champions_are_for_all(desk, silent):
    for state, who in (("AGO", "secretariat"), ("BDI", "champion")):
        reader = reader_for(desk.workspace, desk.people[who], treaty="att")
        close(desk.workspace, silent[state], "not needed: as they told us", reader=reader, treaty=None)
    for who in ("champion", "coordinator"):
        browser = desk.as_(who)
        ours, theirs = (browser.get(f"/follow-ups/{silent[state]}").text for state in ("AGO", "BDI"))
        assert ("as they told us" in ours, "Closed by the Secretariat" in ours) == (False, True)
        assert "as they told us" in theirs
    assert "as they told us" in desk.as_("secretariat").get(f"/follow-ups/{silent['AGO']}").text


def test_who_comes_too_late_is_told_no_more_than_the_page_says(desk, silent):
    _file(desk.workspace, "AGO", "exchange", Sensitivity.CONFIDENTIAL)
    answer = desk.as_("champion").post(f"/follow-ups/{silent['AGO']}/close", data={"outcome": "done", "text": "heard"})
    assert "The Secretariat closed follow-up" in answer.text
    assert "overtaken by" not in answer.text


def test_what_was_overtaken_is_opened_anew_when_what_overtook_it_is_gone(desk, silent):
    fact = _file(desk.workspace, "AGO", "exchange", Sensitivity.CONFIDENTIAL)
    _annul(desk.workspace, "AGO", fact)
    sweep(desk.workspace, run="again", treaty="att")
    listed = follow_up_list(desk.workspace, treaty="att", reader=OPERATOR)
    standing = [(f.id, f.closed_on is None) for f in listed if (f.state, f.kind) == ("AGO", "silence")]
    assert min(standing) == (silent["AGO"], False)
    assert [is_open for _, is_open in sorted(standing)] == [False, True]


def _seen(desk, told, silent, readers):
    """Return every page and list, by reader and address."""
    seen = {}
    for who in readers:
        browser, reader = desk.as_(who), reader_for(desk.workspace, desk.people[who], treaty="att")
        of_a_state = OF_A_STATE if who in ACCOMPANY else OF_A_STATE[:1]
        paths = [*LISTS, *(path.format(state) for state in told for path in of_a_state)]
        paths += [f"/follow-ups/{silent[state]}" for state in told]
        for path in paths:
            answer = browser.get(path)
            said = _cells(answer.content) if "xlsx" in path else answer.text
            seen[who, path] = (answer.status_code, said)
        seen[who, "follow-up list"] = follow_up_list(desk.workspace, treaty="att", reader=reader)
        for within in (0, 200):
            seen[who, f"agenda {within}"] = agenda_view(desk.workspace, treaty="att", within=within, reader=reader)
        seen[who, "status"] = status(desk.workspace, treaty="att", reader=reader)
        for state in told:
            seen[who, f"dossier {state}"] = dossier_view(desk.workspace, state, treaty="att", reader=reader)
    return seen


def _state_in(where):
    return next((state for state in AFRICA if state in where), "")


def _closed(desk):
    return {f.id for f in follow_up_list(desk.workspace, treaty="att", reader=OPERATOR) if f.closed_on}


def _sleep(desk, until):
    if until:
        days_pass(desk.workspace, until)
        sweep(desk.workspace, run=f"sweep of {until}", treaty="att")


def _file(workspace, state, kind, level):
    return _put(workspace, state, kind, sensitivity=level, data=fields_of(kind))


def _annul(workspace, state, fact):
    _put(workspace, state, "correction", sensitivity=Sensitivity.COORDINATION, annuls=(fact.id,))


def _put(workspace, state, kind, **said):
    """Put a fact on file past the rules of who may file what."""
    with workspace.reading() as connection:
        record = dossiers.record_of(connection, "att", state)
    today, source = workspace.today(), SourceKind.NOTE_VERBALE
    with workspace.batch([record.id], actor="operator", today=today, committed=Committed()) as open_dossiers:
        return open_dossiers[0].file(kind, PartialDate.of(today), source=source, **said)


def _cells(book):
    """Return what stands in a workbook, but for the hour at which it was made."""
    return [line for line in text_of_a_workbook(book).splitlines() if "coreProperties" not in line]


def _put_back(desk, kept, record):
    _copy(kept, record)
    desk.workspace.forget()  # what day it stood on


def _copy(source, target):
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)
