"""Attempts whose end nobody told: which session it was to be was asked, and no kiosk ever said what became of it."""

from datetime import datetime, timedelta

from core.protocol import AttemptState, Outcome
from core.refusals import RefusalReason
from server.store.database import writing
from server.store.tables import AttemptRow

WAITS_AT_MOST = timedelta(hours=48)
"""As long as a night waits for a kiosk (protocol, "The night waits for the door")."""


def end_unheard(at: datetime) -> int:
    """How many questions were noted as interrupted. A kiosk that tells of one later is believed all the same.

    Only a kiosk whose disk is gone leaves such a question: any other says after seconds that nobody chose.
    Source: protocol, I5.
    """
    with writing():
        ended = {
            AttemptRow.outcome: Outcome.ABORTED.value,
            AttemptRow.reason: RefusalReason.INTERRUPTED.value,
            AttemptRow.state: AttemptState.UNKNOWN.value,
        }
        is_unheard = AttemptRow.outcome.is_null() & (AttemptRow.decided_at <= at - WAITS_AT_MOST)
        return int(AttemptRow.update(ended).where(is_unheard).execute())
