"""How a kiosk becomes a device of a venue: a pairing code, once, for a token of its own.

It refuses to pair a kiosk that is paired: its journal belongs to the device it was written as.
"""

import logging
from collections.abc import Callable
from threading import Event, Lock

from core.protocol import Pair
from kiosk.faces import PairingTrouble
from kiosk.server_client import DeviceRejected, HttpServerClient, ServerUnreachable
from kiosk.store.identity import Identity
from kiosk.store.store import KioskStore

log = logging.getLogger(__name__)

AGAIN_AFTER = 1.0
AGAIN_AFTER_A_NO = 30.0
"""Seconds until a code that was given at the start is tried again."""


class Pairing:
    """`name` is what staff call the kiosk; `paired` is told when it is."""

    def __init__(self, store: KioskStore, client: HttpServerClient, *, name: str, paired: Callable[[], None]) -> None:
        self._store = store
        self._client = client
        self._name = name
        self._paired = paired
        self._lock = Lock()

    def pair(self, code: str) -> PairingTrouble | None:
        """Try a code; None when the kiosk is paired."""
        with self._lock:
            if self._store.identity is not None:
                return None
            try:
                paired = self._client.pair(Pair(code=code, name=self._name))
            except ServerUnreachable as why:
                log.info("The server did not answer the pairing: %s", why)
                return PairingTrouble.SERVER_UNREACHABLE
            except DeviceRejected as rejected:
                log.warning("The server does not take this pairing code: %s", rejected.code)
                return PairingTrouble.CODE_NOT_VALID
            self._store.remember(
                Identity(
                    device_id=paired.device_id,
                    token=paired.token,
                    organization_name=paired.organization_name,
                    venue_name=paired.venue_name,
                )
            )
        log.info("Paired with %s, %s", paired.organization_name, paired.venue_name)
        self._paired()
        return None

    def run(self, code: str, stopping: Event) -> None:
        """Try a code that was given at the start until the kiosk is paired. An empty one asks for open pairing."""
        while not stopping.is_set() and (trouble := self.pair(code)):
            is_no = trouble is PairingTrouble.CODE_NOT_VALID
            stopping.wait(AGAIN_AFTER_A_NO if is_no else AGAIN_AFTER)
