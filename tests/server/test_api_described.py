"""What the API says of itself is so: each route's noes, and the tables of docs/api.md."""

import inspect
from typing import Any

from core import checkin, messages, paying, reserving
from core.refusals import RefusalReason
from server.api import described
from server.api.app import make_app
from tests import api_page
from tests.server.studio import SIX_PM, VAULT


def test_every_route_describes_itself_and_its_noes() -> None:
    paths = make_app(now=lambda: SIX_PM, vault=VAULT).openapi()["paths"]
    ours: list[tuple[str, dict[str, Any]]] = [
        (f"{method} {path}", route)
        for path, routes in paths.items()
        for method, route in routes.items()
        if path.startswith(
            ("/api/reservations", "/api/registrations", "/api/sessions", "/api/staff", "/api/members", "/api/inbox")
        )
    ]
    assert len(ours) == 19
    for name, route in ours:
        assert route["description"], name
        assert route["security"] == [{"ApiToken": []}], name
        assert {"401", "403", "422"} <= set(route["responses"]), name
        if "{" in name:
            assert "not_found" in route["responses"]["404"]["description"], name
    described_reasons = paths["/api/reservations"]["post"]["responses"]["409"]["description"]
    assert all(f"`{reason.value}`" in described_reasons for reason in described.RESERVING)


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


def test_the_page_of_codes_is_what_the_code_says() -> None:
    """To write it anew: `python -m tests.api_page`."""
    assert api_page.PAGE.read_text(encoding="utf-8") == api_page.page()


def test_every_error_of_people_and_reservations_has_a_sentence() -> None:
    codes = {code for _, code in api_page.errors_raised(("server/services/people", "server/services/reserving"))}
    assert {"pass.not_found", "staff.may_not", "member.email_taken", "session.room_in_another_venue"} <= codes
    assert [code for code in sorted(codes) if not messages.has(f"error.{code}")] == []
