"""Releasing: the Secretariat names somebody who may know a fact above the own level, and may take that back.

Everything that is not named is refused: a release opens one fact to one person, or to the State whose record it is.
It follows to no other fact, and once taken back it never counts again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casework.core.open_dossier import OpenDossier
from casework.core.readers import reader_for
from casework.core.rights import NotOnFile, NotYours, Right
from casework.core.workspace import Workspace
from casework.dossiers.find_fact import find_fact
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.clearance import Reader, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import BOOKKEEPING, RELEASE, RELEASE_ENDED
from pathways.grammar.facts import Fact, SourceKind
from pathways.grammar.lines import is_line
from pathways.grammar.projection import is_assessment
from pathways.grammar.releases import standing_releases

_LONGEST_CONSENT = 120
_READS_ALREADY = "The Secretariat reads it already; a release to one of its people would outlast their mandate."
_NOBODY = "Say to whom it is released: a person who holds a mandate, or the State itself."


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
    fault: str = ""


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
            raise NotAdmitted("Only a release is taken back here; a fact filed by mistake needs a correction.")
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
        return _Audience(named=named, fault=_NOBODY)
    try:
        return _Audience(named=f"person:{int(who)}", eyes=reader_for(workspace, int(who), treaty=treaty))
    except (NotOnFile, NotYours) as nobody:
        return _Audience(named=named, fault=f"{nobody} Nothing is released to somebody without a mandate.")


def _faults(open_dossier: OpenDossier, fact: Fact, audience: _Audience, consent: str, name: str) -> Iterator[str]:
    title = open_dossier.pathway.title_of(fact.kind).capitalize()
    if fact.kind in BOOKKEEPING:
        yield f"{title}: the ledger's own book-keeping is not released; release the facts it speaks of."
    if fact.sensitivity is Sensitivity.PUBLIC:
        yield f"{title} of {fact.effective} is public; everybody may read it already."
    if not _counts(open_dossier, fact):
        yield f"{title} of {fact.effective} no longer counts; release what has taken its place."
    if audience.fault:
        yield audience.fault
    elif audience.eyes is None:
        yield from _against_the_state(open_dossier, fact, audience.named, name)
    elif audience.eyes.is_secretariat:
        yield _READS_ALREADY
    elif open_dossier.state in audience.eyes.own and _is_assessment(open_dossier, fact):
        yield f"{title} is an assessment of {name}; it is not shown to {name}'s own contact."
    yield from _of_consent(fact, consent, name)


def _against_the_state(open_dossier: OpenDossier, fact: Fact, named: str, name: str) -> Iterator[str]:
    if named != f"state:{open_dossier.state}":
        yield f"A fact about {name} is released to {name} itself or to a person; of another State, name the person."
    if _is_assessment(open_dossier, fact):
        yield f"An assessment of {name} is not released to {name}."
    if fact.sensitivity is Sensitivity.PERSONAL:
        yield "What is personal is released to a person, never to a State as a whole."
    elif fact.guarded().given_by_state:
        yield f"{name} told us this itself and reads it already."


def _of_consent(fact: Fact, consent: str, name: str) -> Iterator[str]:
    if fact.guarded().given_by_state and not consent:
        yield f"{name} told us this; give the reference of its consent, such as a note verbale and its date."
    if not is_line(consent, _LONGEST_CONSENT):
        yield f"The reference of the consent is one line of at most {_LONGEST_CONSENT} characters."


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
