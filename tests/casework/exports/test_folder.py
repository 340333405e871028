"""The folder of an export is new, its owner's alone, and there once everything in it is."""

from pathlib import Path

import pytest

from casework.core.rights import NotYours
from casework.exports.folder import NotExported, new_folder
from casework.record.unfinished import written_new
from pathways.grammar.refusals import refusal
from tests.casework.record.killing import killed


def names(folder):
    return sorted(place.name for place in folder.iterdir())


def writing(place, name="states.csv"):
    with new_folder(Path(place)) as folder, written_new(folder / name) as file:
        file.write(b"state\n")


def test_it_stands_there_once_it_is_whole_and_belongs_to_its_owner_alone(tmp_path):
    place = tmp_path / "export"
    with new_folder(place) as folder:
        with written_new(folder / "below" / "states.csv") as file:
            file.write(b"state\n")
        assert not place.exists()
    assert names(tmp_path) == ["export"]
    assert (place / "below" / "states.csv").read_bytes() == b"state\n"
    modes = [one.stat().st_mode & 0o777 for one in (place, place / "below", place / "below" / "states.csv")]
    assert modes == [0o700, 0o700, 0o600]


def test_an_empty_folder_is_taken_and_nothing_is_written_over(tmp_path):
    (tmp_path / "empty").mkdir()
    writing(tmp_path / "empty")
    assert names(tmp_path / "empty") == ["states.csv"]
    (tmp_path / "a file").write_text("mine")
    (tmp_path / "a link").symlink_to(tmp_path / "nowhere")
    for there in ("empty", "a file", "a link"):
        with pytest.raises(NotExported, match="export_is_there"):
            writing(tmp_path / there, "other.csv")
    assert names(tmp_path) == ["a file", "a link", "empty"]
    assert (tmp_path / "a file").read_text() == "mine"
    assert names(tmp_path / "empty") == ["states.csv"]


def test_what_comes_there_meanwhile_is_left_as_it_is(tmp_path):
    place = tmp_path / "export"

    def another_comes():
        with new_folder(place):
            place.mkdir()
            (place / "mine").write_text("mine")

    with pytest.raises(NotExported, match="export_is_there"):
        another_comes()
    assert names(tmp_path) == ["export"]
    assert names(place) == ["mine"]


def test_an_export_that_fails_leaves_nothing(tmp_path):
    def fails():
        with new_folder(tmp_path / "export") as folder:
            (folder / "states.csv").write_text("half")
            raise OSError(28, "No space left on device")

    with pytest.raises(NotExported, match="export_not_written"):
        fails()
    assert names(tmp_path) == []


def test_what_one_may_not_do_is_not_taken_for_the_machines_refusal(tmp_path):
    def refused():
        with new_folder(tmp_path / "export"):
            raise NotYours(refusal("for_the_secretariat"))

    with pytest.raises(NotYours):
        refused()
    assert names(tmp_path) == []


@pytest.mark.parametrize("place", ["before", "after"])
def test_a_killed_export_leaves_nothing_under_its_name_or_all_of_it_and_the_next_clears_the_rest(place, tmp_path):
    export = tmp_path / "export"
    assert killed(writing, str(export), **{place: "casework.record.unfinished._give_folder_its_name"})
    assert export.exists() is (place == "after")
    if export.exists():
        assert names(export) == ["states.csv"]
        export.rename(tmp_path / "export.1")
    writing(export)
    assert [name for name in names(tmp_path) if name.startswith(".")] == []


def test_what_another_is_writing_is_not_cleared_away(tmp_path):
    with new_folder(tmp_path / "export") as mine:
        (mine / "states.csv").write_text("half")
        writing(tmp_path / "export")
        assert (mine / "states.csv").read_text() == "half"
        (tmp_path / "export").rename(tmp_path / "other")
    assert names(tmp_path) == ["export", "other"]
