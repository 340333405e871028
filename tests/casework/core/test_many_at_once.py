"""Many people at one office: nobody who is looking at the record waits for what another needs."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.builders import a_day, a_workspace

#: As many as there are connections to one record; a desk has more threads than that.
ALL = 15


def test_who_holds_a_connection_needs_no_other_to_know_the_day(tmp_path):
    workspace = a_workspace(tmp_path, training="2022-06-20")
    everybody_looks = Barrier(ALL, timeout=20)

    def look():
        workspace.forget()
        with workspace.reading():
            everybody_looks.wait()
            return workspace.today()

    with ThreadPoolExecutor(ALL) as people:
        days = [looking.result(timeout=20) for looking in [people.submit(look) for _ in range(ALL)]]
    assert days == [a_day("2022-06-20")] * ALL
    workspace.close()
