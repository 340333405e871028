"""Retention: what is kept about persons, for how long, and how it is erased in the end."""
