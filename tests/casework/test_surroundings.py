"""What the check-up says of a Prefect that is gone, and of one that has only much to do."""

import socket

from casework.checking_surroundings import of_surroundings
from casework.findings import Condition
from desk.ports import HOST, free_from


def of_prefect(office, port):
    settings = office.settings.model_copy(update={"prefect_url": f"http://{HOST}:{port}"})
    office.settings = settings
    [found] = [one for one in of_surroundings(office, training=False, patience=0.3) if one.name == "Prefect"]
    return found


def test_a_prefect_that_takes_its_time_is_busy_and_nobody_is_sent_to_start_it(record):
    with socket.create_server((HOST, 0)) as hangs:  # takes the connection and never answers
        found = of_prefect(record, hangs.getsockname()[1])
    assert found.condition == Condition.NOT_YET
    assert "is busy and has not answered within 0.3 seconds; look again in a moment." in found.says
    assert found.todo == ""


def test_a_prefect_that_is_gone_is_to_be_started(record):
    found = of_prefect(record, free_from(0))
    assert found.condition == Condition.TO_DO
    assert found.says.endswith("does not answer; nothing runs by itself.")
    assert found.todo == "accede up"
