"""Processes that are started and ended: children, the lock on a home, ports, the signal to stop."""
