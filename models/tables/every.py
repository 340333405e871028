"""Every room of tables, for whoever goes through all of them."""

from __future__ import annotations

from sqlmodel import SQLModel

from models.tables import accounts, attention, enquiries, ledger, letters, meetings, people, record, runs, state_names

ROOMS = (accounts, attention, enquiries, ledger, letters, meetings, people, record, runs, state_names)
METADATA = SQLModel.metadata
