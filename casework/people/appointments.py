"""Appointments: the rules a mandate must keep, all broken ones said at once. Writes nothing.

A champion serves by its own consent, as a State Party of the region (E3.4, E3.6, B15); a coordinator is a
Vice-President; nobody is made champion for being coordinator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from casework.core.directory import ATT_REGION, UN_GROUP
from pathways.grammar.clearance import Role
from pathways.grammar.lines import is_line
from pathways.grammar.stages import LegalStatus
from sources.states import Register, State, UnknownState, load_register

_SCHEMES = (ATT_REGION, UN_GROUP)
_OF_A_STATE = frozenset({Role.COORDINATOR, Role.CHAMPION, Role.CONTACT})
_WITH_A_SCOPE = frozenset({Role.COORDINATOR, Role.CHAMPION})
_LONGEST = 120


def examine(asked: Appointment, there: Circumstances) -> Terms:
    """Hold an appointment against the rules."""
    terms = Terms(consent=(asked.consent or "").strip() or None)
    terms.faults += _read_role(asked, terms)
    terms.faults += _read_holder(asked, terms, load_register())
    terms.faults += _read_scope(asked, terms, there, load_register())
    if asked.until is not None and asked.until < asked.from_:
        terms.faults.append(f"The term cannot end on {asked.until}, before it begins on {asked.from_}.")
    if terms.consent is not None and not _is_reference(terms.consent):
        terms.faults.append(f"The reference of a note verbale is one line of at most {_LONGEST} characters.")
    if terms.role is Role.CHAMPION:
        terms.faults += _champion(asked, terms, there)
    if terms.role is Role.COORDINATOR:
        terms.says += _of_a_coordinator(asked, terms, there)
    return terms


def _read_role(asked: Appointment, terms: Terms) -> Iterator[str]:
    try:
        terms.role = Role(asked.role)
    except ValueError:
        yield f"“{asked.role}” is no role; choose from {', '.join(Role)}."


def _read_holder(asked: Appointment, terms: Terms, register: Register) -> Iterator[str]:
    if terms.role in _OF_A_STATE and not asked.of.strip():
        yield "Choose a State."
        return
    try:
        found = register.find(asked.of)
        terms.holder = found if found.is_state else None
        unknown = f"{found.name} is no State."
    except UnknownState as wrong:
        unknown = str(wrong)
    terms.organ = asked.of.strip()
    if terms.holder is not None:
        return
    if terms.role in _OF_A_STATE:
        yield f"A {terms.role} is a State. {unknown}"
    elif not _is_reference(terms.organ):
        yield f"The name of an organ is one line of at most {_LONGEST} characters."


def _read_scope(asked: Appointment, terms: Terms, there: Circumstances, register: Register) -> Iterator[str]:
    if terms.role is not None and terms.role not in _WITH_A_SCOPE:
        yield from _no_scope(asked, terms.role)
        return
    if asked.region and asked.states:
        yield "Give a region or listed States, not both."
    elif terms.role is not None and not asked.region and not asked.states:
        yield f"A {terms.role} serves a region or listed States; say which."
    if asked.scheme is not None and asked.scheme not in _SCHEMES:
        yield f"“{asked.scheme}” is no way to group States; choose from {', '.join(_SCHEMES)}."
        return
    if asked.region:
        yield from _read_region(asked.region, asked.scheme, terms, there)
    yield from _read_states(asked, terms, register)


def _no_scope(asked: Appointment, role: Role) -> Iterator[str]:
    if asked.region or asked.states:
        serves = "its own State" if role is Role.CONTACT else "every State"
        yield f"A {role} serves {serves}; leave out the region and the States."


def _read_region(region: str, scheme: str | None, terms: Terms, there: Circumstances) -> Iterator[str]:
    for place, name in enumerate(_SCHEMES):
        names = {groups[place].casefold(): groups[place] for groups in there.regions.values() if groups[place]}
        if scheme in (None, name) and region.strip().casefold() in names:
            terms.scheme, terms.region = name, names[region.strip().casefold()]
            return
    att, un = (sorted({g[i] for g in there.regions.values() if g[i]}) for i in range(len(_SCHEMES)))
    yield (
        f"“{region}” is no region of this record. Its regions: {', '.join(att)};"
        f" the regional groups of the United Nations: {', '.join(un)}."
    )


def _read_states(asked: Appointment, terms: Terms, register: Register) -> Iterator[str]:
    found: list[str] = []
    for given in asked.states:
        try:
            found.append(register.find(given).iso3)
        except UnknownState as wrong:
            yield str(wrong)
    terms.states = tuple(dict.fromkeys(found))
    if terms.states:
        terms.scheme = asked.scheme or ATT_REGION


def _champion(asked: Appointment, terms: Terms, there: Circumstances) -> Iterator[str]:
    if terms.consent is None:
        yield "A champion serves by its own consent: give the reference of its note verbale."
    if terms.holder is None:
        return
    name, code = terms.holder.name, terms.holder.iso3
    if terms.consent is None and code in there.coordinators:
        yield f"{name} is coordinator, and that alone never makes it champion."
    status = there.legal_status(code)
    if status is not LegalStatus.STATE_PARTY:
        words = status.replace("_", " ") if status else "not on file"
        yield f"A champion is a State Party; {name} is {words} on {asked.from_}."
    yield from _of_its_own_region(terms, there)


def _of_its_own_region(terms: Terms, there: Circumstances) -> Iterator[str]:
    assert terms.holder is not None
    name, own = terms.holder.name, _group(terms.holder.iso3, terms.scheme, there)
    where = f"is of {own}" if own else "is in none"
    if terms.region and terms.region != own:
        yield f"A champion serves its own region: {name} {where}, not of {terms.region}."
    strangers = [s for s in terms.states if not own or _group(s, terms.scheme, there) != own]
    if strangers:
        yield f"A champion serves its own region: {name} {where}, and {', '.join(strangers)} not."


def _of_a_coordinator(asked: Appointment, terms: Terms, there: Circumstances) -> Iterator[str]:
    if asked.until is None:
        yield "No last day is given; a coordinator serves for the term of the Bureau."
    if terms.holder and terms.region and _group(terms.holder.iso3, terms.scheme, there) != terms.region:
        yield f"{terms.holder.name} is not of {terms.region}; Vice-Presidents coordinate in their own region."


def _group(state: str, scheme: str, there: Circumstances) -> str:
    return there.regions.get(state, ("", ""))[_SCHEMES.index(scheme)] if scheme else ""


def _is_reference(text: str) -> bool:
    return bool(text) and is_line(text, _LONGEST)


@dataclass(frozen=True, kw_only=True, slots=True)
class Appointment:
    """A mandate as somebody asks for it."""

    role: str
    of: str
    from_: date
    until: date | None = None
    region: str | None = None
    states: Sequence[str] = ()
    scheme: str | None = None
    consent: str | None = None
    treaty: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Circumstances:
    """What the rules look at: the regions of this record, legal statuses, and who coordinates already."""

    regions: Mapping[str, tuple[str, str]]
    legal_status: Callable[[str], LegalStatus | None]
    coordinators: frozenset[str]


@dataclass(kw_only=True, slots=True)
class Terms:
    """A mandate as it can be written, or the faults that keep it from being written."""

    role: Role | None = None
    holder: State | None = None
    organ: str = ""
    scheme: str = ""
    region: str = ""
    states: tuple[str, ...] = ()
    consent: str | None = None
    faults: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)

    @property
    def of(self) -> str:
        """Return the code of the State, or the name of the organ."""
        return self.holder.iso3 if self.holder else self.organ

    def row(self, asked: Appointment) -> dict[str, Any]:
        """Return the mandate's row."""
        return {
            "role": asked.role,
            "of": self.of,
            "of_state": self.holder is not None,
            "treaty": asked.treaty,
            "scheme": self.scheme,
            "region": self.region,
            "states": ",".join(self.states),
            "starts_on": asked.from_,
            "ends_on": asked.until,
            "consent": self.consent,
        }
