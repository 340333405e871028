"""Readers of public records: who joined which treaty, and when, as others publish it.

Fetching and reading are apart. A reader takes bytes and gives a `Table`, or refuses the whole file with a
sentence for every fault. Nothing here knows of our database, our clock or our rules, and nothing guesses.
"""
