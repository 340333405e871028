"""Releasing: the Secretariat names somebody who may know a fact above the own level, and may take that back.

Everything that is not named is refused: a release opens one fact to one person, or to the State whose record it is.
It follows to no other fact, and once taken back it never counts again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casework.core.open_dossier import OpenDossier
from casework.core.readers import reader_for
from casework.core.rights import NotOnFile, NotYours
from casework.core.workspace import Workspace
from casework.dossiers.find_fact import find_fact
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.audiences import standing_releases
from pathways.grammar.clearance import Reader, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import BOOKKEEPING, RELEASE, RELEASE_ENDED
from pathways.grammar.facts import Fact, SourceKind
from pathways.grammar.lines import is_line
from pathways.grammar.projection import is_assessment
from pathways.grammar.refusals import Refusal, Word, refusal
from pathways.grammar.roles import Right

_LONGEST_CONSENT = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class Released:
    """A release, or the taking back of one. `repeated`: it was on file already, and nothing was written."""

    said: Fact
    fact: str  # the fact that the release is about
    audience: str
    repeated: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class _Audience:
    """Who is named: `person:7` with the eyes that person has today, or `state:PHL`."""

    named: str
    eyes: Reader | None = None
    faults: tuple[Refusal, ...] = ()


def release(
    workspace: Workspace,
    state: str,
    fact: str,
    *,
    audience: str,
    treaty: str,
    name: str,
    reader: Reader,
    consent: str = "",
    mark: str | None = None,
) -> Released:
    """Let a person (`person:7`) or the State itself (`state:PHL`) know a fact; NotAdmitted lists what is against it.

    `consent` refers to the State's own, and is needed where the State told us. The same again changes nothing.
    """
    named = _audience(workspace, audience.strip(), treaty)
    with workspace.open_dossier(
        state, treaty=treaty, reader=reader, right=Right.RELEASE, name=name, mark=mark
    ) as open_dossier:
        found = find_fact(open_dossier, fact, reader)
        standing = _standing(open_dossier, found, named.named)
        if standing is not None:
            return Released(said=standing, fact=found.id, audience=named.named, repeated=True)
        if faults := tuple(_faults(open_dossier, found, named, consent.strip(), name)):
            raise NotAdmitted(*faults)
        said = _say(open_dossier, RELEASE, found.id, named.named, reference=consent.strip())
        return Released(said=said, fact=found.id, audience=named.named, repeated=False)


def take_back(
    workspace: Workspace, state: str, given: str, *, treaty: str, name: str, reader: Reader, mark: str | None = None
) -> Released:
    """Take a release back, for good: from now on it opens nothing, on no day. The same again changes nothing."""
    with workspace.open_dossier(
        state, treaty=treaty, reader=reader, right=Right.RELEASE, name=name, mark=mark
    ) as open_dossier:
        found = find_fact(open_dossier, given, reader)
        if found.kind != RELEASE:
            raise NotAdmitted(refusal("not_a_release", field="fact"))
        about, audience = found.text("fact"), found.text("audience")
        if found not in standing_releases(open_dossier.facts):
            ended = next(f for f in open_dossier.facts if found.id in (*f.annuls, f.replaces))
            return Released(said=ended, fact=about, audience=audience, repeated=True)
        said = _say(open_dossier, RELEASE_ENDED, about, audience, annuls=(found.id,))
        return Released(said=said, fact=about, audience=audience, repeated=False)


def _audience(workspace: Workspace, named: str, treaty: str) -> _Audience:
    """Read who is named; a person has eyes only with a mandate in term."""
    kind, _, who = named.partition(":")
    if kind == "state":
        return _Audience(named=named)
    if kind != "person" or not (who.isascii() and who.isdigit() and len(who) < 10):
        return _Audience(named=named, faults=(refusal("release_names_nobody", field="audience"),))
    try:
        return _Audience(named=f"person:{int(who)}", eyes=reader_for(workspace, int(who), treaty=treaty))
    except (NotOnFile, NotYours) as nobody:
        return _Audience(
            named=named, faults=(*nobody.refusals, refusal("released_without_a_mandate", field="audience"))
        )


def _faults(open_dossier: OpenDossier, fact: Fact, audience: _Audience, consent: str, name: str) -> Iterator[Refusal]:
    title, day = Word(open_dossier.pathway.title_of(fact.kind)), fact.effective
    if fact.kind in BOOKKEEPING:
        yield refusal("bookkeeping_not_released", title=title)
    if fact.sensitivity is Sensitivity.PUBLIC:
        yield refusal("public_already", title=title, day=day)
    if not _counts(open_dossier, fact):
        yield refusal("no_longer_counts", title=title, day=day)
    if audience.faults:
        yield from audience.faults
    elif audience.eyes is None:
        yield from _against_the_state(open_dossier, fact, audience.named, name)
    elif audience.eyes.is_secretariat:
        yield refusal("secretariat_reads_already", field="audience")
    elif open_dossier.state in audience.eyes.represented and _is_assessment(open_dossier, fact):
        yield refusal("assessment_not_for_the_contact", field="audience", title=title, state=name)
    yield from _of_consent(fact, consent, name)


def _against_the_state(open_dossier: OpenDossier, fact: Fact, named: str, name: str) -> Iterator[Refusal]:
    if named != f"state:{open_dossier.state}":
        yield refusal("released_to_another_state", field="audience", state=name)
    if _is_assessment(open_dossier, fact):
        yield refusal("assessment_not_for_the_state", field="audience", state=name)
    if fact.sensitivity is Sensitivity.PERSONAL:
        yield refusal("personal_not_for_a_state", field="audience")
    elif fact.guarded().given_by_state:
        yield refusal("told_by_the_state_itself", field="audience", state=name)


def _of_consent(fact: Fact, consent: str, name: str) -> Iterator[Refusal]:
    if fact.guarded().given_by_state and not consent:
        yield refusal("consent_wanted", field="consent", state=name)
    if not is_line(consent, _LONGEST_CONSENT):
        yield refusal("release_consent_not_a_line", field="consent", most=_LONGEST_CONSENT)


def _is_assessment(open_dossier: OpenDossier, fact: Fact) -> bool:
    return fact.source is SourceKind.ASSESSMENT or is_assessment(open_dossier.pathway, fact.kind)


def _counts(open_dossier: OpenDossier, fact: Fact) -> bool:
    """Tell whether nothing has taken a fact's place; one that contradicts ours may be shown while it is open."""
    told = open_dossier.all_told()
    return any(fact.id == other.id for other in (*told.in_force, *told.conflicts))


def _standing(open_dossier: OpenDossier, fact: Fact, audience: str) -> Fact | None:
    said = {"fact": fact.id, "audience": audience}
    return next((release for release in standing_releases(open_dossier.facts) if release.data == said), None)


def _say(
    open_dossier: OpenDossier, kind: str, fact: str, audience: str, *, reference: str = "", annuls: tuple[str, ...] = ()
) -> Fact:
    return open_dossier.file(
        kind,
        PartialDate.of(open_dossier.today),
        source=SourceKind.ASSESSMENT,
        sensitivity=Sensitivity.COORDINATION,
        reference=reference,
        data={"fact": fact, "audience": audience},
        annuls=annuls,
    )
