"""What kiosks make of paused passes, first uses and free sessions: those that were alone, and older ones."""

from datetime import UTC, datetime
from itertools import permutations

from peewee import Database

from core.decisions import Refused
from core.model import PassType
from core.protocol import Answer, Ask, Attempt, Effect, Heard, Tell
from core.refusals import REASONS_KNOWN, SINCE
from core.refusals import RefusalReason as R
from server.services.passes.pausing import pause_pass
from server.services.people.rights import the_house
from server.store.database import reading, writing
from server.store.tables import PassRow, VisitRow
from tests.server.door_stories import StoryKiosk, kiosk_of, undoing, welcomed
from tests.server.pass_stories import DAY
from tests.server.studio import SIX_PM, Studio, after, before, open_studio
from tests.server.test_api_kiosk import door_of, hello

LAST_MIDNIGHT = datetime(2026, 12, 20, 23, tzinfo=UTC)


def test_a_kiosk_that_cannot_read_a_reason_is_told_the_nearest_it_knows(database: Database) -> None:
    assert max(since for since, _ in SINCE.values()) == REASONS_KNOWN
    studio = open_studio()
    session, house = studio.session(), the_house(studio.organization)
    with door_of(studio) as door:
        kiosk = door.pair()
        for reasons, reason in ((1, R.PASS_NOT_YET_VALID), (REASONS_KNOWN, R.PASS_PAUSED)):
            alice = studio.member()
            card, pass_ = studio.card(alice), studio.unlimited(alice)
            pause_pass(studio.organization, pass_, after(600), "away", house, before(60))
            attempt = kiosk.show(card, SIX_PM)
            answer = door.post(Answer, "/api/kiosk/ask", Ask(attempt=attempt, reasons=reasons))
            assert isinstance(answer.decision, Refused)
            assert (answer.decision.reason, answer.decision.until) == (reason, after(600))
            alone = welcomed(kiosk.show(card, SIX_PM), alice, session, pass_=pass_)
            said = Tell(hello=hello(kiosk, reasons=reasons), attempts=(alone,))
            heard = door.post(Heard, "/api/kiosk/tell", said)
            assert [(one.effect, one.reason) for one in heard.told] == [(Effect.DISPUTED, reason)]


def test_a_punch_that_an_older_kiosk_counted_for_a_free_session_is_not_taken(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, free, pass_ = studio.card(alice), studio.session(is_free=True), studio.punch_pass(alice, 8)
    kiosk = kiosk_of(studio)
    told, _ = kiosk.tell(after(5), welcomed(kiosk.show(card, SIX_PM), alice, free, pass_=pass_))
    assert told[0].effect is Effect.APPLIED
    with reading():
        (visit,) = VisitRow.select()
    assert (visit.paid_by, visit.pass_id, studio.punches_left(pass_)) == ("FREE", None, 8)


def test_two_kiosks_that_were_alone_tell_in_any_order_and_the_pass_begins_at_the_same_moment(
    database: Database,
) -> None:
    """She came on Saturday, at both doors, and on Sunday; the first showing at all, on Friday, was not hers."""
    studio = open_studio()
    days = [studio.session(SIX_PM + day * DAY) for day in (-1, 0, 1)]
    seen = set()
    for order in list(permutations(range(4)))[::5]:
        member, pass_ = _who_waits(studio)
        card = studio.card(member)
        front, back = kiosk_of(studio, f"Front {order}"), kiosk_of(studio, f"Back {order}")
        friday = welcomed(front.show(card, SIX_PM - DAY), member, days[0], pass_=pass_)
        batches: list[tuple[StoryKiosk, tuple[Attempt, ...]]] = [
            (front, (friday, undoing(front, card, friday, after(1, SIX_PM - DAY)))),
            (back, (welcomed(back.show(card, after(5)), member, days[1], pass_=pass_),)),
            (front, (welcomed(front.show(card, before(5)), member, days[1], pass_=pass_),)),
            (back, (welcomed(back.show(card, SIX_PM + DAY), member, days[2], pass_=pass_),)),
        ]
        for place in order:
            kiosk, attempts = batches[place]
            told, _ = kiosk.tell(SIX_PM + 2 * DAY, *attempts)
            assert Effect.QUARANTINED not in {one.effect for one in told}
        with reading():
            row = PassRow.get_by_id(pass_)
        seen.add((row.first_used_at, row.valid_until))
    assert seen == {(before(5), LAST_MIDNIGHT)}


def _who_waits(studio: Studio) -> tuple[str, str]:
    """A member with thirty days that wait for their first use."""
    member = studio.member()
    pass_ = studio.pass_of(member, PassType.UNLIMITED_SERIES)
    with writing():
        PassRow.update(days_from_first_use=30).where(PassRow.id == pass_).execute()
    return member, pass_
