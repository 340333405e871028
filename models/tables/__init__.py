"""The tables. A dossier row is a projection of its facts; facts and seals are never changed.

Whoever reads one imports its room alone: making a table takes longer than reading from it.
"""
