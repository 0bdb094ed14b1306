"""Who asks, where proxies stand between: each proxy adds whom it heard, and only one that is ours is believed."""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from core.addresses import is_loopback

Proxies = tuple[IPv4Network | IPv6Network, ...]


def proxies_in(text: str) -> Proxies:
    """Addresses and networks, with commas between. Raises `ValueError` for what is none."""
    return tuple(ip_network(one.strip()) for one in text.split(",") if one.strip())


def asked_from(peer: str, forwarded: Iterable[str], proxies: Proxies) -> str:
    """The address of whoever asks. `peer`: who is at the other end of the line; `forwarded`: what came along as
    `X-Forwarded-For`.

    Whoever asks can write into that what they like; so it is read from its end, as far as proxies of ours wrote it.
    Empty: a program of this machine passed it on, and nobody said that it is to be believed about whom it heard.
    """
    heard = [_without_port(one) for line in forwarded for one in line.split(",")]
    if not _is_among(peer, proxies):
        return "" if heard and is_loopback(peer) else peer
    return next((one for one in reversed(heard) if not _is_among(one, proxies)), peer)


def is_believed_about_tls(peer: str, proxies: Proxies) -> bool:
    """Whether it is believed that a page was asked for by https. Any program of this machine may say so: all that hangs
    on it is whether a browser keeps its own cookie to https."""
    return is_loopback(peer) or _is_among(peer, proxies)


def _is_among(text: str, proxies: Sequence[IPv4Network | IPv6Network]) -> bool:
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return any(address in network for network in proxies)


def _without_port(text: str) -> str:
    """Some proxies add it: `192.0.2.7:5000`, `[2001:db8::7]:5000`."""
    said = text.strip()
    if said.startswith("["):
        return said[1:].partition("]")[0]
    return said.partition(":")[0] if said.count(":") == 1 else said
