"""Tables on a terminal that is too narrow for them."""

from io import StringIO

import pytest
from rich.console import Console

from desk.terminal.column_widths import shares
from desk.terminal.console import row, table


@pytest.mark.parametrize(
    ("wanted", "words", "room", "given"),
    [
        ((8, 40), (8, 10), 30, [8, 22]),  # the wide one gives way
        ((30, 40), (26, 10), 40, [26, 14]),  # down to its longest word and no further
        ((8, 60), (8, 60), 30, [8, 22]),  # one word longer than the terminal: it alone is broken
        ((9, 9, 9), (9, 9, 9), 15, [5, 5, 5]),
    ],
)
def test_the_widest_column_gives_way_first(wanted, words, room, given):
    assert shares(wanted, words, room) == given


def test_words_stay_whole_at_80_columns():
    made = table("Letter", "To", "Kind", "Written", "State", "Why")
    reason = "The server refused the address for good: no such mailbox here"
    cells = ("4f1c22ab", "Champion of the Americas (12)", "notification", "2022-06-22 10:15", "undelivered", reason)
    row(made, *cells)
    printed = StringIO()
    Console(file=printed, width=80).print(made)
    lines = printed.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert {word for cell in cells for word in cell.split()} <= set(printed.getvalue().split())
