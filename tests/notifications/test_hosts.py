"""Hosts: a webhook cannot be turned on the operator's own network, nor a training record on the world."""

from __future__ import annotations

import pytest

from notifications.hosts import Forbidden, Hosts, NetworkReach, NotResolved, system_resolve

PLACES = {
    "chat.example.org": ("93.184.216.34", "2606:2800:220:1::1"),
    "intranet.example.org": ("10.0.0.7",),
    "rebound.example.org": ("93.184.216.34", "127.0.0.1"),
    "metadata.example.org": ("169.254.169.254",),
    "mapped.example.org": ("::ffff:127.0.0.1",),
    "localhost": ("127.0.0.1", "::1"),
    "127.1": ("127.0.0.1",),
}
HOSTS = Hosts(lambda host: PLACES.get(host, ()))


def test_a_public_host_is_reached():
    HOSTS.require("chat.example.org", NetworkReach.PUBLIC)


@pytest.mark.parametrize(
    "host",
    ["intranet.example.org", "rebound.example.org", "metadata.example.org", "mapped.example.org", "localhost", "127.1"],
)
def test_a_host_that_is_private_in_any_of_its_addresses_is_not(host):
    with pytest.raises(Forbidden, match="allow_private"):
        HOSTS.require(host, NetworkReach.PUBLIC)


def test_a_private_host_is_reached_when_the_operator_says_so():
    HOSTS.require("intranet.example.org", NetworkReach.ANY)


@pytest.mark.parametrize("host", ["chat.example.org", "intranet.example.org", "rebound.example.org"])
def test_loopback_only_means_every_address(host):
    HOSTS.require("localhost", NetworkReach.LOOPBACK)
    with pytest.raises(Forbidden, match="not this machine"):
        HOSTS.require(host, NetworkReach.LOOPBACK)


def test_an_old_address_in_new_clothes_is_judged_as_what_it_is():
    HOSTS.require("mapped.example.org", NetworkReach.LOOPBACK)


@pytest.mark.parametrize("address", ["0.0.0.0", "224.0.0.1", "::"])
def test_nobody_lives_at_a_multicast_or_empty_address(address):
    with pytest.raises(Forbidden):
        Hosts(lambda _: (address,)).require("example.org", NetworkReach.ANY)


@pytest.mark.parametrize(
    "host",
    ["", "a b", "user@example.org", "example.org:25", "http://example.org", "example.org/x", "a..b", "-a", "x" * 254,
     "example.org\r\n", "exam\u00adple.org", "%31"],
)  # fmt: skip
def test_what_is_more_than_a_name_is_no_host(host):
    with pytest.raises(Forbidden, match="write only its name"):
        HOSTS.require(host, NetworkReach.ANY)


def test_a_name_without_an_address_may_have_one_tomorrow():
    with pytest.raises(NotResolved):
        HOSTS.require("gone.example.org", NetworkReach.ANY)


def test_the_system_knows_this_machine():
    assert "127.0.0.1" in system_resolve("127.0.0.1")
    assert system_resolve("no such name") == ()
