"""`accede brief`: papers, on a terminal and as files."""

import pytest

#: As known on a day that no machine's clock has passed: what was put on file today is known by then.
ASKED = ("brief", "status", "--on", "2023-02-15", "--known", "2100-01-01")


def test_without_a_file_it_is_printed_as_text(desk):
    answer = desk(*ASKED)
    assert answer.code == 0
    assert answer.out.startswith("Arms Trade Treaty")
    assert "113 of 197 States had deposited" in answer.out


def test_the_text_in_json_is_the_same(desk):
    told = desk.json(*ASKED)
    assert [*told] == ["kind", "version", "on", "known", "text"]
    assert (told["kind"], told["version"], told["on"]) == ("status", "open", "2023-02-15")
    assert told["text"] == desk(*ASKED, "--format", "md").out


def test_the_report_bears_the_symbol_that_was_given_and_the_word_draft(desk):
    told = desk("brief", "report", "--on", "2023-07-21", "--symbol", "ATT/CSP9/1").out
    for words in ("ATT/CSP9/1", "Draft", "113 States Parties"):
        assert words in told
    assert "Symbol to be given" in desk("brief", "report", "--on", "2023-07-21").out


def test_each_format_stands_beside_the_other_under_the_name_given(desk, tmp_path):
    told = desk.json(*ASKED, "--format", "docx,pdf,xlsx,md", "--out", str(tmp_path / "status"))
    assert told["files"] == [str(tmp_path / f"status.{one}") for one in ("docx", "pdf", "xlsx", "md")]
    kept = {file: (tmp_path / file).read_bytes() for file in ("status.docx", "status.pdf", "status.xlsx", "status.md")}
    desk.json(*ASKED, "--format", "docx,pdf,xlsx,md", "--out", str(tmp_path / "status.docx"))
    assert {file: (tmp_path / file).read_bytes() for file in kept} == kept


def test_the_ending_of_a_file_says_its_format(desk, tmp_path):
    desk.json(*ASKED, "--out", str(tmp_path / "one.pdf"))
    assert (tmp_path / "one.pdf").read_bytes().startswith(b"%PDF")


def test_another_process_makes_the_same_bytes(desk, tmp_path):
    for name in ("first", "second"):
        answer = desk.process(*ASKED, "--format", "docx,pdf,xlsx", "--out", str(tmp_path / name))
        assert answer.code == 0, answer.err
    for ending in ("docx", "pdf", "xlsx"):
        assert (tmp_path / f"first.{ending}").read_bytes() == (tmp_path / f"second.{ending}").read_bytes()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("brief", "poem"), "Say which paper is wanted: status"),
        (("brief", "report", "--region", "Africa"), "This paper is of all regions"),
        ((*ASKED, "--symbol", "A/1"), "The report alone has a symbol of its own"),
        ((*ASKED, "--closed"), "There is no closed version of this paper."),
        ((*ASKED, "--language", "tlh"), "Name the language by its code: en, fr, es, ar, zh or ru."),
        ((*ASKED, "--meeting", "nowhere"), "There is no meeting nowhere."),
        ((*ASKED, "--out", "."), ". is a folder; name a file for the paper."),
        ((*ASKED, "--out", "missing/one.pdf"), "The paper could not be written to missing/one.pdf"),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence(desk, words, says):
    answer = desk(*words)
    assert answer.code == 1
    assert says in answer.err
