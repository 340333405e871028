"""Confirmations: what a page says after something was done, once: a code in a cookie, a sentence on the next page.

Whoever reloads that page, or is given its address, is told nothing. A sentence never names a State or a person.
"""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from casework.core.settings import Settings
from desk.i18n.catalogues import marked as _
from desk.web.cookies import cookie_of, is_secure

_WITHIN = 60  # seconds until the page must have asked

SAID = {
    "signed-in": _("You are signed in."),
    "link-sent": _("If this address is on file, a letter with a link is on its way. It may take a few minutes."),
    "link-not-sent": _("No letter leaves here yet. The Secretariat can make a link that signs you in."),
    "signed-out": _("You are signed out."),
    "signed-out-everywhere": _("You are signed out at every browser."),
    "password-changed": _("The password is changed. Whoever was signed in as you elsewhere is signed out."),
    "password-set": _("The password is set. It signs you in from now on, beside the links that come by letter."),
    "language-chosen": _("This is your language from now on. What there is not in it yet comes in English."),
    "person-entered": _("The person is on file. Letters may go to that address."),
    "person-asked": _("The person is on file. A letter asks whether the address is theirs."),
    "address-asked": _("A letter to that address asks whether it is theirs. Nothing else goes there before."),
    "person-asked-unsent": _(
        "The person is on file. A letter is to ask whether the address is theirs; it leaves once a mail server is set"
        " up."
    ),
    "address-asked-unsent": _(
        "A letter is to ask there whether the address is theirs; it leaves once a mail server is set up."
    ),
    "invited-unsent": _(
        "The invitation is written, and leaves once a mail server is set up. Until then “accede people link” makes a"
        " link to hand over."
    ),
    "address-returned": _("No more letters go to that address until it is verified anew."),
    "invited": _("A letter with a link that lets this person in is on its way. The link stands for a week."),
    "mandate-given": _("The mandate is on file. Now say who holds it."),
    "mandate-again": _("This mandate is on file already."),
    "mandate-no-term": _(
        "The mandate is on file. No last day is given; a coordinator serves for the term of the Bureau."
    ),
    "mandate-elsewhere": _("The mandate is on file, for another region; Vice-Presidents coordinate in their own."),
    "mandate-unusual": _(
        "The mandate is on file, without a last day and for another region; a coordinator serves for the term of the"
        " Bureau, in its own region."
    ),
    "mandate-ended": _("The mandate is ended. What hung on it has somebody, who is told by letter."),
    "mandate-ended-alone": _("The mandate is ended. No open follow-up depended on it."),
    "hold-given": _("That person holds the mandate now."),
    "hold-given-unreached": _("That person holds the mandate. No address in use: nothing can be sent there yet."),
    "hold-ended": _("The hold is ended. What hung on it has somebody, who is told by letter."),
    "hold-ended-alone": _("The hold is ended. No open follow-up depended on it."),
    "handed-on": _("The mandate was handed over. What hung on it has somebody, who is told by letter."),
    "handed-on-alone": _("The mandate was handed over. No open follow-up depended on it."),
    "follow-up-opened": _("It is open. Its owner is reminded of it on its day."),
    "follow-up-open-already": _("You had opened this already; it is open once."),
    "follow-up-taken": _("It is yours now."),
    "follow-up-handed-over": _("It was handed over. The new owner is told by letter."),
    "follow-up-rests": _("It rests until that day. Nobody is reminded before."),
    "follow-up-closed": _("It is closed, and what you said of it is on file."),
    "follow-ups-closed": _("They are closed, and what you said of them is on file with each."),
    "follow-ups-rest": _("They rest until that day. Nobody is reminded before."),
    "follow-up-reopened": _("It is open again, as it was. What was said of it stays as a comment."),
    "comment-kept": _("Your comment stands below."),
    "comment-deleted": _("The words are deleted for good."),
    "all-seen": _("Everything up to now is seen."),
    "run-asked-for": _("It is asked for, and begins in a moment. Look at this page again to see what it did."),
    "run-done": _("It has run. What it did stands below."),
    "file-taken-in": _(
        "The file is taken in, and what it brought is on file. What it leaves to settle is named below."
    ),
    "file-taken-in-already": _("This file was taken in already; it is on file once."),
    "letter-tried-again": _("The letter is on its way again; the next post takes it up."),
    "letter-given-up": _("The letter is given up. Whoever comes next is asked instead."),
    "letter-came-back": _("The letter came back, which is noted. Its address gets no more until it is verified."),
    "fact-filed-public": _("It is on file. Everybody may know it."),
    "fact-filed-parties": _("It is on file. States Parties may know it."),
    "fact-filed-coordination": _("It is on file. Who accompanies the State may know it."),
    "fact-filed-confidential": _("It is on file, held by the Secretariat alone as told in confidence."),
    "fact-filed-personal": _(
        "It is on file as personal: you and the administrator of the Secretariat alone may know it."
    ),
    "filed-already": _("You had filed this already; it is on file once."),
    "step-taken": _("The step is taken. Those who serve the region are told by letter."),
    "step-taken-already": _("This step was taken already; it was not taken twice."),
    "released": _("It is released. That person may read it from now on."),
    "released-already": _("It was released so already; it stands once."),
    "taken-back": _("The release is taken back. It opens nothing any more."),
    "answer-saved": _("It is saved, and not sent yet."),
    "answer-sent": _("Your answer is with the Secretariat. Thank you."),
    "answer-again": _("The same answer is with the Secretariat already. Thank you."),
    "enquiry-opened": _("The enquiry is open; its letters are on their way."),
    "enquiry-closed": _("The enquiry is closed. No letter is written any more, and no link takes an answer."),
    "meeting-added": _("The meeting is on file."),
    "meeting-again": _("This meeting is on file already."),
    "meeting-held": _("It is noted that the meeting was held."),
    "meeting-cancelled": _("It is noted that the meeting does not take place."),
    "line-taken-down": _("It is taken down. It counts once it is checked."),
    "line-again": _("You had sent this line already; it is taken down once."),
    "line-checked": _("It is checked, and on file."),
    "lines-checked": _("They are checked, and on file."),
    "line-struck": _("It is struck out."),
    "name-given": _("The name is on file, and known everywhere from now on."),
    "name-again": _("This name is on file already."),
    "name-taken-back": _("The name is taken back. What was read by it stays as it was read."),
    "next-step-written": _("It stands there from now on. What was written before is kept."),
    "next-step-done": _("The pathway says again what comes next. What was written is kept."),
    "proposed": _("It is proposed. The Secretariat decides, and you see here what became of it."),
    "proposed-already": _("You had proposed this already; it waits once."),
    "proposal-accepted": _("It is accepted and on file."),
    "proposal-declined": _("It is declined. The State's contact reads why."),
    "promise-kept": _("It is on file: the promise was kept."),
    "promise-renewed": _("It is on file: the promise was renewed. It is asked about again in time."),
    "promise-lapsed": _("It is on file: the promise has lapsed."),
    "promise-again": _("You said the same before; it is on file once."),
    "erased": _("It is erased for good."),
    "contradiction-settled": _("The contradiction is settled, and the reason is on file."),
}


def say(answer: Response, settings: Settings, code: str) -> None:
    """Let the next page say what was done."""
    answer.set_cookie(_name(settings), code, max_age=_WITHIN, secure=is_secure(settings), httponly=True, samesite="lax")


def said_in(request: Request, settings: Settings) -> str:
    """Return the code of what is to be said on a page; a part of one, fetched into it by htmx, says nothing."""
    is_part = "hx-request" in request.headers
    return "" if is_part else request.cookies.get(_name(settings), "")


def forget(answer: Response, settings: Settings) -> None:
    """Say it no more."""
    answer.delete_cookie(_name(settings), secure=is_secure(settings), httponly=True, samesite="lax")


def _name(settings: Settings) -> str:
    return f"{cookie_of(settings)}-said"
