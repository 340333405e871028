"""Releasing: the Secretariat names somebody who may know a fact above the own level, and may take that back.

Everything that is not named is refused: a release opens one fact to one person, or to the State whose record it is.
It follows to no other fact, and once taken back it never counts again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casework.core.open_dossier import Folder
from casework.core.readers import reader_for
from casework.core.rights import NotOnFile, NotYours, Right
from casework.core.workspace import Office
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
    office: Office,
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
    named = _audience(office, audience.strip(), treaty)
    with office.folder(state, treaty=treaty, reader=reader, right=Right.RELEASE, name=name, mark=mark) as folder:
        found = find_fact(folder, fact, reader)
        standing = _standing(folder, found, named.named)
        if standing is not None:
            return Released(said=standing, fact=found.id, audience=named.named, repeated=True)
        if faults := tuple(_faults(folder, found, named, consent.strip(), name)):
            raise NotAdmitted(faults)
        said = _say(folder, RELEASE, found.id, named.named, reference=consent.strip())
        return Released(said=said, fact=found.id, audience=named.named, repeated=False)


def take_back(
    office: Office, state: str, given: str, *, treaty: str, name: str, reader: Reader, mark: str | None = None
) -> Released:
    """Take a release back, for good: from now on it opens nothing, on no day. The same again changes nothing."""
    with office.folder(state, treaty=treaty, reader=reader, right=Right.RELEASE, name=name, mark=mark) as folder:
        found = find_fact(folder, given, reader)
        if found.kind != RELEASE:
            raise NotAdmitted(("Only a release is taken back here; a fact filed by mistake needs a correction.",))
        about, audience = found.text("fact"), found.text("audience")
        if found not in standing_releases(folder.facts):
            ended = next(f for f in folder.facts if found.id in (*f.annuls, f.replaces))
            return Released(said=ended, fact=about, audience=audience, repeated=True)
        said = _say(folder, RELEASE_ENDED, about, audience, annuls=(found.id,))
        return Released(said=said, fact=about, audience=audience, repeated=False)


def _audience(office: Office, named: str, treaty: str) -> _Audience:
    """Read who is named; a person has eyes only with a mandate in term."""
    kind, _, who = named.partition(":")
    if kind == "state":
        return _Audience(named=named)
    if kind != "person" or not (who.isascii() and who.isdigit() and len(who) < 10):
        return _Audience(named=named, fault=_NOBODY)
    try:
        return _Audience(named=f"person:{int(who)}", eyes=reader_for(office, int(who), treaty=treaty))
    except (NotOnFile, NotYours) as nobody:
        return _Audience(named=named, fault=f"{nobody} Nothing is released to somebody without a mandate.")


def _faults(folder: Folder, fact: Fact, audience: _Audience, consent: str, name: str) -> Iterator[str]:
    title = folder.pathway.title_of(fact.kind).capitalize()
    if fact.kind in BOOKKEEPING:
        yield f"{title}: the ledger's own book-keeping is not released; release the facts it speaks of."
    if fact.sensitivity is Sensitivity.PUBLIC:
        yield f"{title} of {fact.effective} is public; everybody may read it already."
    if not _counts(folder, fact):
        yield f"{title} of {fact.effective} no longer counts; release what has taken its place."
    if audience.fault:
        yield audience.fault
    elif audience.eyes is None:
        yield from _against_the_state(folder, fact, audience.named, name)
    elif audience.eyes.is_secretariat:
        yield _READS_ALREADY
    elif folder.state in audience.eyes.own and _is_assessment(folder, fact):
        yield f"{title} is an assessment of {name}; it is not shown to {name}'s own contact."
    yield from _of_consent(fact, consent, name)


def _against_the_state(folder: Folder, fact: Fact, named: str, name: str) -> Iterator[str]:
    if named != f"state:{folder.state}":
        yield f"A fact about {name} is released to {name} itself or to a person; of another State, name the person."
    if _is_assessment(folder, fact):
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


def _is_assessment(folder: Folder, fact: Fact) -> bool:
    return fact.source is SourceKind.ASSESSMENT or is_assessment(folder.pathway, fact.kind)


def _counts(folder: Folder, fact: Fact) -> bool:
    """Tell whether nothing has taken a fact's place; one that contradicts ours may be shown while it is open."""
    told = folder.all_told()
    return any(fact.id == other.id for other in (*told.in_force, *told.conflicts))


def _standing(folder: Folder, fact: Fact, audience: str) -> Fact | None:
    said = {"fact": fact.id, "audience": audience}
    return next((release for release in standing_releases(folder.facts) if release.data == said), None)


def _say(
    folder: Folder, kind: str, fact: str, audience: str, *, reference: str = "", annuls: tuple[str, ...] = ()
) -> Fact:
    return folder.file(
        kind,
        PartialDate.of(folder.today),
        source=SourceKind.ASSESSMENT,
        sensitivity=Sensitivity.COORDINATION,
        reference=reference,
        data={"fact": fact, "audience": audience},
        annuls=annuls,
    )
