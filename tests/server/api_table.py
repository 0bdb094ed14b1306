"""Every route of the API, what it is asked with, and who may: the table that `test_api_matrix.py` goes by.

A route that is not here fails the build. `{name}` in a path, a query or a body is one of `furnished_house().ids`.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from core.scopes import EVERYTHING
from server.services.people.rights import Right


class Members(Enum):
    """What a member may do there."""

    NEVER = "403, whatever they ask about"
    OWN = "what is theirs; what is another's is not there"
    ALL = "as much as anybody of the organization"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """`finds` False: what it is asked about here is never there. `scope`: more than the route itself asks for."""

    right: Right
    members: Members = Members.NEVER
    query: dict[str, str] = field(default_factory=dict)
    body: Any = None
    finds: bool = True
    scope: str = ""


NEVER, OWN, ALL = Members.NEVER, Members.OWN, Members.ALL
RUN, PLAN, SERVE, WELCOME = Right.RUN, Right.PLAN, Right.SERVE, Right.WELCOME
WHY = {"because": "a story"}
PLACE = {"sessionId": "{session_id}", "registrationId": "{registration_id}"}
FILE = {"kind": "members", "csv": "First name,E-mail\nAda,ada@example.org\n"}
FOR_ANYBODY = frozenset({"GET /api/health"})

TABLE: dict[str, Row] = {
    "GET /api/reservations": Row(right=WELCOME, members=OWN, query={"memberId": "{member_id}"}),
    "POST /api/reservations": Row(right=SERVE, members=OWN, body=PLACE),
    "GET /api/reservations/available": Row(right=WELCOME, members=OWN, query={"registrationId": "{registration_id}"}),
    "DELETE /api/reservations/{reservation_id}": Row(right=SERVE, members=OWN),
    "POST /api/reservations/{reservation_id}/check-in": Row(right=SERVE, members=OWN),
    "POST /api/reservations/{reservation_id}/restore": Row(right=SERVE, body=WHY),
    "GET /api/reservations/{reservation_id}/history": Row(right=WELCOME, members=OWN),
    "GET /api/reservations/{reservation_id}/letters": Row(right=SERVE, members=OWN),
    "POST /api/staff/reservations/{reservation_id}/check-in": Row(right=WELCOME),
    "POST /api/staff/check-in": Row(right=WELCOME, body={"sessionId": "{session_id}", "memberIds": ["{member_id}"]}),
    "GET /api/registrations/{registration_id}/reservations": Row(right=WELCOME, members=OWN),
    "GET /api/registrations/{registration_id}/calendar": Row(right=WELCOME, members=OWN),
    "GET /api/registrations/{registration_id}/status": Row(right=WELCOME, members=OWN),
    "GET /api/registrations/{registration_id}/ledger": Row(right=WELCOME, members=OWN),
    "GET /api/registrations/{registration_id}/history": Row(right=WELCOME, members=OWN),
    "POST /api/registrations": Row(right=SERVE, body={"memberId": "{member_id}", "planId": "{plan_id}"}),
    "POST /api/registrations/{registration_id}/adjust": Row(right=SERVE, body={"delta": 1, **WHY}),
    "POST /api/registrations/{registration_id}/transfer": Row(
        right=SERVE, body={"memberId": "{member_id}", "punches": 1, **WHY}
    ),
    "POST /api/registrations/{registration_id}/pause": Row(right=SERVE, body={"until": "2026-12-24T00:00:00Z", **WHY}),
    "POST /api/registrations/{registration_id}/resume": Row(right=SERVE, body=WHY),
    "POST /api/registrations/{registration_id}/extend": Row(right=SERVE, body={"days": 3, **WHY}),
    "POST /api/registrations/{registration_id}/cancel": Row(right=SERVE, body=WHY),
    "GET /api/plans": Row(right=WELCOME, members=ALL),
    "GET /api/sessions": Row(right=WELCOME, members=ALL, query={"venueId": "{venue_id}"}),
    "GET /api/sessions/{session_id}/check-in-status": Row(
        right=WELCOME, members=OWN, query={"memberId": "{member_id}"}
    ),
    "POST /api/sessions/{session_id}/drop-ins": Row(right=WELCOME, body={"memberId": "{member_id}", "cents": 1500}),
    "GET /api/members": Row(right=WELCOME),
    "GET /api/members/{member_id}/household": Row(right=WELCOME),
    "PUT /api/members/{member_id}/household": Row(right=SERVE, body={"memberIds": []}),
    "PUT /api/members/{member_id}/find-pin": Row(right=SERVE, body={"pin": "270394"}),
    "GET /api/members/{member_id}/registrations": Row(right=WELCOME, members=OWN),
    "GET /api/members/{member_id}/penalties": Row(right=SERVE, members=OWN),
    "GET /api/members/{member_id}/letters": Row(right=SERVE, members=OWN),
    "GET /api/members/{member_id}/preferences": Row(right=SERVE, members=OWN),
    "PUT /api/members/{member_id}/preferences": Row(right=SERVE, members=OWN, body={"choices": []}),
    "GET /api/members/{member_id}/tokens": Row(right=SERVE, members=OWN),
    "POST /api/members/{member_id}/tokens": Row(right=SERVE, body={"name": "App", "scopes": ["tokens:write"]}),
    "DELETE /api/members/{member_id}/tokens/{token_id}": Row(right=SERVE, members=OWN),
    "POST /api/imports": Row(right=RUN, body=FILE, scope=EVERYTHING),
    "POST /api/imports/plan": Row(right=RUN, body=FILE, scope=EVERYTHING),
    "GET /api/tokens": Row(right=RUN),
    "POST /api/tokens": Row(right=RUN, body={"name": "Till"}, scope=EVERYTHING),
    "DELETE /api/tokens/{token_id}": Row(right=RUN),
    "GET /api/inbox": Row(right=SERVE),
    "POST /api/inbox/{kind}/{key}/settle": Row(right=SERVE, body=WHY, finds=False),
    "GET /api/letters/standing": Row(right=SERVE),
    "POST /api/letters/{letter_id}/send-again": Row(right=SERVE),
    "GET /api/no-shows": Row(right=SERVE, query={"memberId": "{member_id}"}),
    "POST /api/no-shows/{no_show_id}/contest": Row(right=SERVE, members=OWN, body={"words": "I was there"}),
    "POST /api/no-shows/{no_show_id}/excuse": Row(right=SERVE, body=WHY),
    "GET /api/no-shows/{no_show_id}/explanation": Row(right=SERVE, members=OWN),
    "GET /api/suspensions": Row(right=SERVE, query={"memberId": "{member_id}"}),
    "POST /api/suspensions": Row(
        right=SERVE, body={"memberId": "{member_id}", "endsAt": "2026-12-24T00:00:00Z", **WHY}
    ),
    "POST /api/suspensions/{suspension_id}/lift": Row(right=SERVE, body=WHY),
    "GET /api/policies": Row(right=WELCOME),
    "POST /api/policies": Row(right=PLAN, body={"numbers": {"strikes": 4}, "venueId": "{venue_id}"}),
    "GET /api/policies/current": Row(right=WELCOME, query={"venueId": "{venue_id}"}),
    "POST /api/policies/dry-run": Row(right=PLAN, body={"numbers": {"strikes": 4}, "venueId": "{venue_id}"}),
    "GET /api/features": Row(right=WELCOME),
    "PUT /api/features": Row(right=RUN, body={"feature": "REMINDERS", "isOn": False}),
    "GET /api/reports/passes": Row(right=PLAN),
    "GET /api/reports/policy": Row(right=PLAN, query={"venueId": "{venue_id}"}),
    "GET /api/reports/reservations": Row(right=PLAN, query={"venueId": "{venue_id}"}),
    "GET /metrics": Row(right=RUN),
    "GET /api/staff-acts": Row(right=SERVE, query={"memberId": "{member_id}"}),
    "POST /api/waiting-lists": Row(right=SERVE, members=OWN, body=PLACE),
    "GET /api/waiting-lists": Row(right=WELCOME, members=OWN, query={"memberId": "{member_id}"}),
    "GET /api/waiting-lists/alternatives": Row(
        right=WELCOME, members=OWN, query={"sessionId": "{session_id}", "memberId": "{member_id}"}
    ),
    "DELETE /api/waiting-lists/{waiting_id}": Row(right=SERVE, members=OWN),
    "POST /api/waiting-lists/{waiting_id}/accept": Row(right=SERVE, members=OWN),
    "POST /api/waiting-lists/{waiting_id}/decline": Row(right=SERVE, members=OWN),
    "GET /api/admin/sessions/{session_id}/waiting-list": Row(right=WELCOME),
    "POST /api/admin/waiting-lists": Row(right=SERVE, members=OWN, body=PLACE),
    "DELETE /api/admin/waiting-lists/{waiting_id}": Row(right=SERVE, members=OWN),
    "PUT /api/admin/waiting-lists/{waiting_id}/offer": Row(right=SERVE),
    "PUT /api/admin/waiting-lists/{waiting_id}/priority": Row(right=SERVE, body={"priority": "HIGH", **WHY}),
    "GET /api/webhooks": Row(right=RUN),
    "POST /api/webhooks": Row(right=RUN, body={"url": "https://till.example/hook"}),
    "GET /api/webhooks/{webhook_id}": Row(right=RUN),
    "PUT /api/webhooks/{webhook_id}": Row(right=RUN, body={"url": "https://till.example/hook"}),
    "DELETE /api/webhooks/{webhook_id}": Row(right=RUN),
    "POST /api/webhooks/{webhook_id}/pause": Row(right=RUN, body={}),
    "POST /api/webhooks/{webhook_id}/resume": Row(right=RUN),
    "POST /api/webhooks/{webhook_id}/secret": Row(right=RUN),
    "POST /api/webhooks/{webhook_id}/test": Row(right=RUN),
    "GET /api/webhooks/{webhook_id}/calls": Row(right=RUN),
    "POST /api/webhooks/{webhook_id}/calls/{call_id}/try-again": Row(right=RUN),
}
