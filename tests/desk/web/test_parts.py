"""The parts pages are made of: signs that are told apart without colour, fields that say what they are, the map."""

import re
from datetime import date
from types import SimpleNamespace

import pytest

from desk.web.map import dots, places, shares
from desk.web.rendering import environment
from pathways.grammar.stages import Stage
from sources.states import load_register
from tests.architecture.tree import ROOT

SIGNS = '{% from "parts/signs.html" import stage_sign, icon, tag, avatar %}'
FORMS = '{% import "parts/forms.html" as forms with context %}'
MAP = '{% from "parts/map.html" import world_map, stage_bar, stage_key %}'


def shown(source, **context):
    visit = SimpleNamespace(today=date(2022, 6, 21))
    return environment("en", "Europe/Zurich", "att").from_string(source).render(visit=visit, **context)


def test_every_stage_has_a_sign_of_its_own_without_its_colour():
    signs = {shown(SIGNS + "{{ stage_sign(stage) }}", stage=stage) for stage in Stage}
    drawn = {re.sub(r"(?<=sign )\w+", "", sign) for sign in signs}
    assert len(signs) == len(Stage)
    assert len(drawn) == 4  # empty, a quarter, a half, three quarters: the first is dotted, the last is full
    text = (ROOT / "desk/static/desk.css").read_text()
    assert ".sign.outside circle { fill: none; stroke-dasharray" in text
    assert ".sign.implementation circle { fill: var(--implementation)" in text


def test_a_sign_is_hidden_from_readers_who_have_the_word_beside_it():
    assert 'aria-hidden="true"' in shown(SIGNS + "{{ stage_sign('interest') }}")


def test_late_is_said_in_words_too():
    assert "3 days late" in shown(SIGNS + "{{ tag('late', '3 days late') }}")


@pytest.mark.parametrize(
    ("name", "initials"), [("Ana Kaho", "AK"), ("Suva", "S"), ("Ana Maria de Kaho", "AK"), ("", "?")]
)
def test_an_avatar_shows_initials(name, initials):
    assert f">{initials}<" in shown(SIGNS + "{{ avatar(name) }}", name=name)


SAYS = "hint='A hint', fault='It is missing.'"
FIELDS = {
    "text": f"forms.text('name', 'Number of the law', value=value, {SAYS})",
    "textarea": f"forms.textarea('name', 'Number of the law', value=value, {SAYS})",
    "date": f"forms.date('name', 'Number of the law', value=value, {SAYS})",
    "partial date": f"forms.partial_date('name', 'Number of the law', value=value, {SAYS})",
    "select": f"forms.select('name', 'Number of the law', [(value, value)], {SAYS})",
    "file": f"forms.file('name', 'Number of the law', {SAYS})",
    "checkbox": f"forms.checkbox('name', 'Number of the law', value='yes', id='f-name', {SAYS})",
}


@pytest.mark.parametrize("call", FIELDS.values(), ids=FIELDS)
def test_a_field_is_tied_to_its_label_its_hint_and_its_fault(call):
    written = shown(FORMS + "{{ " + call + " }}", value='"><script>')
    assert '<label for="f-name">Number of the law' in written
    assert re.search(r'id="f-name"[^>]*aria-describedby="f-name-fault f-name-hint"[^>]*aria-invalid="true"', written)
    assert 'id="f-name-fault">It is missing.' in written
    assert "<script>" not in written


@pytest.mark.parametrize(("field", "asks"), [("date", "/reading/day"), ("partial_date", "/reading/date")])
def test_how_a_day_is_read_is_asked_as_soon_as_it_is_typed_and_shown_in_its_own_place(field, asks):
    written = shown(FORMS + f"{{{{ forms.{field}('on', 'On', value='2 May 2022', id='f-on-a-step') }}}}")
    assert f'hx-get="{asks}" hx-trigger="change" hx-target="#f-on-a-step-reading"' in written
    assert '<p class="hint reading" id="f-on-a-step-reading" aria-live="polite">2 May 2022</p>' in written
    assert 'value="2 May 2022"' in written
    unread = shown(FORMS + f"{{{{ forms.{field}('on', 'On', value='soon') }}}}")
    assert '<p class="hint reading" id="f-on-reading" aria-live="polite"></p>' in unread


def test_every_day_of_every_form_is_typed_into_such_a_field():
    pages = {path.name: path.read_text() for path in (ROOT / "desk/templates").rglob("*.html")}
    assert [name for name, page in pages.items() if 'type="date"' in page] == ["forms.html"]


def test_what_was_wrong_is_an_alert_that_leads_to_the_field():
    written = shown(FORMS + "{{ forms.faults(['One thing.', ('on', 'No such day.')]) }}")
    assert 'role="alert"' in written
    assert "<li>One thing.</li>" in written
    assert '<a href="#f-on">No such day.</a>' in written
    assert shown(FORMS + "{{ forms.faults([]) }}") == ""


def test_every_state_of_the_record_has_a_place_on_the_map_of_its_own():
    assert {state.iso3 for state in load_register().states} == places().keys()
    assert len(set(places().values())) == len(places())
    near = [(a, b) for a in places() for b in places() if a < b and distance(places()[a], places()[b]) < 9]
    assert near == []  # far enough apart to be hit one by one


def distance(one, other):
    return ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5


def test_the_map_shows_a_dot_for_each_state_and_is_hidden_from_readers_and_from_the_keyboard():
    seen = dots({"FJI": Stage.DEPOSIT, "AUS": None, "XXX": Stage.OUTSIDE}, near=["FJI"])
    written = shown(MAP + "{{ world_map(seen) }}", seen=seen)
    assert [dot.state for dot in seen] == ["FJI", "AUS"]
    assert 'aria-hidden="true"' in written
    assert re.findall(r'<a href="(/states/\w+)" tabindex="-1">', written) == ["/states/FJI", "/states/AUS"]
    assert "<title>Fiji: Deposit</title>" in written
    assert "<title>Australia</title>" in written  # its stage is not for this reader
    assert written.count('class="scope"') == 1


def test_the_bar_and_its_key_tell_how_many_stand_where():
    counted = shares([Stage.INTEREST, Stage.IMPLEMENTATION, Stage.INTEREST, None])
    assert [(share.stage, share.count, share.start) for share in counted if share.count] == [
        (Stage.INTEREST, 2, 0),
        (Stage.IMPLEMENTATION, 1, 2),
    ]
    assert shown(MAP + "{{ stage_bar(shares) }}", shares=counted).count("<rect") == 2
    assert "Interest <b>2</b>" in shown(MAP + "{{ stage_key(shares) }}", shares=counted)
    assert shown(MAP + "{{ stage_bar(shares) }}", shares=shares([])) == ""


@pytest.mark.parametrize("silent_since", [None, date(2022, 1, 1)])
def test_a_silence_at_deposit_is_at_the_stage_and_not_at_the_act_of_that_name(silent_since):
    silence = SimpleNamespace(kind="silence", about="deposit", silent_since=silent_since)
    said = shown('{% from "parts/asks.html" import asks with context %}{{ asks(one) }}', one=silence)
    assert said.strip().endswith("at the stage deposit")
