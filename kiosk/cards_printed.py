"""Puts a temporary card on paper at the desk's printer: what staff's screen calls when they tap Print."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from core import cards, clocktime, messages
from core.cards import CardCode
from kiosk.card_paper import CardPaper, paper_pdf
from kiosk.printing import NoPrinter, NotPrinted, Printer
from kiosk.store.replica import Venue

log = logging.getLogger(__name__)

CardPrints = Callable[[str, str, datetime], bool]
"""A card's text, a name (may be empty) and its end; whether a printer took it. Blocks for seconds at most."""


def cards_printed(printer: Printer, venue: Callable[[], Venue], language: str) -> CardPrints | None:
    """None: there is no printer, and nothing to offer."""
    if isinstance(printer, NoPrinter):
        return None

    def prints(text: str, name: str, until_at: datetime) -> bool:
        code = cards.read(text)
        if not isinstance(code, CardCode):
            return False
        title = messages.say(language, "card.temporary")
        try:
            printer.print_pdf(paper_pdf(paper_of(code, name, until_at, venue(), language)), title)
        except NotPrinted as no:
            log.warning("A temporary card was not printed: %s", messages.say("en", no.key, **no.values))
            return False
        return True

    return prints


def paper_of(code: CardCode, name: str, until_at: datetime, venue: Venue, language: str) -> CardPaper:
    """The sheet in the kiosk's language, its end by the venue's clock: the last minute in which it is good."""
    local = (until_at - timedelta(minutes=1)).astimezone(clocktime.zone_named(venue.zone))
    month = messages.say(language, f"desk.month.{local.month}")
    day = messages.say(language, "desk.date.short", date=local.day, month=month)
    return CardPaper(
        code=code,
        title=messages.say(language, "card.temporary"),
        name=name,
        studio=venue.organization_name,
        until=messages.say(language, "card.temporary.until", moment=f"{day}, {local:%H:%M}"),
    )
