"""Every dossier with its facts, page by page, for whoever goes through all of them; what cannot be read is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.ledger import verification
from models.ledger.dossiers import Record
from models.ledger.verification import Link
from models.store.engine import Connection
from pathways.grammar.facts import Fact
from pathways.grammar.pathway import which_dossier

_PAGE = 500


def pages(connection: Connection) -> Iterator[tuple[list[Record], list[str]]]:
    """Yield the dossiers page by page, with a sentence for each whose row cannot even be read."""
    after = 0
    while ids := verification.ids_after(connection, after, _PAGE):
        records, unreadable = _readable(connection, ids)
        yield records, unreadable
        after = ids[-1]


def _readable(connection: Connection, ids: Sequence[int]) -> tuple[list[Record], list[str]]:
    try:
        return verification.records_of(connection, ids), []
    except (ValueError, TypeError) as wrong:
        if len(ids) == 1:
            where = verification.name_of(connection, ids[0])
            return [], [f"{where}: its row was changed so that it cannot be read ({type(wrong).__name__})"]
        apart = [_readable(connection, [one]) for one in ids]
        return [record for found, _ in apart for record in found], [says for _, said in apart for says in said]


_Read = list[tuple[Record, Sequence[Link], list[Fact]]]


def facts_and_links(connection: Connection, records: Sequence[Record]) -> tuple[_Read, list[str]]:
    """Read dossiers with their ledger; where a row cannot even be read, name its dossier and read the others."""
    try:
        links = verification.links_of(connection, records)
        return [(one, links[one.id], verification.facts_in(one, links[one.id])) for one in records], []
    except (ValueError, KeyError, TypeError) as wrong:
        if len(records) == 1:
            where = which_dossier(records[0].treaty, records[0].state)
            return [], [f"{where}: a fact was changed so that it cannot be read ({type(wrong).__name__})"]
        apart = [facts_and_links(connection, [record]) for record in records]
        return [one for read, _ in apart for one in read], [says for _, said in apart for says in said]
