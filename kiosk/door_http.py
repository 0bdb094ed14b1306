"""Opens a lock or lights a lamp by one HTTP request. What it is answered with is looked at only for its status.

It follows no redirect, so that nobody on the way can send the secret elsewhere, and reads no answer's body.
"""

from datetime import timedelta

import httpx

from kiosk.door import DoorTrouble
from kiosk.door_settings import HttpAct, Sign, filled

SUCCESS = range(200, 300)


class HttpActor:
    """One lock or lamp. `held` and `kiosk` may stand in its body."""

    def __init__(self, act: HttpAct, *, timeout: timedelta, held: timedelta, kiosk: str) -> None:
        self._act = act
        self._held = held
        self._kiosk = kiosk
        self._client = httpx.Client(timeout=timeout.total_seconds(), follow_redirects=False, trust_env=False)

    def act(self, sign: Sign) -> None:
        """Raises DoorTrouble."""
        body = filled(self._act.body, sign, self._held, self._kiosk)
        headers = dict([self._act.header]) if self._act.header else {}
        if body.startswith(("{", "[")):
            headers["Content-Type"] = "application/json"
        try:
            with self._client.stream(
                self._act.method, self._act.url, headers=headers, content=body.encode("utf-8") if body else None
            ) as answer:
                status = answer.status_code
        except httpx.HTTPError as why:
            raise DoorTrouble(f"no answer ({type(why).__name__})") from None
        if status not in SUCCESS:
            raise DoorTrouble(f"answered {status}")

    def rest(self) -> None:
        """A request has no end that could be asked for: the lamp's own time is its own."""
