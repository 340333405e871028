"""Every page of the desk, as each kind of person meets it: what the tests of access walk through."""

from dataclasses import dataclass

from casework.enquiries.overview import enquiry_page
from casework.enquiries.rounds import open_enquiry
from casework.follow_ups.listing import follow_up_list
from pathways.grammar.clearance import OPERATOR
from tests.browser.served import Served
from tests.browser.watched import Watched
from tests.builders import a_day
from tests.casework.enquiries.asked import led_by
from tests.cast import STATE, STATE_ELSEWHERE


@dataclass(frozen=True, kw_only=True)
class Look:
    """A page through somebody's eyes. `part`: None for a stranger; `status`: of the answer."""

    path: str
    part: str | None
    status: int = 200

    def __str__(self) -> str:
        """Name it for the list of tests."""
        return f"{self.part or 'stranger'} at {self.path}"


def _as(part: str | None, *paths: str, status: int = 200) -> list[Look]:
    return [Look(path=path, part=part, status=status) for path in paths]


LOOKS = (
    *_as(None, "/sign-in", "/sign-in?next=/states"),
    *_as(None, "/sign-in/nobody-has-this-link", "/verify/nobody-has-this-link", "/r/nobody-has-this-link", status=410),
    *_as("secretariat", "/", "/?view=table", "/?region=Africa", "/states", "/states?q=guin", "/states?q=zzzz"),
    *_as("secretariat", f"/states/{STATE}", "/states/PHL", "/states/ALB", "/states/USA"),
    *_as("secretariat", f"/states/{STATE}/file/contact_named", f"/states/{STATE}/file/deposit"),
    *_as("secretariat", "/follow-ups", "/follow-ups?closed=1", "/follow-ups/new", "/follow-ups/{follow_up}", "/people"),
    *_as("secretariat", "/people/{champion}", "/people/mandates/{mandate}", "/runs", "/runs/intake", "/proposals"),
    *_as("secretariat", "/account"),
    *_as(
        "secretariat",
        "/people/mandates/{mandate}/end",
        "/states/BRA/names",
        "/states/BRA",
        "/states/GAB",
        "/states/ZWE?file=ruling",
    ),
    *_as("secretariat", "/no-such-page", "/states/XXX", status=404),
    *_as("secretariat", "/next-steps", f"/next-steps?region=Africa&write={STATE}", "/next-steps?show=never&sort=heard"),
    *_as("champion", "/next-steps"),
    *_as("president", "/next-steps"),
    *_as("secretariat", "/next-steps?lang=ar"),
    *_as("contact", "/next-steps", status=404),
    *_as("secretariat", "/meetings", "/meetings?year=2022", "/meetings/workshop-2022-05-10", "/meetings/csp-2022-08"),
    *_as("secretariat", "/enquiry", "/enquiry?lang=ar"),
    *_as("champion", "/enquiry"),
    *_as("secretariat", "/promises", "/promises?lang=ar"),
    *_as("champion", "/meetings/workshop-2022-05-10"),
    *_as("secretariat", "/meetings/workshop-2022-05-10?lang=ar"),
    *_as("secretariat", "/papers", "/papers?meeting=workshop-2022-05-10&on=2022-06-01", "/papers?lang=ar"),
    *_as("administrator", "/retention", "/people", f"/states/{STATE}"),
    *_as("coordinator", "/", f"/states/{STATE}", f"/states/{STATE}?on=2022-01-01", f"/states/{STATE}/file/bill"),
    *_as("coordinator", "/follow-ups", "/people", f"/states/{STATE_ELSEWHERE}"),
    *_as(
        "champion",
        "/",
        f"/states/{STATE}",
        "/follow-ups",
        f"/follow-ups/new?state={STATE}",
        "/follow-ups/{follow_up}",
        "/account",
    ),
    *_as("president", "/", f"/states/{STATE}"),
    *_as("contact", "/", "/states", f"/states/{STATE}", f"/states/{STATE_ELSEWHERE}", "/proposals"),
    *_as("secretariat", "/?lang=ar", f"/states/{STATE}?lang=ar"),
    *_as(None, *(f"/r/{{link}}?lang={code}" for code in ("en", "fr", "ar"))),
    *_as("secretariat", "/enquiry?year=2022"),  # with the round that this link is of
)
_LINK = "a-token-that-nobody-guesses"


def visit(browser: Watched, look: Look) -> None:
    """Open a page as somebody, having filled in the numbers of this record."""
    browser.sign_out()
    if look.part is not None:
        browser.sign_in_as(look.part)
    assert browser.go(_filled(browser.desk, look.path)) == look.status


def _filled(desk: Served, path: str) -> str:
    if "{" not in path:
        return path
    of_africa = [
        f
        for f in follow_up_list(desk.workspace, open_only=True, treaty="att", reader=OPERATOR)
        if f.state == STATE and f.kind == "silence"
    ]
    return path.format(
        follow_up=of_africa[0].id,
        champion=desk.cast.people["champion"],
        mandate=desk.cast.mandates["champion"],
        link=_link(desk) if "{link}" in path else "",
    )


def _link(desk: Served) -> str:
    """Return the token of a link by which a State answers an enquiry, which is opened for it if none is."""
    if enquiry_page(desk.workspace, treaty="att", reader=OPERATOR).shown is None:
        open_enquiry(desk.workspace, until=a_day("2022-12-31"), treaty="att", reader=OPERATOR)
        led_by(desk.workspace, _LINK, STATE)
    return _LINK
