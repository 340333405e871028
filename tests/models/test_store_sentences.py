"""What a database refuses is said in a sentence that gives nothing of its address away."""

import pytest

from models.store import Store, StoreUnreachable


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://h/x?password=Sup3rSecret&host=127.0.0.1&port=1",
        "postgresql://u@127.0.0.1:1/x?password=Sup3rSecret",
        "postgresql://u:Sup3r@Secret@127.0.0.1:1/x",
        "postgresql://u:Sup3rSecret@127.0.0.1:1/x",
        "postgresql://u:Sup3rSecret@127.0.0.1:1/x?bogus=1",
        "postgresql://u:Sup3rSecret@127.0.0.1:port/x",
        "postgresql://u:Sup3rSecret@[::1/x",
    ],
)
def test_no_password_is_ever_shown(url):
    with pytest.raises(StoreUnreachable) as refused:
        Store(url).revision()
    assert "Sup3r" not in str(refused.value)
    assert "Secret" not in str(refused.value)


def test_a_damaged_record_is_called_so(tmp_path):
    (tmp_path / "accede.db").write_bytes(b"not a database at all" * 1000)
    with pytest.raises(StoreUnreachable, match="is damaged"):
        Store(f"sqlite:///{tmp_path / 'accede.db'}").revision()
