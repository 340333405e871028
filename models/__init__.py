"""Storage: tables, migrations, and the archive that reads and writes them.

The only room that speaks SQL. Nothing here decides anything about a State.
"""
