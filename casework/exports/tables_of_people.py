"""Tables of people: who is on file, which mandates there are, and who holds or held which."""

from __future__ import annotations

from collections.abc import Iterator

from casework.exports.columns import Row, Table, code, day, listed, number, text, yes_no
from casework.exports.material import Material
from casework.exports.tables_of_states import STATE, languages
from casework.exports.tables_of_work import roles
from casework.overview.timeline import Event

PEOPLE = Table(
    name="people",
    means="somebody on file",
    rows=lambda seen: (Row(None, one) for one in seen.people),
    columns=(
        number("person", "the person, by number"),
        text("name", "what the person is called"),
        code("language", "what letters are written in", languages),
        text("email", "the address for letters; to the Secretariat and the person alone"),
    ),
)

HOLDS = Table(
    name="holds",
    means="that a person holds a mandate",
    rows=lambda seen: (Row(person, hold) for person in seen.people for hold in person.holds),
    columns=(
        number("person", "who", "of.person"),
        number("mandate", "which mandate"),
        code("role", "in which role", roles),
        text("of", "for which State, by its code, or organ"),
        text("scope", "the region or States that are served"),
        day("from", "the first day", "one.from_"),
        day("until", "the last day, or the day from which it was ended"),
        yes_no("lead", "whether this person is written to first"),
    ),
)

MANDATES = Table(
    name="mandates",
    means="a role that was given to a State or an organ",
    rows=lambda seen: (Row(None, one) for one in seen.mandates()),
    columns=(
        number("mandate", "the mandate, by number"),
        code("role", "which role", roles),
        text("of", "to which State, by its code, or organ"),
        text("name", "what that is called"),
        text("scope", "the region or States that are served"),
        day("from", "its first day", "one.from_"),
        day("until", "its last day, or the day from which it was ended"),
        text("consent", "the champion's note verbale of consent"),
        yes_no("in_term", "whether it is in term today"),
        listed("held_by", "who holds it today"),
    ),
)


def _serving(seen: Material) -> Iterator[Row]:
    for page, _ in seen.states:
        entries = (entry for month in page.timeline.months for entry in month.entries)
        yield from (Row(page.dossier, one.serving) for one in entries if one.serving and one.event is Event.BEGAN)


SERVING = Table(
    name="serving",
    means="that somebody serves or served a State, by which mandate and when",
    rows=_serving,
    columns=(
        STATE,
        number("person", "who"),
        text("name", "what that person is called"),
        code("role", "in which role", roles),
        number("mandate", "by which mandate"),
        text("of", "for which State, by its code, or organ"),
        yes_no("lead", "whether this person is written to first"),
        day("since", "the first day"),
        day("until", "the last day"),
        day("ended_on", "the day from which it was ended"),
    ),
)
