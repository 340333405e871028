"""Letters: what may be said in mail, and how it reads."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from notifications.languages import OF_LETTERS
from notifications.letters import Kind, NamedInClear, Notice, compose
from notifications.phrases import phrases_for
from pathways import pathway
from pathways.grammar.agenda import Occasion
from pathways.grammar.roles import Role
from pathways.grammar.stages import Stage, Standing

DAY = date(2022, 6, 21)
ID = "5f0c" * 8


def a_notice(**said):
    defaults = {
        "kind": Kind.CHASE,
        "occasion": "silence",
        "about": "legislation",
        "role": "champion",
        "treaty": "att",
    }
    return Notice(**{**defaults, **said})


def a_public_notice(state, **said):
    return a_notice(
        **{
            "kind": Kind.TASK,
            "occasion": "date_near",
            "about": "initial report",
            "role": "secretariat",
            **said,
        },
        state=state,
        is_public=True,
    )


def entry_into_force(state, **said):
    return a_public_notice(
        state,
        kind=Kind.NEWS,
        occasion="step",
        about="enter_into_force",
        role="champion",
        on=date(2022, 6, 22),
        **said,
    )


def a_letter(*notices, language="en", **said):
    return compose(notices, letter=ID, language=language, day=DAY, base_url="https://accede.example/", **said)


def test_a_letter_carries_a_link_to_its_page():
    assert f"https://accede.example/l/{ID}\n" in a_letter(a_notice()).body_text


def test_the_headers_carry_the_random_id_and_nothing_else():
    assert a_letter(a_notice(), entry_into_force("Philippines")).headers == (("X-Accede-Letter", ID),)


@pytest.mark.parametrize("language", OF_LETTERS)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("occasion", [*Occasion, "step", "nobody", "incident", "something_new"])
def test_no_letter_tells_a_stage_a_step_or_a_standing(language, role, occasion):
    words = [*Stage, *Standing, *(step.name for step in pathway("att").steps)]
    for kind in Kind:
        said = [a_notice(kind=kind, occasion=occasion, about=about, role=role) for about in words]
        assert len({a_letter(notice, language=language) for notice in said}) == 1


def test_a_state_is_named_only_in_what_is_public():
    with pytest.raises(NamedInClear):
        a_notice(state="Philippines")
    assert "- A State of your region: nothing has been heard" in a_letter(a_notice()).body_text


def test_to_those_who_serve_no_region_it_is_a_state():
    assert "- A State: nothing has been heard" in a_letter(a_notice(role="secretariat")).body_text


def test_news_of_entry_into_force_may_say_what_happened():
    letter = a_letter(entry_into_force("Philippines"))
    assert "NEWS\n- Philippines: entry into force on 22 June 2022 (Arms Trade Treaty).\n" in letter.body_text


def test_a_subject_names_no_state_and_no_matter_even_when_they_are_public():
    assert a_letter(entry_into_force("Philippines")).subject == "Accede: a notice of 21 June 2022, for your information"


@pytest.mark.parametrize(
    ("notices", "subject"),
    [
        ([a_notice()], "Accede: something is asked of you, a notice of 21 June 2022"),
        (
            [a_notice(kind=Kind.TASK), a_notice(kind=Kind.NEWS)],
            "Accede: something is asked of you, 2 notices of 21 June 2022",
        ),
        ([a_notice(kind=Kind.INCIDENT)], "Accede: something is asked of you, a notice of 21 June 2022"),
        ([a_notice(kind=Kind.NEWS)] * 2, "Accede: 2 notices of 21 June 2022, for your information"),
        ([a_notice(role="coordinator")], "Accede: a notice of 21 June 2022, for your information"),
    ],
)  # fmt: skip
def test_a_subject_says_whether_something_is_asked_of_the_reader(notices, subject):
    assert a_letter(*notices).subject == subject


@pytest.mark.parametrize("language", OF_LETTERS)
def test_a_letter_tells_a_newcomer_who_writes_and_of_which_treaty(language):
    treaty = phrases_for(language).treaty("att")
    for notice in (a_notice(), a_notice(kind=Kind.LINK, occasion="verify", about="7", role="")):
        told = a_letter(notice, language=language).body_text
        assert "Accede" in told
        assert treaty in told


def test_a_coordinator_is_informed_and_never_asked_to_reach_out():
    told = a_letter(a_notice(role="coordinator")).body_text
    assert "FOR YOUR INFORMATION\n" in told
    assert "As an initial contact point" in told
    assert "no outreach is asked of you" in told
    assert "REMINDERS" not in told
    assert "- A State of your region: nothing has been heard for some time.\n" in told


@pytest.mark.parametrize("language", OF_LETTERS)
@pytest.mark.parametrize("occasion", Occasion)
def test_a_coordinator_reads_the_same_assurance_in_every_reminder(language, occasion):
    assurance = phrases_for(language).word("no_outreach")
    notice = a_notice(role="coordinator", occasion=occasion, about="initial report", is_public=True)
    if occasion in ("silence", "promise_due", "date_near", "date_passed"):
        assert assurance in a_letter(notice, language=language).body_text


@pytest.mark.parametrize(
    ("language", "asked"),
    [("en", "asked of you is now"), ("fr", "vous était demandé"), ("es", "se le había pedido")],
)
def test_a_coordinator_is_not_told_that_something_was_asked_which_is_now_with_another(language, asked):
    of_champion, of_coordinator = (
        a_letter(a_notice(kind=Kind.NEWS, occasion="passed_on", about="", role=role), language=language).body_text
        for role in ("champion", "coordinator")
    )
    assert asked in of_champion
    assert asked not in of_coordinator


def test_a_training_record_says_so_at_the_top():
    letter = a_letter(a_notice(), training=True)
    assert letter.body_text.startswith("Training record, 21 June 2022\n\n")
    assert letter.subject.startswith("[Training record, 21 June 2022] ")
    assert "Training" not in a_letter(a_notice()).body_text


def test_a_digest_is_grouped_by_what_it_asks():
    told = a_letter(
        entry_into_force("Philippines"), a_notice(), a_public_notice("Peru"), a_notice(kind=Kind.INCIDENT)
    ).body_text
    order = [told.index(f"{heading}\n") for heading in ("FOR YOU TO DO", "REMINDERS", "WHAT COULD NOT BE DONE", "NEWS")]
    assert order == sorted(order)


def test_states_that_are_not_named_are_counted():
    told = a_letter(*[a_notice()] * 3).body_text
    assert "- 3 States of your region: nothing has been heard" in told
    assert told.count("\n- ") == 1


def test_up_to_ten_of_a_matter_are_named_and_more_are_counted():
    ten = [a_public_notice(f"Land {n}") for n in range(10)]
    assert a_letter(*ten).body_text.count(": the day for the initial report is near.") == 10
    eleven = a_letter(*ten, a_public_notice("Land 11")).body_text
    assert "- 11 States: the day for the initial report is near.\n" in eleven
    assert "Land" not in eleven


def test_a_matter_of_no_state_is_counted_too():
    told = a_letter(*[a_notice(kind=Kind.TASK, occasion="letter_dead")] * 4).body_text
    assert "- 4 times: A letter was refused for good." in told


def test_a_report_is_named_with_the_year_it_covers():
    told = a_letter(a_public_notice("Pérou", about="annual report 2023"), language="fr").body_text
    assert "- Pérou : l\u2019échéance approche pour le rapport annuel 2023." in told


def test_a_vacant_role_is_named():
    told = a_letter(a_notice(kind=Kind.TASK, occasion="nobody", about="champion", is_public=True)).body_text
    assert "- Nobody is regional champion where one is asked." in told


def test_the_first_of_a_month_is_written_as_each_language_does():
    first = date(2022, 3, 1)
    assert [phrases_for(code).day(first) for code in ("en", "fr", "es")] == [
        "1 March 2022",
        "1er mars 2022",
        "1 de marzo de 2022",
    ]


def test_a_region_of_a_language_reads_the_language():
    assert "pas de nouvelles" in a_letter(a_notice(), language="fr-CH").body_text
    assert "pas de nouvelles" in a_letter(a_notice(), language="FR").body_text


def test_a_missing_language_falls_back_to_english_and_says_so_first_in_its_own_words():
    told = a_letter(a_notice(), language="ar").body_text
    assert told.startswith("[هذه الرسالة غير متاحة بالعربية")
    assert "nothing has been heard" in told


def test_a_language_nobody_foresaw_is_marked_too():
    assert a_letter(a_notice(), language="mi").body_text.startswith(
        "[This letter is not yet available in your language (mi); it follows in English.]"
    )


def test_a_sign_in_link_comes_alone_and_names_no_mandate():
    letter = a_letter(a_notice(kind=Kind.LINK, occasion="sign_in", about="", role=""))
    assert letter.subject == "Accede: your link to sign in"
    assert letter.body_text.endswith(f"\n\nhttps://accede.example/l/{ID}\n")
    assert "at most once a day" not in letter.body_text


@pytest.mark.parametrize("language", OF_LETTERS)
def test_every_language_has_every_text_with_the_same_blanks(language):
    english, other = phrases_for("en"), phrases_for(language)
    assert other.texts.keys() == english.texts.keys()
    assert other.words.keys() == english.words.keys()
    assert other.names.keys() == english.names.keys()
    assert len(other.months) == 12
    for name, text in english.texts.items():
        assert set(other.texts[name].get_identifiers()) == set(text.get_identifiers()), name


def test_no_folder_of_phrases_is_left_half_done():
    folders = [f.name for f in files("notifications").joinpath("phrases").iterdir() if f.is_dir()]
    assert sorted(f for f in folders if not f.startswith("__")) == sorted(OF_LETTERS)


@pytest.mark.parametrize("language", OF_LETTERS)
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("role", ["", *Role])
def test_whatever_comes_there_is_a_text_for_it(language, kind, role):
    notice = a_notice(kind=kind, occasion="not foreseen", about="", role=role, treaty="not_foreseen")
    assert a_letter(notice, language=language).body_text
