"""A desk that is started where there is no record to be reached says so in a sentence, and ends."""

import pytest

from desk.server.app import main


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://accede@/accede?host=/nowhere", "cannot be reached or written"),
        ("", "There is no record here yet. Make one with: accede init"),
    ],
    ids=["the database is away", "nothing was made yet"],
)
def test_a_desk_without_a_record_ends_with_a_sentence(tmp_path, monkeypatch, url, says):
    monkeypatch.setenv("ACCEDE_DATABASE_URL", url)
    with pytest.raises(SystemExit) as ended:
        main(["--home", str(tmp_path), "--port", "1"], standalone_mode=False)
    assert says in str(ended.value.code)
    assert len(str(ended.value.code).splitlines()) == 1
