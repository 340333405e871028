"""When things happen: each flow turns a moment into one verb. It never thinks, and it never holds anything.

Prefect has one password and no users, so that parameters, names, logs, artifacts and messages hold counts, links,
and States with public facts alone.
"""
