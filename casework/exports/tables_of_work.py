"""Tables of work: follow-ups with what was said beside them, what was told to whom, letters, and proposals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casework.depositary.gone import VANISHED
from casework.exports.columns import Row, Table, code, day, hour, number, partial_day, text, yes_no
from casework.exports.material import Material
from casework.exports.tables_of_facts import kinds, levels, typed_fields
from casework.exports.tables_of_states import STATE
from casework.follow_ups.delivery_history import Delivery
from casework.follow_ups.periods import WITHIN
from models.ledger.proposals import ACCEPTED, DECLINED, WAITING
from notifications.outbox import LetterState
from pathways.grammar.agenda import OWN, Occasion
from pathways.grammar.facts import SourceKind
from pathways.grammar.pathway import Pathway
from pathways.grammar.roles import every_role


def roles(_: Pathway) -> Iterable[str]:
    """Return the roles that there are."""
    return every_role()


def _occasions(_: Pathway) -> Iterable[str]:
    return (*Occasion, OWN, VANISHED, *WITHIN)


FOLLOW_UPS = Table(
    name="follow_ups",
    means="something that somebody has to do, with an owner and a day",
    rows=lambda seen: (Row(None, one) for one in seen.follow_ups),
    columns=(
        number("follow_up", "its number, as on the desk", "one.id"),
        text("state", "the State it is about, by its code; nothing: it is about none"),
        code("kind", "why it was opened", _occasions),
        text("about", "what it is about: a step, duty, role or the like, by its code"),
        text("letter_to", "to whom a letter was written that could not be delivered"),
        code("role", "the role that is asked, until somebody takes it", roles),
        number("owner", "the person whose it is"),
        text("owner_name", "what that person is called"),
        day("opened_on", "when it was opened"),
        day("due_on", "the day of whoever it is with"),
        yes_no("is_late", "whether that day is past"),
        day("snoozed_until", "until when it rests"),
        text("snooze_reason", "why it rests"),
        day("closed_on", "when it was closed"),
        text("outcome", "what came of it"),
        text("closed_by", "who closed it"),
        text("overtaken_by", "the fact that ended it"),
        code("next_role", "the role that is asked next if it stays open", roles),
        day("next_on", "from when that role is asked"),
        day("silent_since", "of a silence: since when nothing was heard"),
        text("words", "of one that a person opened: what is to be done"),
        text("opened_by", "the person who opened it"),
        code("sensitivity", "of one that a person opened: how closely it is held", levels),
    ),
)

COMMENTS = Table(
    name="comments",
    means="what somebody said beside a follow-up",
    rows=lambda seen: (Row((follow_up, place), one) for follow_up, place, one in seen.comments()),
    columns=(
        number("follow_up", "the follow-up", lambda row: row.of[0]),
        number("number", "its place among the comments on it that this reader may read", lambda row: row.of[1]),
        text("author", "who said it: person:NUMBER or operator"),
        text("author_name", "what that person is called"),
        hour("written_at", "when it was said"),
        text("words", "what was said; nothing once it was deleted"),
        code("sensitivity", "how closely it is held", levels),
    ),
)


def _notices(seen: Material) -> Iterator[Row]:
    for page, _ in seen.states:
        entries = (entry for month in page.timeline.months for entry in month.entries)
        yield from (Row(page.dossier, entry.letter) for entry in entries if entry.letter is not None)


NOTICES = Table(
    name="notices",
    means="that somebody was told something about a State; of others than oneself, to the Secretariat alone",
    rows=_notices,
    columns=(
        STATE,
        number("person", "who was told"),
        text("name", "what that person is called"),
        code("role", "in which role", roles),
        code("kind", "what for", lambda _: ("news", "chase", "task", "incident", "link")),
        number("rung", "how far the silence had reached by then"),
        hour("written_at", "when it was written"),
        day("day", "the day of the letter"),
        code("delivery", "what became of it", Delivery),
        hour("sent_at", "when the first server accepted it"),
        hour("opened_at", "when its link was followed"),
        hour("answered_at", "when the follow-up was answered"),
        text("reason", "why it failed"),
        text("letter", "the letter that it was in"),
    ),
)

LETTERS = Table(
    name="letters",
    means="a letter, sent or not",
    rows=lambda seen: (Row(None, one) for one in seen.letters()),
    columns=(
        text("letter", "the letter, by its number"),
        number("person", "to whom"),
        text("name", "what that person is called"),
        code("kind", "whether it is a day's letter or could not wait", lambda _: ("digest", "urgent")),
        day("day", "the day that it is of"),
        hour("written_at", "when it was written"),
        code("delivery", "where it stands", LetterState, "one.state"),
        number("attempts", "how often it was tried"),
        hour("sent_at", "when the first server accepted it"),
        text("reason", "why it stands there"),
    ),
)

PROPOSALS = Table(
    name="proposals",
    means="a fact that the contact of a State proposed for its own record",
    rows=lambda seen: (Row(None, one) for one in seen.proposals),
    columns=(
        number("proposal", "its number, as on the desk", "one.id"),
        text("state", STATE.means),
        code("kind", "what kind of fact", kinds),
        partial_day("effective_on", "when it took effect"),
        code("source", "who says so", SourceKind),
        text("reference", "where it says so"),
        text("note", "what was noted"),
        text("attachment_name", "the name of the file that came with it"),
        text("proposed_by", "who proposed it"),
        hour("proposed_at", "when"),
        code("result", "what became of it", lambda _: (WAITING, ACCEPTED, DECLINED)),
        text("decided_by", "who decided it"),
        hour("decided_at", "when it was decided"),
        text("reason", "why it was declined"),
        text("fact", "the fact that went on file"),
    ),
)


def _proposed(seen: Material) -> Iterator[Row]:
    for proposal in seen.proposals:
        yield from (Row(proposal, one) for one in seen.typed(proposal.kind, proposal.fields))


PROPOSAL_FIELDS = Table(
    name="proposal_fields",
    means="a typed field of a proposal",
    rows=_proposed,
    columns=typed_fields(number("proposal", "the proposal", "of.id")),
)
