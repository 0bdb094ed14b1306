"""What the API says of itself is so: each route's noes, and the pages made from the code."""

import inspect
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter

from core import checkin, messages, paying, reserving
from core.refusals import RefusalReason
from core.scopes import SCOPES
from server.api import codes_page, described, shapes
from server.api.app import make_app
from server.api.examples import BODIES
from server.api.once import HEADER as KEY
from server.api.openapi import TAGS, routes_of
from tests import api_page
from tests.server.studio import SIX_PM, VAULT

FOR_ANYBODY = {"GET /api/health"}


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    """Those for programs: (method and path, what is said of it)."""
    paths = make_app(now=lambda: SIX_PM, vault=VAULT).openapi()["paths"]
    for path, routes in paths.items():
        for method, route in routes.items():
            if not path.startswith("/api/kiosk"):
                yield f"{method.upper()} {path}", route


def test_every_route_describes_itself_and_its_noes() -> None:
    ours = dict(operations())
    assert len(ours) > 30
    for name, route in ours.items():
        assert route["description"] and set(route["tags"]) <= set(TAGS), name
        assert {"200", "201", "202", "204"} & set(route["responses"]), name
        for status, response in route["responses"].items():
            assert int(status) < 400 or list(response["content"]) == ["application/problem+json"], (name, status)
            assert "/api/" not in name or "Tessera-Version" in response["headers"], (name, status)
        assert "/api/" not in name or "400" in route["responses"], name
        if name in FOR_ANYBODY:
            continue
        ways = {way: scopes for needed in route["security"] for way, scopes in needed.items()}
        assert set(ways) == {"ApiToken", "StaffSession", "MemberSession"}, name
        assert ways["ApiToken"][0] in SCOPES and f"`{ways['ApiToken'][0]}`" in route["description"], name
        assert {"401", "403", "422"} <= set(route["responses"]), name
        if "{" in name:
            assert "404" in route["responses"], name
        if name.startswith("POST"):
            assert {"409", "413"} <= set(route["responses"]), name
            assert KEY in {parameter["name"] for parameter in route["parameters"]}, name
    reasons = ours["POST /api/reservations"]["responses"]["409"]["description"]
    assert all(f"`{reason.value}`" in reasons for reason in described.RESERVING)


def test_every_parameter_is_explained_and_every_body_shown_by_one_that_is_understood() -> None:
    app = make_app(now=lambda: SIX_PM, vault=VAULT)
    read_by = {
        (method.lower(), str(route.path)): route.body_field
        for route in routes_of(app)
        for method in route.methods or ()
        if route.body_field is not None
    }
    shown = 0
    for name, route in operations():
        for parameter in route.get("parameters", ()):
            assert parameter.get("description"), (name, parameter["name"])
        summary, words = route["summary"], " ".join(route["description"].split())
        assert words.startswith(summary) and not summary.endswith("."), name
        if "requestBody" not in route:
            continue
        method, _, path = name.partition(" ")
        for example in route["requestBody"]["content"]["application/json"]["examples"].values():
            _, trouble = read_by[method.lower(), path].validate(example["value"], loc=("body",))
            assert not trouble, (name, trouble)
            shown += 1
    assert shown >= len(read_by) > 30
    assert {(method, path) for method, path in BODIES} <= set(read_by)


def test_no_shape_is_called_by_the_file_it_stands_in() -> None:
    """Two of one name would be, and every generated client with them."""
    schemas = make_app(now=lambda: SIX_PM, vault=VAULT).openapi()["components"]["schemas"]
    assert [name for name in schemas if "__" in name] == []


def test_every_route_has_an_id_of_its_own_and_every_tag_a_sentence() -> None:
    ids = [route["operationId"] for _, route in operations()]
    assert len(set(ids)) == len(ids) and "reservationsMakeReservation" in ids
    assert all(words.endswith(".") for words in TAGS.values())


def test_examples_of_noes_are_what_is_told() -> None:
    shapes_of_noes = TypeAdapter(shapes.RefusedTold | shapes.ErrorsTold)
    looked_at = 0
    for _, route in operations():
        for status, response in route["responses"].items():
            for told in response.get("content", {}).values():
                if int(status) >= 400 and "example" in told:
                    no = shapes_of_noes.validate_python(told["example"])
                    assert (no.status, no.type) == (int(status), f"/errors#{no.code}")
                    looked_at += 1
    assert looked_at > 30


def test_the_reasons_described_are_those_that_the_rules_can_give() -> None:
    """Read from the rules' own text: whatever `core` names when it reserves or checks in stands in the description."""

    def named(*modules: Any) -> set[RefusalReason]:
        text = "".join(inspect.getsource(module) for module in modules)
        return {reason for reason in RefusalReason if f"R.{reason.value}" in text}

    of_cards = ("CARD_", "PHONE_CODE_", "NO_MEMBER_LIST")
    at_the_door_only = {reason for reason in RefusalReason if reason.value.startswith(of_cards)}
    offline_only = {
        RefusalReason.CLOCK_UNSURE,
        RefusalReason.MEMBER_LIST_TOO_OLD,
        RefusalReason.OFFLINE_WALK_IN_LIMIT,
    }
    about_people = {RefusalReason.MEMBER_INACTIVE, RefusalReason.SUSPENDED}
    assert set(described.RESERVING) == named(reserving, paying) | about_people
    at_the_desk = named(checkin, paying) - at_the_door_only - offline_only - {RefusalReason.OTHER_VENUE}
    assert set(described.CHECKING_IN) == at_the_desk


def test_the_pages_of_the_api_are_what_the_code_says() -> None:
    """To write them anew: `python -m tests.api_page`."""
    assert api_page.PAGE.read_text(encoding="utf-8") == api_page.page()
    assert api_page.CODES.read_text(encoding="utf-8") == api_page.codes_page()


def test_every_error_that_can_be_raised_is_listed_with_a_sentence() -> None:
    codes = {code for _, code in api_page.errors_raised()}
    assert {"pass.not_found", "staff.may_not", "member.email_taken", "http.not_allowed", "device.revoked"} <= codes
    assert sorted(codes - set(codes_page.codes())) == []


def test_every_status_has_a_few_words() -> None:
    statuses = {status for status, _ in api_page.errors_raised()} | {429, 503}
    assert sorted(status for status in statuses if not messages.has(f"api.problem.{status}")) == []
