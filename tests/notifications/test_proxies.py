"""What programs here are told of the proxies that the operator's shell names."""

import pytest

from notifications.proxies import unspoken, with_loopback_direct, without_unspoken

SHELL = {"ALL_PROXY": "socks5h://127.0.0.1:1080", "https_proxy": "http://proxy.example.org:3128", "HOME": "/home/op"}


def test_a_proxy_that_nothing_here_can_speak_to_is_left_out_and_named():
    assert without_unspoken(SHELL) == {name: SHELL[name] for name in ("https_proxy", "HOME")}
    assert unspoken(SHELL) == ["ALL_PROXY"]


@pytest.mark.parametrize("value", ["http://p:1", "HTTPS://p:1", "proxy.example.org:3128", ""])
def test_every_other_proxy_is_kept(value):
    assert without_unspoken({"http_proxy": value}) == {"http_proxy": value}


@pytest.mark.parametrize("name", ["no_proxy", "NO_PROXY"])
def test_what_the_operator_reaches_directly_stays_so_and_this_machine_is_added(name):
    told = with_loopback_direct({name: "chat.example.org, .intern"})
    assert told["no_proxy"] == told["NO_PROXY"] == "chat.example.org,.intern,127.0.0.1,localhost,::1"
    assert with_loopback_direct(told) == told
