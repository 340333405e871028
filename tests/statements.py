"""What is asked of a database, for tests that count it: without the question for the schema, which comes first."""

from collections.abc import Iterable

_FOR_THE_SCHEMA = "SELECT version_num"


def questions(asked: Iterable[str]) -> list[str]:
    """Return those of the statements that ask for something on file."""
    return [said for said in asked if said.startswith("SELECT") and not said.startswith(_FOR_THE_SCHEMA)]
