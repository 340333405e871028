"""Names that hold from one day to another."""

from __future__ import annotations

from datetime import date

from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from sources.state_names import DatedName, load_names
from sources.states import load_register


def _name(name, *, language="en", since=None, until=None, iso3="SWZ"):
    return DatedName(
        iso3=iso3,
        name=name,
        language=language,
        since=PartialDate.parse(since) if since else None,
        until=PartialDate.parse(until) if until else None,
        source=SourceKind.GAZETTE,
    )


def _called(names, day):
    return load_register().naming(names, date.fromisoformat(day)).name_of("SWZ")


def test_a_state_is_called_as_on_the_day_that_is_looked_at():
    names = [_name("Swaziland", until="2018-04-18"), _name("Eswatini", since="2018-04-19")]
    assert [_called(names, day) for day in ("2018-04-18", "2018-04-19")] == ["Swaziland", "Eswatini"]


def test_a_name_that_ended_gives_way_to_the_one_before():
    names = [_name("Ngwane", since="2026-06-01", until="2026-06-30")]
    assert [_called(names, day) for day in ("2026-06-30", "2026-07-01")] == ["Ngwane", "Eswatini"]


def test_a_name_known_to_the_month_is_borne_from_the_last_day_of_the_month():
    names = [_name("Ngwane", since="2026-06")]
    assert [_called(names, day) for day in ("2026-06-29", "2026-06-30")] == ["Eswatini", "Ngwane"]


def test_of_two_names_that_hold_the_one_that_came_last_counts():
    names = [_name("Later", since="2025-01-01"), _name("Earlier", since="2020-01-01")]
    assert _called(names, "2026-01-01") == "Later"


def test_a_name_of_any_day_is_read_on_every_day():
    names = [_name("Ngwane", since="2026-06-01", until="2026-06-30")]
    register = load_register().naming(names, date(2014, 1, 1))
    assert register.find("ngwane").iso3 == register.find("Eswatini").iso3 == "SWZ"


def test_a_further_name_is_read_and_never_shown():
    register = load_register().naming([_name("Ngwane", language="")], date(2026, 7, 1))
    assert (register.name_of("SWZ"), register.find("Ngwane").iso3) == ("Eswatini", "SWZ")


def test_nauru_is_naoero_since_june_2026_and_each_name_of_the_record_has_its_source():
    before, since = (load_register().naming(load_names(), date(2026, month, 30)) for month in (5, 6))
    assert (before.name_of("NRU"), since.name_of("NRU"), since.name_of("NRU", "fr")) == ("Nauru", "Naoero", "Nauru")
    assert all(name.reference for name in load_names())
