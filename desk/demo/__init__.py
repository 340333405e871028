"""The demonstration: its scenario, its sample people and cases, and its local mailbox."""
