"""The pages. Each turns a click into one verb of casework and shows one view; none of them thinks."""

from __future__ import annotations

from desk.pages import (
    account,
    files,
    follow_ups,
    health,
    intake,
    leaving,
    letter_link,
    mandates,
    meetings,
    next_steps,
    overview,
    papers,
    people,
    proposals,
    reading,
    retention,
    runs,
    signing_in,
    verifying,
)
from desk.pages.states import releasing, state, state_forms, state_names, states

ROUTERS = (
    health.router,
    overview.router,
    follow_ups.router,
    runs.router,
    intake.router,
    states.router,
    next_steps.router,
    state.router,
    state_forms.router,
    state_names.router,
    signing_in.router,
    verifying.router,
    account.router,
    letter_link.router,
    files.router,
    releasing.router,
    proposals.router,
    people.router,
    retention.router,
    mandates.router,
    meetings.router,
    papers.router,
    leaving.router,
    reading.router,
)
