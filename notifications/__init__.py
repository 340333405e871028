"""Letters: what they say, and how they are carried.

Knows no table and no dossier: it is given frozen notices, and an address.
"""
