"""Views: frozen answers for pages and commands, projected from the facts that the one who asks may read.

They read and never write; a row of the database never leaves through them.
"""
