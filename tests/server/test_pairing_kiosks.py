"""A kiosk becomes a venue's by a code: once, for ten minutes, against five wrong tries; and stops being one."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from peewee import Database

from core.cards import ALPHABET
from core.errors import Conflict, Forbidden, NotFound, Unauthenticated
from core.protocol import Effect, Hello, Pair, Paired, Tell
from server.services.door.changes import version_of
from server.services.fleet.devices import (
    Device,
    devices_of,
    kiosk_of_token,
    retire_device,
    revoke_device,
    teller_of_token,
)
from server.services.fleet.last_words import keep_last_words
from server.services.fleet.pairing import CODE_LASTS, OpenPairing, open_pairing, pair, pair_openly
from server.services.people.rights import Asker, Role, the_house
from server.store.database import reading
from server.store.tables import AttemptRow, DeviceRow, PairingCodeRow, QuarantineRow
from tests.server.door_stories import StoryKiosk
from tests.server.studio import SIX_PM, Studio, after, open_studio

A_MOMENT = timedelta(milliseconds=1)


def code_for(studio: Studio, at: datetime = SIX_PM) -> str:
    return open_pairing(studio.organization, studio.venue, the_house(studio.organization), at)


def near_miss(code: str) -> str:
    """The same beginning, and one other character at the end."""
    return code[:-1] + ALPHABET[(ALPHABET.index(code[-1]) + 1) % len(ALPHABET)]


def paired_kiosk(studio: Studio, name: str = "Door", at: datetime = SIX_PM) -> Paired:
    return pair(Pair(code=code_for(studio, at), name=name), at)


def assert_not_taken(code: str, at: datetime = SIX_PM) -> None:
    with pytest.raises(Conflict) as no:
        pair(Pair(code=code, name="Door"), at)
    assert no.value.code == "pairing.code_not_valid"


def test_a_kiosk_is_known_by_its_token_and_only_the_hash_of_it_is_kept(database: Database) -> None:
    studio = open_studio()
    paired = paired_kiosk(studio, "  Front door ")
    assert (paired.venue_id, paired.venue_name, paired.organization_name) == (studio.venue, "Kiln House", "Kiln")
    known = kiosk_of_token(paired.token, SIX_PM)
    assert (known.id, known.organization_id, known.venue_id) == (paired.device_id, studio.organization, studio.venue)
    with reading():
        row = DeviceRow.get_by_id(paired.device_id)
        assert row.name == "Front door"
        assert paired.token not in str(row.__data__)
        assert len(row.token_hash) == 64
    assert len(paired.token) >= 43  # 256 bits in base64


def test_a_code_is_kept_as_its_hash_and_its_beginning(database: Database) -> None:
    studio = open_studio()
    code = code_for(studio)
    assert len(code) == 8 and set(code) <= set(ALPHABET)
    with reading():
        row = PairingCodeRow.get()
        assert code not in str(row.__data__)
        assert row.begins_with == code[:3]


@pytest.mark.parametrize(
    ("how_late", "is_taken"),
    [
        (timedelta(0), True),
        (CODE_LASTS - A_MOMENT, True),
        (CODE_LASTS, False),
        (timedelta(days=1), False),
    ],
)
def test_a_code_is_good_for_ten_minutes(database: Database, how_late: timedelta, is_taken: bool) -> None:
    studio = open_studio()
    code = code_for(studio)
    assert timedelta(minutes=10) == CODE_LASTS
    if is_taken:
        assert pair(Pair(code=code), SIX_PM + how_late).token
    else:
        assert_not_taken(code, SIX_PM + how_late)


def test_a_code_is_good_once(database: Database) -> None:
    code = code_for(open_studio())
    assert pair(Pair(code=code), SIX_PM).token
    assert_not_taken(code)


@pytest.mark.parametrize(("wrong_tries", "is_taken"), [(0, True), (4, True), (5, False), (6, False)])
def test_a_code_ends_at_the_fifth_wrong_try(database: Database, wrong_tries: int, is_taken: bool) -> None:
    code = code_for(open_studio())
    for _ in range(wrong_tries):
        assert_not_taken(near_miss(code))
    if is_taken:
        assert pair(Pair(code=code), SIX_PM).token
    else:
        assert_not_taken(code)


def test_wild_guesses_use_up_nobodys_code(database: Database) -> None:
    """Else five requests by a stranger would keep every studio's kiosks out."""
    code = code_for(open_studio())
    other_beginning = ALPHABET[(ALPHABET.index(code[0]) + 1) % len(ALPHABET)]
    for _ in range(20):
        assert_not_taken(other_beginning + code[1:])
        assert_not_taken(code[:7])
        assert_not_taken("")
    assert pair(Pair(code=code), SIX_PM).token


def test_a_code_may_be_typed_as_people_type(database: Database) -> None:
    code = code_for(open_studio())
    typed = f" {code[:4].lower()}-{code[4:]} ".replace("0", "o").replace("1", "l")
    assert pair(Pair(code=typed), SIX_PM).token


def test_only_who_plans_the_house_may_invite_revoke_and_retire(database: Database) -> None:
    studio, other = open_studio(), open_studio("Loom")
    kiosk = paired_kiosk(studio)
    front = Asker(organization_id=studio.organization, role=Role.FRONT_DESK, name="Front")
    stranger = the_house(other.organization)
    for by in (front, stranger):
        with pytest.raises(Forbidden):
            open_pairing(studio.organization, studio.venue, by, SIX_PM)
        for verb in (revoke_device, retire_device):
            with pytest.raises(Forbidden):
                verb(studio.organization, kiosk.device_id, by, SIX_PM)
    with pytest.raises(NotFound):
        open_pairing(other.organization, studio.venue, stranger, SIX_PM)
    with pytest.raises(NotFound):
        revoke_device(other.organization, kiosk.device_id, stranger, SIX_PM)
    assert kiosk_of_token(kiosk.token, SIX_PM)


def test_a_revoked_kiosk_asks_no_more_and_an_unknown_one_never_did(database: Database) -> None:
    studio = open_studio()
    kiosk, other = paired_kiosk(studio), paired_kiosk(studio, "Back door")
    revoke_device(studio.organization, kiosk.device_id, the_house(studio.organization), SIX_PM)
    with pytest.raises(Unauthenticated) as no:
        kiosk_of_token(kiosk.token, SIX_PM)
    assert no.value.code == "device.revoked"
    with pytest.raises(Unauthenticated) as no:
        kiosk_of_token(kiosk.token + "x", SIX_PM)
    assert no.value.code == "device.unknown"
    assert kiosk_of_token(other.token, SIX_PM).id == other.device_id


def test_what_a_revoked_kiosk_still_holds_is_kept_and_changes_nothing(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, session = studio.card(alice), studio.session()
    paired = paired_kiosk(studio)
    revoke_device(studio.organization, paired.device_id, the_house(studio.organization), SIX_PM)
    teller = teller_of_token(paired.token, SIX_PM)
    assert teller.is_revoked
    kiosk = StoryKiosk(known=teller.kiosk)
    shown = [replace(kiosk.show(card, after(minute)), member_id=alice, session_id=session) for minute in (1, 2)]
    for _ in range(2):  # it may not hear our answer, and tell again
        told, have_upto = keep_last_words(teller.kiosk, Tell(hello=kiosk_hello(kiosk), attempts=tuple(shown)), after(9))
        assert [one.effect for one in told] == [Effect.QUARANTINED] * 2
        assert have_upto == 2
    with reading():
        assert QuarantineRow.select().count() == 2
        assert AttemptRow.select().count() == 0
        assert {row.attempt_id for row in QuarantineRow.select()} == {one.attempt_id for one in shown}


def kiosk_hello(kiosk: StoryKiosk) -> Hello:
    return Hello(boot=kiosk.boot, t_mono=0, t_wall=0, epoch=kiosk.epoch, max_seq=kiosk.seq)


def test_the_others_learn_that_a_kiosk_came_and_went(database: Database) -> None:
    """How many kiosks a venue has decides whether walk-ins are counted while the server is away."""
    studio = open_studio()
    house = the_house(studio.organization)
    versions = []
    for act in (
        lambda: None,
        lambda: paired_kiosk(studio),
        lambda: retire_device(studio.organization, only_device(studio).id, house, SIX_PM),
        lambda: revoke_device(studio.organization, only_device(studio).id, house, SIX_PM),
    ):
        act()
        with reading():
            versions.append(version_of(studio.organization))
    assert versions == sorted(set(versions))


def only_device(studio: Studio) -> Device:
    [device] = devices_of(studio.organization, the_house(studio.organization))
    return device


def test_staff_see_what_a_kiosk_holds_and_how_it_is(database: Database) -> None:
    studio, other = open_studio(), open_studio("Loom")
    paired_kiosk(other)
    paired = paired_kiosk(studio)
    fresh = only_device(studio)
    assert (fresh.waiting, fresh.last_heard_at, fresh.is_revoked, fresh.is_retired) == (0, None, False, False)
    kiosk = StoryKiosk(known=kiosk_of_token(paired.token, SIX_PM))
    first = kiosk.show(studio.card(studio.member()), after(1))
    kiosk.tell(after(5), first, max_seq=4, health={"camera": "dark"}, t_wall=int(after(6).timestamp() * 1000))
    heard = only_device(studio)
    assert (heard.waiting, heard.last_heard_at) == (3, after(5))
    assert (heard.health["camera"], heard.health["clock_offset_ms"]) == ("dark", "60000")
    retire_device(studio.organization, heard.id, the_house(studio.organization), after(6))
    assert only_device(studio).is_retired
    assert kiosk_of_token(paired.token, SIX_PM), "what it tells after all still counts"


def test_kiosks_of_one_venue_have_names_of_their_own(database: Database) -> None:
    """Else nobody knows which one is silent. One that is out of use gives its name free."""
    studio, other = open_studio(), open_studio("Loom")
    first = paired_kiosk(studio, "Kiosk")
    second = paired_kiosk(studio, "Kiosk")
    retire_device(studio.organization, first.device_id, the_house(studio.organization), SIX_PM)
    third, elsewhere = paired_kiosk(studio, "Kiosk"), paired_kiosk(other, "Kiosk")
    with reading():
        named = [DeviceRow.get_by_id(one.device_id).name for one in (first, second, third, elsewhere)]
    assert named == ["Kiosk", "Kiosk 2", "Kiosk", "Kiosk"]


def test_a_demos_kiosk_pairs_without_a_code(database: Database) -> None:
    studio = open_studio()
    paired = pair_openly(OpenPairing(venue_id=studio.venue), Pair(code="", name=""), SIX_PM)
    assert only_device(studio).name == "Kiosk"
    assert kiosk_of_token(paired.token, SIX_PM).venue_id == studio.venue
    with pytest.raises(NotFound):
        pair_openly(OpenPairing(venue_id="nowhere"), Pair(code=""), SIX_PM)
