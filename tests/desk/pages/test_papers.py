"""The page of papers: what can be made for a meeting, and handed out as files: the open one the same to everybody."""

import pytest

from casework.meetings.keeping import Planned, add_meeting
from casework.papers.kinds import FORMATS
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.dates import PartialDate

ASKED = "?on=2022-06-01&language=fr"


def a_meeting(desk, kind="workshop", title="Workshop for Africa"):
    planned = Planned(kind=kind, title=title, from_=PartialDate.parse("2022-05-10"), is_webcast=kind == "workshop")
    return add_meeting(desk.workspace, planned, treaty="att", reader=OPERATOR).meeting


def test_it_offers_each_paper_of_the_meeting_in_its_versions(desk):
    page = desk.as_("champion").get(f"/papers?meeting={a_meeting(desk)}").text
    for shown in ("Workshop for Africa", "Status of participation", "No closed version", "Paper of the meeting"):
        assert shown in page, shown
    for name in ("status-open", "meeting-open", "meeting-closed"):
        assert f"/papers/{name}.docx?meeting=workshop-2022-05-10" in page, name


def test_a_meeting_with_one_state_alone_has_no_open_paper_and_is_not_there_for_a_champion(desk):
    meeting = a_meeting(desk, "bilateral", "With one State")
    page = desk.as_("chair").get(f"/papers?meeting={meeting}").text
    assert "No open version" in page
    assert "meeting-open" not in page
    assert desk.as_("champion").get(f"/papers?meeting={meeting}").status_code == 404
    assert desk.as_("chair").get(f"/papers/meeting-open.md?meeting={meeting}").status_code == 404


@pytest.mark.parametrize("ending", [*FORMATS])
def test_the_open_one_is_the_same_file_for_whoever_asks(desk, ending):
    answers = [desk.as_(part).get(f"/papers/status-open.{ending}{ASKED}") for part in ("secretariat", "contact")]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    assert answers[0].headers["content-type"] == FORMATS[ending]
    assert f'filename="status-open-2022-06-01.{ending}"' in answers[0].headers["content-disposition"]
    assert answers[0].headers["cache-control"] == "no-store"


def test_the_closed_one_bears_the_name_of_whoever_asked(desk):
    path = f"/papers/meeting-closed.md?meeting={a_meeting(desk)}"
    told = {part: desk.as_(part).get(path).text for part in ("chair", "champion")}
    assert "(chair), and by nobody else." in told["chair"]
    assert "(regional champion), and by nobody else." in told["champion"]


def test_a_day_that_is_none_and_a_language_that_is_none_are_said_on_the_page(desk):
    chair = desk.as_("chair")
    for path in ("/papers?on=soon", "/papers/status-open.pdf?on=soon", "/papers/status-open.pdf?language=tlh"):
        answer = chair.get(path)
        assert answer.status_code == 422, path
        assert 'role="alert"' in answer.text or "wrong" in answer.text, path


def test_a_brief_on_a_state_is_made_by_any_of_its_names_for_whoever_asks(desk):
    chair = desk.as_("chair")
    assert 'action="/papers/state-closed.docx"' in chair.get("/papers").text
    told = chair.get("/papers/state-closed.md?state=malawi&on=2022-06-01")
    assert "# Brief: Malawi" in told.text
    assert "stands at the stage" in told.text
    assert "stands at the stage" not in desk.as_("contact elsewhere").get("/papers/state-closed.md?state=MWI").text
    for wrong in ("state-closed.docx?state=Atlantis", "state-closed.docx"):
        assert chair.get(f"/papers/{wrong}").status_code == 422, wrong


def test_the_report_of_the_chair_is_offered_open_alone_and_is_of_no_meeting(desk):
    page = desk.as_("champion").get(f"/papers?meeting={a_meeting(desk)}").text
    assert "Report of the chair, a draft" in page
    assert "/papers/report-open.docx?meeting=&" in page.replace("&amp;", "&")
    assert "report-closed" not in page
    told = [desk.as_(part).get("/papers/report-open.md?on=2023-07-21") for part in ("chair", "contact")]
    assert told[0].content == told[1].content
    assert "Symbol to be given" in told[0].text


def test_no_paper_of_another_name_is_there(desk):
    for name in ("status-closed.docx", "poem-open.md", "status-open.exe"):
        assert desk.as_("secretariat").get(f"/papers/{name}").status_code == 404, name


def test_a_stranger_signs_in_first(desk):
    assert desk.stranger().get("/papers", follow_redirects=False).status_code == 303
