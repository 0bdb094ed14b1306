"""Whoever asks can write into a request what they like: only what proxies of ours wrote into it is believed."""

import pytest

from core.proxies import asked_from, is_believed_about_tls, proxies_in

HERE, TWO = proxies_in("127.0.0.1, ::1"), proxies_in("127.0.0.1,10.0.0.0/8")
STRANGER, EVE = "203.0.113.9", "198.51.100.66"


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "who"),
    [
        (STRANGER, [], (), STRANGER),
        (STRANGER, [EVE], (), STRANGER),
        (STRANGER, ["127.0.0.1"], HERE, STRANGER),
        ("127.0.0.1", [], (), "127.0.0.1"),
        # A proxy that nobody named may have passed on whatever the stranger wrote.
        ("127.0.0.1", [STRANGER], (), ""),
        ("::1", [STRANGER], (), ""),
        ("10.0.0.5", [STRANGER], HERE, "10.0.0.5"),
        # One that was named adds whom it heard, behind whatever was there.
        ("127.0.0.1", [STRANGER], HERE, STRANGER),
        ("::1", [STRANGER], HERE, STRANGER),
        ("127.0.0.1", [f"{EVE}, {STRANGER}"], HERE, STRANGER),
        ("127.0.0.1", [EVE, STRANGER], HERE, STRANGER),
        ("127.0.0.1", [f"127.0.0.1, {STRANGER}"], HERE, STRANGER),
        ("127.0.0.1", [f"{EVE}, {STRANGER}, 10.0.0.5"], HERE, "10.0.0.5"),
        ("127.0.0.1", [f"{EVE}, {STRANGER}, 10.0.0.5"], TWO, STRANGER),
        ("127.0.0.1", [f"{STRANGER}:61000"], HERE, STRANGER),
        ("127.0.0.1", ["[2001:db8::9]:61000"], HERE, "2001:db8::9"),
        ("127.0.0.1", ["2001:db8::9"], HERE, "2001:db8::9"),
        # The proxy asks for itself, to see whether the server is well.
        ("127.0.0.1", [], HERE, "127.0.0.1"),
        ("127.0.0.1", ["127.0.0.1"], HERE, "127.0.0.1"),
        ("testclient", ["x"], HERE, "testclient"),
    ],
)
def test_who_asks(peer: str, forwarded: list[str], proxies: object, who: str) -> None:
    assert asked_from(peer, forwarded, proxies) == who  # type: ignore[arg-type]


def test_who_is_believed_about_https() -> None:
    assert is_believed_about_tls("127.0.0.1", ()) and is_believed_about_tls("10.0.0.5", TWO)
    assert not is_believed_about_tls(STRANGER, TWO) and not is_believed_about_tls("10.0.0.5", HERE)


@pytest.mark.parametrize("text", ["*", "nginx", "10.0.0.5/8", "127.0.0.1;::1", "all"])
def test_what_is_no_address_is_none(text: str) -> None:
    with pytest.raises(ValueError):
        proxies_in(text)
