"""People and mandates on the desk: the Secretariat edits, others see who serves, and nothing is orphaned."""

import re
from datetime import date
from html import unescape

import pytest

from casework.follow_ups.listing import follow_up_list
from casework.people.people_list import mandate_list, people_list
from pathways.grammar.clearance import OPERATOR
from tests.appointments import a_champion
from tests.cast import address_of
from tests.forms import words

ROLES = [
    "president",
    "chair",
    "coordinator",
    "champion",
    "champion elsewhere",
    "contact elsewhere",
    "contact of a party",
]
MANDATE = {"role": "coordinator", "state": "KAZ", "from": "2022-06-01", "until": "2023-08-30", "region": "Asia"}


def mandate_of(desk, who):
    return next(
        p.holds[0].mandate
        for p in people_list(desk.workspace, treaty="att", reader=OPERATOR)
        if p.person == desk.people[who]
    )


def hold_of(desk, who):
    page = desk.as_("secretariat").get(f"/people/{desk.people[who]}")
    return int(re.findall(r"/people/holds/(\d+)/end", page.text)[0])


def on_file(desk):
    said = {"treaty": "att", "reader": OPERATOR}
    return people_list(desk.workspace, **said), mandate_list(desk.workspace, **said)


def persons(desk):
    return {p.name: p for p in people_list(desk.workspace, treaty="att", reader=OPERATOR)}


@pytest.mark.parametrize("who", ROLES)
def test_only_the_secretariat_changes_anything(desk, who):
    browser, before = desk.as_(who), on_file(desk)
    mandate, person = mandate_of(desk, "champion"), desk.people["champion"]
    answers = [
        browser.post("/people", data={"name": "New", "email": "new@mission.example"}),
        browser.post("/people/mandates", data=MANDATE),
        browser.post("/people/mandates", data={}),
        browser.post(f"/people/mandates/{mandate}/holds", data={"person": "1", "from": "2022-06-20"}),
        browser.post(f"/people/mandates/{mandate}/end", data={"on": "2022-06-20"}),
        browser.post("/people/holds/1/end", data={"on": "2022-06-20"}),
        browser.post(f"/people/{person}/channels", data={"address": "x@y.example"}),
        browser.post(f"/people/{person}/invite"),
        browser.post("/people/channels/1/returned", data={"reason": "full"}),
        browser.get(f"/people/mandates/{mandate}/end"),
        browser.get("/people/holds/1/end"),
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert on_file(desk) == before


@pytest.mark.parametrize("who", ["president", "champion", "contact elsewhere"])
def test_nobody_else_reads_an_address(desk, who):
    browser = desk.as_(who)
    own = address_of(who)
    for path in ("/people", *(f"/people/{number}" for number in desk.people.values())):
        page = browser.get(path)
        assert set(re.findall(r"[\w.]+@[\w.]+\.example", page.text)) <= {own}
    assert own in browser.get(f"/people/{desk.people[who]}").text


def test_a_contact_sees_who_serves_the_own_state_and_others_are_not_there(desk):
    browser = desk.as_("contact")
    assert "Champion of Africa" in words(browser.get("/people"))
    assert "Champion of Asia" not in words(browser.get("/people"))
    unseen, nobody = browser.get(f"/people/{desk.people['champion elsewhere']}"), browser.get("/people/9999")
    assert (unseen.status_code, nobody.status_code) == (404, 404)
    unseen, nobody = (answer.text.replace(answer.url.path, "") for answer in (unseen, nobody))
    assert unseen == nobody
    for path in ("/people/abc", "/people/mandates/abc", f"/people/{'9' * 40}"):
        assert browser.get(path).status_code == 404


def test_a_person_is_added_asked_at_the_address_and_found(desk):
    browser = desk.as_("secretariat")
    answer = browser.post("/people", data={"name": "Mission of Ghana", "email": "gh@mission.example", "language": "fr"})
    assert answer.status_code == 303
    page = browser.get(answer.headers["location"])
    assert "A letter is to ask whether the address is theirs; it leaves once a mail server is set up." in words(page)
    assert "Not verified yet" in words(page)
    assert "Mission of Ghana" in words(browser.get("/people?q=ghana"))
    assert browser.post(f"{answer.headers['location'].partition('?')[0]}/invite").status_code == 422


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("", "a@mission.example"),
        ("Two\nlines", "a@mission.example"),
        ("A", "a@mission.example\r\nBcc: b@mission.example"),
        ("A", "no address"),
        ("x" * 121, "a@mission.example"),
    ],
)
def test_a_person_who_cannot_be_entered_is_refused_beside_the_form_with_what_was_typed(desk, name, email):
    answer = desk.as_("secretariat").post("/people", data={"name": name, "email": email})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert (name.split("\n")[0] or email) in unescape(answer.text)
    assert len(people_list(desk.workspace, treaty="att", reader=OPERATOR)) == len(desk.people)


def test_a_script_in_a_name_is_a_name_like_any_other(desk):
    browser = desk.as_("secretariat")
    name = '<script>alert("x")</script>=1+1'
    answer = browser.post("/people", data={"name": name, "email": "s@mission.example", "vouched": "yes"})
    for path in ("/people", answer.headers["location"]):
        page = browser.get(path)
        assert "<script>alert" not in page.text
        assert name in unescape(page.text)


def test_an_address_is_added_and_letters_that_come_back_stop_it(desk):
    browser, at = desk.as_("secretariat"), f"/people/{desk.people['champion']}"
    assert browser.post(f"{at}/channels", data={"address": "second@mission.example"}).status_code == 303
    channel = max(int(found) for found in re.findall(r"/people/channels/(\d+)/", browser.get(at).text))
    back = {"person": str(desk.people["champion"])}
    assert browser.post(f"/people/channels/{channel}/returned", data={**back, "reason": " "}).status_code == 422
    said = browser.post(f"/people/channels/{channel}/returned", data={**back, "reason": "<b>mailbox full</b>"})
    assert said.status_code == 303
    assert "Letters came back" in words(browser.get(at))
    assert "<b>mailbox full</b>" in unescape(browser.get(at).text)
    assert "<b>mailbox full" not in browser.get(at).text
    assert browser.post(f"{at}/channels", data={"address": "no address"}).status_code == 422
    assert browser.post(f"/people/channels/{channel}/verify", data=back).status_code == 303


def test_a_mandate_is_entered_and_somebody_holds_it(desk):
    browser = desk.as_("secretariat")
    answer = browser.post("/people/mandates", data=MANDATE)
    assert answer.status_code == 303
    at = answer.headers["location"].partition("?")[0]
    assert "Nobody holds it yet." in words(browser.get(at))
    person = str(desk.people["chair"])
    for wrong, said in (
        ({"person": person, "from": ""}, "Say from which day"),
        ({"person": "", "from": "2022-06-20"}, "Say who is to hold it."),
        ({"person": person, "from": "2022-06-31"}, "is not a date of the calendar"),
        ({"person": person, "from": "2021-01-01"}, "The mandate begins on 1 June 2022"),
    ):
        refused = browser.post(f"{at}/holds", data=wrong)
        assert (refused.status_code, said in words(refused)) == (422, True)
    assert browser.post(f"{at}/holds", data={"person": person, "from": "2022-06-20", "lead": "yes"}).status_code == 303
    assert "The chair of the working group" in words(browser.get(at))
    assert desk.as_("chair").get("/follow-ups?region=Asia").status_code == 200


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"role": "champion", "state": "JPN"}, "A champion serves by its own consent"),
        ({"region": ""}, "serves a region or listed States"),
        ({"states": "AGO, Atlantis"}, "Give a region or listed States, not both."),
        ({"region": "", "states": "Atlantis"}, "is the name of no State"),
        ({"role": "king"}, "is no role"),
        ({"organ": "Bureau"}, "not both"),
        ({"from": ""}, "Say from which day the mandate counts."),
        ({"until": "2021-01-01"}, "before it begins"),
        ({"consent": "two\nlines"}, "one line"),
    ],
)
def test_a_mandate_that_cannot_be_given_says_why_and_keeps_what_was_typed(desk, changed, said):
    answer = desk.as_("secretariat").post("/people/mandates", data=MANDATE | changed)
    assert answer.status_code == 422
    assert said in words(answer)
    assert 'value="2023-08-30"' in answer.text or "until" in changed
    assert not [m for m in mandate_list(desk.workspace, treaty="att", reader=OPERATOR) if m.of == "KAZ"]


def owners(desk):
    return {
        f.id: f.owner
        for f in follow_up_list(desk.workspace, open_only=True, treaty="att", reader=OPERATOR)
        if f.owner is not None
    }


def asked_about(page):
    return [int(found) for found in re.findall(r'id="f-heir-(\d+)"', page.text)]


def test_a_mandate_is_handed_over_and_access_ends_at_once(desk, silent):
    browser, champion = desk.as_("secretariat"), desk.as_("champion")
    at = f"/people/holds/{hold_of(desk, 'champion')}/end"
    left = asked_about(browser.get(at))
    assert silent["AGO"] in left
    assert champion.get("/follow-ups").status_code == 200
    heir = a_person_without_a_mandate(browser)
    answer = browser.post(at, data={"on": "2022-10-03", "successor": heir})
    assert answer.status_code == 303
    assert "The mandate was handed over." in words(browser.get(answer.headers["location"]))
    assert owners(desk) == dict.fromkeys(left, int(heir))
    assert champion.get("/follow-ups").status_code in (303, 403)
    assert champion.post(f"/follow-ups/{silent['AGO']}/take").status_code in (303, 403)
    assert silent["AGO"] not in owners(desk) or owners(desk)[silent["AGO"]] == int(heir)


def a_person_without_a_mandate(browser):
    said = {"name": "Next champion", "email": "next@mission.example", "vouched": "yes"}
    return browser.post("/people", data=said).headers["location"].partition("?")[0].rpartition("/")[2]


@pytest.mark.parametrize("thing", ["holds", "mandates"])
def test_an_orphan_is_refused_by_name_and_what_was_chosen_is_kept(desk, silent, thing):
    number = hold_of(desk, "champion") if thing == "holds" else mandate_of(desk, "champion")
    browser, at = desk.as_("secretariat"), f"/people/{thing}/{number}/end"
    first, *rest = asked_about(browser.get(at))
    officer = desk.people["secretariat"]
    answer = browser.post(at, data={"on": "2022-10-03", "heir": [f"{first}:{officer}", *(f"{id_}:" for id_ in rest)]})
    assert answer.status_code == 422
    assert f"follow-up {rest[0]}." in words(answer)
    assert f'href="#f-heir-{rest[0]}"' in answer.text
    assert f'value="{first}:{officer}" selected' in answer.text
    assert owners(desk) == {}
    assert desk.as_("champion").get("/follow-ups").status_code == 200
    everything = [f"{id_}:{officer}" for id_ in (first, *rest)]
    assert browser.post(at, data={"on": "2022-10-03", "heir": everything}).status_code == 303
    assert owners(desk) == dict.fromkeys((first, *rest), officer)


def test_each_follow_up_goes_to_another_person_and_the_rest_to_one(desk, silent):
    second, _ = a_champion(desk.workspace, "GHA", "Africa", "Second champion")
    browser, at = desk.as_("secretariat"), f"/people/holds/{hold_of(desk, 'champion')}/end"
    first, *rest = asked_about(browser.get(at))
    officer = desk.people["secretariat"]
    said = {"on": "2022-10-03", "heir": [f"{first}:{second}"], "rest": str(officer)}
    assert browser.post(at, data=said).status_code == 303
    assert owners(desk) == {first: second, **dict.fromkeys(rest, officer)}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"on": ""}, "Say from which day it is over."),
        ({"on": "2022-06-31"}, "is not a date of the calendar"),
        ({"on": "2019-01-01"}, "it cannot end before"),
        ({"on": "2022-10-03", "successor": "champion"}, "Somebody else has to take over"),
        ({"on": "2022-10-03", "rest": "champion elsewhere"}, "holds no mandate today that reaches"),
        ({"on": "2022-10-03", "successor": "9999"}, "Nobody on file"),
    ],
)
def test_an_end_that_cannot_be_says_why(desk, silent, said, sentence):
    said = {name: str(desk.people.get(value, value)) for name, value in said.items()}
    answer = desk.as_("secretariat").post(f"/people/holds/{hold_of(desk, 'champion')}/end", data=said)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert desk.as_("champion").get("/follow-ups").status_code == 200


def test_a_presidency_is_handed_over(desk):
    browser = desk.as_("secretariat")
    at = f"/people/holds/{hold_of(desk, 'president')}/end"
    assert "Nothing is left without somebody." in words(browser.get(at))
    heir = a_person_without_a_mandate(browser)
    assert browser.post(at, data={"on": "2022-06-20", "successor": heir}).status_code == 303
    assert [h.from_ for h in persons(desk)["Next champion"].holds] == [date(2022, 6, 20)]
    assert desk.as_("secretariat").post(at, data={"on": "2022-06-20", "successor": heir}).status_code == 422


def test_what_does_not_exist_is_not_there(desk):
    browser = desk.as_("secretariat")
    for path in ("/people/9999", "/people/mandates/9999", "/people/holds/9999/end", "/people/mandates/9999/end"):
        assert browser.get(path).status_code == 404
    for path in ("/people/9999/invite", "/people/channels/9999/verify", "/people/mandates/9999/end"):
        assert browser.post(path, data={"on": "2022-06-20"}).status_code == 404


@pytest.mark.parametrize("search", ["q=" + "x" * 10_000, "q=<script>", "page=-1", "page=x"])
def test_a_search_breaks_nothing(desk, search):
    page = desk.as_("secretariat").get(f"/people?{search}")
    assert page.status_code == 200
    assert "<script>" not in page.text.replace("<script src", "")
