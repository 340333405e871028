"""Runs of the flows: their leases, what they did, and what the record's condition is."""
