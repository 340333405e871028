"""Appointments: the rules a mandate must keep, all broken ones said at once. Writes nothing.

A champion serves by its own consent, as a State Party of the region (E3.4, E3.6, B15); a coordinator is a
Vice-President; nobody is made champion for being coordinator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from casework.core.directory import ATT_REGION, UN_GROUP
from casework.core.text_rules import name_faults
from pathways.grammar.lines import is_line
from pathways.grammar.refusals import Refusal, Remark, Word, refusal, remark
from pathways.grammar.roles import ROLES, Reach, every_role, powers
from pathways.grammar.stages import LegalStatus
from sources.states import Register, State, UnknownState

_SCHEMES = (ATT_REGION, UN_GROUP)
_LONGEST = 120


def examine(asked: Appointment, there: Circumstances) -> Terms:
    """Hold an appointment against the rules."""
    terms = Terms(consent=(asked.consent or "").strip() or None)
    terms.faults += _read_role(asked, terms)
    terms.faults += _read_holder(asked, terms, there.register)
    terms.faults += _read_scope(asked, terms, there)
    if asked.until is not None and asked.until < asked.from_:
        terms.faults.append(refusal("term_ends_before_it_begins", field="until", last=asked.until, first=asked.from_))
    if terms.consent is not None and not _is_reference(terms.consent):
        terms.faults.append(refusal("consent_not_a_line", field="consent", most=_LONGEST))
    if powers(terms.role).by_consent:
        terms.faults += _champion(asked, terms, there)
    if powers(terms.role).of_the_bureau:
        terms.says += _of_a_coordinator(asked, terms, there)
    return terms


def _read_role(asked: Appointment, terms: Terms) -> Iterator[Refusal]:
    if asked.role in ROLES:
        terms.role = str(asked.role)
    else:
        yield refusal("no_such_role", field="role", role=asked.role, roles=every_role())


def _read_holder(asked: Appointment, terms: Terms, register: Register) -> Iterator[Refusal]:
    if powers(terms.role).of_a_state and not asked.of.strip():
        yield refusal("choose_a_state", field="of")
        return
    try:
        found = register.find(asked.of)
        terms.holder = found if found.is_state else None
        unknown = refusal("is_no_state", name=found.name)
    except UnknownState as wrong:
        unknown = wrong.refusals[0]
    terms.organ = asked.of.strip()
    if terms.holder is not None:
        return
    if unknown.code == "name_of_several_states":
        yield replace(unknown, field="of")
    elif powers(terms.role).of_a_state:
        yield refusal("role_of_a_state", field="of", role=terms.role, why=unknown)
    else:
        yield from name_faults(terms.organ, field="of")


def _read_scope(asked: Appointment, terms: Terms, there: Circumstances) -> Iterator[Refusal]:
    if terms.role and powers(terms.role).serves is not Reach.SCOPE:
        yield from _no_scope(asked, terms.role)
        return
    if asked.region and asked.states:
        yield refusal("region_or_states", field="states")
    elif terms.role and not asked.region and not asked.states:
        yield refusal("say_region_or_states", field="region", role=terms.role)
    if asked.scheme is not None and asked.scheme not in _SCHEMES:
        yield refusal("no_such_scheme", field="scheme", scheme=asked.scheme, schemes=_SCHEMES)
        return
    if asked.region:
        yield from _read_region(asked.region, asked.scheme, terms, there)
    yield from _read_states(asked, terms, there.register)


def _no_scope(asked: Appointment, role: str) -> Iterator[Refusal]:
    if not asked.region and not asked.states:
        return
    where = "region" if asked.region else "states"
    serves = powers(role).serves
    if serves is Reach.OWN:
        yield refusal("role_of_its_own_state", field=where, role=role)
    elif serves is Reach.EVERYWHERE:
        yield refusal("role_of_every_state", field=where, role=role)
    else:
        yield refusal("role_of_no_state", field=where, role=role)


def _read_region(region: str, scheme: str | None, terms: Terms, there: Circumstances) -> Iterator[Refusal]:
    for place, name in enumerate(_SCHEMES):
        names = {groups[place].casefold(): groups[place] for groups in there.regions.values() if groups[place]}
        if scheme in (None, name) and region.strip().casefold() in names:
            terms.scheme, terms.region = name, names[region.strip().casefold()]
            return
    att, un = (_named(there, place) for place in range(len(_SCHEMES)))
    yield refusal("no_region_here", field="region", region=region, regions=att, groups=un)


def _named(there: Circumstances, place: int) -> tuple[Word, ...]:
    return tuple(map(Word, sorted({groups[place] for groups in there.regions.values() if groups[place]})))


def _read_states(asked: Appointment, terms: Terms, register: Register) -> Iterator[Refusal]:
    found: list[str] = []
    for given in asked.states:
        try:
            found.append(register.find(given).iso3)
        except UnknownState as wrong:
            yield replace(wrong.refusals[0], field="states")
    terms.states = tuple(dict.fromkeys(found))
    if terms.states:
        terms.scheme = asked.scheme or ATT_REGION


def _champion(asked: Appointment, terms: Terms, there: Circumstances) -> Iterator[Refusal]:
    if terms.consent is None:
        yield refusal("champion_without_consent", field="consent")
    if terms.holder is None:
        return
    name, code = terms.holder.name, terms.holder.iso3
    if terms.consent is None and code in there.coordinators:
        yield refusal("coordinator_is_no_champion", field="of", name=name)
    status = there.legal_status(code)
    if status is None:
        yield refusal("champion_not_on_file", field="of", name=name, day=asked.from_)
    elif status is not LegalStatus.STATE_PARTY:
        yield refusal("champion_no_party", field="of", name=name, status=_called(status), day=asked.from_)
    yield from _of_its_own_region(terms, there)


def _of_its_own_region(terms: Terms, there: Circumstances) -> Iterator[Refusal]:
    assert terms.holder is not None
    name, own = terms.holder.name, _group(terms.holder.iso3, terms.scheme, there)
    if terms.region and terms.region != own:
        yield _elsewhere(name, own, terms.region)
    strangers = tuple(s for s in terms.states if not own or _group(s, terms.scheme, there) != own)
    if strangers and own:
        yield refusal("champion_of_strangers", field="states", name=name, own=Word(own), states=strangers)
    elif strangers:
        yield refusal("champion_of_no_region_of_strangers", field="states", name=name, states=strangers)


def _elsewhere(name: str, own: str, region: str) -> Refusal:
    if not own:
        return refusal("champion_of_no_region", field="region", name=name, region=Word(region))
    return refusal("champion_of_another_region", field="region", name=name, own=Word(own), region=Word(region))


def _of_a_coordinator(asked: Appointment, terms: Terms, there: Circumstances) -> Iterator[Remark]:
    if asked.until is None:
        yield remark("coordinator_without_a_last_day")
    if terms.holder and terms.region and _group(terms.holder.iso3, terms.scheme, there) != terms.region:
        yield remark("coordinator_of_another_region", name=terms.holder.name, region=Word(terms.region))


def _called(status: LegalStatus) -> Word:
    """Return a status as it stands in a sentence."""
    return Word(status.replace("non_", "non-").replace("_", " "))


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
    """What the rules look at: the States and regions of this record, legal statuses, and who coordinates already."""

    register: Register
    regions: Mapping[str, tuple[str, str]]
    legal_status: Callable[[str], LegalStatus | None]
    coordinators: frozenset[str]


@dataclass(kw_only=True, slots=True)
class Terms:
    """A mandate as it can be written, or the faults that keep it from being written."""

    role: str = ""
    holder: State | None = None
    organ: str = ""
    scheme: str = ""
    region: str = ""
    states: tuple[str, ...] = ()
    consent: str | None = None
    faults: list[Refusal] = field(default_factory=list)
    says: list[Remark] = field(default_factory=list)

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
