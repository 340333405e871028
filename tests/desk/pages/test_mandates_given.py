"""A mandate given at the desk: what is unusual about it is said at once, in the language of the page."""

import pytest

from tests.desk.pages.test_people import MANDATE
from tests.forms import words


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "The mandate is on file. Now say who holds it."),
        ({"until": ""}, "No last day is given; a coordinator serves for the term of the Bureau."),
        ({"region": "Africa"}, "for another region; Vice-Presidents coordinate in their own."),
        ({"region": "Africa", "until": ""}, "without a last day and for another region"),
    ],
)
def test_what_is_unusual_about_a_mandate_is_said_as_it_is_given(desk, asked, said):
    browser = desk.as_("secretariat")
    assert said in words(browser.get(browser.post("/people/mandates", data=MANDATE | asked).headers["location"]))
    again = browser.post("/people/mandates", data=MANDATE | asked).headers["location"]
    assert "This mandate is on file already." in words(browser.get(again))


def test_it_is_said_in_the_language_of_the_page(desk):
    browser = desk.as_("secretariat")
    given = browser.post("/people/mandates", data=MANDATE | {"until": ""}).headers["location"]
    assert "لم يُذكر يوم أخير" in words(browser.get(f"{given}?lang=ar"))
