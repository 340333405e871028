"""Words and wires: what a letter says, and how it is carried.

Knows no table and no dossier: it is given frozen notices, and an address.
"""
