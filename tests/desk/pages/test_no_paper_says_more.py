"""An open paper holds nothing that is not public, and a closed one nothing that its bearer may not read.

Worlds are made at random, and each fact is marked with words that stand nowhere else. An open paper is read whole: what
it is made of, from which the PDF is drawn, and each part of what Word and Excel open, properties and pictures too.
"""

import io
import os
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from casework.papers.kinds import Asked, PaperKind, Version
from casework.papers.making import make_paper, written_as
from pathways.grammar.clearance import ANYONE, OPERATOR, Reader
from tests.desk.pages.any_world import STATES, worlds
from tests.desk.pages.world_on_file import MEETING, OnFile, World, a_world

#: How many records are drawn: `make papers RECORDS=1000` for half an hour.
FEW = 5
RECORDS = int(os.environ.get("ACCEDE_TEST_PAPERS", FEW))
_OPEN: tuple[dict[str, Any], ...] = (
    {"kind": PaperKind.STATUS},
    {"kind": PaperKind.MEETING, "version": Version.OPEN, "meeting": MEETING},
    {"kind": PaperKind.REPORT},
)
_CLOSED: tuple[dict[str, Any], ...] = (
    *({"kind": PaperKind.STATE, "state": state} for state in STATES),
    {"kind": PaperKind.MEETING, "version": Version.CLOSED, "meeting": MEETING},
    {"kind": PaperKind.CONTINUITY},
)


@pytest.mark.slow
@pytest.mark.timeout(0 if RECORDS > FEW else 120)
@settings(
    max_examples=RECORDS,
    deadline=None,
    derandomize=RECORDS == FEW,  # the same ones each time: a change is not to be held up by another's fault
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(drawn=worlds)
def test_no_paper_holds_a_mark_of_what_may_not_be_read(empty_desk, drawn):
    with a_world(empty_desk, drawn) as world:
        hidden = world.hidden_from(ANYONE)
        opened = {asked["kind"]: _read(world, asked, OPERATOR, files=("docx", "xlsx")) for asked in _OPEN}
        assert {(kind, what) for kind, text in opened.items() for mark, what in hidden.items() if mark in text} == set()
        _assert_says_what_is_public(world, opened[PaperKind.MEETING])
        for person in world.people:
            _assert_of_its_bearer(world, world.eyes(person))


def _assert_of_its_bearer(world: World, reader: Reader) -> None:
    hidden = world.hidden_from(reader)
    closed = {(asked["kind"], asked.get("state")): _read(world, asked, reader) for asked in _CLOSED}
    leaks = {(kind, what) for kind, text in closed.items() for mark, what in hidden.items() if mark in text}
    assert leaks == set(), reader
    pack = closed[PaperKind.CONTINUITY, None]
    lacking = [told.fact for told in _statements(world, reader) if told.marks["note"] not in pack]
    assert lacking == [], reader


def _assert_says_what_is_public(world: World, paper: str) -> None:
    """An empty paper would hide everything."""
    assert [told.fact for told in _statements(world, ANYONE) if told.marks["note"] not in paper] == []


def _statements(world: World, reader: Reader) -> Iterator[OnFile]:
    return (told for told in world.told if told.fact.kind == "statement" and told.is_open_to(reader))


def _read(world: World, asked: dict[str, Any], reader: Reader, files: tuple[str, ...] = ()) -> str:
    """Return everything that a paper says, as it is and as files say it: those of a closed one would take hours."""
    paper = make_paper(world.workspace, Asked(treaty="att", **asked), reader=reader)
    written = (_unpacked(written_as(paper, ending)) for ending in files)
    return "\n".join((repr(paper), written_as(paper, "md").decode(), *written))


def _unpacked(package: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(package)) as file:
        return "\n".join(file.read(name).decode("utf-8", errors="replace") for name in file.namelist())
