"""Persons, their addresses, mandates and holds, and the pages that show them."""
