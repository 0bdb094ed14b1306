"""A pass is not used for a while: places in that time are given up, and its end moves by as long as the pause lasts."""

from datetime import datetime, timedelta

from core import clocktime
from core.errors import Conflict, Invalid
from core.validity import Pause
from server.services.door.as_core import as_pause
from server.services.door.validity import count_again, pauses_of, zone_of
from server.services.passes.changing import PassChangeKind, give_up, note_change, pass_to_change, places_on
from server.services.people import words
from server.services.people.rights import Asker
from server.store.database import writing
from server.store.ids import new_id
from server.store.tables import PassPauseRow, PassRow

LONGEST_PAUSE = timedelta(days=366)


def pause_pass(
    organization_id: str,
    pass_id: str,
    until: datetime,
    because: str,
    by: Asker,
    at: datetime,
    *,
    from_: datetime | None = None,
) -> str:
    """A new pause's id: from now, or from then, until `until`. Places reserved in it are given up, their punches free.

    Raises `Conflict` for a pass that is cancelled, ended or paused then already, `Invalid`, `NotFound`, `Forbidden`.
    """
    why = words.required("because", because)
    starts_at = from_ or at
    words.span(starts_at, until)
    if starts_at < at:
        raise Invalid("pause.in_the_past")
    if until - starts_at > LONGEST_PAUSE:
        raise Invalid("time.span_too_long", days=LONGEST_PAUSE.days)
    with writing():
        row = pass_to_change(organization_id, pass_id, by)
        if row.valid_until is not None and starts_at >= row.valid_until:
            raise Conflict("pass.has_ended", title=row.title)
        if any(one.starts_at < until and starts_at < one.ends_at for one in _pauses(row)):
            raise Conflict("pass.paused_already", title=row.title)
        id_ = new_id(at)
        PassPauseRow.create(
            id=id_,
            organization=organization_id,
            pass_=row.id,
            starts_at=starts_at,
            ends_at=until,
            zone=zone_of(organization_id),
            because=why,
            made_by=by.cause(why).staff_id,
            made_at=at,
        )
        count_again(row)
        lost = give_up(places_on(row.id, at, from_=starts_at, to=until), "PASS_PAUSED", at, by.cause(why))
        _note(row, PassChangeKind.PAUSED, at, by, why, from_=starts_at, until=until, places=lost)
        return id_


def resume_pass(organization_id: str, pass_id: str, because: str, by: Asker, at: datetime) -> None:
    """End the pause now, or call off the next one; the pass's end moves back by what is left of it.

    Places given up for it stay given up: others may have taken them. Raises `Conflict` for a pass that is not paused
    and has no pause ahead, `Invalid`, `NotFound`, `Forbidden`.
    """
    why = words.required("because", because)
    with writing():
        row = pass_to_change(organization_id, pass_id, by)
        pause = next((one for one in pauses_of(row.id) if as_pause(one).ends_at > max(at, one.starts_at)), None)
        if pause is None:
            raise Conflict("pass.not_paused", title=row.title)
        pause.resumed_at, pause.resumed_because = max(at, pause.starts_at), why
        pause.save()
        count_again(row)
        _note(row, PassChangeKind.RESUMED, at, by, why, from_=pause.starts_at, until=pause.resumed_at)


def is_paused_from(row: PassRow, at: datetime) -> bool:
    """Whether a pause goes on or lies ahead."""
    return any(pause.ends_at > at for pause in _pauses(row))


def _pauses(row: PassRow) -> list[Pause]:
    """Those that had a length."""
    return [pause for pause in map(as_pause, pauses_of(row.id)) if pause.ends_at > pause.starts_at]


def _note(
    row: PassRow,
    kind: PassChangeKind,
    at: datetime,
    by: Asker,
    why: str,
    *,
    from_: datetime,
    until: datetime,
    places: int = 0,
) -> None:
    ends_at = clocktime.to_ms(row.valid_until) if row.valid_until is not None else None
    span = {"starts_at": clocktime.to_ms(from_), "ends_at": clocktime.to_ms(until)}
    note_change(row, kind, at, by.cause(why), **span, valid_until=ends_at, places_given_up=places)
