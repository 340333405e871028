"""The pages. Each turns a click into one verb of casework and shows one view; none of them thinks."""

from __future__ import annotations

from desk.pages import follow_ups, health, overview, runs, state, state_forms

ROUTERS = (health.router, overview.router, follow_ups.router, runs.router, state.router, state_forms.router)
