"""Runs: when they are due, and what the last one of each flow came to."""
