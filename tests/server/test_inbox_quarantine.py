"""Records nobody could take in: kept whole, tried again when staff say so, and never lost or counted twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from peewee import Database

from core import wire
from core.cards import CardCode
from core.errors import Conflict, Forbidden, TesseraError
from core.protocol import Attempt, Effect, Hello, Tell
from core.refusals import RefusalReason
from server.services.desk.inbox.values import InboxItem, InboxKind, Way
from server.services.door.vault import CodeVault
from server.services.fleet.devices import revoke_device
from server.services.fleet.last_words import keep_last_words
from server.services.people.rights import Role, the_house
from server.store.database import reading, writing
from server.store.ids import new_id
from server.store.tables import AttemptRow, DeviceRow, QuarantineRow, SessionRow
from tests.server.door_stories import BOOTED_AT, StoryKiosk, kiosk_of, live_visits, refused, undoing, welcomed
from tests.server.inbox_stories import answered, in_touch, mira, waiting
from tests.server.studio import A_YEAR_AGO, Studio, after, before, ms, open_studio

OTHER_KEY = CodeVault(bytes(32))


def held_back(studio: Studio, kiosk: StoryKiosk) -> list[InboxItem]:
    return waiting(studio, after(30), InboxKind.QUARANTINE)


def let_in_unknown_session(studio: Studio) -> tuple[StoryKiosk, Attempt, str, str]:
    """(a kiosk, its welcome to a session that is not here yet, that session's id, the pass)."""
    alice = studio.member()
    card, pass_, kiosk = studio.card(alice), studio.punch_pass(alice), kiosk_of(studio)
    session = new_id(A_YEAR_AGO)
    shown = welcomed(kiosk.show(card, before(10)), alice, session, pass_=pass_)
    told, have_upto = kiosk.tell(after(5), replace(shown, t_wall=0), nothing_unsent_before=after(5))
    assert (told[0].effect, have_upto) == (Effect.QUARANTINED, 1)
    return kiosk, shown, session, pass_


def make_session(studio: Studio, id_: str) -> None:
    made = studio.session()
    with writing():
        SessionRow.update(id=id_).where(SessionRow.id == made).execute()


def test_a_record_that_could_not_be_taken_in_waits_with_the_reason_in_words(database: Database) -> None:
    studio = open_studio()
    kiosk, _, _, _ = let_in_unknown_session(studio)
    (item,) = held_back(studio, kiosk)
    assert (item.who, item.where, item.at) == ("Alice Ackerman", "Front door", after(5))
    assert item.title.key == "desk.inbox.quarantine.welcome"
    assert item.now is not None and item.now.key == "desk.inbox.why.attempt.subject_is_unknown"
    assert [offer.way for offer in item.offers] == [Way.TRY_AGAIN, Way.SET_ASIDE]


def test_tried_again_once_the_cause_is_gone_it_is_recorded_as_of_when_it_happened(database: Database) -> None:
    studio = open_studio()
    kiosk, shown, session, pass_ = let_in_unknown_session(studio)
    make_session(studio, session)
    (item,) = held_back(studio, kiosk)
    settled = answered(studio, item, after(600), because="The session was put back")
    assert settled.way is Way.TRY_AGAIN
    (visit,) = live_visits()
    assert (visit.first_at, visit.session_id) == (before(10), session)
    assert studio.punches_left(pass_) == 9
    with reading():
        row = AttemptRow.get_by_id(shown.attempt_id)
        assert (row.device_id, row.epoch, row.seq) == (kiosk.known.id, shown.epoch, shown.seq)
        assert (row.told_at, row.is_time_clamped) == (after(5), False)
        kept = QuarantineRow.get()
        assert (kept.looked_at, kept.effect) == (after(600), Effect.APPLIED.value)
        assert wire.from_json(Attempt, kept.record) == replace(shown, t_wall=0)
    assert held_back(studio, kiosk) == []


def test_told_once_more_after_that_it_is_a_duplicate(database: Database) -> None:
    studio = open_studio()
    kiosk, shown, session, pass_ = let_in_unknown_session(studio)
    make_session(studio, session)
    answered(studio, held_back(studio, kiosk)[0], after(10))
    told, have_upto = kiosk.tell(after(12), replace(shown, t_wall=0))
    assert (told[0].effect, have_upto) == (Effect.DUPLICATE, 1)
    assert studio.punches_left(pass_) == 9
    assert held_back(studio, kiosk) == []


def test_tried_again_while_the_cause_is_there_it_stays_and_says_why(database: Database) -> None:
    studio = open_studio()
    kiosk, shown, _, _ = let_in_unknown_session(studio)
    (item,) = held_back(studio, kiosk)
    with pytest.raises(TesseraError, match="subject_is_unknown"):
        answered(studio, item, after(10))
    with reading():
        row = QuarantineRow.get()
        assert (row.looked_at, row.effect, row.tried_at) == (None, None, after(10))
        assert not AttemptRow.select().where(AttemptRow.id == shown.attempt_id).exists()
    assert held_back(studio, kiosk) == [item]
    assert live_visits() == []


def test_the_reason_shown_is_that_of_the_last_try(database: Database) -> None:
    studio = open_studio()
    alice, kiosk = studio.member(), kiosk_of(studio)
    card, session, pass_ = studio.card(alice), studio.session(), studio.punch_pass(alice)
    shown = welcomed(kiosk.show(card, before(10)), alice, session, pass_=pass_)
    kiosk.tell(after(5), shown, vault=OTHER_KEY, nothing_unsent_before=after(5))
    (item,) = held_back(studio, kiosk)
    assert item.now is not None and item.now.key == "desk.inbox.why.card.key_does_not_fit"
    with writing():
        SessionRow.update(venue=studio.another_venue()).execute()
    with pytest.raises(Conflict):
        answered(studio, item, after(10))
    (tried,) = held_back(studio, kiosk)
    assert tried.now is not None and tried.now.key == "desk.inbox.why.attempt.subject_is_unknown"
    assert tried.key == item.key


def test_set_aside_it_is_kept_counts_for_nothing_and_leaves_no_gap(database: Database) -> None:
    studio = open_studio()
    kiosk, shown, session, _ = let_in_unknown_session(studio)
    make_session(studio, session)
    answered(studio, held_back(studio, kiosk)[0], after(10), Way.SET_ASIDE, because="Not ours")
    assert live_visits() == []
    told, have_upto = kiosk.tell(after(12), replace(shown, t_wall=0))
    assert have_upto == 1
    assert held_back(studio, kiosk) == []
    with reading():
        kept = QuarantineRow.get()
        assert (kept.looked_at, kept.effect) == (after(10), None)
    assert told[0].effect is Effect.APPLIED  # told anew by its own kiosk it counts: nobody forbids a kiosk to tell


def test_an_undo_can_be_tried_once_what_it_undoes_was_taken_in(database: Database) -> None:
    studio = open_studio()
    alice, kiosk = studio.member(), kiosk_of(studio)
    card, pass_, session = studio.card(alice), studio.punch_pass(alice), new_id(A_YEAR_AGO)
    shown = welcomed(kiosk.show(card, before(10)), alice, session, pass_=pass_)
    undone = undoing(kiosk, card, shown, before(9))
    kiosk.tell(after(5), shown, undone, nothing_unsent_before=after(5))
    make_session(studio, session)
    undo_item, welcome_item = held_back(studio, kiosk)
    assert (undo_item.title.key, welcome_item.title.key) == (
        "desk.inbox.quarantine.undo",
        "desk.inbox.quarantine.welcome",
    )
    with pytest.raises(Conflict, match="undone_is_unknown"):
        answered(studio, undo_item, after(10))
    answered(studio, welcome_item, after(11))
    assert len(live_visits()) == 1
    answered(studio, undo_item, after(12))
    assert (live_visits(), studio.punches_left(pass_)) == ([], 10)


def test_a_clones_record_can_never_take_the_number_of_the_real_one(database: Database) -> None:
    studio = open_studio()
    card, real = studio.card(studio.member()), kiosk_of(studio)
    clone = StoryKiosk(known=real.known)
    real.tell(after(1), refused(real.show(card, before(10)), RefusalReason.TOO_EARLY), nothing_unsent_before=after(1))
    clone.tell(after(2), refused(clone.show(card, before(9)), RefusalReason.TOO_LATE))
    (item,) = held_back(studio, real)
    with pytest.raises(Conflict, match="seq_taken"):
        answered(studio, item, after(10))
    with reading():
        assert DeviceRow.get().have_upto == 1
        assert QuarantineRow.select().where(QuarantineRow.looked_at.is_null()).count() == 1


def last_words(studio: Studio) -> tuple[StoryKiosk, str]:
    """(a kiosk that was closed and then told of a welcome, the pass)."""
    alice, kiosk = studio.member(), kiosk_of(studio)
    card, pass_, session = studio.card(alice), studio.punch_pass(alice), studio.session()
    in_touch(kiosk, before(20))
    shown = welcomed(kiosk.show(card, before(10)), alice, session, pass_=pass_)
    revoke_device(studio.organization, kiosk.known.id, the_house(studio.organization), before(5))
    hello = Hello(boot=kiosk.boot, t_mono=ms(after(5)) - ms(BOOTED_AT), t_wall=0, epoch=kiosk.epoch, max_seq=1)
    keep_last_words(kiosk.known, Tell(hello=hello, attempts=(replace(shown, t_wall=0),)), after(5))
    return kiosk, pass_


def test_last_words_count_only_by_the_explicit_wish_of_whoever_may_close_kiosks(database: Database) -> None:
    studio = open_studio()
    kiosk, pass_ = last_words(studio)
    (item,) = held_back(studio, kiosk)
    assert item.knew is not None and item.knew.key == "desk.inbox.quarantine.last_words"
    for way in (Way.TRY_AGAIN, Way.SET_ASIDE):
        with pytest.raises(Forbidden):
            answered(studio, item, after(10), way, by=mira(studio, Role.FRONT_DESK))
    assert (live_visits(), studio.punches_left(pass_)) == ([], 10)
    answered(studio, item, after(11), Way.TRY_AGAIN)
    assert [visit.first_at for visit in live_visits()] == [before(10)]
    assert studio.punches_left(pass_) == 9


def test_a_record_of_no_known_kiosk_or_no_known_form_can_only_be_set_aside(database: Database) -> None:
    studio = open_studio()
    kiosk = kiosk_of(studio)
    with writing():
        for device, record in ((kiosk.known.id, "{"), (None, '{"attempt_id": "x"}')):
            QuarantineRow.create(
                id=new_id(after(1)), organization=studio.organization, device=device, record=record,
                why="ValueError: no", received_at=after(1),
            )  # fmt: skip
    items = held_back(studio, kiosk)
    assert [[offer.way for offer in item.offers] for item in items] == [[Way.SET_ASIDE]] * 2
    for item in items:
        assert item.now is not None and item.now.key == "desk.inbox.why.other"
        answered(studio, item, after(10))
    assert held_back(studio, kiosk) == []


class BrokenVault(CodeVault):
    """As if the machine ran out of memory just then."""

    def open(self, sealed: str) -> CardCode:
        raise MemoryError("no room")


def test_a_breakdown_while_taking_in_changes_nothing_and_is_told(database: Database) -> None:
    studio = open_studio()
    kiosk, _, session, _ = let_in_unknown_session(studio)
    make_session(studio, session)
    (item,) = held_back(studio, kiosk)
    with pytest.raises(Conflict, match="not_taken_in"):
        answered(studio, item, after(10), vault=BrokenVault(bytes(32)))
    (still,) = held_back(studio, kiosk)
    assert still.now is not None and still.now.key == "desk.inbox.why.attempt.not_taken_in"
    assert live_visits() == []
    answered(studio, still, after(11))
    assert len(live_visits()) == 1


def test_the_clock_kept_with_a_record_is_the_one_by_which_it_came(database: Database) -> None:
    studio = open_studio()
    let_in_unknown_session(studio)
    with reading():
        row = QuarantineRow.get()
        assert (row.boot, row.t_mono) == ("boot-1", ms(after(5)) - ms(BOOTED_AT))
        assert row.received_at - timedelta(minutes=15) == before(10)
