"""A body for each route that takes one, as `/docs` shows it; and what parameters of the same name mean everywhere.

Ids are cut short and stand for those that your server gave you. A test holds that each body is understood as it stands.
"""

from typing import Any

MEMBER, SESSION, PLACE, REGISTRATION, PLAN, VENUE = "019aa1…", "019ab2…", "019ac3…", "019ad4…", "019ae5…", "019af6…"
WHY = {"because": "The heating failed"}
CSV = {"kind": "members", "csv": "Id,First name,E-mail\n101,Ada,ada@example.org\n", "columns": {"Id": "id"}}
NUMBERS = {"strikes": 4, "strikeDays": 60, "suspensionDays": 7}
HOOK = {"url": "https://till.example/tessera", "kinds": ["reservation.created", "reservation.cancelled"]}

BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("post", "/api/reservations/{reservation_id}/check-in"): {},
    ("post", "/api/staff/reservations/{reservation_id}/check-in"): {"because": "Forgot the card"},
    ("post", "/api/sessions/{session_id}/drop-ins"): {"memberId": MEMBER, "cents": 1800, "note": "Paid in cash"},
    ("post", "/api/registrations"): {"memberId": MEMBER, "planId": PLAN},
    ("post", "/api/registrations/{registration_id}/adjust"): {"delta": -1, "because": "A firing was paid with it"},
    ("post", "/api/registrations/{registration_id}/transfer"): {
        "memberId": MEMBER,
        "punches": 3,
        "because": "A present for a sister",
    },
    ("post", "/api/registrations/{registration_id}/pause"): {
        "until": "2026-12-24T00:00:00Z",
        "because": "A broken arm",
    },
    ("post", "/api/registrations/{registration_id}/resume"): {"because": "Back early"},
    ("post", "/api/registrations/{registration_id}/extend"): {"days": 7, **WHY},
    ("post", "/api/registrations/{registration_id}/cancel"): {"because": "Moved away, paid back"},
    ("put", "/api/members/{member_id}/household"): {"memberIds": [MEMBER]},
    ("put", "/api/members/{member_id}/find-pin"): {"pin": "270394"},
    ("put", "/api/members/{member_id}/preferences"): {
        "choices": [{"group": "REMINDERS", "channel": "SMS", "isWanted": False}]
    },
    ("post", "/api/members/{member_id}/tokens"): {"name": "Alice's phone", "scopes": ["reservations:write"]},
    ("post", "/api/tokens"): {"name": "Till", "role": "MANAGER", "scopes": ["reservations:write", "check-ins:write"]},
    ("post", "/api/imports/plan"): CSV,
    ("post", "/api/imports"): CSV,
    ("post", "/api/inbox/{kind}/{key}/settle"): {"because": "Seen on the camera of the yard"},
    ("post", "/api/no-shows/{no_show_id}/excuse"): WHY,
    ("post", "/api/no-shows/{no_show_id}/contest"): {"words": "I was there, and sat beside Mira"},
    ("post", "/api/reservations/{reservation_id}/restore"): WHY,
    ("post", "/api/policies"): {
        "numbers": NUMBERS,
        "venueId": VENUE,
        "startsOn": "2099-01-01",
        "because": "Decided at the members' evening",
    },
    ("post", "/api/policies/dry-run"): {"numbers": NUMBERS, "venueId": VENUE, "days": 90},
    ("put", "/api/features"): {"feature": "REMINDERS", "isOn": False, "because": "Our newsletter does it"},
    ("post", "/api/suspensions"): {"memberId": MEMBER, "endsAt": "2026-12-24T00:00:00Z", "because": "Broke the rules"},
    ("post", "/api/suspensions/{suspension_id}/lift"): {"because": "It was talked over"},
    ("post", "/api/webhooks"): HOOK,
    ("put", "/api/webhooks/{webhook_id}"): HOOK,
    ("post", "/api/webhooks/{webhook_id}/pause"): {"because": "The till is moved"},
    ("put", "/api/admin/waiting-lists/{waiting_id}/priority"): {"priority": "HIGH", "because": "The last part missing"},
}
"""By method and path. Routes that show more than one body name theirs where they stand."""

PARAMETERS = {
    "because": "Stands in the history.",
    "call_id": "The id of one call of that webhook.",
    "classTypeId": "A class type's id.",
    "kind": "The kind of the item, as the inbox tells it.",
    "key": "The key of the item, as the inbox tells it.",
    "memberId": "A member's id.",
    "member_id": "A member's id.",
    "registrationId": "A registration's id.",
    "sessionId": "A session's id.",
    "session_id": "A session's id.",
    "status": "Only those in this state.",
    "token_id": "A token's id; not the token itself.",
    "venueId": "A venue's id.",
    "webhook_id": "A webhook's id.",
}
"""What is said of a parameter whose route says nothing."""


def complete(path: str, method: str, operation: dict[str, Any]) -> None:
    """Into a route's description: its first sentence as its summary, an example of its body, words for parameters."""
    sentence = " ".join(operation.get("description", "").split()).split(" Scope: `")[0].split(". ")[0]
    operation["summary"] = sentence.rstrip(".") or operation["summary"]
    for parameter in operation.get("parameters", ()):
        if not parameter.get("description") and parameter["name"] in PARAMETERS:
            parameter["description"] = PARAMETERS[parameter["name"]]
    body = BODIES.get((method, path))
    if body is not None:
        for content in operation["requestBody"]["content"].values():
            content["examples"] = {"one": {"value": body}}
