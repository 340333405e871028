"""A name that the Secretariat adds between releases is known at once to every reader, and is never another State's."""

from datetime import date

import pytest

from casework.core.rights import NotOnFile, NotYours
from casework.depositary.intake import take_in
from casework.dossiers.dossier_view import dossier_view
from casework.dossiers.state_names import Naming, NotNamed, add_name, names_of_state, take_name_back
from casework.letters.composing import written
from casework.overview.cases import cases
from casework.overview.states_table import StatesSearch, states_table
from models.letters.outbox import ClaimedLetter, ClaimedNotice
from pathways.grammar.clearance import OPERATOR, Reader
from pathways.grammar.facts import SourceKind
from pathways.grammar.roles import Role
from sources.states import UnknownState
from tests.appointments import a_mandate
from tests.builders import a_workspace
from tests.casework.taking import OF_2023
from tests.sources.files import the_file_of

SINCE = date(2026, 7, 1)
A_NOTE = {"source": SourceKind.NOTE_VERBALE, "reference": "NV 7/2026"}


@pytest.fixture
def workspace(record):
    return record


def name(workspace, state, text, *, reader=OPERATOR, **said):
    asked = Naming(name=text, **{"since": SINCE, **A_NOTE, **said})
    return add_name(workspace, state, asked, treaty="att", reader=reader)


def refused(workspace, state, text, **said):
    with pytest.raises(NotNamed) as wrong:
        name(workspace, state, text, **said)
    return [why.code for why in wrong.value.refusals]


def renamed(workspace):
    """Return the depositary's table as it would be had it rewritten a name in all of it."""
    return the_file_of(OF_2023).replace(b"Kazakhstan", b"Qazaqstan")


def test_the_depositarys_table_is_read_with_a_name_from_the_moment_it_was_added(workspace):
    assert take_in(workspace, renamed(workspace), treaty="att", dry_run=True).unknown == ["Qazaqstan"]
    name(workspace, "KAZ", "Qazaqstan")
    taken = take_in(workspace, renamed(workspace), treaty="att", dry_run=True)
    assert (taken.unknown, taken.faults) == ([], [])


def test_the_old_name_is_still_read_in_an_old_table(workspace):
    name(workspace, "KAZ", "Qazaqstan", language="en")
    assert take_in(workspace, the_file_of(OF_2023), treaty="att", dry_run=True).faults == []


def test_a_further_name_finds_the_state_and_is_not_what_it_is_called(workspace):
    name(workspace, "KAZ", "Qazaqstan")
    found = states_table(workspace, StatesSearch(text="qazaq"), treaty="att", reader=OPERATOR)
    assert [(case.state, case.name) for case in found.rows] == [("KAZ", "Kazakhstan")]


def test_a_name_in_a_language_is_what_lists_and_views_say_from_its_day_on(workspace):
    before = cases(workspace, treaty="att", reader=OPERATOR)
    name(workspace, "KAZ", "Qazaqstan", language="en")
    after = cases(workspace, treaty="att", reader=OPERATOR)
    called = [{case.state: case.name for case in found.states}["KAZ"] for found in (before, after)]
    assert called == ["Kazakhstan", "Qazaqstan"]
    then = dossier_view(workspace, "KAZ", treaty="att", on=date(2026, 6, 30), reader=OPERATOR)
    now = dossier_view(workspace, "KAZ", treaty="att", reader=OPERATOR)
    assert (then.name, now.name) == ("Kazakhstan", "Qazaqstan")


def test_a_name_that_ended_is_shown_no_more_from_the_day_after_and_still_read(workspace):
    name(workspace, "KAZ", "Qazaqstan", language="en", until=date(2026, 7, 20))
    shown = [
        dossier_view(workspace, "KAZ", treaty="att", on=on, reader=OPERATOR).name
        for on in (date(2026, 6, 30), SINCE, date(2026, 7, 20), date(2026, 7, 21))
    ]
    assert shown == ["Kazakhstan", "Qazaqstan", "Qazaqstan", "Kazakhstan"]
    assert workspace.register().find("Qazaqstan").iso3 == "KAZ"


def test_a_name_stands_with_its_days_and_its_source_with_its_own_state_alone(workspace):
    name(workspace, "NAM", "Namib")
    name(workspace, "KAZ", "Qazaqstan", until=date(2026, 8, 31), reference=" NV 8/2026 ")
    seen = names_of_state(workspace, "KAZ", treaty="att", reader=OPERATOR)
    [added] = seen.dated
    assert (added.name, added.since, added.until) == ("Qazaqstan", SINCE, date(2026, 8, 31))
    assert (added.source, added.reference) == (SourceKind.NOTE_VERBALE, "NV 8/2026")
    assert "Qazaqstan" not in seen.further, "it is said once"


def test_of_a_name_borne_twice_each_time_is_taken_back_by_itself(workspace):
    first = name(workspace, "KAZ", "Qazaqstan", until=date(2026, 7, 2))
    second = name(workspace, "KAZ", "Qazaqstan", since=date(2026, 8, 1))
    assert not second.repeated
    take_name_back(workspace, "KAZ", first.number, name="Qazaqstan", reader=OPERATOR)
    with pytest.raises(NotOnFile):
        take_name_back(workspace, "KAZ", first.number, name="Qazaqstan", reader=OPERATOR)
    [left] = names_of_state(workspace, "KAZ", treaty="att", reader=OPERATOR).dated
    assert (left.number, left.since) == (second.number, date(2026, 8, 1))


def test_another_process_knows_a_name_at_once(workspace, record_url, tmp_path):
    other = a_workspace(tmp_path / "other", record_url, opened=False)
    assert other.register().name_of("KAZ") == "Kazakhstan"
    name(workspace, "KAZ", "Qazaqstan", language="en")
    assert other.register().name_of("KAZ") == "Qazaqstan"
    other.close()


def test_a_mandate_is_given_to_a_state_by_its_new_name(workspace):
    name(workspace, "NAM", "Namib")
    mandate = a_mandate(workspace, "contact", "Namib")
    with workspace.reading() as connection:
        row = connection.exec_driver_sql(f"SELECT of FROM mandate WHERE id = {mandate}").scalar_one()
    assert row == "NAM"


@pytest.mark.parametrize("text", ["Peru", "PERU ", "Pérou", "PER", "Pe ru"])
def test_a_name_or_code_of_another_state_is_refused(workspace, text):
    assert refused(workspace, "KAZ", text) == ["name_of_another_state"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"text": "  "}, "name_not_a_line"),
        ({"text": "Two\x07lines"}, "name_not_a_line"),
        ({"text": "\u3164"}, "name_shows_blank"),
        ({"text": "a"}, "name_of_too_few_letters"),
        ({"text": "123"}, "name_of_too_few_letters"),
        ({"text": "(...) a"}, "name_of_too_few_letters"),
        ({"text": "Q\u0430zaqstan"}, "name_of_several_scripts"),  # with a Cyrillic a
        ({"text": "\u0410fric\u0430"}, "name_of_several_scripts"),
        ({"text": "Africa"}, "name_of_a_region"),
        ({"text": "latin america and THE  Caribbean"}, "name_of_a_region"),
        ({"text": "Eastern European States"}, "name_of_a_region"),
        ({"text": "Q", "until": date(2026, 6, 30)}, "name_ends_before_it_begins"),
        ({"text": "Q", "language": "xx"}, "choose_a_language"),
        ({"text": "Q", "reference": "a\nb"}, "reference_not_a_line"),
        ({"text": "Q", "reference": "x" * 121}, "reference_not_a_line"),
    ],
)
def test_what_is_wrong_with_a_name_is_said(workspace, said, why):
    given = dict(said)
    assert why in refused(workspace, "KAZ", given.pop("text"), **given)


def test_a_state_may_be_called_what_a_region_is_called_too_where_it_is(workspace):
    assert name(workspace, "FSM", "Micronesia").number


@pytest.mark.parametrize("text", ["Ö1 ab", "中国", "اليمن"])
def test_two_letters_of_any_script_are_a_name(workspace, text):
    assert "name_of_too_few_letters" not in refused(workspace, "KAZ", text, until=date(2026, 6, 30))


def test_a_name_may_hold_for_a_single_day(workspace):
    assert name(workspace, "KAZ", "Qazaqstan", until=SINCE).number


@pytest.mark.parametrize("source", [SourceKind.RECORD, SourceKind.EXAMPLE])
def test_a_name_of_the_programs_own_source_is_given_by_nobody(workspace, source):
    assert refused(workspace, "KAZ", "Qazaqstan", source=source) == ["name_of_the_program"]


def test_the_same_again_changes_nothing(workspace):
    first, second = name(workspace, "KAZ", "Qazaqstan"), name(workspace, "KAZ", " Qazaqstan ")
    assert (second.number, second.repeated) == (first.number, True)


def test_a_name_taken_back_names_nobody(workspace):
    number = name(workspace, "KAZ", "Qazaqstan").number
    with pytest.raises(NotOnFile):
        take_name_back(workspace, "PER", number, name="Qazaqstan", reader=OPERATOR)
    take_name_back(workspace, "KAZ", number, name="Qazaqstan", reader=OPERATOR)
    with pytest.raises(UnknownState):
        workspace.register().find("Qazaqstan")


def test_a_page_that_is_out_of_date_takes_no_other_name_back(workspace):
    """SQLite gives the number of the last name again once it is taken back."""
    number = name(workspace, "KAZ", "Qazaq Eli").number
    with pytest.raises(NotOnFile):
        take_name_back(workspace, "KAZ", number, name="Qazaqstan", reader=OPERATOR)
    assert workspace.register().find("Qazaq Eli").iso3 == "KAZ"


def test_a_name_given_in_the_place_of_one_taken_back_is_known_at_once(workspace):
    number = name(workspace, "KAZ", "Qazaqstan").number
    assert workspace.register().find("Qazaqstan").iso3 == "KAZ"
    take_name_back(workspace, "KAZ", number, name="Qazaqstan", reader=OPERATOR)
    name(workspace, "KAZ", "Qazaq Eli")
    assert workspace.register().find("Qazaq Eli").iso3 == "KAZ"
    with pytest.raises(UnknownState):
        workspace.register().find("Qazaqstan")


def test_only_the_secretariat_names_a_state_and_everybody_sees_its_names(workspace):
    champion = Reader.of("person:9", {Role.CHAMPION: {"KAZ"}})
    with pytest.raises(NotYours):
        name(workspace, "KAZ", "Qazaqstan", reader=champion)
    number = name(workspace, "KAZ", "Qazaqstan").number
    with pytest.raises(NotYours):
        take_name_back(workspace, "KAZ", number, name="Qazaqstan", reader=champion)
    seen = names_of_state(workspace, "KAZ", treaty="att", reader=champion)
    [added] = seen.dated
    assert (added.name, added.since, added.reference, added.number) == ("Qazaqstan", SINCE, "NV 7/2026", number)
    assert dict(seen.called)["en"] == "Kazakhstan"
    assert not seen.may_edit


def test_a_change_of_names_leaves_an_entry_in_the_audit_without_the_name(workspace):
    number = name(workspace, "KAZ", "Qazaqstan").number
    take_name_back(workspace, "KAZ", number, name="Qazaqstan", reader=OPERATOR)
    with workspace.reading() as connection:
        rows = connection.exec_driver_sql(f"SELECT what, detail FROM audit WHERE row = 'state_name:{number}'").all()
    assert [what for what, _ in rows] == ["state named", "state name taken back"]
    assert "Qazaqstan" not in str(rows)


def test_nothing_is_named_that_has_no_dossier(workspace):
    with pytest.raises(NotOnFile):
        name(workspace, "EUU", "Union")
    with pytest.raises(NotOnFile):
        names_of_state(workspace, "EUU", treaty="att", reader=OPERATOR)


def test_a_letter_calls_a_state_by_its_name_of_the_day(workspace):
    letter = ClaimedLetter("L1", 1, "Desk", "en", SINCE, 0, workspace.clock.now())
    notice = ClaimedNotice(1, "L1", 1, "news", "step", "deposited", "champion", "att", True, "KAZ", None, False, None)

    def said():
        return written("https://desk.example", letter, [notice], register=workspace.register(), training=False)

    assert "Kazakhstan" in said().message.body_text
    name(workspace, "KAZ", "Qazaqstan", language="en")
    assert "Qazaqstan" in said().message.body_text
