"""What a person means to do reaches nobody who holds a mandate of the State, whatever else that person serves as.

An officer of the Secretariat is Angola's contact as well. A champion has opened a follow-up about Angola; the officer
knows of all the others, and meets this one on no list, in no count, in no letter, and can do nothing with it.
"""

from datetime import date, datetime

import pytest

from casework.core.rights import NotOnFile
from casework.follow_ups.actions import close, hand_over, snooze, take
from casework.follow_ups.comments import comment, delete_words
from casework.follow_ups.inbox import follow_up_inbox
from casework.follow_ups.listing import follow_up_list, follow_up_view
from casework.follow_ups.own import Intention, open_own
from casework.follow_ups.page import follow_up_page
from casework.follow_ups.reassignment import OutOfReach
from casework.follow_ups.reopening import reopen
from casework.follow_ups.together import close_together
from casework.letters.posting import post
from casework.operations.sweep import sweep
from casework.overview.agenda import agenda_view
from casework.overview.cases import cases
from casework.overview.news import new_follow_ups, news
from casework.overview.state_page import state_page
from casework.overview.waiting import waiting
from casework.people.holds import hold
from casework.people.leaving_page import leaving_hold
from models.follow_ups.inbox import Show
from models.people import people
from pathways.grammar.clearance import OPERATOR, Sensitivity
from tests.appointments import (
    FROM,
    SILENT_ON,
    a_champion,
    a_mandate,
    eyes,
    silent_states,
    the_secretariat,
    told,
)
from tests.builders import clock_of

WORDS = "Call the frank secretary"
THE_DAY = date(2026, 11, 20)
LONG_AGO = datetime.fromisoformat("2020-01-01T00:00:00+00:00")


@pytest.fixture
def workspace(silent_record_with_mail):
    return silent_record_with_mail


@pytest.fixture
def two_sided(workspace):
    """Give the officer who leads the Secretariat and is Angola's contact as well."""
    person, _ = the_secretariat(workspace, "Two sides")
    be_its_contact(workspace, person)
    return person


@pytest.fixture
def champion(workspace):
    return a_champion(workspace)[0]


@pytest.fixture
def opened(workspace, champion):
    return open_about_angola(workspace, eyes(workspace, champion))


def be_its_contact(workspace, person):
    hold(workspace, person, a_mandate(workspace, "contact", "AGO"), from_=FROM, reader=OPERATOR, treaty=None)


def open_about_angola(workspace, reader, **said):
    meant = Intention(words=WORDS, on=THE_DAY, state="AGO", **said)
    return open_own(workspace, meant, reader=reader, treaty="att").follow_up.id


def swept(workspace, day):
    clock_of(workspace).stand_on(str(day))
    sweep(workspace, run=f"sweep of {day}", treaty="att")


def met(workspace, person):
    """Return where somebody meets the words."""
    reader = eyes(workspace, person)
    asked = {"treaty": "att", "reader": reader}
    inbox = follow_up_inbox(workspace, **asked)
    shown = {
        "list": follow_up_list(workspace, **asked),
        "inbox": (inbox.open, inbox.closed),
        "agenda": agenda_view(workspace, **asked, within=60),
        "overview": cases(workspace, **asked).states,
        "news": news(workspace, LONG_AGO, most=9999, **asked),
        "State's page": state_page(workspace, "AGO", in_full=True, **asked),
    }
    return [where for where, said in shown.items() if WORDS in str(said)]


def test_it_stands_on_no_list_of_the_officers_and_on_all_of_a_colleagues(workspace, two_sided, opened):
    colleague, _ = the_secretariat(workspace, "A colleague")
    everywhere = ["list", "inbox", "agenda", "overview", "news", "State's page"]
    assert met(workspace, colleague) == everywhere
    assert met(workspace, two_sided) == []
    close(workspace, opened, "done", reader=OPERATOR, treaty=None)
    assert met(workspace, colleague) == [where for where in everywhere if where not in ("agenda", "overview")]
    assert met(workspace, two_sided) == []


def test_what_the_officer_opened_is_the_officers_to_read(workspace, two_sided):
    open_about_angola(workspace, eyes(workspace, two_sided))
    assert "inbox" in met(workspace, two_sided)


def test_every_other_follow_up_of_the_state_is_known_to_the_officer(workspace, two_sided, opened):
    angola = silent_states(workspace)["AGO"]
    assert angola in {f.id for f in follow_up_list(workspace, treaty="att", reader=eyes(workspace, two_sided))}


def test_to_the_officer_it_looks_like_one_that_does_not_exist(workspace, two_sided, opened):
    asked = {"reader": eyes(workspace, two_sided), "treaty": "att"}
    for verb in (
        lambda: follow_up_view(workspace, opened, **asked),
        lambda: follow_up_page(workspace, opened, **asked),
        lambda: take(workspace, opened, **asked),
        lambda: snooze(workspace, opened, until=THE_DAY, reason="x", **asked),
        lambda: hand_over(workspace, opened, two_sided, **asked),
        lambda: close(workspace, opened, "done", **asked),
        lambda: reopen(workspace, opened, **asked),
        lambda: comment(workspace, opened, "Hello", **asked),
        lambda: delete_words(workspace, opened, **asked),
    ):
        with pytest.raises(NotOnFile):
            verb()
    answered = close_together(workspace, [opened], "done", **asked)
    assert (answered.done, [left.follow_up for left in answered.left]) == ((), [None])


def test_no_count_and_no_name_tells_of_it(workspace, two_sided, champion):
    def counted():
        reader = eyes(workspace, two_sided)
        inbox = follow_up_inbox(workspace, treaty="att", reader=reader)
        moved = new_follow_ups(workspace, LONG_AGO, treaty="att", reader=reader)
        page = state_page(workspace, "AGO", treaty="att", reader=reader, in_full=True)
        return (
            {show: inbox.counts[show] for show in Show},
            inbox.owners,
            len(moved),
            waiting(workspace, treaty="att", reader=reader),
            page.ahead,
            page.timeline,
        )

    silent_states(workspace)
    before = counted()
    id_ = open_about_angola(workspace, eyes(workspace, champion), sensitivity=Sensitivity.CONFIDENTIAL)
    assert counted() == before
    swept(workspace, THE_DAY)
    snooze(workspace, id_, until=date(2026, 11, 27), reason="x", reader=OPERATOR, treaty=None)
    clock_of(workspace).stand_on(str(SILENT_ON))
    assert counted() == before


def test_one_that_comes_to_the_secretariat_counts_with_a_colleague_alone(workspace, two_sided, opened):
    colleague, _ = the_secretariat(workspace, "A colleague")
    counts = {}
    for day in (THE_DAY, date(2026, 12, 4)):
        swept(workspace, day)
        post(workspace, run=f"post of {day}")
        counts[day] = [waiting(workspace, treaty="att", reader=eyes(workspace, p)) for p in (two_sided, colleague)]
    assert follow_up_view(workspace, opened, treaty="att", reader=OPERATOR).owner is None
    officers, colleagues = counts[date(2026, 12, 4)]
    assert colleagues.follow_ups == officers.follow_ups + 1


def test_pages_of_the_list_skip_it_and_hide_nothing_else(workspace, two_sided, champion, monkeypatch):
    monkeypatch.setattr("casework.follow_ups.inbox.PAGE", 3)
    reader = eyes(workspace, two_sided)
    for day in range(10, 14):
        meant = Intention(words=f"{WORDS} on {day}", on=date(2026, 11, day), state="AGO")
        open_own(workspace, meant, reader=eyes(workspace, champion), treaty="att")
    silent_states(workspace)
    pages = [follow_up_inbox(workspace, treaty="att", reader=reader, page=page) for page in range(1, 60)]
    seen = [f.id for one in pages for _, f in one.open]
    listed = {f.id for f in follow_up_list(workspace, treaty="att", reader=reader, open_only=True)}
    assert (sorted(seen), len(seen)) == (sorted(listed), len(set(seen)))


def test_nobody_gives_it_to_the_officer(workspace, two_sided, opened):
    assert two_sided not in {
        heir.person for heir in follow_up_page(workspace, opened, treaty="att", reader=OPERATOR).heirs
    }
    for give in (
        lambda: hand_over(workspace, opened, two_sided, reader=OPERATOR, treaty=None),
        lambda: take(workspace, opened, two_sided, reader=OPERATOR, treaty=None),
        lambda: open_about_angola(workspace, OPERATOR, owner=two_sided),
    ):
        with pytest.raises(OutOfReach, match="reads_not_what_it_rests_on"):
            give()


def test_left_undone_it_comes_to_a_colleague_who_may_know_it(workspace, two_sided, opened):
    colleague, _ = the_secretariat(workspace, "A colleague")
    for day in (THE_DAY, date(2026, 12, 4)):
        swept(workspace, day)
        post(workspace, run=f"post of {day}")
    assert [kind for person, kind in told(workspace, opened) if person == colleague] == ["task"]
    assert two_sided not in {person for person, _ in told(workspace, opened)}


def test_an_owner_who_comes_to_hold_a_mandate_of_the_state_is_told_no_more_of_it(workspace):
    """It goes to a colleague on its day, and the letter that waited for the owner tells nothing."""
    (owner, _), (colleague, _) = the_secretariat(workspace, "Owner"), the_secretariat(workspace, "A colleague")
    id_ = open_about_angola(workspace, OPERATOR, owner=owner)
    be_its_contact(workspace, owner)
    assert met(workspace, owner) == []
    post(workspace, run="at once")
    assert told(workspace, id_) == []
    swept(workspace, THE_DAY)
    post(workspace, run="on its day")
    assert told(workspace, id_) == [(colleague, "task")]
    after = follow_up_view(workspace, id_, treaty="att", reader=OPERATOR)
    assert (after.owner, after.role) == (None, "secretariat")


def test_letters_about_it_that_left_before_are_shown_to_the_officer_no_more(workspace, two_sided, champion):
    def letters(person):
        page = state_page(workspace, "AGO", treaty="att", reader=eyes(workspace, person), in_full=True)
        return [e.letter for month in page.timeline.months for e in month.entries if e.letter]

    colleague, _ = the_secretariat(workspace, "A colleague")
    open_about_angola(workspace, OPERATOR, owner=champion)
    post(workspace, run="at once")
    assert (len(letters(colleague)), letters(two_sided)) == (1, [])


def test_who_ends_anothers_mandate_reads_that_something_is_left_and_not_what(workspace, two_sided, champion, opened):
    with workspace.reading() as connection:
        [number] = [h.hold_id for h in people.held_on(connection, SILENT_ON, person=champion)]
    colleague, _ = the_secretariat(workspace, "A colleague")
    said = {
        person: [
            left.follow_up.words
            for left in leaving_hold(workspace, number, treaty="att", reader=eyes(workspace, person)).left
        ]
        for person in (two_sided, colleague)
    }
    assert said == {two_sided: [None], colleague: [WORDS]}
