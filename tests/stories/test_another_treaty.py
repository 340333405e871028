"""A State goes into a treaty that was made up, from signature to its first report, and meets nothing of another one.

Everything that is shown on the way is gathered: what commands print, in words and as JSON, what letters say, pages in
English and in Arabic, exports. None of it may hold an article, a name, a duty or a period of the Arms Trade Treaty.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from casework.access.sessions import open_session
from casework.core.settings import Settings
from casework.core.workspace import Workspace
from desk.cli.main import cli
from desk.server.app import create_app
from desk.web.cookies import COOKIE
from models.store.engine import Store
from pathways.grammar.pathway import Pathway
from tests.builders import StandingClock
from tests.foreign_words import foreign_words_in, text_of_a_workbook
from tests.made_up_treaty import RIVERS
from tests.mailserver import MailServer
from tests.sources.files import a_csv

STATE = "SRB"
WORKBOOK = "/states.xlsx"
OFFICES = {"secretariat": "Chancery desk", "champion": "Envoy of Norway", "coordinator": "Envoy of Italy"}
PAGES = (
    *("/", "/?region=all&view=table", "/states", "/states.csv", WORKBOOK, f"/states/{STATE}"),
    *(f"/states/{STATE}?on=2019-06-02", "/follow-ups", "/people", "/runs", "/sign-in"),
)


@dataclass
class Chronicle:
    """A training record lived day by day through its commands, and everything that was shown on the way."""

    home: Path
    mail: MailServer
    people: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)

    def does(self, *words: str, refused: bool = False) -> str:
        """Run a command, which must do or must refuse, and keep what it said."""
        here = {"ACCEDE_HOME": str(self.home), "ACCEDE_TREATY": RIVERS.key, "COLUMNS": "240"}
        mail = {"HOST": self.mail.host, "PORT": str(self.mail.port), "SECURITY": "none"}
        says = CliRunner().invoke(cli, words, env=here | {f"ACCEDE_SMTP_{name}": value for name, value in mail.items()})
        assert says.exit_code == (1 if refused else 0), f"{words}: {says.output}"
        self.shown[f"{len(self.shown)}. accede {' '.join(words)}"] = says.output
        return says.stderr if refused else says.stdout

    def asks(self, *words: str) -> Any:
        """Run a command that prints for people and as JSON, and return the latter."""
        self.does(*words)
        return json.loads(self.does(*words, "--json"))

    def on(self, day: str) -> dict[str, Any]:
        """Go on to the morning of a day: its sweep runs, and the letters leave."""
        self.does("clock", day)
        swept: dict[str, Any] = json.loads(self.does("sweep", "--json"))
        self.does("post")
        return swept

    def learns(self, kind: str, on: str, source: str, *fields: str, state: str = STATE, refused: bool = False) -> str:
        """File a fact."""
        said = [word for one in fields for word in ("--set", one)]
        return self.does("fact", state, kind, "--on", on, "--source", source, *said, refused=refused)

    def receives(self, row: str, published: str, *, refused: bool = False) -> str:
        """Take in a table of the depositary."""
        table = self.home / f"table of {published}.csv"
        table.write_bytes(a_csv(row))
        return self.does("intake", str(table), "--published", published, "--json", refused=refused)

    def appoints(self, role: str, of: str, *said: str) -> None:
        """Give a role to a State or an organ, and put its office on file."""
        mandate = json.loads(self.does("mandate", "add", role, of, "--from", "2019-01-01", *said, "--json"))["mandate"]
        address = f"{role}@rivers.example"
        person = json.loads(self.does("people", "add", OFFICES[role], "--email", address, "--json"))["person"]
        self.people[role] = str(person)
        self.does("people", "hold", str(person), str(mandate), "--from", "2019-01-01", "--lead")

    def looks_around(self) -> None:
        """Print whatever can be printed, both ways, and open the pages of the Secretariat."""
        for words in (["agenda", "--within", "400"], ["dossier", STATE], ["follow-up", "list"], ["letters"]):
            self.asks(*words)
        self.opens("secretariat", *PAGES)

    def looks_at_the_rest(self) -> None:
        """Print what is the same on every day, and open the forms, and the pages as others see them."""
        for words in (["status"], ["treaty"], ["people", "list"], ["mandate", "list"], ["verify"]):
            self.asks(*words)
        self.does("treaty", "--mermaid")
        self.opens("secretariat", *(f"/states/{STATE}/file/{kind.name}" for kind in RIVERS.kinds if kind.by_hand))
        self.opens("champion", "/", f"/states/{STATE}", "/follow-ups")
        self.opens("coordinator", f"/states/{STATE}")

    def reads(self, address: str) -> str:
        """Return what the letters to an address say; those that leave together arrive in any order."""
        return "\n".join(letter.text for letter in self.mail.to(address))

    def opens(self, role: str, *pages: str) -> None:
        """Open pages in both languages as somebody, with the follow-ups that one of them lists."""
        settings = Settings(home=self.home, treaty=RIVERS.key)
        workspace = Workspace(settings, Store(settings.url), StandingClock())
        with TestClient(create_app(workspace), base_url="http://127.0.0.1:8300") as browser:
            browser.cookies.set(COOKIE, open_session(workspace, int(self.people[role])))
            listed = browser.get("/follow-ups").text if "/follow-ups" in pages else ""
            for page in (*pages, *dict.fromkeys(re.findall(r"/follow-ups/\d+", listed))):
                for language in ("en", "ar"):
                    answer = browser.get(f"{page}{'&' if '?' in page else '?'}lang={language}")
                    assert answer.status_code == 200, (page, answer.status_code)
                    said = text_of_a_workbook(answer.content) if page == WORKBOOK else answer.text
                    self.shown[f"{len(self.shown)}. {role} at {page} ({language})"] = said
        workspace.close()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_state_enters_a_made_up_treaty_and_meets_nothing_of_another_one(
    rivers: Pathway, mail_server: MailServer, tmp_path: Path
):
    told = Chronicle(home=tmp_path, mail=mail_server)
    the_record_is_opened_and_offices_are_appointed(told)
    it_signs_and_walks(told)
    what_the_treaty_does_not_know_is_refused(told)
    it_deposits_and_is_bound_on_the_first_of_a_month(told)
    it_reports(told)
    told.looks_around()
    told.looks_at_the_rest()
    told.shown |= {
        f"letter {n}": letter.message.as_string() + letter.text for n, letter in enumerate(mail_server.messages)
    }
    assert len(told.shown) > 100
    assert all("Serbia" in said for where, said in told.shown.items() if f"{WORKBOOK} (en)" in where)
    found = {f"{word} in {where}" for where, text in told.shown.items() for word in foreign_words_in(text)}
    assert not found, "\n".join(sorted(found))


def the_record_is_opened_and_offices_are_appointed(told: Chronicle) -> None:
    told.does("init", "--training", "2019-02-01")
    told.learns("signature", "2015-05-04", "depositary:FR/1/2015", state="NOR")
    told.learns("deposit", "2017-02-01", "depositary:FR/2/2017", "instrument=ratification", state="NOR")
    told.on("2019-02-02")
    assert told.asks("dossier", "NOR")["entry_into_force"] == "2017-06-01"
    told.appoints("secretariat", "Chancery")
    told.appoints("champion", "NOR", "--region", "Europe", "--consent", "Note 7/2019")
    told.appoints("coordinator", "ITA", "--region", "Europe")


def it_signs_and_walks(told: Chronicle) -> None:
    told.on("2019-03-06")
    told.receives(f"{STATE},Serbia,2019-03-05,,,,,,", "2019-03-05")
    assert told.asks("dossier", STATE)["legal_status"] == "signatory"
    told.on("2019-05-17")  # seventy days of silence and some
    assert "nothing has been heard" in told.reads("champion@rivers.example")
    told.on("2019-06-10")
    told.learns("pilot_wanted", "2019-06-09", "note_verbale:12", "basins=upper,lower")
    told.does("step", STATE, "want_a_pilot")
    told.learns("focal_point", "2019-06-08", "note_verbale:13", "ministry=Waters")
    told.does("step", STATE, "begin_the_code")


def what_the_treaty_does_not_know_is_refused(told: Chronicle) -> None:
    told.does("step", STATE, "draw_up", refused=True)
    told.learns("deposit", "2019-06-09", "depositary:FR/9/2019", "instrument=acceptance", refused=True)
    told.learns("deposit", "2019-06-09", "depositary:9", "instrument=accession", refused=True)
    says = told.learns("deposit", "2019-06-09", "depositary:FR/9/2019", "instrument=accession", refused=True)
    assert "a signatory does not accede: it ratifies (art. 62(4))." in says
    says = told.learns("withdrawal", "2019-06-09", "depositary:FR/9/2019", refused=True)
    assert "it cannot withdraw." in says
    told.learns("signature", "2015-01-01", "depositary:FR/9/2019", state="ITA", refused=True)
    says = told.receives(f"{STATE},Serbia,2019-03-05,2019-03-05,,,,,", "2019-06-01", refused=True)
    assert "The Convention on Shared Rivers knows no provisional application." in says


def it_deposits_and_is_bound_on_the_first_of_a_month(told: Chronicle) -> None:
    told.on("2019-08-01")
    told.learns("basin_survey", "2019-06-20", "gazette:4", "survey_number=4")
    told.learns("water_code", "2019-07-01", "parliament:5", "code_number=5")
    told.learns("assembly_vote", "2019-07-10", "parliament:6")
    told.learns("instrument_prepared", "2019-07-20", "note_verbale:14", "instrument=ratification")
    told.on("2019-08-02")  # ready to advance
    told.looks_around()
    told.does("step", STATE, "draw_up")
    told.on("2019-09-12")
    told.receives(f"{STATE},Serbia,2019-03-05,,2019-09-10,,Ratification,,", "2019-09-11")
    assert told.asks("dossier", STATE)["entry_into_force"] == "2020-01-01"
    assert told.on("2019-12-31")["advanced"] == 0
    assert told.on("2020-01-01")["advanced"] == 1
    assert told.asks("dossier", STATE)["stage"] == "implementation"


def it_reports(told: Chronicle) -> None:
    """Three duties: nine months after it is bound, each 30 September, and after two years."""
    duties = [(d["name"], d["due_on"]) for d in told.asks("dossier", STATE)["duties"]]
    assert duties == [
        ("first account of waters", "2020-10-01"),
        ("survey of the season", "2021-09-30"),
        ("atlas of basins", "2022-01-01"),
    ]
    told.on("2020-08-03")
    assert "the day for the first account of waters is near" in told.reads("secretariat@rivers.example")
    told.on("2020-10-02")
    assert "the day for the first account of waters has passed" in told.reads("secretariat@rivers.example")
    told.looks_around()
    says = told.learns("season_survey", "2020-10-01", "note_verbale:20", "year=2016", refused=True)
    assert "from 2017 to 2020, not 2016 (art. 71(2))." in says
    told.learns("first_account", "2020-10-01", "note_verbale:20")
    [account] = [d for d in told.asks("dossier", STATE)["duties"] if d["name"] == "first account of waters"]
    assert (account["state"], account["done_on"]) == ("done", "2020-10-01")
    told.on("2021-08-20")
    assert "survey of the season 2020" in told.reads("secretariat@rivers.example")


def test_what_is_printed_of_the_arms_trade_treaty_is_seen_as_its_own():
    says = CliRunner().invoke(cli, ["treaty", "att"], env={"COLUMNS": "240"}).output
    assert {"annual_report", "initial report", "Arms Trade Treaty", "art. 22", "90 days"} <= set(foreign_words_in(says))
