"""A workspace at the hour of the post: persons with mandates, notices that wait, and what became of the letters."""

from __future__ import annotations

from datetime import date, timedelta

from casework.letters import administration
from models.follow_ups import lifecycle
from models.ledger import dossiers
from models.letters import notices
from models.letters.notices import NewNotice
from models.people import people
from pathways.grammar.clearance import OPERATOR
from tests.builders import AN_HOUR, a_workspace

TODAY = date(2026, 7, 24)
FAR = timedelta(days=400)


def a_workspace_with_mail(home, url, mail_server, **said):
    """Open a record that is there already, with a mail server."""
    mail = {"smtp_host": "127.0.0.1", "smtp_port": mail_server.port, "smtp_security": "none"}
    return a_workspace(home, url, opened=False, **{**mail, **said})


def a_person(workspace, name, *, role="champion", region="Africa", language="en", mail=True, vouched_by="operator"):
    with workspace.registry() as connection:
        person = people.add(connection, "person", name=name, language=language, created_at=AN_HOUR)
        if mail:
            address = f"{name.lower()}@x.test"
            people.add(connection, "channel", person_id=person, kind="email", address=address, vouched_by=vouched_by)
        if role:
            mandate = people.add(
                connection, "mandate", role=role, of="ZAF", of_state=True, treaty="att",
                scheme="att_region", region=region if role in ("champion", "coordinator") else "",
                starts_on=TODAY - FAR, ends_on=TODAY + FAR,
            )  # fmt: skip
            people.add(connection, "hold", mandate_id=mandate, person_id=person, starts_on=TODAY - FAR)
    return person


def letters_to_offices(home, url, number):
    """Make a record in which a letter waits for each of so many offices."""
    workspace, since = a_workspace(home, url, empty=True), TODAY - FAR
    with workspace.registry() as connection:
        mandate = people.add(
            connection, "mandate", role="secretariat", of="Secretariat", of_state=False, treaty="att", starts_on=since
        )
        for office in range(number):
            person = people.add(connection, "person", name=f"Office {office}", language="en", created_at=AN_HOUR)
            address = f"office{office}@x.test"
            people.add(connection, "channel", person_id=person, kind="email", address=address, vouched_by="operator")
            people.add(connection, "hold", mandate_id=mandate, person_id=person, starts_on=since)
            notice = NewNotice(
                key=f"k:{person}", kind="task", occasion="ready", about="", person_id=person, role="secretariat",
                treaty="att",
            )  # fmt: skip
            notices.write(
                connection, [notice], now=AN_HOUR, today=workspace.today(), due_at=AN_HOUR, tomorrow_at=AN_HOUR
            )
    workspace.close()


def a_notice(workspace, person, key="k", *, state="NAM", **said):
    defaults = {"kind": "chase", "occasion": "silence", "about": "legislation", "role": "champion", "treaty": "att"}
    with workspace.registry() as connection:
        notice = NewNotice(
            key=f"{key}:{person}",
            person_id=person,
            dossier_id=dossier_of(connection, state) if state else None,
            **{**defaults, **said},
        )
        now = workspace.clock.now()
        notices.write(
            connection,
            [notice],
            now=now,
            today=workspace.today(),
            due_at=now,
            tomorrow_at=now + timedelta(days=1),
        )


def dossier_of(connection, state):
    found = dossiers.record_of(connection, "att", state)
    assert found is not None
    return found.id


def the_list(workspace, prefix=""):
    with workspace.reading() as connection:
        return sorted(lifecycle.open_with_prefix(connection, prefix))


def states(workspace):
    return [letter.state for letter in administration.list_letters(workspace, reader=OPERATOR)]


def a_follow_up(workspace, key, **said):
    defaults = {
        "treaty": "att", "occasion": "silence", "about": "", "role": "secretariat", "region": "", "opened_on": TODAY,
        "due_on": TODAY, "rungs": "champion,coordinator,secretariat", "rung": 1, "patience": 14,
        "next_rung_on": None, "is_public": False, "dossier_id": None,
    }  # fmt: skip
    with workspace.registry() as connection:
        lifecycle.insert_new(connection, [{**defaults, "key": key, **said}])


def next_rung(workspace):
    with workspace.reading() as connection:
        value = connection.exec_driver_sql("SELECT next_rung_on FROM follow_up WHERE key = 'k'").scalar()
    return date.fromisoformat(value) if isinstance(value, str) else value
