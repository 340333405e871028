"""Chaos: all at once while everything fails, round after round (`make chaos`), and what must be so afterwards."""
