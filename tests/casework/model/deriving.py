"""What the record adds by itself: the steps that an act or a day takes, none too many and none missing."""

from __future__ import annotations

from datetime import date, timedelta

from tests.casework.model.adding_up import STEPS, Sum
from tests.casework.model.entries import Entry, File, named

#: The steps that an act takes, and the stage from which it does so.
_BY_RECORD = {"deposited": "deposit", "signed": "signature"}


def assert_in_its_place(file: File, entry: Entry, today: date) -> None:
    """Hold what was added by itself, the last of a file, to the rules."""
    before = file[: file.index(entry)]
    if entry.kind == "correction":
        _assert_rightly_undone(before, entry, today)
        return
    assert entry.kind == "step", f"nobody asked for {entry}"
    step = STEPS[entry.data["step"]]
    assert (entry.data["to"], entry.data["by"]) == (step.target, step.by), entry
    assert entry.data["from"] in step.sources, entry
    assert step.by != "person", entry
    earlier = named(before, entry.replaces)
    ground = named(before, entry.rests_on)
    assert ground is not None, entry
    if step.by == "record":
        assert (entry.first, entry.last, entry.known_by) == (ground.first, ground.last, ground.known_by), entry
        assert ground.kind == _BY_RECORD[step.name]
        assert ground in Sum.all_told(before).in_force
        came_from = Sum.of([e for e in before if e is not ground], entry.day).stage
    else:
        found = Sum.of(before, today)
        assert entry.day == (found.leaves if step.name == "withdraw" else found.force), entry
        assert entry.day <= today, entry
        came_from = Sum.of(before, entry.day - timedelta(days=step.name == "withdraw")).stage
    assert entry.data["from"] == (earlier.data["from"] if earlier else came_from), entry


def _assert_rightly_undone(before: File, entry: Entry, today: date) -> None:
    """A step is taken off the file when what it rests on is gone, or its day has not come; with its former days."""
    assert entry.source == "record"
    undone, *former = (named(before, id_) for id_ in entry.annuls)
    assert undone is not None
    for step, earlier in zip((undone, *former), former, strict=False):
        assert step is not None
        assert earlier is not None
        assert step.replaces == earlier.id
    assert undone.kind == "step"
    assert undone.data["by"] != "person"
    if undone.data["by"] == "record":
        assert undone.day not in _days_of_acts(before, undone), entry
    else:
        found = Sum.of(before, today)
        assert undone.day != (found.leaves if undone.data["step"] == "withdraw" else found.force), entry


def assert_whole(file: File, today: date) -> None:
    """Hold a file, after any commit, to what the acts in it ask for."""
    told = Sum.all_told(file)
    steps = [e for e in told.in_force if e.kind == "step"]
    for step in steps:
        if step.data["by"] == "record":
            assert step.day in _days_of_acts(file, step), f"{step} rests on nothing that counts: {lines_of(file)}"
    for deposit in (e for e in told.in_force if e.kind == "deposit"):
        assert _is_taken(steps, "deposited", deposit.day), f"{deposit} has taken no step: {lines_of(file)}"
    for signature in (e for e in told.in_force if e.kind == "signature"):
        without = [e for e in file if e is not signature]
        is_news = Sum.of(without, signature.day).stage == "outside"
        assert _is_taken(steps, "signed", signature.day) or not is_news, f"{signature}, and no step: {lines_of(file)}"
    _assert_days_are_right(file, steps, today)


def _assert_days_are_right(file: File, steps: list[Entry], today: date) -> None:
    """No step by date stands on another day than its act now gives."""
    now = Sum.of(file, today)
    deposits = [e for e in Sum.all_told(file).in_force if e.kind == "deposit"]
    if len(deposits) > 1:
        return  # it has come back: what was true then stays
    for step in steps:
        if step.data["step"] == "enter_into_force":
            assert step.day == now.force, f"{step}, and it is bound on {now.force}: {lines_of(file)}"
        if step.data["step"] == "withdraw":
            assert step.day == now.leaves, f"{step}, and it leaves on {now.leaves}: {lines_of(file)}"


def assert_swept(file: File, today: date) -> None:
    """After a sweep of today every step whose day has come is on file, dated that day."""
    now = Sum.of(file, today)
    steps = [e for e in now.in_force if e.kind == "step"]
    stays = now.force is not None and (now.leaves is None or now.force < now.leaves)
    if stays and now.force is not None and now.force <= today:
        assert _is_taken(steps, "enter_into_force", now.force), f"bound, unnoticed, on {now.force}: {lines_of(file)}"
    if now.leaves is not None and now.leaves <= today:
        assert _is_taken(steps, "withdraw", now.leaves), f"it left, unnoticed, on {now.leaves}: {lines_of(file)}"


def _is_taken(steps: list[Entry], name: str, day: date) -> bool:
    return any(step.data["step"] == name and step.day == day for step in steps)


def _days_of_acts(file: File, step: Entry) -> set[date]:
    kind = _BY_RECORD[step.data["step"]]
    return {e.day for e in Sum.all_told(file).in_force if e.kind == kind}


def lines_of(file: File) -> str:
    """Say a file line by line, as it stands in the report of a life."""
    return "".join(f"\n{entry}" for entry in file)
