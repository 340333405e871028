"""What is not taken in: the whole file is refused, with a sentence for every fault."""

from __future__ import annotations

import re

import pytest

from pathways.grammar.refusals import refusal as refused_with
from sources.states import load_register
from tests.refusals import said
from tests.sources.files import ALBANIA, HEADER, a_status_file, codes, refusal

CHAD = ("Chad", "25 Sep 2013", "", "25 Mar 2015")


def test_every_fault_is_told_at_once_with_its_row():
    refused = refusal(
        a_status_file(
            ("Atlantis", "3 Jun 2013", "", ""),
            ALBANIA,
            ("Botswana", "31 Jun 2013", "", "7 Jun 2019 x"),
            ("Chad", "25 Sep 2013", ""),
            ("Albania", "", "", ""),
            ("European Union", "3 Jun 2013", "", ""),
        )
    )
    assert refused.unknown == ("Atlantis",)
    assert said(refused) == (
        "Row 1: “Atlantis” is the name of no State in the record; nothing in the record comes near it.",
        "Row 3 (Botswana): “31 Jun 2013” is not a day of the calendar.",
        f"Row 3 (Botswana): the code “x” means nothing in the column “{HEADER[3]}”.",
        "Row 4: it has 3 entries, and the table 4 columns.",
        "Row 5 (Albania): this State already stands in row 2.",
        "Row 6 (European Union): this is an organisation, and only States join this treaty.",
    )
    assert codes(refused)[0] == "name_of_no_state_nothing_near"


def test_a_participant_nobody_knows_is_refused_with_the_nearest_names():
    refused = refusal(a_status_file(("Phillipines", "25 Sep 2013", "", "")))
    assert "Philippines (PHL)" in refused.faults[0].why.values["nearest"]


def test_a_code_of_the_record_is_not_a_name_of_the_depositary():
    assert refusal(a_status_file(("TCD", "25 Sep 2013", "", ""))).unknown == ("TCD",)


@pytest.mark.parametrize("code", ["x", "s", "c", "p", "P", "C", "aa", "Aa", "D", "AAA"])
def test_a_code_that_means_nothing_here_is_never_read_as_another(code):
    refused = refusal(a_status_file(("Chad", "", "", f"25 Mar 2015 {code}")))
    [why] = refused.faults
    assert why.why == refused_with("code_means_nothing", code=code, column=HEADER[3])


@pytest.mark.parametrize("cells", [("Chad", "25 Sep 2013 a", "", ""), ("Chad", "", "25 Sep 2013 a", "")])
def test_a_signature_or_a_provisional_application_has_no_instrument(cells):
    assert "code_means_nothing" in codes(refusal(a_status_file(cells)))


def test_a_bare_date_means_nothing_where_every_alternative_bears_a_code():
    header = (*HEADER[:3], "Acceptance(A), Accession(a)")
    refused = refusal(a_status_file(CHAD, header=header))
    assert "no_code_means_nothing" in codes(refused)


@pytest.mark.parametrize(
    ("title", "says"),
    [
        ("Remarks", "unknown_column"),
        ("Ratification, Accession(A)", "unknown_column"),  # A is acceptance everywhere else
        ("Ratification, Formal confirmation(c)", "unknown_column"),
        ("Ratification, ", "unknown_column"),
        ("", "unknown_column"),
        ("Ratification, Accession", "column_means_several"),
        ("Signature", "column_not_alone"),
    ],
)
def test_a_column_that_is_not_certain_refuses_the_file(title, says):
    assert says in codes(refusal(a_status_file(CHAD, header=(*HEADER[:3], title))))


@pytest.mark.parametrize(("missing", "name"), [(0, "Participant"), (1, "Signature"), (3, "Ratification")])
def test_a_table_without_one_of_its_columns_is_refused(missing, name):
    header = [title for number, title in enumerate(HEADER) if number != missing]
    cells = [cell for number, cell in enumerate(CHAD) if number != missing]
    assert codes(refusal(a_status_file(cells, header=header))) == ["no_such_column"]


def test_a_row_that_names_nobody_is_refused():
    assert codes(refusal(a_status_file(("", "25 Sep 2013", "", "")))) == ["row_names_nobody"]


def test_a_file_of_another_treaty_is_refused_by_its_title():
    refused = refusal(a_status_file(CHAD, title="Convention on Cluster Munitions"))
    assert codes(refused) == ["table_of_another_treaty"]


def test_a_file_that_does_not_say_which_treaty_is_refused():
    assert "table_of_no_treaty" in codes(refusal(a_status_file(CHAD, title="")))


@pytest.mark.parametrize("stated", ["1", " 1 ", "", "not known"])
def test_the_number_of_signatories_is_compared_only_where_it_is_a_number(stated):
    with pytest.raises(AssertionError, match="taken in"):
        refusal(a_status_file(CHAD, signatories=stated))


@pytest.mark.parametrize("stated", ["0", "1"])
def test_a_signature_in_brackets_may_be_counted_or_not(stated):
    with pytest.raises(AssertionError, match="taken in"):
        refusal(a_status_file(("Chad", "[25 Sep 2013]", "", ""), signatories=stated))


def test_a_table_without_rows_is_refused():
    assert codes(refusal(a_status_file())) == ["no_participants"]


def test_a_file_without_a_table_or_with_two_is_refused():
    one = a_status_file(CHAD)
    assert "no_table_of_participants" in codes(refusal(one.replace(b"Participants>", b"Others>")))
    table = one[one.index(b"<Participants>") : one.index(b"</Treaty>")]
    assert "tables_of_participants" in codes(refusal(one.replace(table, table * 2)))


def test_a_table_longer_than_the_list_of_states_is_refused_before_its_rows_are_read():
    refused = refusal(a_status_file(*[("Atlantis", "", "", "")] * 1_001))
    assert codes(refused) == ["too_many_participants"]


def test_a_thousand_unknown_participants_are_refused_quickly_and_all_named():
    refused = refusal(a_status_file(*[(f"Atlantis {number}", "", "", "") for number in range(1_000)]))
    assert len(refused.unknown) == len(refused.faults) == 1_000


def test_a_cell_of_a_book_is_no_cell():
    refused = refusal(a_status_file(("<superscript>" * 100_000, "", "", "")))
    assert codes(refused) == ["entry_too_long"]


def test_the_depositarys_former_names_do_not_make_one_state_two():
    refused = refusal(a_status_file(("Türkiye", "2 Jul 2013", "", ""), ("Turkey", "2 Jul 2013", "", "")))
    assert codes(refused) == ["state_stands_twice"]
    assert load_register().find("Turkey").name == "Türkiye"


@pytest.mark.parametrize(
    ("after", "says"),
    [
        ("<Declarations><text>\x02</text></Declarations>", "xml_holds_a_stray_sign"),
        ("<Declarations><text>a &nbsp; b</text></Declarations>", "xml_names_a_sign"),
        ("<Declarations><text>a & b &nbsp; c</text></Declarations>", "xml_names_a_sign"),
        ("<Declarations></text>", "xml_not_well_formed"),
    ],
)
def test_what_is_no_xml_is_told_with_advice_in_our_own_words(after, says):
    refused = refusal(a_status_file(CHAD, after=after))
    assert codes(refused) == [says]
    assert re.search("etch", said(refused)[0])
    assert not re.search("token|entity|mismatched", said(refused)[0])


def test_an_encoding_nobody_reads_is_told_without_the_readers_own_words():
    refused = refusal(a_status_file(CHAD).replace(b"ISO-8859-1", b"no-such-one"))
    assert codes(refused) == ["encoding_unknown"]
    assert "no-such-one" not in said(refused)[0]
