"""On the desk: a file that is not the one that was filed is never handed out; who may read its fact is told so."""

import pytest

from casework.dossiers.disclosure_log import readings_of
from pathways.grammar.clearance import OPERATOR
from tests.desk.pages.test_who_may_know import STATE, brought
from tests.papers import PDF, file_with
from tests.stand_ins import STAND_INS

SAID = "is not what was filed, so it is not handed out"


def filed(desk):
    """Return a fact with a file, and where that is kept."""
    fact = file_with(desk.workspace, STATE, "signal", "2022-06-01", paper=PDF, name="a.pdf").fact.id
    return fact, kept_in(desk)


def kept_in(desk):
    [path] = (desk.workspace.settings.home / "attachments").glob("??/*")
    return path


def test_a_file_with_other_bytes_is_not_handed_out_and_nobody_has_read_it(desk):
    fact, path = filed(desk)
    path.write_bytes(PDF.replace(b"1.7", b"1.4"))
    answer = desk.as_("secretariat").get(f"/files/{fact}")
    assert (answer.status_code, SAID in answer.text, "%PDF" in answer.text) == (404, True, False)
    assert readings_of(desk.workspace, fact, treaty="att", reader=OPERATOR) == ()
    path.write_bytes(PDF)
    assert desk.as_("secretariat").get(f"/files/{fact}").content == PDF


@pytest.mark.timeout(30)
@pytest.mark.parametrize("put", STAND_INS)
def test_what_stands_in_for_a_file_is_neither_followed_nor_waited_for(desk, put):
    fact, path = filed(desk)
    put(path)
    answer = desk.as_("secretariat").get(f"/files/{fact}")
    assert (answer.status_code, SAID in answer.text) == (404, True)


def test_who_may_not_read_the_fact_is_not_told_that_its_file_was_changed(desk):
    fact, path = filed(desk)
    nothing = desk.as_("champion elsewhere").get(f"/files/{'0' * 32}")
    path.write_bytes(b"")
    answer = desk.as_("champion elsewhere").get(f"/files/{fact}")
    assert (answer.status_code, SAID in answer.text) == (nothing.status_code, False)


def test_a_part_of_a_file_is_handed_out_only_of_the_one_that_was_filed(desk):
    fact, path = filed(desk)
    part = {"range": "bytes=1-3"}
    answer = desk.as_("secretariat").get(f"/files/{fact}", headers=part)
    assert (answer.status_code, answer.content) == (206, b"PDF")
    path.write_bytes(PDF + b"more")
    assert desk.as_("secretariat").get(f"/files/{fact}", headers=part).status_code == 404


@pytest.mark.parametrize("who", ["contact elsewhere", "secretariat"])
def test_a_proposals_file_with_other_bytes_is_not_handed_out(desk, who):
    brought(desk, files={"attachment": ("law.pdf", PDF, "application/pdf")})
    kept_in(desk).write_bytes(PDF + b"more")
    answer = desk.as_(who).get("/proposals/1/file")
    assert (answer.status_code, "It has to be sent anew." in answer.text) == (404, True)
