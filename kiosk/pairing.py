"""How a kiosk becomes a device of a venue: a pairing code, once, for a token of its own.

It refuses to pair a kiosk that is paired: its journal belongs to the device it was written as.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Lock

from core.pairing import sign_of
from core.protocol import Pair
from kiosk.desk import NOT_CONFIRMED
from kiosk.faces import PairingTrouble
from kiosk.server_client import DeviceRejected, JsonServerClient, ServerUnreachable
from kiosk.store.identity import Identity
from kiosk.store.store import KioskStore

log = logging.getLogger(__name__)

AGAIN_AFTER = 1.0
AGAIN_AFTER_A_NO = 30.0
"""Seconds until a code that was given at the start is tried again."""
LOOKED_EVERY = 0.2
PROMISE_LASTS = 600.0
"""Seconds; the server's own patience with a kiosk that nobody confirmed."""
NOT_IN_TIME = "device.confirmed_too_late"
NO_DEVICE = frozenset({"device.unknown", "device.turned_away", NOT_IN_TIME})
"""What the server says where a promise came to nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Promised:
    """The identity this kiosk was promised, as staff see it. `is_agreed`: they said yes here, not in the browser."""

    sign: str
    organization: str
    venue: str
    is_agreed: bool


class Pairing:
    """`name` is what staff call the kiosk; `clock` gives monotonic seconds; `paired` is told when it is paired.

    `rejected_as` is what the server last said.
    """

    def __init__(
        self, store: KioskStore, client: JsonServerClient, *, name: str, clock: Callable[[], float],
        paired: Callable[[], None], rejected_as: Callable[[], str] = lambda: "",
    ) -> None:  # fmt: skip
        self._store = store
        self._client = client
        self._name = name
        self._clock = clock
        self._paired = paired
        self._rejected_as = rejected_as
        self._asked: Identity | None = None
        """Promised, and not agreed to here: a power cut forgets it, and staff make another code."""
        self._asked_at = 0.0
        self._why_not: PairingTrouble | None = None
        self._is_awaited = False
        """Agreed to here; what the server says of it is not known yet."""
        self._lock = Lock()

    def pair(self, code: str) -> PairingTrouble | None:
        """Try a code; None when the kiosk is paired, or has only to be confirmed."""
        with self._lock:
            if self._is_over():
                self._asked, self._why_not = None, PairingTrouble.NOT_CONFIRMED
            if self._store.identity is not None or self._asked is not None:
                return None
            try:
                paired = self._client.pair(Pair(code=code, name=self._name))
            except ServerUnreachable as why:
                log.info("The server did not answer the pairing: %s", why)
                return PairingTrouble.SERVER_UNREACHABLE
            except DeviceRejected as rejected:
                log.warning("The server does not take this pairing code: %s", rejected.code)
                return PairingTrouble.CODE_NOT_VALID
            self._why_not = None
            identity = Identity(
                device_id=paired.device_id,
                token=paired.token,
                organization_name=paired.organization_name,
                venue_name=paired.venue_name,
            )
            if paired.is_confirmed:
                self._become(identity)
            else:
                self._asked, self._asked_at = identity, self._clock()
        return None

    def agree(self, is_same: bool) -> None:
        """Staff say that the browser shows the same sign, or that it does not: then this kiosk forgets it all."""
        with self._lock:
            asked, self._asked = self._asked, None
            if asked is not None and is_same:
                self._is_awaited = True
                self._become(asked)
        if asked is not None and not is_same:
            self._take_back(asked)

    def confirming(self) -> Promised | None:
        """What is to be compared; None: nothing, or both sides have said yes."""
        asked, known = None if self._is_over() else self._asked, self._store.identity
        if asked is not None:
            return _promised(asked, is_agreed=False)
        rejected_as = self._rejected_as()
        is_unheard = self._is_awaited and not rejected_as and self._store.last_contact_at is None
        if known is not None and (rejected_as == NOT_CONFIRMED or is_unheard):
            return _promised(known, is_agreed=True)
        return None

    @property
    def why_not(self) -> PairingTrouble | None:
        """Why the last promise came to nothing; None where there was none, or staff said no here."""
        return PairingTrouble.NOT_CONFIRMED if self._is_over() else self._why_not

    def is_turned_away(self) -> bool:
        """Staff said no in the browser, or nothing in time, before the server ever spoke with this device."""
        is_new = self._store.identity is not None and self._store.last_contact_at is None
        return is_new and self._rejected_as() in NO_DEVICE

    def start_over(self) -> None:
        """After that, the kiosk is nobody's again."""
        is_late = self._rejected_as() == NOT_IN_TIME
        self._why_not = PairingTrouble.NOT_CONFIRMED if is_late else PairingTrouble.TURNED_AWAY
        log.warning("Nobody confirmed this kiosk in time" if is_late else "Staff turned this kiosk away in the browser")
        self._is_awaited = False
        self._store.forget_identity()

    def run(self, code: str, stopping: Event) -> None:
        """Try a code that was given at the start until the kiosk is paired. An empty one asks for open pairing.

        Whoever put a code into this machine's settings has said yes here already.
        """
        while not stopping.is_set() and self._store.identity is None:
            is_promised = self._asked is not None and not self._is_over()
            trouble = None if is_promised else self.pair(code)
            if trouble is None and code and self._asked is not None:
                self.agree(True)
            is_no = trouble is PairingTrouble.CODE_NOT_VALID
            self._wait(AGAIN_AFTER_A_NO if is_no else AGAIN_AFTER, stopping)

    def _wait(self, seconds: float, stopping: Event) -> None:
        """Until then, or staff paired the kiosk at its screen meanwhile."""
        for _ in range(int(seconds / LOOKED_EVERY)):
            if self._store.identity is not None or stopping.wait(LOOKED_EVERY):
                return

    def _is_over(self) -> bool:
        """Nobody said anything here in time; the server waits no more either."""
        return self._asked is not None and self._clock() - self._asked_at >= PROMISE_LASTS

    def _take_back(self, identity: Identity) -> None:
        """So that the browser asks nobody any more. Unheard, that ends by itself when the code's time is over."""
        try:
            self._client.unpair(identity.token)
        except (ServerUnreachable, DeviceRejected) as why:
            log.info("The server did not hear that staff said no here: %s", why)

    def _become(self, identity: Identity) -> None:
        self._store.remember(identity)
        log.info("Paired with %s, %s", identity.organization_name, identity.venue_name)
        self._paired()


def _promised(identity: Identity, *, is_agreed: bool) -> Promised:
    token_hash = hashlib.sha256(identity.token.encode("utf-8")).hexdigest()
    return Promised(
        sign=sign_of(identity.device_id, token_hash),
        organization=identity.organization_name,
        venue=identity.venue_name,
        is_agreed=is_agreed,
    )
