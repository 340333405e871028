"""The release page: to whom a fact is released, to whom it may be, and who was shown it. For the Secretariat alone."""

from __future__ import annotations

from dataclasses import dataclass

from casework.core.actors import names_of
from casework.core.directory import Directory
from casework.core.rights import NotOnFile, require
from casework.core.workspace import Workspace
from casework.dossiers.disclosure_log import NOTED, ReadingView, note_reading, readings_of
from casework.dossiers.dossier_view import dossier_view
from casework.dossiers.fact_view import FactView, ReleaseView
from models.people import people
from models.store.engine import Connection
from pathways.grammar.clearance import Reader, Sensitivity
from pathways.grammar.facts import GIVEN_BY_STATE, SourceKind
from pathways.grammar.pathway import Pathway
from pathways.grammar.projection import is_assessment
from pathways.grammar.refusals import refusal
from pathways.grammar.roles import Right, powers
from sources.alphabet import alphabetical


@dataclass(frozen=True, kw_only=True, slots=True)
class AudienceView:
    """Somebody to whom the fact may be released. `of` is a State's code or an organ's name; a State has no `role`."""

    audience: str
    name: str
    role: str | None
    of: str
    of_state: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleasePage:
    """One fact and who may know it. `can_be_released` is False for what is public, void or the record's own.

    `names` tells how an actor (`person:7`) is called. `readings` are kept of what is confidential or personal.
    """

    state: str
    name: str
    mark: str
    fact: FactView
    can_be_released: bool
    needs_consent: bool
    audiences: tuple[AudienceView, ...]
    releases: tuple[ReleaseView, ...]
    names: dict[str, str]
    is_noted: bool
    readings: tuple[ReadingView, ...]


def release_page(workspace: Workspace, state: str, fact: str, *, treaty: str, reader: Reader) -> ReleasePage:
    """Show who may know a fact; NotOnFile when it is on no file that the reader may read."""
    name = workspace.register().name_of(state)
    require(reader, Right.RELEASE, state, name)
    view = dossier_view(workspace, state, treaty=treaty, reader=reader)
    found = next((f for f in view.facts if f.fact == fact), None)
    if found is None:
        raise NotOnFile(refusal("no_such_fact_of_the_state", state=name))
    note_reading(workspace, reader, [found])
    with workspace.reading() as connection:
        audiences = _audiences(workspace, connection, state, found, treaty)
        actors = {actor for release in found.releases for actor in (release.audience, release.released_by)}
        names = names_of(connection, {*actors, found.actor})
    return ReleasePage(
        state=state,
        name=name,
        mark=view.mark,
        fact=found,
        can_be_released=_can_be_released(found),
        needs_consent=found.source in GIVEN_BY_STATE,
        audiences=audiences,
        releases=found.releases,
        names=names,
        is_noted=found.sensitivity in NOTED,
        readings=readings_of(workspace, fact, treaty=treaty, reader=reader),
    )


def _can_be_released(fact: FactView) -> bool:
    return fact.is_guarded and (fact.counts or fact.contests is not None)


def _audiences(
    workspace: Workspace, connection: Connection, state: str, fact: FactView, treaty: str
) -> tuple[AudienceView, ...]:
    """Return who may be named: the State itself first, then persons by name; the Secretariat reads without."""
    if not _can_be_released(fact):
        return ()
    named = {release.audience for release in fact.releases}
    pathway = workspace.pathway(treaty)
    found = (
        [_the_state(state, workspace.register(connection).name_of(state))]
        if _may_be_shown_the_state(pathway, fact)
        else []
    )
    found += _persons(workspace, connection, state, fact, pathway)
    return tuple(audience for audience in found if audience.audience not in named)


def _persons(
    workspace: Workspace, connection: Connection, state: str, fact: FactView, pathway: Pathway
) -> list[AudienceView]:
    everybody = Directory.of(connection, workspace.today()).held
    held = [h for h in everybody if h.treaty == pathway.key]
    secretariat = {h.person_id for h in held if powers(h.role).is_secretariat}
    its_own = {h.person_id for h in everybody if h.of == state}
    left_out = secretariat | (its_own if _assesses(pathway, fact) else set())
    by_person = {h.person_id: h for h in held if h.person_id not in left_out}
    names = people.names(connection, by_person)
    return sorted(
        (
            AudienceView(audience=f"person:{n}", name=names[n], role=h.role, of=h.of, of_state=h.of_state)
            for n, h in by_person.items()
        ),
        key=lambda audience: alphabetical(audience.name),
    )


def _may_be_shown_the_state(pathway: Pathway, fact: FactView) -> bool:
    is_personal = fact.sensitivity == Sensitivity.PERSONAL.label
    return not (is_personal or fact.source in GIVEN_BY_STATE or _assesses(pathway, fact))


def _assesses(pathway: Pathway, fact: FactView) -> bool:
    return fact.source is SourceKind.ASSESSMENT or is_assessment(pathway, fact.kind)


def _the_state(state: str, name: str) -> AudienceView:
    return AudienceView(audience=f"state:{state}", name=name, role=None, of=state, of_state=True)
