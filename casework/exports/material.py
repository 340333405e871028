"""The material of an export: what the desk's own views show one reader today, read once and at one moment.

Nothing here asks a table of the database: what a view does not show is in no export.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from casework.core.workspace import Workspace
from casework.dossiers.fact_view import FactView
from casework.dossiers.proposal_list import ProposalView, proposal_list
from casework.dossiers.state_names import StateNames, names_of_state
from casework.follow_ups.comments import CommentView, every_comment
from casework.follow_ups.listing import FollowUpView, follow_up_list
from casework.letters.administration import LetterView, list_letters
from casework.overview.cases import Case, cases
from casework.overview.state_page import StatePage, state_page
from casework.people.people_list import MandateView, PersonView, mandate_list, people_list
from models.store.engine import Connection
from models.store.one_connection import OneConnection
from pathways.grammar.clearance import Reader
from pathways.grammar.facts import Field, FieldType, Value


class OfFact(NamedTuple):
    """By which a row is joined to a fact."""

    state: str
    fact: str


class Typed(NamedTuple):
    """A typed field with what stands in it."""

    field: str
    title: str
    type: FieldType
    value: Value


@dataclass(frozen=True)
class Material:
    """What one reader may read of one treaty, view by view."""

    workspace: Workspace
    treaty: str
    reader: Reader

    @classmethod
    def at_one_moment(cls, workspace: Workspace, connection: Connection, treaty: str, reader: Reader) -> Material:
        """Return the material as it stands for a connection in hand, whatever is written meanwhile."""
        store = OneConnection(workspace.store, connection)
        then = Workspace(workspace.settings, store, workspace.clock, workspace.pathway)
        return cls(then, treaty, reader)

    @cached_property
    def states(self) -> tuple[tuple[StatePage, Case], ...]:
        """Return the page of each State and its line in the table of States, by name."""
        found = cases(self.workspace, treaty=self.treaty, reader=self.reader).states
        return tuple((self._page(case.state), case) for case in found)

    def _page(self, state: str) -> StatePage:
        return state_page(self.workspace, state, treaty=self.treaty, reader=self.reader, in_full=True)

    @property
    def facts(self) -> Iterator[tuple[StatePage, FactView]]:
        """Yield every fact with the page it stands on."""
        return ((page, fact) for page, _ in self.states for fact in page.dossier.facts)

    def names(self) -> Iterator[StateNames]:
        """Yield what each State is called."""
        for page, _ in self.states:
            yield names_of_state(self.workspace, page.dossier.state, treaty=self.treaty, reader=self.reader)

    def typed(self, kind: str, given: Mapping[str, Value]) -> Iterator[Typed]:
        """Yield the fields of a fact with what the treaty calls them."""
        found = self.workspace.pathway(self.treaty).kind(kind)
        declared = {field.name: field for field in found.fields} if found else {}
        for name, value in given.items():
            field = declared.get(name, Field(name=name))
            yield Typed(field=name, title=str(field.label), type=field.type, value=value)

    @cached_property
    def follow_ups(self) -> tuple[FollowUpView, ...]:
        """Return the follow-ups, the open ones first."""
        return follow_up_list(self.workspace, treaty=self.treaty, reader=self.reader)

    def comments(self) -> Iterator[tuple[int, int, CommentView]]:
        """Yield the comments of each follow-up, with its number and theirs among those that are seen."""
        beside = every_comment(self.workspace, treaty=self.treaty, reader=self.reader)
        for follow_up in self.follow_ups:
            for number, one in enumerate(beside.get(follow_up.id, ()), start=1):
                yield follow_up.id, number, one

    def letters(self) -> tuple[LetterView, ...]:
        """Return every letter; NotYours to all but the Secretariat."""
        return list_letters(self.workspace, reader=self.reader)

    @cached_property
    def proposals(self) -> tuple[ProposalView, ...]:
        """Return the proposals of contacts; NotOnFile to who is neither a contact nor the Secretariat."""
        return proposal_list(self.workspace, treaty=self.treaty, reader=self.reader, most=None)

    @cached_property
    def people(self) -> tuple[PersonView, ...]:
        """Return the persons on file."""
        return people_list(self.workspace, treaty=self.treaty, reader=self.reader)

    def mandates(self) -> tuple[MandateView, ...]:
        """Return the mandates."""
        return mandate_list(self.workspace, treaty=self.treaty, reader=self.reader)
