"""The ledger: facts and their hash chain, their dossiers, what waits, and which facts a reader may know."""
