"""What the desk's application is equipped with for its pages: the office of its record, and a postman.

Put there once, when the application is made; whoever has a request finds it here, and nowhere else.
"""

from __future__ import annotations

from fastapi import FastAPI, Request

from casework.core.workspace import Office
from desk.web.background_post import Postman


def equip(app: FastAPI, office: Office) -> None:
    """Give an application its office, and a postman for it."""
    app.state.office = office
    app.state.postman = Postman(office)


def office_of(request: Request) -> Office:
    """Return the office of the desk that was asked."""
    found: Office = request.app.state.office
    return found


def postman_of(request: Request) -> Postman:
    """Return the postman of the desk that was asked."""
    found: Postman = request.app.state.postman
    return found
