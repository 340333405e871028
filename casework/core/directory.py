"""The directory: who serves a State in a role on a day, and who leads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from models.ledger import states
from models.people import people
from models.people.people import HeldMandate
from models.store import record_settings
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.roles import Reach, Vacancy, nearness, powers, roles_that

ATT_REGION = "att_region"
UN_GROUP = "un_regional_group"
OWN_MISSION = "letters_to_own_mission:"


@dataclass
class Directory:
    """Mandates in term on one day, and the regions they serve."""

    held: list[HeldMandate]
    regions: dict[str, tuple[str, str]]
    told_of_themselves: frozenset[str] = frozenset()  # States whose own mission may get letters about them
    _found: dict[tuple[str, str, str], tuple[HeldMandate, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, connection: Connection, day: date, *, treaties: Collection[str] | None = None) -> Directory:
        """Read the directory of a day, of all treaties or of those in hand."""
        return cls(
            held=people.held_on(connection, day, treaties=treaties),
            regions=states.regions(connection),
            told_of_themselves=record_settings.marked(connection, OWN_MISSION),
        )

    def holders(self, role: str, state: str, treaty: str) -> tuple[HeldMandate, ...]:
        """Return who serves a State in a role, the lead first; not the State's own mission unless that is allowed."""
        place = (role, state, treaty)
        if place not in self._found:
            serving = [h for h in self._of(role, treaty) if self.serves(h, state)]
            if state not in self.told_of_themselves:
                serving = [h for h in serving if not (h.of_state and h.of == state)]
            self._found[place] = tuple(sorted(serving, key=lead_first))
        return self._found[place]

    def office_holders(self, role: str, treaty: str) -> tuple[HeldMandate, ...]:
        """Return who holds a role that serves every State, the lead first."""
        return tuple(sorted(self._of(role, treaty), key=lead_first))

    def serves(self, held: HeldMandate, state: str) -> bool:
        """Tell whether a mandate's scope holds a State."""
        reach = powers(held.role).serves
        if reach is not Reach.SCOPE:
            return reach is Reach.EVERYWHERE or (reach is Reach.OWN and held.of == state)
        if held.states:
            return state in held.states.split(",")
        region, group = self.regions.get(state, ("", ""))
        return bool(held.region) and held.region == (group if held.scheme == UN_GROUP else region)

    def serving(self, person: int | None, state: str | None, treaty: str) -> HeldMandate | None:
        """Return the mandate by which a person is asked about a State, or about none: the nearest; None without one."""
        held = [
            h for h in self.held if h.person_id == person and h.treaty == treaty and powers(h.role).takes_follow_ups
        ]
        reaching = [h for h in held if powers(h.role).serves is Reach.EVERYWHERE or (state and self.serves(h, state))]
        return min(reaching, key=lambda h: nearness(h.role), default=None)

    def vacant(self, treaty: str, *ways: Vacancy) -> list[tuple[str, str]]:
        """Return the roles that nobody holds, those with such a way of being vacant; the ones of regions come last.

        Each stands with the region of which no State is served in it, or with none where it serves every State.
        """
        missed = roles_that(lambda row: row.vacancy in ways)
        offices = [role for role in missed if powers(role).serves is Reach.EVERYWHERE]
        regional = [role for role in missed if powers(role).serves is Reach.SCOPE]
        return [(role, "") for role in offices if not self.office_holders(role, treaty)] + [
            (role, region) for role in regional for region in self._unserved_regions(role, treaty)
        ]

    def _unserved_regions(self, role: str, treaty: str) -> list[str]:
        """Return the regions of which no State is served in a role."""
        serving = self._of(role, treaty)
        whole = {h.region for h in serving if h.scheme == ATT_REGION and not h.states}
        return [
            region
            for region, there in self._states.items()
            if region not in whole and not any(self.serves(h, s) for s in there for h in serving)
        ]

    def _of(self, role: str, treaty: str) -> list[HeldMandate]:
        return self._by_role.get((role, treaty), [])

    @cached_property
    def _by_role(self) -> dict[tuple[str, str], list[HeldMandate]]:
        found: dict[tuple[str, str], list[HeldMandate]] = {}
        for held in self.held:
            found.setdefault((held.role, held.treaty), []).append(held)
        return found

    @cached_property
    def _states(self) -> dict[str, list[str]]:
        """Return the States of each region, regions in order of the alphabet."""
        found: dict[str, list[str]] = {}
        for state, (region, _) in self.regions.items():
            if region:
                found.setdefault(region, []).append(state)
        return dict(sorted(found.items()))

    def reader(self, person_id: int, treaty: str, parties: Iterable[str], *, sees_personal: bool = False) -> Reader:
        """Return what a person may know today, by the mandates held; those of another treaty say of which States."""
        held = [h for h in self.held if h.person_id == person_id]
        mine = [h for h in held if h.treaty == treaty]
        serving = {
            role: self._served_by([h for h in mine if h.role == role], powers(role).serves)
            for role in sorted({h.role for h in mine})
        }
        own = {state for role, states in serving.items() if powers(role).serves is Reach.OWN for state in states}
        return Reader.of(
            f"person:{person_id}",
            serving,
            of_states={h.of for h in held if h.of_state or powers(h.role).serves is Reach.OWN},
            party=bool(own & set(parties)),
            sees_personal=sees_personal,
        )

    def _served_by(self, mandates: Sequence[HeldMandate], reach: Reach) -> frozenset[str]:
        """Return the States these mandates name; a State that serves a region is not accompanied by itself."""
        if reach is Reach.OWN:
            return frozenset(held.of for held in mandates)
        if reach is not Reach.SCOPE:
            return frozenset()
        return frozenset(
            state for state in self.regions for held in mandates if self.serves(held, state) and held.of != state
        )


def lead_first(held: HeldMandate) -> tuple[bool, int]:
    """Return the place of a holder among those of one mandate or role: the lead first, then as they came."""
    return not held.lead, held.hold_id
