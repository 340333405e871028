"""The local mailbox of a training record: takes every letter, shows it, and sends nothing on.

Reachable from this machine alone. Run as `python -m desk.mailbox --smtp-port N --http-port N --folder DIR`.
"""
