"""Who a caller is: one line is one caller, and nobody chooses who to be."""

import pytest
from starlette.requests import Request

from desk.web.caller import caller_of


def asked(peer, *handed_on):
    headers = [(b"x-forwarded-for", said.encode()) for said in handed_on]
    return caller_of(Request({"type": "http", "headers": headers, "client": (peer, 5)}))


@pytest.mark.parametrize(
    ("said", "caller"),
    [
        (("192.0.2.7",), "192.0.2.7"),
        (("10.9.9.9, 192.0.2.7",), "192.0.2.7"),
        (("10.9.9.9", "192.0.2.7"), "192.0.2.7"),
        (("192.0.2.7", "10.9.9.9, 192.0.2.8"), "192.0.2.8"),
        (("10.9.9.9", ""), "127.0.0.1"),
        ((), "127.0.0.1"),
    ],
)
def test_behind_a_proxy_it_is_what_the_proxy_saw_last(said, caller):
    assert asked("127.0.0.1", *said) == caller


def test_from_elsewhere_nobody_says_who_the_caller_is():
    assert asked("192.0.2.1", "192.0.2.7") == "192.0.2.1"


@pytest.mark.parametrize("address", ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:DB8:1:2:3::"])
def test_the_addresses_of_one_line_are_one_caller(address):
    assert asked(address) == "2001:db8:1:2::/64"
    assert asked("::1", address) == "2001:db8:1:2::/64"
    assert asked("2001:db8:1:3::1") != asked(address)


def test_an_ipv4_address_is_the_same_caller_in_either_writing():
    assert asked("::ffff:192.0.2.7") == asked("192.0.2.7")
