"""A State's further name from the command line: known to every command from then on."""

from casework.dossiers.state_names import names_of_state
from pathways.grammar.clearance import OPERATOR

NAOERO = ("--from", "2026-07-01", "--source", "note_verbale:NV 7/2026")


def test_a_name_given_is_read_by_every_command_and_is_what_the_state_is_called(desk):
    given = desk.json("state", "alias", "kaz", "Qazaqstan", *NAOERO, "--language", "en")
    assert (given["state"], given["name"]) == ("KAZ", "Qazaqstan")
    assert desk.json("dossier", "qazaqstan")["name"] == "Qazaqstan"
    assert desk.json("dossier", "Kazakhstan")["state"] == "KAZ"


def test_a_name_keeps_its_days_and_its_source_and_is_on_file_once(desk, workspace_of):
    typed = ("state", "alias", "KAZ", "Qazaqstan", *NAOERO, "--until", "2026-08-31")
    assert desk(*typed).out.startswith("On file: Kazakhstan (KAZ) is “Qazaqstan” from 2026-07-01.")
    assert desk(*typed).out.startswith("On file already: ")
    [kept] = names_of_state(workspace_of(desk), "KAZ", treaty="att", reader=OPERATOR).dated
    assert (kept.name, str(kept.since), str(kept.until)) == ("Qazaqstan", "2026-07-01", "2026-08-31")
    assert (kept.source, kept.reference, kept.language) == ("note_verbale", "NV 7/2026", "")


def test_a_name_of_the_programs_own_source_is_refused(desk):
    answer = desk("state", "alias", "KAZ", "Qazaqstan", "--from", "2026-07-01", "--source", "record:NV 7/2026")
    assert (answer.code, answer.out) == (1, "")
    assert answer.said == ["Names known from this source come with the program alone; name another source."]


def test_a_name_of_another_state_is_refused_in_a_sentence(desk):
    answer = desk("state", "alias", "KAZ", "Peru", *NAOERO)
    assert answer.code == 1
    assert answer.said == ["“Peru” is a name of Peru (PER); one name cannot stand for two States."]


def test_a_name_that_is_a_blank_is_refused(desk):
    assert desk("state", "alias", "KAZ", "\u3164", *NAOERO).code == 1


def test_a_state_is_called_as_on_the_records_day_and_found_by_every_name(training):
    assert training.json("dossier", "Republic of Naoero")["name"] == "Nauru"
    assert training.json("dossier", "Nauru", "--on", "2026-07-01")["name"] == "Naoero"
