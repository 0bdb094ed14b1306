"""Text messages, and whatever else apprise knows a way to: an address with `{to}` where the number goes."""

from urllib.parse import quote

import apprise

from core.errors import Invalid
from core.posting import Delivered, Delivery, TextMessage, TextPost, TryLater

PLACE = "{to}"
SAMPLE = "+15550000000"


class ApprisePost:
    """`url` as apprise's documentation has it, such as `twilio://sid:token@from/{to}`.

    It does not tell why something did not go, so everything is tried again. Raises `Invalid` for an address that
    apprise does not know, or one without a place for the number.
    """

    def __init__(self, url: str) -> None:
        if PLACE not in url or not apprise.Apprise().add(_filled(url, SAMPLE)):
            raise Invalid("settings.not_understood", name="TESSERA_SMS_URL", given="…")
        self._url = url

    def send(self, message: TextMessage) -> Delivery:
        way = apprise.Apprise()
        if not way.add(_filled(self._url, message.to)):
            return TryLater(why="the address of the service is not understood", is_for_all=True)
        if way.notify(body=message.text):
            return Delivered()
        return TryLater(why="the service did not take it")


def _filled(url: str, number: str) -> str:
    return url.replace(PLACE, quote(number, safe=""))


def text_post(url: str) -> TextPost | None:
    """The post that the setting names. None: none is set up. Raises `Invalid`."""
    return ApprisePost(url) if url else None
