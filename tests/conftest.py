"""Fixtures of the whole suite: real neighbours (PostgreSQL, a mail server), never our own code pretended."""

pytest_plugins = (
    "tests.nothing_left_out",
    "tests.long_files_first",
    "tests.in_memory",
    "tests.compiled_once",
    "tests.stores",
    "tests.cast_on_file",
    "tests.mailserver",
    "tests.made_up_treaty",
    "pytester",
)
