"""Persons, their addresses, and who holds which mandate from when to when."""
