"""The paper on the status of participation: numbers, change, growth and regions, of public facts alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from casework.core.workspace import Workspace
from casework.meetings.listing import MeetingView, meeting_list, meeting_view
from casework.papers.document import Block, Chart, Paper, Paragraph, Section, Series, Table
from casework.papers.kinds import Asked, Version
from casework.papers.participation import Participation, Share, participation
from casework.papers.words import Words
from pathways.grammar.clearance import ANYONE

CONFERENCE = "csp"  # the kind of meeting since which change is told, unless a day is named
_FIVE_YEARS = timedelta(days=5 * 365 + 1)


def status_paper(workspace: Workspace, asked: Asked) -> Paper:
    """Make the paper as of a day; NotOnFile for a meeting that nobody may know of."""
    now = participation(workspace, treaty=asked.treaty, on=asked.on, known=asked.known, region=asked.region)
    words = Words.of(workspace, treaty=asked.treaty, language=asked.language, on=now.on)
    meeting = public_meeting(workspace, asked)
    before, called = changed_since(workspace, asked, now, words)
    numbers = (*numbers_and_change(words, now, before, called), *_growth(words, now))
    sections = (
        Section(heading=words.say("introduction"), blocks=(_about(words, asked, now),)),
        Section(heading=words.say("participation"), blocks=numbers),
        Section(heading=words.say("distribution"), blocks=tuple(region_blocks(words, now))),
        Section(heading=words.say("signatories"), blocks=(_signatories(words, now),)),
        Section(heading=words.say("conclusion"), blocks=(Paragraph(text=words.say("take_note")),)),
    )
    return words.paper(
        title=words.say("status_title"),
        subtitle=words.say("status_subtitle"),
        sections=sections,
        notes=tuple(notes_on(words, now)),
        version=Version.OPEN,
        holders=words.say("anybody"),
        on=now.on,
        known=now.known,
        meeting=meeting,
    )


def public_meeting(workspace: Workspace, asked: Asked) -> MeetingView | None:
    """Return the meeting that a paper is for, if any, as anybody may know of it."""
    if asked.meeting is None:
        return None
    return meeting_view(workspace, asked.meeting, treaty=asked.treaty, reader=ANYONE)


def changed_since(workspace: Workspace, asked: Asked, now: Participation, words: Words) -> tuple[Participation, str]:
    """Return how participation was when change begins to be told, and what that day is called."""
    day, called = _since(workspace, asked, now, words)
    before = participation(workspace, treaty=asked.treaty, on=day, known=asked.known, region=asked.region)
    return before, called


def _since(workspace: Workspace, asked: Asked, now: Participation, words: Words) -> tuple[date, str]:
    """Return the day since which change is told, and what it is called: named, or the last Conference before."""
    if asked.since is not None:
        return asked.since, words.day(asked.since)
    held = meeting_list(workspace, treaty=asked.treaty, reader=ANYONE)
    last = next((one for one in held if one.kind == CONFERENCE and one.ends.last < now.on), None)
    if last is None:
        day = words.pathway.entered_into_force
        return day, words.day(day)
    return last.ends.last, words.say("since", day=last.ends, meeting=last.title)


def _about(words: Words, asked: Asked, now: Participation) -> Paragraph:
    text = words.say("status_about", treaty=words.treaty(), day=now.on, known=now.known)
    if asked.region is not None:
        text += " " + words.say("status_of_region", region=words.region(next(iter(now.by_region))))
    return Paragraph(text=text)


def numbers_and_change(words: Words, now: Participation, before: Participation, since: str) -> Iterator[Block]:
    """Yield how many take part, and what has changed."""
    total = now.total
    said = [
        words.say(
            "status_deposits",
            deposits=total.deposits,
            states=total.states,
            in_force=now.in_force,
            signatories=total.signatories,
            neither=total.neither,
        )
        + "¹ ²",
        words.say("status_accessions", accessions=now.accessions),
    ]
    if now.withdrawn:
        said.append(words.count("status_withdrawn", now.withdrawn))
    yield Paragraph(text=" ".join(said))
    signed = words.say("change_signed", before=before.total.signatories, after=now.total.signatories)
    yield Paragraph(text=f"{change(words, now, before, since)} {signed}")


def change(words: Words, now: Participation, before: Participation, since: str) -> str:
    """Say who has deposited since the day on which change begins to be told."""
    new = now.since(before.on)
    names = words.listed(words.say("arrival", state=words.state(state), day=day) for state, day in new.items())
    if not new:
        return words.say("change_none", since=since)
    return words.count("change", len(new), since=since, names=names)


def _growth(words: Words, now: Participation) -> Iterator[Block]:
    five, ten = now.on - _FIVE_YEARS, now.on - 2 * _FIVE_YEARS
    text = words.say("growth", lately=now.between(five, now.on), earlier=now.between(ten, five))
    yield Paragraph(text=text)
    years = now.by_year()
    labels, values = tuple(map(str, years)), tuple(years.values())
    series = (Series(name=words.say("deposits_of_year"), values=values),)
    yield Chart(caption=words.say("growth_figure"), labels=labels, series=series)
    rows, by_then = [], 0
    for year, number in years.items():
        by_then += number
        rows.append((str(year), number, by_then))
    headings = (words.say("year"), words.say("deposits_of_year"), words.say("deposits_by_then"))
    yield Table(caption=words.say("growth_table"), headings=headings, rows=tuple(rows))


def region_blocks(words: Words, now: Participation) -> Iterator[Block]:
    """Yield participation by region: in words where there are several, as a table and as a chart."""
    shares = {words.region(name): share for name, share in now.by_region.items()}
    if len(shares) > 1:
        yield Paragraph(text=_most_and_least(words, shares))
    sums = {**shares, **({words.say("all"): now.total} if len(shares) > 1 else {})}
    yield Table(
        caption=words.say("distribution_table"),
        headings=tuple(
            words.say(name) for name in ("region", "deposited", "signed_only", "neither", "all_states", "per_cent")
        ),
        rows=tuple((name, *_row(share)) for name, share in sums.items()),
        has_sum=len(shares) > 1,
    )
    yield Chart(
        caption=words.say("distribution_figure"),
        labels=tuple(shares),
        series=(
            Series(name=words.say("deposited"), values=tuple(one.deposits for one in shares.values())),
            Series(name=words.say("signed_only"), values=tuple(one.signatories for one in shares.values())),
            Series(name=words.say("neither"), values=tuple(one.neither for one in shares.values())),
        ),
    )


def _row(share: Share) -> tuple[int, ...]:
    return share.deposits, share.signatories, share.neither, share.states, share.per_cent


def _most_and_least(words: Words, shares: dict[str, Share]) -> str:
    most = max(shares, key=lambda name: shares[name].deposits / shares[name].states)
    least = min(shares, key=lambda name: shares[name].deposits / shares[name].states)
    return words.say(
        "distribution_text",
        most=most,
        most_deposits=shares[most].deposits,
        most_states=shares[most].states,
        least=least,
        least_deposits=shares[least].deposits,
        least_states=shares[least].states,
        least_outside=shares[least].states - shares[least].deposits,
    )


def _signatories(words: Words, now: Participation) -> Paragraph:
    there = {name: now.signatories(name) for name in now.by_region}
    found = [(words.region(name), words.listed(words.in_order(states))) for name, states in there.items() if states]
    if not found:
        return Paragraph(text=words.say("signatories_none"))
    points = [words.say("signatories_point", region=region, names=names) for region, names in found[:-1]]
    last = words.say("signatories_last", region=found[-1][0], names=found[-1][1])
    return Paragraph(text=words.say("signatories_text"), points=(*points, last))


def notes_on(words: Words, now: Participation) -> Iterator[str]:
    """Yield where the numbers are from, and what is not certain about them."""
    pathway = words.pathway
    yield words.say("note_source", reference=f"{pathway.depositary}, {pathway.title}, {pathway.reference}")
    if imprecise := now.imprecise():
        yield words.say("note_imprecise", names=words.listed(words.in_order(imprecise)))
    if now.unconfirmed:
        yield words.say("note_unconfirmed", number=now.unconfirmed)
