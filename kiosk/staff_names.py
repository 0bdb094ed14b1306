"""Names of people whose card was not shown, from the server, for as long as staff are signed in.

They are in memory only. Without the server people are their member numbers, and whoever shows a card has its name.
"""

import logging
from collections.abc import Callable

from core.staff_talk import NamedPerson, StaffLooks
from kiosk.desk import Desk
from kiosk.server_client import DeviceRejected, ServerUnreachable
from kiosk.staff_server import StaffServer
from kiosk.staff_signing import Signing

log = logging.getLogger(__name__)

ASKED_EVERY = 15.0
"""Seconds between two questions for today's names, answered or not."""
NOT_ANY_MORE = frozenset({401, 403})


class Names:
    """One a kiosk. `forget` when staff sign out."""

    def __init__(self, desk: Desk, server: StaffServer, signing: Signing, mono: Callable[[], float]) -> None:
        self._desk = desk
        self._server = server
        self._signing = signing
        self._mono = mono
        self._known: dict[str, NamedPerson] = {}
        self._asked = float("-inf")
        self._has_today = False

    @property
    def has_today(self) -> bool:
        """Whether the server named today's people since staff signed in."""
        return self._has_today

    def today(self) -> None:
        """Ask for everybody of today here, at most every fifteen seconds."""
        if self._mono() - self._asked < ASKED_EVERY:
            return
        found = self.found_by("")
        self._asked = self._mono()
        self._has_today = self._has_today or found is not None

    def found_by(self, text: str) -> tuple[NamedPerson, ...] | None:
        """Whom the words find, by the server. None: it was not there, or gives no names."""
        grant = self._signing.grant(self._desk.time().at)
        if grant is None or not self._desk.may_ask:
            return None
        try:
            said = self._server.staff_names(StaffLooks(grant=grant.grant, secret=grant.secret, text=text))
        except ServerUnreachable as why:
            log.info("No names from the server: %s", why)
            if why.status in NOT_ANY_MORE:
                self._signing.grant_is_over()
            return None
        except DeviceRejected:
            return None
        self._known.update({person.member_id: person for person in said.people})
        return said.people

    def keep(self, member_id: str, number: str, name: str) -> None:
        """Their card was shown, and opened it."""
        if name and member_id not in self._known:
            self._known[member_id] = NamedPerson(member_id=member_id, number=number, name=name)

    def of(self, member_id: str) -> str:
        """Empty where it is not known here."""
        known = self._known.get(member_id)
        return known.name if known else ""

    def forget(self) -> None:
        self._known.clear()
        self._asked, self._has_today = float("-inf"), False
