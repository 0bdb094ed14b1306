"""What webhooks may call and may tell, and when a call is tried again: both sides of every boundary."""

import base64
import hmac
import json
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from itertools import pairwise

import pytest

from core import hooks
from core.addresses import NOT_PUBLIC_4, NOT_PUBLIC_6, PUBLIC_6, is_loopback, is_public, target_of
from core.errors import Invalid
from core.events import PRIVATE, EventKind
from core.hooks import Answer, HookTrouble, News

NOON = datetime(2026, 11, 21, 12, 0, 0, 500_000, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def neighbours(network: object) -> list[tuple[str, bool]]:
    """The first and last address of a network, which are not public, and those right before and after it."""
    first, last = network[0], network[-1]  # type: ignore[index]
    inside = [(str(first), False), (str(last), False)]
    others = NOT_PUBLIC_4 if first.version == 4 else NOT_PUBLIC_6
    around = []
    for number in (int(first) - 1, int(last) + 1):
        if 0 <= number < 2 ** (32 if first.version == 4 else 128):
            address = ip_address(number) if first.version == 4 or number >= 2**32 else None
            if address is not None and address.version == first.version:
                is_in_another = any(address in other for other in others)
                is_given_out = first.version == 4 or address in PUBLIC_6
                around.append((str(address), is_given_out and not is_in_another))
    return inside + around


@pytest.mark.parametrize("network", [*NOT_PUBLIC_4, *NOT_PUBLIC_6], ids=str)
def test_each_range_that_is_not_public_ends_where_it_ends(network: object) -> None:
    for address, is_it in neighbours(network):
        assert is_public(address) is is_it, address


@pytest.mark.parametrize(
    "address",
    [
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "223.255.255.255",
        "1.1.1.1",
        "2606:4700::1111",
        "2001:200::1",
        "3ffe:ffff::1",
    ],
)
def test_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.100.100.200",
        "127.0.0.1",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.168.1.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "::ffff:1.1.1.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700::1111%eth0",
        "fec0::1",
        "ff02::1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "1fff:ffff::1",
        "4000::1",
        "not an address",
        "",
        "127.1",
        "0177.0.0.1",
        "2130706433",
    ],
)
def test_nothing_else_is(address: str) -> None:
    assert not is_public(address)


def test_loopback_is_this_machine_and_nothing_in_disguise() -> None:
    assert all(is_loopback(address) for address in ("127.0.0.1", "127.255.255.255", "::1"))
    assert not any(is_loopback(address) for address in ("128.0.0.1", "::ffff:127.0.0.1", "0.0.0.0", "::2", "x"))


@pytest.mark.parametrize(
    "url, host, port",
    [
        ("https://example.org/hook", "example.org", 443),
        ("https://Example.ORG.:8443/hook?a=b", "example.org", 8443),
        ("https://1.1.1.1/", "1.1.1.1", 443),
        ("https://[2606:4700::1111]/", "2606:4700::1111", 443),
    ],
)
def test_addresses_that_can_be_registered(url: str, host: str, port: int) -> None:
    target = target_of(url)
    assert (target.host, target.port) == (host, port)


@pytest.mark.parametrize(
    "url, code",
    [
        ("http://example.org/", "webhook.not_https"),
        ("https://localhost/", "webhook.address_is_inside"),
        ("https://printer/", "webhook.address_is_inside"),
        ("https://kiln.local/", "webhook.address_is_inside"),
        ("https://metadata.google.internal/", "webhook.address_is_inside"),
        ("https://127.0.0.1/", "webhook.address_is_inside"),
        ("https://169.254.169.254/latest", "webhook.address_is_inside"),
        ("https://[::1]/", "webhook.address_is_inside"),
        ("https://[::ffff:10.0.0.1]/", "webhook.address_is_inside"),
        ("https://2130706433/", "webhook.address_is_inside"),
        ("https://0x7f.0x1/", "webhook.address_is_inside"),
        ("https://127.1/", "webhook.address_is_inside"),
        ("https://me:secret@example.org/", "webhook.address_not_understood"),
        ("https://example.org/#part", "webhook.address_not_understood"),
        ("https://example.org:0/", "webhook.address_not_understood"),
        ("https://example.org:99999/", "webhook.address_not_understood"),
        ("https://exa mple.org/", "webhook.address_not_understood"),
        ("https://example.org\\@10.0.0.1/", "webhook.address_not_understood"),
        ("https://exämple.org/", "webhook.address_not_understood"),
        ("https:///path", "webhook.address_not_understood"),
        ("file:///etc/passwd", "webhook.address_not_understood"),
        ("https://example.org/\r\nx: y", "webhook.address_not_understood"),
        ("https://example.org/" + "x" * 500, "webhook.address_not_understood"),
        ("", "webhook.address_not_understood"),
    ],
)
def test_addresses_that_cannot(url: str, code: str) -> None:
    with pytest.raises(Invalid) as told:
        target_of(url)
    assert told.value.code == code


def test_a_call_is_tried_the_more_rarely_the_oftener_it_failed_and_for_three_days() -> None:
    until, at, tries, tried_at = NOON + hooks.TRIED_FOR, NOON, 0, [NOON]
    while True:
        tries += 1
        then = hooks.next_try(tries, at, until)
        if then is None:
            break
        tried_at.append(then)
        at = then
    gaps = [after - before for before, after in pairwise(tried_at)]
    assert gaps[0] == timedelta(minutes=1) and gaps == sorted(gaps) and max(gaps) == timedelta(hours=24)
    assert len(tried_at) == 9 and timedelta(days=2) < tried_at[-1] - NOON < hooks.TRIED_FOR
    assert hooks.next_try(1, until - timedelta(minutes=1), until) is None
    assert hooks.next_try(1, until - timedelta(minutes=1) - SECOND, until) == until - SECOND


def test_a_webhook_is_paused_after_days_of_nothing_but_failures() -> None:
    assert not hooks.is_to_be_paused(None, NOON)
    assert not hooks.is_to_be_paused(NOON - hooks.PAUSED_AFTER + SECOND, NOON)
    assert hooks.is_to_be_paused(NOON - hooks.PAUSED_AFTER, NOON)


def test_private_news_is_told_to_no_program_whatever_it_asks_for() -> None:
    for kind in EventKind:
        is_it = kind not in PRIVATE
        assert hooks.wants([], kind.value) is hooks.wants([kind.value], kind.value) is is_it
    assert not hooks.wants([EventKind.NO_SHOW.value], EventKind.RESERVED.value)
    assert not hooks.wants([], "something.else")


@pytest.mark.parametrize("status, is_it", [(199, False), (200, True), (299, True), (300, False), (None, False)])
def test_delivered_is_what_was_answered_with_2xx(status: int | None, is_it: bool) -> None:
    assert Answer(status=status).is_delivered is is_it
    assert not Answer(status=status, trouble=HookTrouble.TOO_SLOW).is_delivered


def test_what_people_wrote_is_never_told() -> None:
    told = hooks.sifted(
        {
            "because": "Alice is ill",
            "by": "STAFF",
            "action": "Alice Ackerman",
            "no_show_id": "0192-abc",
            "other_id": "alice@example.org",
            "name": "ALICE",
            "ends_at": 1_000,
            "starts_at": "soon",
            "until": 2_000,
            "usual": 1.5,
            "is_late": True,
            "nested": {"name": "Alice"},
            "Alice Ackerman": 1,
            "nothing": None,
        }
    )
    assert told.pop("until") == "1970-01-01T00:00:02.000Z"
    assert told == {"by": "STAFF", "noShowId": "0192-abc", "endsAt": "1970-01-01T00:00:01.000Z", "usual": 1.5} | {
        "isLate": True
    }


def test_a_call_is_the_same_bytes_each_time_and_signed_as_standard_webhooks_are() -> None:
    news = News(
        id="e1",
        kind=EventKind.NO_SHOW.value,
        organization_id="o1",
        happened_at=NOON,
        member_id="m1",
        subject="not an id",
        data={"because": "x"},
    )
    body = hooks.payload(news)
    assert body == hooks.payload(news)
    assert json.loads(body) == {
        "version": 1,
        "id": "e1",
        "kind": "reservation.no_show",
        "happenedAt": "2026-11-21T12:00:00.500Z",
        "organizationId": "o1",
        "data": {"memberId": "m1"},
    }
    secrets = [bytes(range(32)), bytes(32)]
    sent = hooks.headers("e1", body, secrets, NOON)
    assert (sent["webhook-id"], sent["webhook-timestamp"]) == ("e1", "1795262400")
    signed = b"e1.1795262400." + body
    assert sent["webhook-signature"].split() == [
        "v1," + base64.b64encode(hmac.digest(secret, signed, "sha256")).decode() for secret in secrets
    ]


def test_the_signature_is_the_one_of_the_standards_own_example() -> None:
    """Of the specification's reference libraries."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    made = hooks.signature("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}', secret)
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
