"""Meetings as rows: what is to be, or was."""
