"""Readable facts, as SQL: the rule of `pathways.grammar.clearance.may_read`, for questions asked of the database.

Adds no rule of its own; a property test holds the two together for every pair of fact and reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, exists, false, literal, or_, select, true

from models.ledger.hash_chain import canonical
from models.tables.ledger import DossierRow, FactRow
from pathways.grammar.clearance import Reader, Sensitivity
from pathways.grammar.dossier import RELEASE
from pathways.grammar.facts import GIVEN_BY_STATE, SourceKind
from pathways.grammar.roles import Reach, powers

_fact = FactRow.__table__  # type: ignore[attr-defined]
_release = _fact.alias("release")
_ending = _fact.alias("ending")
_place = DossierRow.__table__.alias("place")  # type: ignore[attr-defined]

_FROM_THE_STATE = sorted(source.value for source in GIVEN_BY_STATE)
_FOR_PARTIES_AND_UP = (Sensitivity.PARTIES, Sensitivity.COORDINATION, Sensitivity.CONFIDENTIAL)


def readable_where(reader: Reader, *, assessments: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition on the ledger's rows under which a reader may know them.

    `assessments` are the kinds of fact that a pathway declares to be assessments of a State.
    """
    named = sorted(assessments)
    return or_(
        _fact.c.sensitivity == Sensitivity.PUBLIC,
        _fact.c.actor == reader.actor,
        and_(
            _assesses_no_state_of(reader, named),
            or_(
                _released_to(literal(canonical(reader.actor)[1:-1])),
                and_(_fact.c.sensitivity == Sensitivity.PERSONAL, _flag(reader.sees_personal)),
                and_(_fact.c.sensitivity.in_(_FOR_PARTIES_AND_UP), _by_mandate(reader, named)),
            ),
        ),
    )


class ReadableFact(NamedTuple):
    """A fact that a reader may know, as far as a list needs it; `data` are its typed fields, as JSON."""

    id: str
    kind: str
    data: str


def among(
    connection: Connection, reader: Reader, facts: Sequence[str], *, assessments: Iterable[str]
) -> list[ReadableFact]:
    """Return those of these facts that a reader may know."""
    columns = [_fact.c[name] for name in ReadableFact._fields]
    query = select(*columns).where(_fact.c.id.in_(facts), readable_where(reader, assessments=assessments))
    return [ReadableFact(*row) for row in connection.execute(query)]


def _assesses_no_state_of(reader: Reader, assessments: Iterable[str]) -> ColumnElement[bool]:
    """Keep what assesses a State from whoever holds a mandate of it."""
    if not reader.represented:
        return true()
    return or_(~_of_states(reader.represented), _is_no_assessment(assessments))


def _by_mandate(reader: Reader, named: Iterable[str]) -> ColumnElement[bool]:
    return or_(
        and_(_fact.c.sensitivity == Sensitivity.PARTIES, _flag(reader.party)),
        *(and_(_fact.c.sensitivity == level, _reached(reader, level, named)) for level in _FOR_PARTIES_AND_UP),
        _own_record(reader),
    )


def _reached(reader: Reader, level: Sensitivity, assessments: Iterable[str]) -> ColumnElement[bool]:
    """Let each role reach as far as the table of roles says, over the States that it serves."""
    return or_(false(), *(_reached_in(role, states, level, assessments) for role, states in reader.serving))


def _reached_in(
    role: str, states: Iterable[str], level: Sensitivity, assessments: Iterable[str]
) -> ColumnElement[bool]:
    row = powers(role)
    reach = row.reads(level.label)
    if reach is Reach.NOWHERE:
        return false()
    if reach is Reach.EVERYWHERE:
        return true()
    served = true() if row.serves is Reach.EVERYWHERE else _of_states(states)
    return served if reach is Reach.SCOPE else and_(served, _is_no_assessment(assessments))


def _own_record(reader: Reader) -> ColumnElement[bool]:
    """Let a State read what it gave or what was released to it."""
    return and_(
        _of_states(reader.own),
        or_(
            _fact.c.sensitivity == Sensitivity.PARTIES,
            _fact.c.source.in_(_FROM_THE_STATE),
            _released_to(literal("state:") + _state_of_fact()),
        ),
    )


def _is_no_assessment(kinds: Iterable[str]) -> ColumnElement[bool]:
    return and_(_fact.c.kind.not_in(sorted(kinds)), _fact.c.source != SourceKind.ASSESSMENT.value)


def _of_states(states: Iterable[str]) -> ColumnElement[bool]:
    listed = sorted(states)  # asked of each fact in hand: the dossiers of a State are those of every treaty
    return _state_of_fact().in_(listed) if listed else false()


def _state_of_fact() -> ColumnElement[str]:
    query = select(_place.c.state).where(_place.c.id == _fact.c.dossier_id).correlate(_fact)
    return query.scalar_subquery()


def _released_to(audience: ColumnElement[str]) -> ColumnElement[bool]:
    """Find a standing release in the same dossier; its data is canonical, so the text is compared as a whole."""
    before, between, after = canonical({"audience": "?", "fact": "?"}).split("?")
    said = literal(before) + audience + literal(between) + _fact.c.id + literal(after)
    return (
        exists()
        .where(
            _release.c.dossier_id == _fact.c.dossier_id,
            _release.c.kind == RELEASE,
            _release.c.data == said,
            ~_taken_back(),
        )
        .correlate(_fact)
    )


def _taken_back() -> ColumnElement[bool]:
    """Find what annuls or replaces a release in its dossier; ids are hexadecimal, so none is a pattern."""
    named = literal('"') + _release.c.id + literal('"')
    return (
        exists()
        .where(
            _ending.c.dossier_id == _release.c.dossier_id,
            or_(_ending.c.annuls.contains(named), _ending.c.replaces == _release.c.id),
        )
        .correlate(_release)
    )


def _flag(value: bool) -> ColumnElement[bool]:
    return true() if value else false()
