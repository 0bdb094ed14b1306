"""A member is forgotten: who they were goes, what was counted stays without a name. It cannot be taken back.

What stays: passes, punches, visits and absences under the old id, for the ledger and the statistics; the blocked
cards' fingerprints and keys, so that a kiosk that was offline can still tell what it did; the kiosks' own records,
which hold ids and no name and are chained. What was put away needs nothing: no line of the archive names a member or
holds anybody's own words, see `core.archives`. Copies of the database made before hold the name until they are deleted.
"""

import json
from collections.abc import Iterator
from datetime import datetime

from peewee import Expression, Field

from core import archives
from core.errors import Conflict, NotFound
from core.events import EventKind
from core.letters import HeldBecause, LetterState
from core.model import ReservationStatus
from core.waiting import OPEN
from server.services.door import history
from server.services.door.changes import touch_member, touch_session
from server.services.door.facts import lock_member
from server.services.door.places import lock_session
from server.services.door.vault import CodeVault
from server.services.events.announcing import Event, announce
from server.services.fleet.households import seal_household
from server.services.people.rights import Asker, Right, require_for_member
from server.services.portal.feed import end_feeds
from server.services.portal.signing_in import MemberVisit, end_all, require_fresh
from server.services.waiting.joining import stop
from server.store.database import writing
from server.store.ids import hash_of, new_mark
from server.store.tables import (
    ApiTokenRow,
    AttemptRow,
    BouncingAddressRow,
    CardRow,
    ContestRow,
    EventRow,
    FindTicketRow,
    HouseholdRow,
    ImportedRecordRow,
    InboxSettlementRow,
    LetterRow,
    LetterWishRow,
    MemberRow,
    NoShowRow,
    OverrideRow,
    PassChangeRow,
    PassPauseRow,
    PassRow,
    PhoneLinkRow,
    PunchRow,
    ReservationHistoryRow,
    ReservationRow,
    Row,
    StaffActRow,
    SuspensionRow,
    VisitRow,
    WaitingRow,
)

NOBODY = archives.NOBODY
"""Stands where a name or somebody's words stood."""


def erase_oneself(visit: MemberVisit, at: datetime, vault: CodeVault) -> None:
    """`erase`, for the member who asks. Raises `Forbidden` if they signed in too long ago for that."""
    require_fresh(visit, at)
    erase(visit.asker.organization_id, visit.member_id, visit.asker, at, vault)


def erase(organization_id: str, member_id: str, by: Asker, at: datetime, vault: CodeVault) -> None:
    """Name, addresses, birth date, letters and words go; cards are blocked, places ahead are free for others.

    A suspension does not stand against it. For the member, and for staff who may run the house, in their name.
    Raises `NotFound`, `Forbidden`, `Conflict` for somebody who was erased before.
    """
    with writing():
        require_for_member(organization_id, by, Right.RUN, member_id, NotFound("member.not_found", id=member_id))
        row = lock_member(organization_id, member_id)
        if row.erased_at is not None:
            raise Conflict("member.erased")
        _give_up_places(row, by, at)
        _shut_out(row, at, vault)
        _take_words_away(row)
        _take_name_away(row, at)
        announce(Event(organization_id=organization_id, kind=EventKind.ERASED, member_id=member_id), at)
        touch_member(organization_id, member_id)


def _give_up_places(member: MemberRow, by: Asker, at: datetime) -> None:
    ahead = ReservationRow.select().where(
        ReservationRow.member == member.id, ReservationRow.status == ReservationStatus.PENDING.value
    )
    for row in ahead.order_by(ReservationRow.session):
        row.has_hold, row.cancelled_at, row.cancelled_because = False, at, "erased"
        history.move(row, ReservationStatus.CANCELLED, at, by.cause("erased"))
        touch_session(member.organization_id, row.session_id)
    waits = WaitingRow.select().where(
        WaitingRow.member == member.id, WaitingRow.status.in_([one.value for one in OPEN])
    )
    for entry in waits.order_by(WaitingRow.session):
        lock_session(entry.session_id)
        now = WaitingRow.get_by_id(entry.id)
        if now.status in OPEN:
            stop(now, "erased", by, at)


def _shut_out(member: MemberRow, at: datetime, vault: CodeVault) -> None:
    """No card, phone, browser, program or address of theirs opens anything any more."""
    end_all(member.id, at)
    end_feeds(member.id, at)
    for card in CardRow.select().where(CardRow.member == member.id):
        card.sealed_name, card.revoked_at = "", card.revoked_at or at
        if card.code_encrypted:
            card.code_encrypted = vault.seal_proof_key(vault.proof_key_of(card.code_encrypted))
        card.save()
        PhoneLinkRow.update({PhoneLinkRow.token_hash: hash_of(new_mark() + new_mark())}).where(
            PhoneLinkRow.card == card.id
        ).execute()
    ApiTokenRow.update({ApiTokenRow.revoked_at: at, ApiTokenRow.name: NOBODY}).where(
        ApiTokenRow.member == member.id
    ).execute()
    leaders = [row.leader_id for row in HouseholdRow.select().where(HouseholdRow.led == member.id)]
    HouseholdRow.delete().where((HouseholdRow.leader == member.id) | (HouseholdRow.led == member.id)).execute()
    for leader_id in leaders:
        seal_household(member.organization_id, leader_id, vault)
    FindTicketRow.update({FindTicketRow.ends_at: at}).where(
        FindTicketRow.member == member.id, FindTicketRow.ends_at > at
    ).execute()


def _take_words_away(member: MemberRow) -> None:
    """What anybody wrote about them, and every letter to them."""
    for table, whose, columns in _words_about(member.id):
        for column in columns:
            table.update({column: NOBODY}).where(whose, column != "").execute()
    mine = EventRow.member == member.id
    EventRow.update({EventRow.data: "{}"}).where(mine).execute()
    LetterRow.update(
        {
            LetterRow.state: LetterState.HELD.value,
            LetterRow.held_because: HeldBecause.NO_ADDRESS.value,
        }
    ).where(LetterRow.member == member.id, LetterRow.state == LetterState.WAITING.value).execute()
    empty = (LetterRow.address, LetterRow.subject, LetterRow.text, LetterRow.html, LetterRow.calendar)
    LetterRow.update(dict.fromkeys(empty, "")).where(LetterRow.member == member.id).execute()
    LetterRow.update({LetterRow.last_trouble: NOBODY}).where(
        LetterRow.member == member.id, LetterRow.last_trouble != ""
    ).execute()
    LetterWishRow.delete().where(LetterWishRow.member == member.id).execute()
    BouncingAddressRow.delete().where(BouncingAddressRow.member == member.id).execute()
    # That they were taken over once stays, so that the same file does not bring them back.
    ImportedRecordRow.update({ImportedRecordRow.row_hash: "", ImportedRecordRow.field_hashes: "{}"}).where(
        ImportedRecordRow.our_id == member.id
    ).execute()
    for attempt in AttemptRow.select().where(AttemptRow.member == member.id, AttemptRow.answer.is_null(False)):
        told = archives.nameless(attempt.answer)
        AttemptRow.update({AttemptRow.answer: told}).where(AttemptRow.id == attempt.id).execute()
    # What a kiosk wrote is chained, and nobody can type words into it; what was written down here may hold some.
    for attempt in AttemptRow.select().where(AttemptRow.member == member.id, AttemptRow.device.is_null()):
        if archives.stays_where_it_is(attempt.record):
            said = archives.wordless(attempt.record)
            AttemptRow.update({AttemptRow.record: said}).where(AttemptRow.id == attempt.id).execute()
    _take_name_out_of_the_inbox(member)


def _words_about(member_id: str) -> Iterator[tuple[type[Row], Expression, tuple[Field, ...]]]:
    passes = PassRow.select(PassRow.id).where(PassRow.member == member_id)
    places = ReservationRow.select(ReservationRow.id).where(ReservationRow.member == member_id)
    yield CardRow, CardRow.member == member_id, (CardRow.because,)
    yield (
        SuspensionRow,
        SuspensionRow.member == member_id,
        (SuspensionRow.because, SuspensionRow.lifted_because),
    )
    yield OverrideRow, OverrideRow.member == member_id, (OverrideRow.because,)
    yield StaffActRow, StaffActRow.member == member_id, (StaffActRow.because, StaffActRow.why)
    yield NoShowRow, NoShowRow.member == member_id, (NoShowRow.amnesty_because, NoShowRow.reversed_because)
    yield ReservationRow, ReservationRow.member == member_id, (ReservationRow.cancelled_because,)
    yield VisitRow, VisitRow.member == member_id, (VisitRow.undone_because, VisitRow.drop_in_note)
    yield ReservationHistoryRow, ReservationHistoryRow.reservation.in_(places), (ReservationHistoryRow.cause,)
    yield PunchRow, PunchRow.pass_.in_(passes), (PunchRow.because,)
    yield PassPauseRow, PassPauseRow.pass_.in_(passes), (PassPauseRow.because, PassPauseRow.resumed_because)
    yield PassChangeRow, PassChangeRow.pass_.in_(passes), (PassChangeRow.because,)
    yield ContestRow, ContestRow.member == member_id, (ContestRow.words, ContestRow.answered_because)
    waiting = (WaitingRow.priority_because, WaitingRow.notes, WaitingRow.ended_because)
    yield WaitingRow, WaitingRow.member == member_id, waiting


def _take_name_out_of_the_inbox(member: MemberRow) -> None:
    """What staff settled is kept with the sentence they saw, which may name somebody; their own words then go whole."""
    name = f"{member.first_name} {member.last_name}".strip()
    said = (name, json.dumps(name)[1:-1])
    rows = InboxSettlementRow.select().where(InboxSettlementRow.organization == member.organization_id)
    named = (InboxSettlementRow.about.contains(said[0])) | (InboxSettlementRow.about.contains(said[1]))
    for row in rows.where(named | InboxSettlementRow.because.contains(name)):
        for form in said:
            row.about = row.about.replace(form, NOBODY)
        row.because = NOBODY
        row.save()


def _take_name_away(row: MemberRow, at: datetime) -> None:
    """Another member may have the number later; nothing on paper leads to this row."""
    row.number = f"x{row.id[-12:]}"
    row.first_name, row.last_name = NOBODY, ""
    row.email = row.phone = row.language = row.find_pin_hash = ""
    row.birth_date, row.is_active, row.erased_at = None, False, at
    row.save()
