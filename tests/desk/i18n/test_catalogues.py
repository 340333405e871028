"""Every text of the desk can be translated, and dates, numbers and codes are said as each language says them."""

import ast
import re
from datetime import date

import pytest
from jinja2 import Environment

from casework.follow_ups.outcomes import parted
from desk.i18n import extract
from desk.i18n.catalogues import translations
from desk.i18n.codes import RECORDED, WORDS
from desk.i18n.words import declared, spoken, word
from desk.web.rendering import environment
from notifications.languages import OF_PAGES
from notifications.refusals import SENTENCES
from pathways import pathway
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.duties import DutyState
from pathways.grammar.facts import BadField, SourceKind, of_field, read_fields
from pathways.grammar.refusals import OneOf, refusal
from pathways.grammar.roles import Role
from pathways.grammar.stages import Instrument, LegalStatus, Stage, Standing
from sources.states import load_register
from tests.architecture.tree import ROOT, modules

TEMPLATES = ROOT / "desk/templates"
#: What must be whole in every language: what every page is made of, the overview, a State's page, and what is refused.
WHOLE = re.compile(
    r"notifications/refusals/|casework/overview/states_columns"
    r"|desk/(i18n/codes\.py|templates/(base|parts/|broken|nothing|refused|unreachable|overview|state))"
)
#: Names and signs that are the same in every language.
SAME_EVERYWHERE = {"Accede", "Prefect", "CSV", "Excel", "PDF", "Word", "C.N."} | {
    "late",
    "soon",
}  # and what a macro returns to be a class
NOT_SAID = re.compile(r"{%-?\s*trans\b.*?{%-?\s*endtrans\s*-?%}|{#.*?#}|{%.*?%}|{{.*?}}|<!doctype[^>]*>", re.DOTALL)
#: Elements; and addresses and attributes outside of one, as a macro writes them.
MARKUP = re.compile(
    r"""<[^>]*>|(?<=\s)/[\w/?=-]+|&amp;\w+=\w*|\b(?:aria|data|hx)-[\w:-]+=(?:"[^"]*"|'[^']*')|\srequired\b"""
)
SAID_TO_PEOPLE = re.compile(r'\b(?:aria-label|title|placeholder|alt)="([^"]*)"')
ZONE = "Europe/Zurich"
SOURCES = OneOf((Stage.INTEREST, Stage.DEPOSIT))


def faults_of(kind, given):
    """Return what is refused of a kind's fields, of those that were given alone."""
    with pytest.raises(BadField) as refused:
        read_fields(kind, given)
    return [fault for fault in refused.value.refusals if fault.field in map(of_field, given)]


def untranslated(source):
    """Return the words of a template that stand outside a translation."""
    bare = NOT_SAID.sub(" ", source)
    shown = [*SAID_TO_PEOPLE.findall(bare), MARKUP.sub(" ", bare)]
    words = [word for text in shown for word in re.findall(r"[^\W\d_]{2,}(?:\.[^\W\d_])?", re.sub(r"&\w+;", " ", text))]
    return [word for word in words if word not in SAME_EVERYWHERE]


@pytest.mark.parametrize(
    "template", sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
)
def test_every_text_of_a_template_can_be_translated(template):
    assert untranslated((TEMPLATES / template).read_text()) == []


@pytest.mark.parametrize(
    "source", ["<p>Hello</p>", '<p title="Hello">{% trans %}x{% endtrans %}</p>', "{{ x }} too late"]
)
def test_a_text_outside_a_translation_is_seen(source):
    assert untranslated(source)


@pytest.mark.parametrize("code", [code for code in OF_PAGES if code != "en"])
def test_what_every_page_the_overview_and_a_state_say_is_translated(code):
    catalogue = extract.updated(code, extract.template())
    asked = [text.says for text in extract.texts() if WHOLE.match(text.place)]
    assert len(asked) > 200
    missing = [says for says in asked if not extract.is_said(catalogue[says].string)]
    assert missing == [], "make words gathers them into desk/locales; translate them there"


def test_a_translation_says_what_the_sentence_is_about():
    catalogue = extract.updated("ar", extract.template())
    about = re.compile(r"%\((\w+)\)")
    for message in catalogue:
        if isinstance(message.id, str) and message.id and message.string:
            assert set(about.findall(message.string)) == set(about.findall(message.id)), message.id


def test_arabic_has_six_numbers():
    said = [translations("ar").ngettext("%(num)d day late", "%(num)d days late", n) for n in (0, 1, 2, 3, 11, 100)]
    assert len(set(said)) == 6
    assert translations("ar").ngettext("%(num)d day late", "%(num)d days late", 103) == said[3]
    assert "day" not in " ".join(said)


def test_english_needs_no_catalogue():
    assert translations("en").gettext("Skip to content") == "Skip to content"


@pytest.mark.parametrize(
    "codes",
    [Stage, Standing, LegalStatus, Instrument, SourceKind, Sensitivity, Role, DutyState],
    ids=lambda codes: codes.__name__,
)
def test_every_code_has_words_in_every_language(codes):
    assert [code for code in codes if word(code, "att") not in WORDS.values()] == []
    assert [code for code in codes if translations("ar").gettext(word(code, "att")) == word(code, "att")] == []


def test_a_level_is_called_by_its_name_and_not_by_its_number():
    assert word(Sensitivity.CONFIDENTIAL, "att") == "confidential"


def test_what_a_pathway_declares_is_called_by_its_title():
    assert declared("att")["voice_interest"] == "Interest voiced"
    assert word("contact_named", "att") == "contact named"
    assert (word("deposit", "att"), word(Stage.DEPOSIT, "att")) == ("deposit of the instrument", "deposit")
    assert spoken("annual report 2026", "att", lambda text: text.upper()) == "ANNUAL REPORT 2026"


@pytest.mark.parametrize(("code", "written"), [("en", "24 December 2014"), ("ar", "24 ديسمبر 2014")])
def test_a_day_is_written_as_the_language_writes_it(code, written):
    page = environment(code, ZONE, "att").from_string("{{ on | day }}")
    assert page.render(on=date(2014, 12, 24)) == written


@pytest.mark.parametrize(
    ("known", "written"), [("2024", "2024"), ("2024-06", "June 2024"), ("2024-06-05", "5 June 2024")]
)
def test_a_day_is_written_as_precisely_as_it_is_known(known, written):
    assert environment("en", ZONE, "att").from_string("{{ on | day }}").render(on=known) == written


def test_what_a_rule_says_is_told_in_each_language_with_its_day():
    leaves = refusal("withdrawal_takes_effect", day=date(2026, 2, 3))
    says = {
        code: environment(code, ZONE, "att").from_string("{{ wrong | said }}").render(wrong=leaves) for code in OF_PAGES
    }
    assert says["en"] == "Its withdrawal takes effect on 3 February 2026."
    assert says["ar"] == "يصبح انسحابها نافذاً في 3 فبراير 2026."


@pytest.mark.parametrize("code", [code for code in OF_PAGES if code != "en"])
def test_everything_that_is_refused_is_said_in_each_language(code):
    said = translations(code).gettext
    worded = [says for says in SENTENCES.values() if re.sub(r"%\(\w+\)s", "", says).strip(" .")]
    assert [says for says in worded if said(says) == says] == []


def test_what_is_refused_names_codes_and_titles_in_the_words_of_the_language():
    says = environment("ar", ZONE, "att").from_string("{{ wrong | said }}")
    sources = OneOf((Stage.INTEREST, Stage.DEPOSIT))
    wrong = refusal("step_from_another_stage", step="x", sources=sources, stage=Stage.DEPOSIT)
    assert not {"interest", "deposit", "or"} & set(re.findall(r"\w+", says.render(wrong=wrong)))


def test_a_line_begins_with_a_large_letter():
    english: Environment = environment("en", ZONE, "att")
    assert english.from_string("{{ code | words }}, {{ code | word }}").render(code="champion") == (
        "Regional champion, regional champion"
    )


@pytest.mark.parametrize("code", OF_PAGES)
def test_a_refusal_calls_a_field_as_its_form_does(code):
    page = environment(code, ZONE, "att")
    label, said = (page.from_string(text) for text in ("{{ (kind.name ~ '.' ~ field.name)|word }}", "{{ fault|said }}"))
    for kind in pathway("att").kinds:
        for field in kind.fields:
            for fault in faults_of(kind, {field.name: "one\ntwo"}):
                assert f"{label.render(kind=kind, field=field)}" in said.render(fault=fault)
                assert "_" not in said.render(fault=fault)


def test_what_the_record_says_of_an_outcome_is_said_in_each_language():
    texts = {node.value for module in modules(ROOT, "casework") for node in module.nodes() if _is_text(node)}
    kept = {said for code, said in map(parted, texts) if code and said} | {"the letter is tried again", "by a person"}
    assert len(kept) > 5
    assert kept <= WORDS.keys()


def _is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_what_the_program_put_beside_facts_is_translated_and_what_somebody_wrote_is_not():
    said = environment("ar", ZONE, "att").filters["as_recorded"]
    assert [text for text in RECORDED if said(text) == text] == []
    assert said("8.5 years, the minister told us.") == "8.5 years, the minister told us."
    assert said("yes") == "yes"  # though it is a text of the desk
    notes = (ROOT / "sources/records/att_participation.csv").read_text(encoding="utf-8")
    cases = (ROOT / "desk/demo/sample_cases.py").read_text(encoding="utf-8")
    assert [text for text in RECORDED if text not in notes + cases] == []


def test_every_group_that_a_mandate_may_serve_has_its_words():
    groups = {state.un_regional_group for state in load_register().states if state.un_regional_group}
    assert [group for group in groups if translations("ar").gettext(word(group, "att")) == group] == []
