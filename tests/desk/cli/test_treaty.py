"""`accede treaty`: a pathway printed, with its articles, and its diagram."""


def test_a_pathway_is_printed_with_its_articles(bare):
    answer = bare("treaty", COLUMNS="160")
    assert answer.code == 0
    for word in ("Arms Trade Treaty", "prepare_instrument", "90 days after its deposit", "22(2)", "law_number*", "T3"):
        assert word in answer.out


def test_no_record_is_needed_to_read_a_pathway(bare):
    assert bare("treaty", "att").code == 0
    assert not bare.home.exists()


def test_the_deadlines_carry_their_articles(bare):
    view = bare.json("treaty", "att")
    assert {deadline["name"]: deadline["article"] for deadline in view["deadlines"]} == {
        "signature": "21(1)",
        "entry into force": "22(1)",
        "binding a later State": "22(2)",
        "withdrawal": "24",
        "initial report": "13(1)",
        "annual report": "13(3)",
    }


def test_kinds_of_fact_show_fields_sources_and_how_closely_they_are_held(bare):
    kinds = {kind["name"]: kind for kind in bare.json("treaty")["kinds"]}
    assert kinds["deposit"]["sensitivity"] == "public"
    assert kinds["deposit"]["sources"] == ["depositary", "example", "record"]
    assert kinds["signal"]["sensitivity"] == "confidential"
    assert kinds["signal"]["usual"] == {
        "assessment": "confidential",
        "court": "coordination",
        "example": "confidential",
        "gazette": "coordination",
        "government": "confidential",
        "note_verbale": "confidential",
        "parliament": "coordination",
        "press": "coordination",
        "statement": "confidential",
    }
    assert (kinds["signal"]["floor"], kinds["obstacle"]["floor"]) == ("public", "coordination")
    [number, *_] = kinds["parliamentary_approval"]["fields"]
    assert (number["name"], number["required"]) == ("law_number", True)


def test_the_diagram_is_mermaids(bare):
    lines = bare("treaty", "att", "--mermaid").out.splitlines()
    assert lines[:2] == ["stateDiagram-v2", "    [*] --> outside"]
    assert "    deposit --> implementation: enter_into_force (by date)" in lines


def test_an_unknown_treaty_is_refused_with_those_there_are(bare):
    answer = bare("treaty", "npt")
    assert answer.code == 1
    assert answer.said[0].startswith("No treaty has the key “npt”. Known: att")
