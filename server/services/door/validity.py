"""The end of a pass, made of what is so: its first use, the end it was sold with, its pauses.

The only code that writes `first_used_at` and, once a pass is sold, `valid_until`. It asks what is so, never what was
meant, so that reports may come in any order and counting again changes nothing. The member is locked by the caller.
"""

from datetime import datetime

from core.validity import end_after_pauses, end_of_days, first_use
from server.services.door.as_core import as_pause
from server.store.tables import PassPauseRow, PassRow, SupportRow, VenueRow, VisitRow


def settle_first_use(row: PassRow) -> None:
    """Make the pass begin with its earliest live check-in, or not at all if there is none."""
    if row.days_from_first_use is None:
        return
    first_used_at = first_use(_came_at(row.id))
    if first_used_at != row.first_used_at:
        row.first_used_at = first_used_at
        count_again(row)


def count_again(row: PassRow) -> None:
    """Bring the pass's end to where its first use, its days and its pauses are, and save the whole row.

    What was announced of the end it had counts no more.
    """
    before = row.valid_until
    pauses = [as_pause(pause) for pause in pauses_of(row.id)]
    ends_at = end_without_pauses(row)
    row.unpaused_until = ends_at if pauses and row.days_from_first_use is None else None
    row.valid_until = end_after_pauses(row.first_used_at or row.valid_from, ends_at, pauses)
    if row.valid_until != before:
        row.runs_out_told_at = row.ran_out_told_at = None
    row.save()


def end_without_pauses(row: PassRow) -> datetime | None:
    """Where the pass would end had it never been paused. None: never, or it has not begun."""
    if row.days_from_first_use is None:
        return row.unpaused_until or row.valid_until
    if row.first_used_at is None:
        return None
    return end_of_days(row.first_used_at, row.days_from_first_use, zone_of(row.organization_id))


def pauses_of(pass_id: str) -> list[PassPauseRow]:
    """In the order of time, those ended early too."""
    return list(PassPauseRow.select().where(PassPauseRow.pass_ == pass_id).order_by(PassPauseRow.starts_at))


def zone_of(organization_id: str) -> str:
    """By whose wall clock passes end: the first venue's."""
    venue = VenueRow.select(VenueRow.zone).where(VenueRow.organization == organization_id).order_by(VenueRow.id).first()
    return str(venue.zone) if venue else "UTC"


def _came_at(pass_id: str) -> list[datetime]:
    """When each attempt that says welcome was made: a visit's own moment depends on which of them was told first."""
    rows = (
        SupportRow.select(SupportRow.at)
        .join(VisitRow, on=(SupportRow.visit_key == VisitRow.id))
        .where(VisitRow.pass_ == pass_id, SupportRow.says_welcome)
    )
    return [row.at for row in rows]
