"""Puts a temporary card on paper, for staff at the kiosk: what stands on it, and what to say if no printer takes it."""

from datetime import datetime

from core import cards
from core.cards import NotACard
from kiosk.card_paper import paper_of, paper_pdf
from kiosk.desk import Desk
from kiosk.faces_staff import Said
from kiosk.printing import NotPrinted, Printer


def printed(desk: Desk, printer: Printer, language: str, text: str, name: str, until_at: datetime) -> Said:
    """Blocks until the printer took it or did not. `text` is the card's code."""
    code = cards.read(text)
    if isinstance(code, NotACard):
        return Said(key="staff.face.card.not_printed")
    paper = paper_of(code, name, until_at, desk.store.replica.venue, language)
    try:
        printer.print_pdf(paper_pdf(paper), paper.title)
    except NotPrinted as why:
        return Said(key=why.key, values=why.values)
    return Said(key="staff.face.card.printed", is_good=True)
