"""Puts a temporary card on paper, for staff at the kiosk: what stands on it, and what to say if no printer takes it."""

from datetime import datetime

from core import cards, clocktime, messages
from core.cards import NotACard
from kiosk.card_paper import CardPaper, paper_pdf
from kiosk.desk import Desk
from kiosk.faces_staff import Said
from kiosk.printing import NotPrinted, Printer


def printed(desk: Desk, printer: Printer, language: str, text: str, name: str, until_at: datetime) -> Said:
    """Blocks until the printer took it or did not. `text` is the card's code."""
    code = cards.read(text)
    if isinstance(code, NotACard):
        return Said(key="staff.face.card.not_printed")
    venue = desk.store.replica.venue
    at = until_at.astimezone(clocktime.zone_named(venue.zone))
    until = messages.say(language, "card.temporary.until", moment=at.strftime("%d.%m. %H:%M"))
    title = messages.say(language, "card.temporary")
    studio = venue.organization_name or venue.name
    try:
        printer.print_pdf(paper_pdf(CardPaper(code=code, title=title, name=name, studio=studio, until=until)), title)
    except NotPrinted as why:
        return Said(key=why.key, values=why.values)
    return Said(key="staff.face.card.printed", is_good=True)
