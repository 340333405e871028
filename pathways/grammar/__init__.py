"""The words a pathway is declared in, and the pure functions that read such a declaration.

Nothing here knows of a database, a person's address, a flow or a page.
"""
