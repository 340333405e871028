"""A drawn world goes on file, and each of its facts is marked with words of its own.

Through the workspace itself, but past the rights and the admission of facts: nobody is to read more, however a fact
came to be there. A mark stands in one place of one fact and nowhere else.
"""

import hashlib
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from casework.core.commit import Committed
from casework.core.readers import reader_for
from casework.core.workspace import Workspace, open_workspace
from models.ledger import dossiers
from models.ledger.hash_chain import Content
from models.people import people
from models.store.engine import Connection
from pathways.grammar.clearance import Guarded, Reader, Sensitivity, may_read
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import RELEASE, RELEASE_ENDED, STEP
from pathways.grammar.facts import Fact, FieldType, SourceKind
from pathways.grammar.roles import powers
from tests.builders import ATT
from tests.cast import MADE_UP
from tests.desk.pages.any_world import OPERATOR, Drawn, Post, Told, is_scoped
from tests.desk.pages.opened_on_file import OpenedOnFile, open_on_file

#: The meeting, in the record of every world, at which whatever is said there was said.
MEETING = "wgtu-2022-05-10"
_GIVEN = (SourceKind.NOTE_VERBALE, SourceKind.GOVERNMENT)
_BY_PERSON = tuple(step for step in ATT.steps if step.by == "person")
#: Fields in which only certain words may stand; every other one is marked.
_SAID = {
    "tier": "2", "route": "T2", "year": 2021, "public": True, "review_on": "2022-12-01", "meeting": MEETING,
    "about": "promise", "by": "2022-07",
}  # fmt: skip


@dataclass
class OnFile:
    """A fact on file, with its marks: texts by where they stand."""

    fact: Fact
    released_to: frozenset[str]
    marks: dict[str, str] = field(default_factory=dict)

    def is_open_to(self, reader: Reader) -> bool:
        """Tell what the table of who may read says of this fact and a reader."""
        declared = ATT.kind(self.fact.kind)
        assessment = self.fact.source is SourceKind.ASSESSMENT or (declared is not None and declared.is_assessment)
        return may_read(
            reader,
            Guarded(
                state=self.fact.state,
                sensitivity=self.fact.sensitivity,
                author=self.fact.actor,
                given_by_state=self.fact.source in _GIVEN,
                assessment=assessment,
                released_to=self.released_to,
            ),
        )


@dataclass
class World:
    """A world on file: who is in it, and every fact that was told."""

    workspace: Workspace
    people: list[int]
    told: list[OnFile]
    opened: list[OpenedOnFile] = field(default_factory=list)

    def eyes(self, person: int) -> Reader:
        """Return what one of the people may know today."""
        return reader_for(self.workspace, person, treaty="att")

    def hidden_from(self, reader: Reader) -> dict[str, str]:
        """Return the marks that a reader must meet nowhere, and of what they are."""
        told = {
            mark: f"{where} of {told.fact.kind} of {told.fact.state}"
            for told in self.told
            if not told.is_open_to(reader)
            for where, mark in told.marks.items()
        }
        said = {
            mark: f"follow-up of {opened.state}"
            for opened in self.opened
            for mark in {opened.mark, opened.comment_mark} - opened.open_marks(reader)
        }
        return told | said

    def facts_open_to(self, reader: Reader, state: str) -> list[Fact]:
        """Return the facts of a State's file that a reader may know: all there is to project from."""
        open_ids = {told.fact.id for told in self.told if told.is_open_to(reader)}
        told_ids = {told.fact.id for told in self.told}
        return [
            fact
            for fact in _facts_of(self.workspace, state)
            if fact.id in open_ids or (fact.id not in told_ids and OnFile(fact, frozenset()).is_open_to(reader))
        ]


@contextmanager
def a_world(template: Path, drawn: Drawn, **configured: int) -> Iterator[World]:
    """Put a drawn world on file in a copy of a home, for as long as the block lasts."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(shutil.copytree(template, Path(place, "home")))
        lines = ['smtp_host = "127.0.0.1"', 'smtp_security = "none"', *(f"{k} = {v}" for k, v in configured.items())]
        (home / "accede.toml").write_text("\n".join(lines))
        with closing(open_workspace(home)) as workspace:
            yield put_on_file(workspace, drawn)


def put_on_file(workspace: Workspace, drawn: Drawn) -> World:
    """Put a drawn world on file."""
    world = World(workspace=workspace, people=_people(workspace, drawn), told=[])
    marks = (f"mark{number:03}x{secrets.token_hex(2)}" for number in count(1))
    for told in drawn.facts:
        world.told.append(_file(workspace, world, told, marks))
    for meant in drawn.follow_ups:
        world.opened.append(open_on_file(workspace, meant, _actor(world, meant.author), world.people[0], marks))
    with workspace.registry() as connection:
        for person, post in drawn.later:
            _appoint(connection, world.people[person], post, since=workspace.today())
    return world


def _people(workspace: Workspace, drawn: Drawn) -> list[int]:
    numbers = []
    since = workspace.today() - timedelta(days=400)
    with workspace.registry() as connection:
        for place, posts in enumerate(drawn.people):
            person = people.add(
                connection, "person", name=f"Office {place}", language="en", created_at=workspace.stamp(),
                sees_personal=place in drawn.administrators,
            )  # fmt: skip
            numbers.append(person)
            people.add(
                connection, "channel", person_id=person, address=f"office-{place}@x.test", vouched_by=OPERATOR,
                verified_at=workspace.stamp(),
            )  # fmt: skip
            for post in posts:
                _appoint(connection, person, post, since=since)
    return numbers


def _appoint(connection: Connection, person: int, post: Post, *, since: date) -> None:
    mandate = people.add(connection, "mandate", starts_on=since, treaty="att", **_terms(post))
    people.add(connection, "hold", mandate_id=mandate, person_id=person, starts_on=since, lead=True)


def _terms(post: Post) -> dict[str, object]:
    scoped = is_scoped(post.role)
    of_a_state = post.role == MADE_UP or powers(post.role).of_a_state
    whole_region = scoped and not post.states
    return {
        "role": post.role,
        "of": post.of if of_a_state else "Bureau",
        "of_state": of_a_state,
        "scheme": "att_region" if whole_region else "",
        "region": post.region if whole_region else "",
        "states": ",".join(post.states) if scoped else "",
        "consent": "Note verbale 1/2021" if powers(post.role).by_consent else None,
    }


def _file(workspace: Workspace, world: World, told: Told, marks: Iterator[str]) -> OnFile:
    placed = {"reference": next(marks), "note": next(marks)}
    if told.has_file:
        placed |= {"name of the file": f"{next(marks)}.pdf", "text of the file": next(marks)}
    data = _data(told.kind, placed, marks)
    content = _content(workspace, placed)
    fact = _append(workspace, told, told.kind, _actor(world, told.author), data, placed["reference"], content)
    standing: set[str] = set()
    for audience, is_taken_back in told.releases:
        named = f"person:{world.people[audience]}" if isinstance(audience, int) else audience
        about = {"audience": named, "fact": fact.id}
        release = _append(workspace, told, RELEASE, OPERATOR, about)
        if is_taken_back:
            _append(workspace, told, RELEASE_ENDED, OPERATOR, about, annuls=(release.id,))
        else:
            standing.add(named)
    return OnFile(fact=fact, released_to=frozenset(standing), marks=placed)


def _actor(world: World, author: int | str) -> str:
    return f"person:{world.people[author]}" if isinstance(author, int) else author


def _data(kind: str, placed: dict[str, str], marks: Iterator[str]) -> dict[str, object]:
    """Fill a kind's fields; free text is marked."""
    if kind == STEP:
        step = _BY_PERSON[len(placed) % len(_BY_PERSON)]
        return {"step": step.name, "from": step.sources[0].value, "to": step.target.value, "by": step.by.value}
    declared = ATT.kind(kind)
    assert declared is not None
    data: dict[str, object] = {}
    for asked in declared.fields:
        if asked.name in _SAID or asked.type is FieldType.CHOICE:
            data[asked.name] = _SAID.get(asked.name) or asked.choices[0]
        elif asked.type is FieldType.LIST:
            data[asked.name] = [asked.choices[0] if asked.choices else _marked(placed, asked.name, marks)]
        elif asked.type is FieldType.TEXT:
            data[asked.name] = _marked(placed, asked.name, marks)
    return data


def fields_of(kind: str) -> dict[str, object]:
    """Fill a kind's fields for a fact that nobody looks for by its words."""
    return _data(kind, {}, (f"word {number}" for number in count(1)))


def _marked(placed: dict[str, str], where: str, marks: Iterator[str]) -> str:
    placed[f"field {where}"] = next(marks)
    return placed[f"field {where}"]


def _content(workspace: Workspace, placed: dict[str, str]) -> Content:
    if "name of the file" not in placed:
        return Content(secrets.token_hex(16), placed["note"], None, None)
    body = f"%PDF-1.4\n{placed['text of the file']}\n%%EOF\n".encode()
    digest = hashlib.sha256(body).hexdigest()
    kept = workspace.settings.home / "attachments" / digest[:2] / digest
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(body)
    return Content(secrets.token_hex(16), placed["note"], placed["name of the file"], digest, "application/pdf")


def _append(
    workspace: Workspace,
    told: Told,
    kind: str,
    actor: str,
    data: Mapping[str, object],
    reference: str = "",
    content: Content | None = None,
    annuls: tuple[str, ...] = (),
) -> Fact:
    is_own = kind == told.kind
    with workspace.reading() as connection:
        record = dossiers.record_of(connection, "att", told.state)
    assert record is not None
    day = workspace.today() - timedelta(days=told.days_ago if is_own else 0)
    with workspace.batch([record.id], actor=actor, today=workspace.today(), committed=Committed()) as open_dossiers:
        fact: Fact = open_dossiers[0].file(
            kind,
            PartialDate.of(day),
            source=_source(told) if is_own else SourceKind.ASSESSMENT,
            sensitivity=_level(told) if is_own else Sensitivity.COORDINATION,
            reference=reference,
            data=data,  # type: ignore[arg-type]  # the values are those of the kind's own fields
            annuls=annuls,
            content=content,
        )
    return fact


def _source(told: Told) -> SourceKind:
    return SourceKind.RECORD if told.kind in ("signature", "deposit") else told.source


def _level(told: Told) -> Sensitivity:
    return Sensitivity.PUBLIC if told.kind in ("signature", "deposit") else told.level


def _facts_of(workspace: Workspace, state: str) -> list[Fact]:
    with workspace.reading() as connection:
        record = dossiers.record_of(connection, "att", state)
        assert record is not None
        return dossiers.facts_of(connection, [record])[record.id]
