"""How the schema came about: its revisions, and the triggers that keep the ledger append-only."""
