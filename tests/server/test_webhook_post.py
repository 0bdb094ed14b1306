"""The post that sends webhooks, against a real server: who may be called, and what hostile receivers cannot do."""

import ssl
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.hooks import Answer, HookTrouble, Outgoing
from server.post.hooks import HookPost, Resolve
from tests.server.hook_receiver import listening

SOON = 2.0
"""Seconds after which a hostile receiver is given up; nothing is measured by it."""
ON_LOOPBACK = HookPost(may_call_itself=True, call_seconds=20, batch_seconds=60)
HURRIED = HookPost(may_call_itself=True, call_seconds=SOON)
TOO_SLOW = Answer(trouble=HookTrouble.TOO_SLOW)
INSIDE = Answer(trouble=HookTrouble.INSIDE)


def to(url: str, call_id: str = "call", endpoint_id: str = "endpoint", body: bytes = b"{}") -> Outgoing:
    return Outgoing(call_id=call_id, endpoint_id=endpoint_id, url=url, headers={"webhook-id": call_id}, body=body)


def sent(post: HookPost, url: str) -> Answer:
    return post.send([to(url)])["call"]


def found(*addresses: str) -> Resolve:
    async def resolve(host: str, port: int) -> Sequence[str]:
        return addresses

    return resolve


def test_a_call_arrives_whole() -> None:
    with listening(204) as receiver:
        answer = ON_LOOPBACK.send([to(receiver.url + "?a=b", body=b'{"id":1}')])["call"]
        (got,) = receiver.received
    assert answer == Answer(status=204)
    assert (got.path, got.body, got.headers["webhook-id"]) == ("/hook?a=b", b'{"id":1}', "call")
    assert got.headers["host"] == f"127.0.0.1:{receiver.port}"


@pytest.mark.parametrize("status", [400, 410, 500, 503])
def test_an_answer_that_is_not_2xx_is_a_refusal(status: int) -> None:
    with listening(status) as receiver:
        assert sent(ON_LOOPBACK, receiver.url) == Answer(status=status, trouble=HookTrouble.REFUSED)


def test_a_redirect_to_the_metadata_is_not_followed() -> None:
    with listening(200) as inside:

        def elsewhere(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(307)
            handler.send_header("location", inside.url)
            handler.end_headers()

        with listening(elsewhere) as receiver:
            assert sent(ON_LOOPBACK, receiver.url) == Answer(status=307, trouble=HookTrouble.REDIRECTED)
        assert inside.received == []


def _drips_headers(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then: each read is quick, and the whole never ends."""
    over = threading.Event()
    for letter in b"HTTP/1.1 200 OK\r\nx: " + b"y" * 10_000:
        handler.wfile.write(bytes([letter]))
        handler.wfile.flush()
        if over.wait(0.05):
            return


def _floods_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        handler.wfile.write(b"x: " + b"y" * 60_000 + b"\r\n")


def _says_nothing(handler: BaseHTTPRequestHandler) -> None:
    threading.Event().wait(5 * SOON)


def _is_no_http(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.9\r\n\r\n")


def _hangs_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def _huge_body(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 1_000_000)


@pytest.mark.parametrize(
    "behaviour, answer",
    [
        (_drips_headers, TOO_SLOW),
        (_says_nothing, TOO_SLOW),
        (_floods_headers, Answer(trouble=HookTrouble.NOT_HTTP)),
        (_is_no_http, Answer(trouble=HookTrouble.NOT_HTTP)),
        (_hangs_up, Answer(trouble=HookTrouble.NOT_HTTP)),
        (_huge_body, Answer(status=200)),
    ],
)
def test_a_hostile_receiver_costs_a_moment_and_no_memory(
    behaviour: Callable[[BaseHTTPRequestHandler], None], answer: Answer
) -> None:
    with listening(behaviour) as receiver, listening(200) as honest:
        answers = HURRIED.send([to(receiver.url, "bad", "bad"), to(honest.url, "good", "good")])
    assert answers == {"bad": answer, "good": Answer(status=200)}


def test_nobody_there() -> None:
    with listening(200) as receiver:
        url = receiver.url
    assert sent(ON_LOOPBACK, url) == Answer(trouble=HookTrouble.NO_CONNECTION)


@pytest.mark.parametrize(
    "url, addresses",
    [
        ("https://hooks.example/", ("127.0.0.1",)),
        ("https://hooks.example/", ("10.0.0.5",)),
        ("https://hooks.example/", ("169.254.169.254",)),
        ("https://hooks.example/", ("::ffff:10.0.0.5",)),
        ("https://hooks.example/", ("1.1.1.1", "10.0.0.5")),
        ("https://hooks.example/", ("fd00:ec2::254",)),
        ("http://hooks.example/", ("1.1.1.1",)),
        ("ftp://hooks.example/", ("1.1.1.1",)),
    ],
)
def test_what_a_name_leads_to_is_looked_at_when_it_is_called(url: str, addresses: tuple[str, ...]) -> None:
    """It was judged when it was registered, and may lead elsewhere by now. Without a network, so nothing was tried."""
    assert sent(HookPost(resolve=found(*addresses)), url) == INSIDE


def test_this_machine_is_called_by_tests_only() -> None:
    with listening(200) as receiver:
        assert sent(HookPost(), receiver.url) == INSIDE
        mixed = HookPost(may_call_itself=True, resolve=found("127.0.0.1", "10.0.0.5"))
        assert sent(mixed, f"http://hooks.example:{receiver.port}/") == INSIDE
        assert receiver.received == []


def test_a_name_is_looked_up_once_and_the_connection_goes_there() -> None:
    """A name that leads elsewhere when it is asked again, leads nowhere: it is not asked again."""
    asked: list[str] = []

    async def another_each_time(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.5"]

    post = HookPost(may_call_itself=True, resolve=another_each_time)
    with listening(200) as receiver:
        assert sent(post, f"http://hooks.example:{receiver.port}/x") == Answer(status=200)
        assert receiver.received[0].headers["host"] == f"hooks.example:{receiver.port}"
    assert asked == ["hooks.example"]


def test_an_address_of_the_newer_kind_is_named_as_it_was_written() -> None:
    post = HookPost(may_call_itself=True, resolve=found("127.0.0.1"), call_seconds=20)
    with listening(200) as receiver:
        assert sent(post, f"http://[2001:db8::7]:{receiver.port}/x") == Answer(status=200)
        assert receiver.received[0].headers["host"] == f"[2001:db8::7]:{receiver.port}"


def test_whatever_one_address_brings_about_the_others_are_called(caplog: pytest.LogCaptureFixture) -> None:
    async def stumbles(host: str, port: int) -> Sequence[str]:
        if host == "bad.example":
            raise RuntimeError("nobody thought of that")
        return ["127.0.0.1"]

    post = HookPost(may_call_itself=True, resolve=stumbles, call_seconds=20)
    with listening(200) as receiver:
        calls = [to(f"http://{name}.example:{receiver.port}/x", name, name) for name in ("bad", "good")]
        answers = post.send(calls)
    assert answers == {"bad": Answer(trouble=HookTrouble.NO_CONNECTION), "good": Answer(status=200)}
    assert "failure" in caplog.text and "the webhook call bad" in caplog.text


def test_a_name_nobody_knows() -> None:
    async def nobody(host: str, port: int) -> Sequence[str]:
        raise OSError("no such name")

    none = Answer(trouble=HookTrouble.NO_ADDRESS)
    assert sent(HookPost(resolve=nobody), "https://hooks.example/") == none
    assert sent(HookPost(resolve=found()), "https://hooks.example/") == none
    assert sent(HookPost(), f"https://{'x' * 70}.example/") == none


def certificate_for(name: str, folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """(for a server of that name, for whoever trusts it)."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made_at = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(made_at - timedelta(days=1))
        .not_valid_after(made_at + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "certificate.pem", folder / "key.pem"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(pem, secret)
    return serving, ssl.create_default_context(cafile=str(pem))


def test_the_certificate_must_be_of_the_name_although_the_address_is_called(tmp_path: Path) -> None:
    serving, trusting = certificate_for("hooks.example", tmp_path)

    def post(trusted: ssl.SSLContext | None) -> HookPost:
        return HookPost(may_call_itself=True, resolve=found("127.0.0.1"), trusted=trusted, call_seconds=20)

    with listening(200, tls=serving) as receiver:
        right, wrong = f"https://hooks.example:{receiver.port}/", f"https://other.example:{receiver.port}/"
        assert sent(post(trusting), right) == Answer(status=200)
        assert sent(post(trusting), wrong) == Answer(trouble=HookTrouble.NOT_TRUSTED)
        assert sent(post(None), right) == Answer(trouble=HookTrouble.NOT_TRUSTED)
        assert len(receiver.received) == 1


def test_one_address_is_called_in_order_and_no_further_after_a_failure() -> None:
    with listening(200, 500, 200) as receiver, listening(200) as other:
        calls = [to(receiver.url, str(number)) for number in range(4)] + [to(other.url, "other", "other")]
        answers = ON_LOOPBACK.send(calls)
        assert [got.headers["webhook-id"] for got in receiver.received] == ["0", "1"]
    assert {id_: answer.status for id_, answer in answers.items()} == {"0": 200, "1": 500, "other": 200}


def test_a_batch_that_took_its_time_begins_no_other_call() -> None:
    with listening(200) as receiver:
        post = HookPost(may_call_itself=True, batch_seconds=0.0)
        assert post.send([to(receiver.url)]) == {} and receiver.received == []


def test_a_proxy_of_the_machine_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(200) as proxy, listening(200) as receiver:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("NO_PROXY", "")
        assert sent(ON_LOOPBACK, receiver.url) == Answer(status=200)
        assert (len(proxy.received), len(receiver.received)) == (0, 1)
