"""Days in forms: written as ISO says, in the digits 0 to 9, within the calendar that is kept; else refused in words."""

from datetime import date

import pytest

from casework.dossiers.dossier_view import dossier_view
from casework.people.mandates import NotAppointed, end_mandate
from casework.people.people_list import mandate_list, people_list
from pathways.grammar.clearance import OPERATOR

ODD = ["٢٠٢٢-٠٦-٢٢", "20220622", "2022-W25-3", "2022-6-22"]
LATE = ["2200-01-01", "9999-12-31"]


def mandate_of(desk, who):
    return next(
        p.holds[0].mandate
        for p in people_list(desk.workspace, treaty="att", reader=OPERATOR)
        if p.person == desk.people[who]
    )


@pytest.mark.parametrize("day", [*ODD, "2200-01-01"])
def test_a_fact_is_dated_in_the_digits_of_iso(desk, day):
    said = {"kind": "paused", "source": "note_verbale", "reference": "NV 1"}
    before = dossier_view(desk.workspace, "MWI", treaty="att", reader=OPERATOR).facts
    answer = desk.as_("secretariat").post("/states/MWI/facts", data={**said, "mark": "", "effective": day})
    assert answer.status_code == 422, answer.text
    assert day in answer.text
    assert dossier_view(desk.workspace, "MWI", treaty="att", reader=OPERATOR).facts == before


@pytest.mark.parametrize("day", [*ODD, *LATE])
def test_a_mandate_ends_on_a_day_of_the_calendar(desk, day):
    browser, before = desk.as_("secretariat"), mandate_list(desk.workspace, treaty="att", reader=OPERATOR)
    mandate = mandate_of(desk, "chair")
    given = {"role": "chair", "organ": "A second group", "from": "2022-07-01", "until": day}
    answers = [
        browser.post(f"/people/mandates/{mandate}/end", data={"on": day}),
        browser.post("/people/mandates", data=given),
        browser.post(f"/people/mandates/{mandate}/holds", data={"person": "1", "from": "2022-06-20", "until": day}),
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert all("write it like 2026-06-30" in answer.text or "2199" in answer.text for answer in answers)
    assert mandate_list(desk.workspace, treaty="att", reader=OPERATOR) == before


def test_no_mandate_ends_after_the_calendar_that_is_kept(desk):
    with pytest.raises(NotAppointed, match="mandate_beyond_the_calendar"):
        end_mandate(
            desk.workspace, mandate_of(desk, "chair"), on=date(2200, 1, 1), heirs={}, reader=OPERATOR, treaty=None
        )
