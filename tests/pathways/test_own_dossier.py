"""A treaty's own dossier has facts and nothing else: no stage is left in it, nobody is chased and nothing is owed."""

from dataclasses import replace

import pytest

from pathways import UnknownTreaty, pathway, pathways
from pathways.grammar.agenda import agenda
from pathways.grammar.pathway import OF_NO_STATE, is_own, own_key, which_dossier, with_own_dossiers
from pathways.grammar.projection import project
from pathways.grammar.stages import Stage
from tests.builders import a_day

find = with_own_dossiers(pathway)


@pytest.mark.parametrize("key", pathways())
def test_every_treaty_has_one_and_none_is_called_like_it(key):
    own = find(own_key(key))
    assert (own.key, own.title) == (own_key(key), pathway(key).title)
    assert is_own(own.key)
    assert not is_own(key)
    assert not own_key(key).isidentifier()  # as the name of a treaty's file must be
    assert (own.steps, own.chases, own.duties) == ((), (), ())


@pytest.mark.parametrize("key", pathways())
def test_nothing_ever_falls_due_in_it(key):
    own = find(own_key(key))
    for day in ("2013-06-04", "2026-07-24", "2090-01-01"):
        dossier = project(own, OF_NO_STATE, [], on=a_day(day), reader=None)
        found = agenda(own, dossier)
        assert (dossier.stage, found.items, found.steps, found.next_due_on) == (Stage.OUTSIDE, (), (), None)


@pytest.mark.parametrize("key", pathways())
def test_it_takes_no_fact_of_a_state(key):
    kinds = {kind.name: kind for kind in find(own_key(key)).kinds}
    assert {"correction", "purged", "release", "release_ended"} <= kinds.keys()
    assert not {"deposit", "signature", "tier_set", "route", "step", "record_opened"} & kinds.keys()
    others = kinds.keys() - {"correction", "purged", "release", "release_ended"}
    assert all(kinds[name].is_of_the_treaty for name in others)


def test_a_pathway_is_made_once_and_anew_when_the_treaty_is_another():
    assert find(own_key("att")) is find(own_key("att"))
    declared = {"att": pathway("att")}
    other = with_own_dossiers(declared.__getitem__)
    before = other(own_key("att"))
    declared["att"] = replace(pathway("att"), title="Another title")
    assert before.title != other(own_key("att")).title == "Another title"


def test_of_what_is_no_treaty_there_is_none():
    with pytest.raises(UnknownTreaty):
        find(own_key("nowhere"))


def test_a_finding_names_it_without_a_state():
    assert which_dossier("att", "PHL") == "att/PHL"
    assert which_dossier(own_key("att"), OF_NO_STATE) == "att:own"
