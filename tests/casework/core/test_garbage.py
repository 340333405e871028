"""Garbage is looked for rarely where every page makes thousands of objects, and never among what was imported."""

import gc

from casework.core.garbage import look_rarely, uncollected


def test_it_is_looked_for_rarely_and_not_among_what_is_there_already():
    usual = gc.get_threshold()
    try:
        look_rarely()
        assert gc.isenabled()
        assert gc.get_threshold()[0] > 10 * usual[0]
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def test_a_block_that_makes_none_looks_for_none_and_leaves_it_as_it_was():
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
