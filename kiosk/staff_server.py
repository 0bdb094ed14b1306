"""The server as signed-in staff see it from a kiosk: it believes them, and gives names of people not shown."""

from typing import Protocol

from core import wire
from core.staff_talk import NamedPeople, StaffLooks, StaffSignedIn, StaffSignIn
from kiosk.server_client import JsonServerClient

SIGN_IN_DEADLINE = 5.0
"""Seconds. A PIN alone may be anybody's, and hashing is slow on purpose."""
NAMES_DEADLINE = 2.0


class StaffServer(Protocol):
    """Each raises ServerUnreachable or DeviceRejected."""

    def staff_sign_in(self, sign_in: StaffSignIn) -> StaffSignedIn: ...

    def staff_names(self, looks: StaffLooks) -> NamedPeople: ...


class JsonStaffServer:
    """In our JSON, over the kiosk's own client."""

    def __init__(self, client: JsonServerClient) -> None:
        self._client = client

    def staff_sign_in(self, sign_in: StaffSignIn) -> StaffSignedIn:
        return self._client.said(
            StaffSignedIn, "POST", "/api/kiosk/staff", wire.to_json(sign_in), SIGN_IN_DEADLINE
        )  # fmt: skip

    def staff_names(self, looks: StaffLooks) -> NamedPeople:
        return self._client.said(
            NamedPeople, "POST", "/api/kiosk/staff/names", wire.to_json(looks), NAMES_DEADLINE
        )  # fmt: skip
