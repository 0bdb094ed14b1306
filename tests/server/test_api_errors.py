"""What goes wrong is said once, in one shape, in the language asked for; what nobody meant gets a number to ask by."""

import asyncio
import json
import logging

import pytest
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.testclient import TestClient
from httpx import Response
from peewee import Database

from core import messages
from core.errors import Conflict, Forbidden, Invalid, NotFound, TesseraError, Unauthenticated
from server.api.app import make_app
from server.api.errors import _not_understood
from tests.server.studio import SIX_PM, VAULT, open_studio
from tests.server.test_api_reservations import program_of


class Failing:
    """The real app with one more route, which raises what the test wishes."""

    def __init__(self) -> None:
        self.raises: Exception = RuntimeError()
        app = make_app(now=lambda: SIX_PM, vault=VAULT)
        app.get("/fail")(self._fail)
        self.client = TestClient(app, raise_server_exceptions=False)

    def get(self, **headers: str) -> Response:
        return self.client.get("/fail", headers=headers)

    def _fail(self) -> None:
        raise self.raises


@pytest.fixture
def failing() -> Failing:
    return Failing()


@pytest.fixture
def client(failing: Failing) -> TestClient:
    return failing.client


@pytest.mark.parametrize(
    ("kind", "status"),
    [(Invalid, 422), (NotFound, 404), (Conflict, 409), (Forbidden, 403), (Unauthenticated, 401)],
)
def test_each_kind_of_error_has_its_status(failing: Failing, kind: type[TesseraError], status: int) -> None:
    error = kind("member.not_found", id="m")
    failing.raises = error
    answer = failing.get()
    assert answer.status_code == status
    sentence = messages.error_sentence("en", error)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "/errors#member.not_found",
        "title": messages.say("en", f"api.problem.{status}"),
        "status": status,
        "detail": sentence,
        "instance": "/fail",
        "code": "member.not_found",
        "error": {"code": "member.not_found", "sentence": sentence},
    }
    assert ("WWW-Authenticate" in answer.headers) is (status == 401)


@pytest.mark.parametrize(
    ("asked", "language"),
    [("de", "de"), ("de-AT,en;q=0.5", "de"), ("en", "en"), ("tlh", "en"), ("tlh, de;q=0.8", "de"), ("", "en")],
)
def test_the_sentence_is_in_the_language_asked_for(failing: Failing, asked: str, language: str) -> None:
    failing.raises = NotFound("member.not_found", id="m")
    told = failing.get(**{"Accept-Language": asked}).json()["error"]["sentence"]
    assert told == messages.error_sentence(language, NotFound("member.not_found", id="m"))


def test_a_failure_has_a_number_that_stands_in_the_log_and_says_nothing_else(
    failing: Failing, caplog: pytest.LogCaptureFixture
) -> None:
    failing.raises = RuntimeError("password=hunter2")
    with caplog.at_level(logging.ERROR, logger="server.api.errors"):
        first, second = failing.get(), failing.get()
    told = first.json()["error"]
    assert (first.status_code, told["code"]) == (500, "http.failure")
    assert told["reference"] in told["sentence"]
    assert first.json()["reference"] == told["reference"]
    assert told["reference"] != second.json()["error"]["reference"]
    [line] = [record for record in caplog.records if told["reference"] in record.getMessage()]
    assert line.exc_info is not None and "hunter2" in str(line.exc_info[1])
    assert "hunter2" not in first.text


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/nowhere", 404, "http.not_found"),
        ("DELETE", "/api/health", 405, "http.not_allowed"),
        ("GET", "/api/kiosk/ask", 405, "http.not_allowed"),
    ],
)
def test_a_wrong_address_is_told_in_the_same_shape(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.json()["error"]["sentence"]


@pytest.mark.parametrize("length", ["-1", "x", "1e3", "9" * 5000])
def test_a_length_that_is_none_is_refused(client: TestClient, length: str) -> None:
    answer = client.post("/api/kiosk/pair", content=iter([b"{}"]), headers={"Content-Length": length})
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "http.too_large")


def test_who_only_looks_gets_the_headers_alone(client: TestClient) -> None:
    looked = client.head("/api/health")
    assert (looked.status_code, looked.content, looked.headers["content-type"]) == (200, b"", "application/json")
    assert (client.head("/api/sessions").status_code, client.head("/api/nowhere").status_code) == (401, 404)
    posted_only = client.head("/api/registrations")
    assert (posted_only.status_code, posted_only.headers["Allow"]) == (405, "POST")
    assert client.head("/api/kiosk/ask").status_code == 405


def test_health_says_that_it_answers_and_what_time_it_has(client: TestClient) -> None:
    assert client.get("/api/health").json() == {"ok": True, "at": "2026-11-21T17:00:00Z"}


def test_every_status_has_a_sentence_in_every_language() -> None:
    for code in ("http.failure", "http.not_found", "http.not_allowed", "http.too_large", "http.other"):
        sentences = {messages.error_sentence(language, TesseraError(code, reference="r")) for language in ("en", "de")}
        assert len(sentences) == 2, code


def test_what_is_left_out_or_empty_is_said_to_be_empty_and_what_is_wrong_is_said_back() -> None:
    request = Request({"type": "http", "method": "POST", "path": "/api/x", "headers": [], "query_string": b""})

    def said(**trouble: object) -> str:
        error = RequestValidationError([{"loc": ("body", "because"), "msg": "in English only", **trouble}])
        return str(json.loads(bytes(asyncio.run(_not_understood(request, error)).body))["detail"])

    assert "is empty" in said(type="missing", input={"delta": 1})
    assert "is empty" in said(type="string_too_short", input="")
    assert said(type="int_parsing", input="three") == "“because” cannot be three. Please correct it."


@pytest.mark.parametrize(
    ("body", "kind", "code", "says"),
    [
        (b"{", "application/json", "body.not_json", "Content-Type: application/json"),
        (b'{"sessionId": "s"}', "text/plain", "body.not_json", "Content-Type: application/json"),
        (b"sessionId=s", "application/x-www-form-urlencoded", "body.not_json", "Content-Type: application/json"),
        (b"", "application/json", "field.missing", "“body” is empty"),
        (b'{"sessionId": "s", "sesionId": 1}', "application/json", "field.unknown", "no field “sesionId”"),
        (b"[1]", "application/json", "field.not_understood", "“body” cannot be [1]"),
    ],
)
def test_a_body_that_cannot_be_read_is_told_what_to_do_and_never_said_back_as_bytes(
    sqlite_database: Database, body: bytes, kind: str, code: str, says: str
) -> None:
    with program_of(open_studio()) as app:
        headers = {"Authorization": f"Bearer {app.token}", "Content-Type": kind}
        answer = app.client.post("/api/reservations", content=body, headers=headers)
        told = answer.json()
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
        assert told["code"] == code and says in told["detail"]
        assert "b'" not in answer.text


def test_a_misspelt_filter_finds_nobody_instead_of_everybody(sqlite_database: Database) -> None:
    with program_of(open_studio()) as app:
        for path, name in (("/api/members", "q"), ("/api/reservations", "member_id"), ("/api/sessions", "From")):
            told = app.client.get(path, params={name: "x"}, headers={"Authorization": f"Bearer {app.token}"})
            assert (told.status_code, told.json()["code"]) == (422, "field.unknown")
            assert f"“{name}”" in told.json()["detail"]
        assert app.client.get("/api/members", params={"q": "x"}).status_code == 401, "who asks comes first"
        assert app.client.get("/api/health", params={"at": "1"}).status_code == 200
