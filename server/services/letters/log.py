"""The log of what members were told: listed for a member and for a reservation, and sent again where staff ask.

Source: enhanced-booking, communications log: type, channel, status, template, tracking.
"""

from datetime import datetime, timedelta

from peewee import Expression, fn

from core.errors import Conflict, NotFound
from core.events import PRIVATE, EventKind
from core.letters import LETTERS, OPTIONAL, Channel, HeldBecause, LetterState, dialable
from server.services.letters.values import LetterSeen, PostStanding
from server.services.letters.wishes import is_wanted
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require, require_for_member
from server.services.programs.paging import Part, Wanted, part_of
from server.store.database import for_update, reading, writing
from server.store.tables import BouncingAddressRow, LetterRow, MemberRow, ReservationRow

AGAIN_FOR = timedelta(days=1)
"""What staff send again is worth sending for so long, however old its news is."""


def letters_of_member(
    organization_id: str, member_id: str, by: Asker, wanted: Wanted
) -> Part[LetterSeen]:  # fmt: skip
    """The newest first, for staff who serve and for the member. Raises `NotFound`, `Forbidden`."""
    with reading():
        require_for_member(organization_id, by, Right.SERVE, member_id, NotFound("member.not_found", id=member_id))
        ours(MemberRow, organization_id, member_id, "member")
        return _page(LetterRow.member == member_id, wanted)


def letters_of_reservation(organization_id: str, reservation_id: str, by: Asker, wanted: Wanted) -> Part[LetterSeen]:
    """As `letters_of_member`."""
    with reading():
        row = ours(ReservationRow, organization_id, reservation_id, "reservation")
        missing = NotFound("reservation.not_found", id=reservation_id)
        require_for_member(organization_id, by, Right.SERVE, row.member_id, missing)
        return _page(LetterRow.reservation == reservation_id, wanted)


def send_again(organization_id: str, letter_id: str, by: Asker, at: datetime) -> LetterSeen:
    """Once more, to the address the member has now, also one that seemed not to exist: staff know better.

    A wish not to be written is not passed over. Raises `Conflict` for a letter still on its way, one of which nothing
    is kept, or a member without address; `NotFound`, `Forbidden`.
    """
    with writing():
        require(organization_id, by, Right.SERVE)
        ours(LetterRow, organization_id, letter_id, "letter")
        row = for_update(LetterRow.select().where(LetterRow.id == letter_id)).get()
        if row.state == LetterState.WAITING.value:
            raise Conflict("letter.on_its_way")
        if EventKind(row.kind) in PRIVATE or not row.text:
            raise Conflict("letter.emptied")
        if not _is_wanted(row):
            raise Conflict("letter.not_wanted")
        address = _address_now(row)
        if not address:
            raise Conflict("letter.no_address")
        BouncingAddressRow.delete().where(
            BouncingAddressRow.member == row.member_id,
            BouncingAddressRow.channel == row.channel,
            BouncingAddressRow.address == address,
        ).execute()
        row.state, row.held_because, row.address = LetterState.WAITING.value, "", address
        row.round, row.tries, row.message_id, row.last_trouble = row.round + 1, 0, "", ""
        row.next_try_at, row.claimed_until, row.sent_at = at, None, None
        row.good_until, row.asked_by = max(row.good_until, at + AGAIN_FOR), by.staff_id
        row.save()
        return _seen(row)


def post_standing(organization_id: str, by: Asker) -> tuple[PostStanding, ...]:
    """How much waits, went, failed and was held, by channel. Raises `Forbidden`."""
    with reading():
        require(organization_id, by, Right.SERVE)
        rows = (
            LetterRow.select(LetterRow.channel, LetterRow.state, fn.COUNT(LetterRow.id), fn.MIN(LetterRow.made_at))
            .where(LetterRow.organization == organization_id)
            .group_by(LetterRow.channel, LetterRow.state)
            .tuples()
        )
        found = {(channel, state): (count, since) for channel, state, count, since in rows}
    return tuple(_standing(channel, found) for channel in Channel)


def _standing(channel: Channel, found: dict[tuple[str, str], tuple[int, datetime]]) -> PostStanding:
    counts = {state: found.get((channel.value, state.value), (0, None)) for state in LetterState}
    return PostStanding(
        channel=channel,
        waiting=counts[LetterState.WAITING][0],
        sent=counts[LetterState.SENT][0],
        failed=counts[LetterState.FAILED][0],
        held=counts[LetterState.HELD][0],
        waits_since=counts[LetterState.WAITING][1],
    )


def _page(whose: Expression, wanted: Wanted) -> Part[LetterSeen]:
    part = part_of(LetterRow.select().where(whose), (LetterRow.id,), wanted, newest_first=True)
    return Part(found=tuple(_seen(row) for row in part.found), next=part.next)


def _seen(row: LetterRow) -> LetterSeen:
    return LetterSeen(
        id=row.id,
        member_id=row.member_id,
        reservation_id=row.reservation_id,
        kind=EventKind(row.kind),
        channel=Channel(row.channel),
        language=row.language,
        address=row.address,
        subject=row.subject,
        text="" if EventKind(row.kind) in PRIVATE else row.text,
        state=LetterState(row.state),
        held_because=HeldBecause(row.held_because) if row.held_because else None,
        round=row.round,
        tries=row.tries,
        next_try_at=row.next_try_at,
        last_trouble=row.last_trouble,
        made_at=row.made_at,
        sent_at=row.sent_at,
    )


def _is_wanted(row: LetterRow) -> bool:
    """As the member would have it now."""
    group = LETTERS[EventKind(row.kind)].group
    return group not in OPTIONAL or is_wanted(row.member_id, group, Channel(row.channel))


def _address_now(row: LetterRow) -> str:
    member = MemberRow.get_by_id(row.member_id)
    return str(member.email if row.channel == Channel.MAIL.value else dialable(member.phone))
