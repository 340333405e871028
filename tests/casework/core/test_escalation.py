"""Which rung of a follow-up is asked, and in which kind of notice; a rung with nobody passes on at once."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from casework.core.directory import ATT_REGION, Directory
from casework.core.escalation import RungAsked, ask
from models.people.people import HeldMandate
from notifications.letters import Kind
from pathways.grammar.agenda import Occasion
from pathways.grammar.roles import ROLES, Powers, Reach, Role

RUNGS = (Role.CHAMPION, Role.COORDINATOR, Role.SECRETARIAT)
CHAMPION, COORDINATOR, SECRETARIAT = 1, 2, 3  # the persons
REGIONS = {"KHM": ("Asia", "Asia-Pacific States"), "NAM": ("Africa", "African States")}


def holding(person, role, **said):
    region = {"scheme": ATT_REGION, "region": "Asia"} if role in (Role.CHAMPION, Role.COORDINATOR) else {}
    defaults = {"of": "JPN", "of_state": True, "scheme": "", "region": "", "states": "", "treaty": "att", "lead": True}
    term = {"starts_on": date(2020, 1, 1), "ends_on": None}
    return HeldMandate(
        **{
            "hold_id": person,
            "mandate_id": person,
            "person_id": person,
            "role": role,
            **defaults,
            **region,
            **term,
            **said,
        }
    )


def a_directory(*people, regions=REGIONS, told_of_themselves=frozenset(), **said):
    roles = {CHAMPION: Role.CHAMPION, COORDINATOR: Role.COORDINATOR, SECRETARIAT: Role.SECRETARIAT}
    held = [holding(person, roles[person], **said) for person in people]
    return Directory(held=held, regions=regions, told_of_themselves=told_of_themselves)


# Who is on file; how many rungs are told; whether only the next may be asked; the rung that is, and who leads it.
WHO_IS_ASKED = {
    "the first rung": ((CHAMPION, COORDINATOR, SECRETARIAT), 0, False, (1, "champion", CHAMPION)),
    "the second after the first": ((CHAMPION, COORDINATOR, SECRETARIAT), 1, False, (2, "coordinator", COORDINATOR)),
    "the last after the second": ((CHAMPION, COORDINATOR, SECRETARIAT), 2, False, (3, "secretariat", SECRETARIAT)),
    "nobody after the last": ((CHAMPION, COORDINATOR, SECRETARIAT), 3, False, (3, "", None)),
    "one with nobody passes on": ((COORDINATOR, SECRETARIAT), 0, False, (2, "coordinator", COORDINATOR)),
    "two with nobody pass on": ((SECRETARIAT,), 0, False, (3, "secretariat", SECRETARIAT)),
    "who was passed over is not asked later": ((CHAMPION, SECRETARIAT), 1, False, (3, "secretariat", SECRETARIAT)),
    "nobody at all": ((), 0, False, (0, "", None)),
    "nobody above": ((CHAMPION,), 1, False, (1, "", None)),
    "only the next, and there is one": ((CHAMPION,), 0, True, (1, "champion", CHAMPION)),
    "only the next, and there is nobody": ((COORDINATOR, SECRETARIAT), 0, True, (0, "", None)),
    "only the next, after the last": ((SECRETARIAT,), 3, True, (3, "", None)),
}


@pytest.mark.parametrize(("people", "told", "only_next", "expected"), WHO_IS_ASKED.values(), ids=WHO_IS_ASKED)
def test_the_next_rung_that_has_anybody_is_asked(people, told, only_next, expected):
    asked = ask(a_directory(*people), RUNGS, told, "KHM", "att", only_next)
    rung, role, person = expected
    assert (asked.rung, asked.role, asked.holder and asked.holder.person_id) == (rung, role, person)
    assert asked.nobody is (person is None)


NOT_ASKED = {
    "of another region": {"region": "Africa"},
    "of listed States, this one not among them": {"region": "", "states": "LAO,MMR"},
    "of another treaty": {"treaty": "ccm"},
    "the State's own mission": {"of": "KHM"},
}


@pytest.mark.parametrize("said", NOT_ASKED.values(), ids=NOT_ASKED)
def test_a_rung_whose_holder_does_not_serve_the_state_passes_on(said):
    directory = Directory(
        held=[holding(CHAMPION, Role.CHAMPION, **said), holding(3, Role.SECRETARIAT)], regions=REGIONS
    )
    assert ask(directory, RUNGS, 0, "KHM", "att").role == "secretariat"


def test_a_rung_that_takes_no_follow_ups_passes_on_until_the_table_says_otherwise(monkeypatch):
    directory = Directory(
        held=[holding(1, "observer", scheme=ATT_REGION, region="Asia"), holding(3, Role.SECRETARIAT)], regions=REGIONS
    )
    assert ask(directory, ("observer", "secretariat"), 0, "KHM", "att").role == "secretariat"
    monkeypatch.setitem(ROLES, "observer", Powers(serves=Reach.SCOPE))
    assert ask(replace(directory), ("observer", "secretariat"), 0, "KHM", "att").role == "secretariat"
    monkeypatch.setitem(ROLES, "observer", Powers(serves=Reach.SCOPE, takes_follow_ups=True))
    assert ask(replace(directory), ("observer", "secretariat"), 0, "KHM", "att").role == "observer"


def test_the_states_own_mission_is_asked_where_letters_about_itself_are_allowed():
    directory = a_directory(CHAMPION, of="KHM", told_of_themselves=frozenset({"KHM"}))
    assert ask(directory, RUNGS, 0, "KHM", "att").role == "champion"


@pytest.mark.parametrize(
    ("leads", "expected"),
    [((False, True), 12), ((True, False), 11), ((True, True), 11), ((False, False), 11)],
    ids=["the second leads", "the first leads", "both lead", "nobody leads"],
)
def test_of_several_the_lead_is_asked_and_else_who_came_first(leads, expected):
    held = [holding(number, Role.CHAMPION, lead=lead) for number, lead in enumerate(leads, start=11)]
    asked = ask(Directory(held=held, regions=REGIONS), RUNGS, 0, "KHM", "att")
    assert asked.holder.person_id == expected


@dataclass(frozen=True)
class ASubject:
    """What a reminder is about."""

    occasion: str = "silence"
    about: str = "interest"
    is_public: bool = False


KINDS = dict.fromkeys(Occasion, Kind.TASK) | dict.fromkeys(
    (Occasion.SILENCE, Occasion.PROMISE, Occasion.DATE_NEAR, Occasion.DATE_PASSED), Kind.CHASE
)


@pytest.mark.parametrize(("occasion", "kind"), KINDS.items(), ids=KINDS)
def test_what_asks_for_a_word_to_a_state_is_a_chase_and_everything_else_a_task(occasion, kind):
    asked = ask(a_directory(CHAMPION), RUNGS, 0, "KHM", "att")
    assert [notice.kind for notice in asked.notices(ASubject(occasion=occasion), "k", "att", 7)] == [kind]


def test_the_reminder_goes_to_the_lead_of_the_rung_once_per_occasion_rung_and_person():
    asked = ask(a_directory(COORDINATOR), RUNGS, 0, "KHM", "att")
    [notice] = asked.notices(ASubject(is_public=True), "att/KHM:silence", "att", 7)
    assert notice.key == "att/KHM:silence:2:2"
    assert (notice.person_id, notice.role, notice.rung) == (COORDINATOR, "coordinator", 2)
    assert (notice.occasion, notice.about, notice.is_public) == ("silence", "interest", True)
    assert (notice.treaty, notice.dossier_id, notice.follow_up_key) == ("att", 7, "att/KHM:silence")


def test_nobody_is_reminded_where_nobody_is_asked():
    assert RungAsked(rung=2, role="", holder=None).notices(ASubject(), "k", "att", None) == []
