"""Which addresses a studio's webhooks may call: https, a name of the open internet, and behind it no private address.

A webhook's address is chosen by people of one organization and called by the house, which stands inside a network of
its own; so whatever lies in that network must stay out of reach, whichever way it is written.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from core.errors import Invalid

LONGEST_ADDRESS = 500
NOT_PUBLIC_4 = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by a provider's customers; a cloud's metadata, too
        "127.0.0.0/8",  # this machine
        "168.63.129.16/32",  # a cloud's metadata at a public address
        "169.254.0.0/16",  # this link; most clouds' metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocols; a cloud's metadata, too
        "192.0.2.0/24",  # examples
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # examples
        "203.0.113.0/24",  # examples
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and everybody at once
    )
)
"""Source: IANA's registry of special-purpose addresses, and what clouds document."""
LOOPBACK_4 = ip_network("127.0.0.0/8")
PUBLIC_6 = ip_network("2000::/3")
"""All that is given out; what lies outside is this machine, this link, private, multicast, or an IPv4 in disguise."""
NOT_PUBLIC_6 = tuple(
    ip_network(network)
    for network in (
        "2001::/23",  # protocols; Teredo carries an IPv4 address
        "2001:db8::/32",  # examples
        "2002::/16",  # 6to4 carries an IPv4 address
        "3fff::/20",  # examples
    )
)
NAMES_OF_INSIDE = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa")
"""Last words of names that only mean something inside a network."""
HTTPS_PORT = 443
HTTP_PORT = 80
_URL = re.compile(
    r"(?P<scheme>https?)://(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[0-9a-z._-]+))(?::(?P<port>[0-9]{1,5}))?"
    r"(?:[/?][!-\"$-\[\]-~]*)?",
    re.ASCII | re.IGNORECASE,
)
"""Narrower than the standard, so that no two readers understand it differently: no user, no part, no blanks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """What an address means: whom to ask for, at which port. `host` is in lower case, an IPv6 without brackets."""

    scheme: str
    host: str
    port: int


def is_public(text: str) -> bool:
    """Whether an IP address, as text, belongs to the open internet. False for what is no IP address."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    match address:
        case IPv4Address():
            return not any(address in network for network in NOT_PUBLIC_4)
        case IPv6Address():
            if address.scope_id is not None or address not in PUBLIC_6:
                return False
            return not any(address in network for network in NOT_PUBLIC_6)


def is_loopback(text: str) -> bool:
    """127.0.0.0/8 and ::1, and nothing in disguise."""
    return text == "::1" or (_is_ip(text) and ip_address(text) in LOOPBACK_4)


def target_of(url: str) -> Target:
    """What a webhook's address means. Raises `Invalid` with what is wrong with it.

    Only its form is judged here; which machine a name leads to is looked at each time it is called.
    """
    target = parsed(url)
    if target.scheme != "https":
        raise Invalid("webhook.not_https")
    if _is_ip(target.host):
        if not is_public(target.host):
            raise Invalid("webhook.address_is_inside", host=target.host)
    elif "." not in target.host or target.host.rsplit(".", 1)[-1] in NAMES_OF_INSIDE:
        raise Invalid("webhook.address_is_inside", host=target.host)
    elif target.host.rsplit(".", 1)[-1][:1].isdigit():
        # 0x7f.1 and 2130706433 are numbers to some resolvers: the last word of a real name is no number.
        raise Invalid("webhook.address_is_inside", host=target.host)
    return target


def parsed(url: str) -> Target:
    """As `target_of`, for http and https and any host. Raises `Invalid`."""
    found = _URL.fullmatch(url) if len(url) <= LONGEST_ADDRESS else None
    host = "" if found is None else (found["six"] or found["name"]).lower().rstrip(".")
    if found is None or not host or (found["six"] and not _is_ip(host)):
        raise Invalid("webhook.address_not_understood")
    scheme = found["scheme"].lower()
    port = int(found["port"]) if found["port"] else (HTTPS_PORT if scheme == "https" else HTTP_PORT)
    if not 0 < port < 65536:
        raise Invalid("webhook.address_not_understood")
    return Target(scheme=scheme, host=host, port=port)


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
