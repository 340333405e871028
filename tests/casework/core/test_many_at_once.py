"""Many people at one office: nobody who is looking at the record waits for what another needs."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.builders import a_day, an_office

#: As many as there are connections to one record; a desk has more threads than that.
ALL = 15


def test_who_holds_a_connection_needs_no_other_to_know_the_day(tmp_path):
    office = an_office(tmp_path, training="2022-06-20")
    everybody_looks = Barrier(ALL, timeout=20)

    def look():
        office.forget()
        with office.reading():
            everybody_looks.wait()
            return office.today()

    with ThreadPoolExecutor(ALL) as people:
        days = [looking.result(timeout=20) for looking in [people.submit(look) for _ in range(ALL)]]
    assert days == [a_day("2022-06-20")] * ALL
    office.close()
