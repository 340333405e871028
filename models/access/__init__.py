"""How one comes in: sessions, passwords and one-time links, kept as hashes."""
