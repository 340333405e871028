"""Storage: tables, migrations, and whatever reads and writes them.

The only room that speaks SQL. Nothing here decides anything about a State.
"""
