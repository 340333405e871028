"""A role that nobody entered in the table gets nothing from any route, command or letter; then what its row says.

The made-up role is given the row of each role there is, one after the other. If it were answered otherwise than that
role, something beside the table would decide.
"""

import json
import re
import shlex
from contextlib import closing
from dataclasses import replace
from datetime import date

import click
import pytest
from click.testing import CliRunner

from casework.access.sessions import open_session
from casework.core.readers import reader_for
from casework.core.workspace import open_workspace
from casework.letters.administration import list_letters
from casework.people.appointments import Appointment
from casework.people.mandates import NotAppointed, add_mandate
from desk.cli.main import cli
from models.people import people
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.roles import ROLES, Powers, Reach, Role
from tests.cast import FROM, MADE_UP, PARTS, REGION, STATE, open_with_cast, read_cast
from tests.desk.pages.everybody import Everybody, client_of
from tests.desk.pages.route_table import ROWS
from tests.desk.pages.sent import set_stage
from tests.sources.files import a_csv

pytestmark = pytest.mark.slow
OF_THE_STATE = "Another observer"
#: Answers that depend on the person, not on the role: whose letter, whose address, to whom it was released.
_OF_A_PERSON = {"/people/{person}/kept", "/l/{letter}", "/people/channels/{channel}/verify", "/files/{fact}"}
#: One that others are asked about, alone or among several: whom a treaty asks, it names in its declaration.
_ASKED_BY_NAME = ("/follow-ups/{follow_up}", "/follow-ups/together")


@pytest.fixture(scope="module")
def there(a_home_with_cast):
    """Give the desk with the cast before it, and a second observer whose mandate is the State's own."""
    home = a_home_with_cast()
    with closing(open_workspace(home)) as workspace:
        with workspace.registry() as connection:
            person = people.add(
                connection, "person", name=OF_THE_STATE, language="en", created_at=workspace.stamp(),
                sees_personal=False,
            )  # fmt: skip
            mandate = people.add(
                connection, "mandate", role=MADE_UP, of=STATE, of_state=True, starts_on=FROM, treaty="att"
            )
            people.add(connection, "hold", mandate_id=mandate, person_id=person, starts_on=FROM, lead=True)
        token = open_session(workspace, person)
    with closing(Everybody.at(home)) as everybody:
        observers = {
            Reach.OWN: (client_of(everybody.app, 90, token), person),
            None: (everybody.clients["made up"], everybody.cast.people["made up"]),
        }
        yield everybody, set_stage(everybody), observers


@pytest.fixture
def in_the_table(monkeypatch):
    """Give the made-up role a row of the table."""
    return lambda row: monkeypatch.setitem(ROLES, MADE_UP, row)


@pytest.mark.parametrize("role", Role)
def test_with_the_row_of_a_role_every_route_answers_it_as_that_role(there, in_the_table, role):
    everybody, stage, observers = there
    in_the_table(ROLES[role])
    client, person = observers.get(ROLES[role].serves, observers[None])
    wrong = {}
    for row in ROWS:
        reader = reader_for(everybody.workspace, person, treaty="att")
        sent = stage.sent_by(row, everybody.workspace, reader)
        answer = client.request(row.method, stage.address(row.path), **sent)
        wanted = row.answers[str(role)]
        if row.path.startswith(_ASKED_BY_NAME) and not ROLES[role].is_secretariat:
            wanted = row.answers["made up"]
        if row.path not in _OF_A_PERSON and answer.status_code != wanted:
            wrong[str(row)] = (answer.status_code, wanted)
        if row.method == "POST":
            everybody.put_back()
    assert wrong == {}


#: Every command that acts in somebody's name, as it is given in good faith.
COMMANDS = {
    "intake": "{table}",
    "status": "",
    "brief": "status",
    "dossier": "{state}",
    "agenda": "--within 365",
    "next-steps": "",
    "next-step": "{state} 'Call the mission.' --by 2022-07-03",
    "promises": "",
    "promise": "{promised_by} {promise} renewed --on 2022-06-20 --source 'note_verbale:NV 9/2022'",
    "fact": "{state} exchange --on 2022-06-20 --source 'note_verbale:NV 9/2022'",
    "settle": "{state} {fact} --reason 'It is so.'",
    "purge": "{state} {fact} --reason 'It is personal.' --yes",
    "state alias": "{state} Nyasa --from 2022-06-20 --source 'note_verbale:NV 9/2022'",
    "step": "{state} start_drafting --on 2022-06-20",
    "sweep": "",
    "meeting list": "",
    "statements take-in": "{table} --meeting csp-2022-08",
    "statements list": "--meeting csp-2022-08",
    "statements check": "--all --meeting csp-2022-08",
    "meeting add": "workshop 'A workshop' --from 2022-07-03",
    "meeting change": "csp-2022-08 --place Bonn",
    "meeting end": "csp-2022-08 --cancelled",
    "enquiry open": "--until 2022-12-31",
    "enquiry status": "",
    "enquiry answered": "{state}",
    "enquiry mission": "{state} {person}",
    "enquiry close": "",
    "letters": "",
    "follow-up list": "",
    "follow-up take": "{follow_up}",
    "follow-up snooze": "{follow_up} --until 2022-07-01 --reason 'The session begins.'",
    "follow-up hand-over": "{follow_up} {coordinator}",
    "follow-up close": "{follow_up} --outcome done",
    "follow-up open": "{state} --on 2022-07-03 --about 'Call the mission.'",
    "follow-up reopen": "{follow_up}",
    "follow-up comment": "{follow_up} --about 'The mission will answer.'",
    "follow-up purge": "{follow_up} --comment {comment}",
    "mandate add": "chair 'A second group' --from 2022-07-01",
    "mandate end": "{mandate} --on 2022-06-21",
    "people add": "'A new office' --email new@mission.example",
    "people hold": "{person} {mandate} --from 2022-06-21",
    "people end": "{person} {mandate} --on 2022-06-21",
    "people link": "{person}",
    "people list": "",
}


def every_acting_command(group=cli, before=()):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from every_acting_command(command, (*before, name))
        elif any("--as" in option.opts for option in command.params):
            yield " ".join((*before, name))


#: Who may have these is tried where they are at home: tests/casework/exports, tests/casework/retention.
IN_ROOMS_OF_THEIR_OWN = {"export", "people export", "retention list", "retention release"}


def test_every_command_that_acts_for_somebody_is_tried_here():
    assert set(every_acting_command()) == set(COMMANDS) | IN_ROOMS_OF_THEIR_OWN


@pytest.fixture
def answers(there, tmp_path):
    """Give a way to type a command in somebody's name; it answers with code and text, and nothing is kept."""
    everybody, stage, _ = there
    table = tmp_path / "table.csv"
    table.write_bytes(a_csv("Brazil,2013-06-03,,2018-08-14,,Ratification,,"))

    def type_it(command, person):
        words = shlex.split(COMMANDS[command].format(**stage.numbers, table=table))
        everybody.workspace.close()
        result = CliRunner().invoke(
            cli, [*command.split(), *words, "--as", str(person), "--json"], env={"ACCEDE_HOME": str(everybody.home)}
        )
        everybody.put_back()
        return result

    return type_it


#: They serve their region, and are not accompanied by themselves.
SERVING = {PARTS["champion"].of, PARTS["coordinator"].of}
REFUSALS = {
    "Only the Secretariat does this; it concerns every State at once.",
    "Your mandate does not allow this for Malawi. The Secretariat can do it, or widen the mandate.",
    "Your mandate does not allow this for Comoros. The Secretariat can do it, or widen the mandate.",
    "Meetings are kept by the Secretariat, the President and the chair.",
    "There is no follow-up N; `accede follow-up list` shows them.",
}
SEEN = {
    "status": lambda said: not any(said["by_stage"].values()) and said["deposits"] == 111,
    "brief": lambda said: said["version"] == "open" and "Anybody may hold it." in said["text"],
    "dossier": lambda said: said["stage"] is None and {f["sensitivity"] for f in said["facts"]} == {"public"},
    "agenda": lambda said: said["items"] == [],
    "next-steps": lambda said: said == [],
    "promises": lambda said: [one["state"] for one in said] == ["COM"],
    "follow-up list": lambda said: said == [],
    "statements list": lambda said: said == [],
    "meeting list": lambda said: "csp-2022-08" in {one["meeting"] for one in said},
    "people list": lambda said: [one["name"] for one in said] == ["An observer"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_outside_the_table_a_command_is_refused_or_says_what_anybody_may_know(there, answers, command):
    everybody, _, _ = there
    answer = answers(command, everybody.cast.people["made up"])
    if command in SEEN:
        assert SEEN[command](json.loads(answer.stdout)), answer.stdout
    else:
        assert (answer.exit_code, answer.stdout) == (1, "")
        assert re.sub(r"[0-9]+", "N", said(answer)) in REFUSALS


@pytest.mark.parametrize("role", Role)
def test_with_the_row_of_a_role_every_command_answers_it_as_that_role(there, in_the_table, answers, role):
    everybody, _, observers = there
    in_the_table(ROLES[role])
    _, person = observers.get(ROLES[role].serves, observers[None])
    like = everybody.cast.people[str(role)]
    for command, words in COMMANDS.items():
        as_it, as_that_role = answers(command, person), answers(command, like)
        if "{follow_up}" in words and not ROLES[role].is_secretariat:
            assert as_it.stdout == "", command  # that one was asked of others
            continue
        assert (as_it.exit_code, said(as_it)) == (as_that_role.exit_code, said(as_that_role)), command
        if command == "agenda":
            assert on_the_agenda(as_it) - SERVING == on_the_agenda(as_that_role) - SERVING


def on_the_agenda(answer):
    return {matter["state"] for matter in json.loads(answer.stdout)["items"]}


def said(answer):
    """Return what a command said on stderr, but for the line about the training record."""
    return "\n".join(answer.stderr.splitlines()[1:])


APPOINTED = Appointment(role=MADE_UP, of="Observers", from_=date(2022, 7, 1), treaty="att")


def test_it_is_given_to_nobody_before_it_stands_in_the_table(there, in_the_table):
    everybody, _, _ = there
    with pytest.raises(NotAppointed, match="no_such_role"):
        add_mandate(everybody.workspace, APPOINTED, reader=OPERATOR)
    page = everybody.clients["secretariat"].get("/people").text
    assert f'value="{MADE_UP}"' not in page
    in_the_table(Powers())
    assert add_mandate(everybody.workspace, APPOINTED, reader=OPERATOR).mandate
    assert f'value="{MADE_UP}"' in everybody.clients["secretariat"].get("/people").text
    everybody.put_back()


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        (Powers(), ["role_of_no_state"]),
        (Powers(serves=Reach.EVERYWHERE), ["role_of_every_state"]),
        (Powers(serves=Reach.OWN), ["role_of_its_own_state"]),
        (Powers(serves=Reach.SCOPE), []),
        (Powers(serves=Reach.SCOPE, of_a_state=True), ["role_of_a_state"]),
        (Powers(serves=Reach.SCOPE, by_consent=True), ["champion_without_consent"]),
    ],
)
def test_it_is_given_by_the_rules_of_its_row(there, in_the_table, row, codes):
    everybody, _, _ = there
    in_the_table(row)
    try:
        add_mandate(everybody.workspace, replace(APPOINTED, region=REGION), reader=OPERATOR)
        refused = []
    except NotAppointed as wrong:
        refused = list(wrong.codes)
    everybody.put_back()
    assert refused == codes


@pytest.mark.parametrize(
    ("row", "is_told"),
    [
        (None, False),
        (Powers(serves=Reach.SCOPE, coordination=Reach.SCOPE), False),
        (Powers(serves=Reach.SCOPE, told_of_steps=True), True),
    ],
)
def test_it_is_told_what_its_row_says_and_nothing_before(tmp_path, in_the_table, row, is_told):
    if row is not None:
        in_the_table(row)
    open_with_cast(tmp_path)
    with closing(open_workspace(tmp_path)) as workspace:
        told = {letter.person for letter in list_letters(workspace, reader=OPERATOR)}
        assert (read_cast(tmp_path).people["made up"] in told) is is_told
