"""The memo gives back only what was computed from the very same inputs, and keeps a bounded number."""

from casework.overview.memo import Memo, Memos


def test_what_is_given_decides_and_not_who_asks():
    memory = Memo[str, list[str]](most=5)
    first = memory.of("ana", "facts", lambda: ["of facts"])
    assert memory.of("ana", "facts", lambda: ["never made"]) is first
    assert memory.of("ana", "other facts", lambda: ["of others"]) == ["of others"]
    assert memory.of("ana", "facts", lambda: ["made again"]) == ["made again"]
    assert memory.of("ben", "facts", lambda: ["for ben"]) == ["for ben"]


def test_who_has_not_asked_for_longest_makes_room():
    memory = Memo[int, str](most=2)
    for asker in ("ana", "ben", "ana", "cleo"):
        memory.of(asker, 1, lambda: "kept")
    assert len(memory) == 2
    assert memory.of("ana", 1, lambda: "made anew") == "kept"
    assert memory.of("ben", 1, lambda: "made anew") == "made anew"


def test_each_record_has_a_memory_of_its_own_that_goes_with_it():
    class Record:
        """Something that can be forgotten."""

    memories, one, other = Memos[int, str](most=2), Record(), Record()
    assert memories.of(one).of("ana", 1, lambda: "of one") == "of one"
    assert memories.of(other).of("ana", 1, lambda: "of other") == "of other"
    del one
    assert memories.of(other).of("ana", 1, lambda: "anew") == "of other"
