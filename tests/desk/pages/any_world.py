"""Any world: people, mandates, facts and releases drawn at random. Nothing here is on file yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dossier import STEP
from pathways.grammar.facts import SourceKind
from pathways.grammar.roles import ROLES, Reach, powers
from tests.cast import MADE_UP

STATES = ("MWI", "GMB", "KHM")  # two in Africa, one in Asia
#: States that may hold a mandate; one of them has a file here itself.
PARTIES = ("SEN", "JPN", "MWI")
REGIONS = ("Africa", "Asia")
OPERATOR = "operator"
SWEEP = "system:sweep"
_KINDS = (
    "contact_named", "exchange", "obstacle", "needs_recorded", "assistance_applied", "committee", "bill",
    "parliamentary_approval", "ruling", "setback", "contact_point", "initial_report", "tier_set", "route", "paused",
    "declined", "signature", "deposit", "statement", "statement", "enquiry_answer",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Told:
    """A fact that somebody might have told; people are numbers among those drawn."""

    state: str
    kind: str
    source: SourceKind
    level: Sensitivity
    author: int | str
    days_ago: int
    has_file: bool
    releases: tuple[tuple[int | str, bool], ...]  # audience, and whether it was taken back


@dataclass(frozen=True, kw_only=True)
class Meant:
    """A follow-up that somebody might have opened; people are numbers among those drawn."""

    state: str
    level: Sensitivity
    author: int | str
    comment: Sensitivity  # how closely the author holds what is said beside it


@dataclass(frozen=True, kw_only=True)
class Post:
    """A mandate that one of the people holds."""

    role: str
    of: str
    region: str | None
    states: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A whole world, before it is on file. `later` holds who gets a further mandate once all facts are released."""

    people: tuple[tuple[Post, ...], ...]
    later: tuple[tuple[int, Post], ...]
    administrators: frozenset[int]
    facts: tuple[Told, ...]
    follow_ups: tuple[Meant, ...] = ()


def is_scoped(role: str) -> bool:
    """Tell whether a mandate names a region or States; the one of a made-up role does, for all that it matters."""
    return role == MADE_UP or powers(role).serves is Reach.SCOPE


def _some(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=2).map(tuple)


_posts = st.sampled_from((*ROLES, MADE_UP)).flatmap(
    lambda role: st.builds(
        Post,
        role=st.just(str(role)),
        of=st.sampled_from(PARTIES if powers(role).by_consent else (*STATES, *PARTIES)),
        region=st.sampled_from(REGIONS),
        states=_some(STATES) if is_scoped(role) else st.just(()),
    )
)
_audiences = st.integers(0, 2) | st.sampled_from([f"state:{state}" for state in STATES])
_levels = st.sampled_from([*Sensitivity, Sensitivity.COORDINATION, Sensitivity.CONFIDENTIAL, Sensitivity.CONFIDENTIAL])
_told = st.sampled_from([*_KINDS, STEP]).flatmap(
    lambda kind: st.builds(
        Told,
        state=st.sampled_from(STATES),
        kind=st.just(kind),
        source=st.sampled_from([SourceKind.NOTE_VERBALE, SourceKind.PRESS, SourceKind.ASSESSMENT, SourceKind.COURT]),
        level=_levels,
        author=st.integers(0, 2) | st.sampled_from([OPERATOR, SWEEP]),
        days_ago=st.integers(0, 200),
        has_file=st.booleans(),
        releases=st.lists(st.tuples(_audiences, st.booleans()), max_size=2).map(tuple),
    )
)
_held = st.sampled_from([Sensitivity.COORDINATION, Sensitivity.CONFIDENTIAL])
_meant = st.builds(
    Meant,
    state=st.sampled_from(STATES),
    level=_held,
    author=st.integers(0, 2) | st.just(OPERATOR),
    comment=_held,
)
worlds = st.builds(
    Drawn,
    people=st.lists(st.lists(_posts, min_size=1, max_size=2).map(tuple), min_size=3, max_size=3).map(tuple),
    later=st.lists(st.tuples(st.integers(0, 2), _posts), max_size=2).map(tuple),
    administrators=st.frozensets(st.integers(0, 2), max_size=1),
    facts=st.lists(_told, min_size=4, max_size=12).map(tuple),
    follow_ups=st.lists(_meant, min_size=1, max_size=4).map(tuple),
)
