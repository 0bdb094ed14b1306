"""What a kiosk may say to the server and hears back, whoever carries the words: HTTP, or a test in one process."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from core import wire
from core.decisions import Refused
from core.errors import Invalid, Unauthenticated
from core.finding import Find, FindAnswer
from core.protocol import Answer, Ask, Heard, ReplicaPart, Tell, Told
from core.refusals import as_known
from core.staff_talk import NamedPeople, StaffLooks, StaffSignedIn, StaffSignIn
from server.services.desk.named import people_named
from server.services.door.checkin import ask
from server.services.door.finding import find
from server.services.door.hearing import held_beyond
from server.services.door.telling import tell
from server.services.door.vault import CodeVault
from server.services.fleet.devices import Teller, kiosk_of_token, teller_of_token
from server.services.fleet.last_words import keep_last_words
from server.services.fleet.replica import is_news, replica_since
from server.services.night.amnesty import hear_outages
from server.services.people.staff_at_kiosks import sign_in_at_kiosk

MOST_ATTEMPTS = 100
"""In one tell."""


def answer(token: str, body: bytes, at: datetime, vault: CodeVault) -> Answer:
    """The decision about the attempt of an `Ask` in JSON. Raises what `checkin.ask` does, and `Unauthenticated`."""
    kiosk = kiosk_of_token(token, at)
    asked = wire.from_json(Ask, body)
    return _readable(ask(kiosk, asked, at, vault), asked.reasons)


def hear(token: str, body: bytes, at: datetime, vault: CodeVault, *, now: Callable[[], datetime]) -> Heard:
    """What became of each attempt of a `Tell` in JSON, and what is new.

    `now` is read once more for the reply, since a batch takes long.
    Raises `Invalid` for more than a batch, `Unauthenticated`.
    """
    teller = teller_of_token(token, at)
    told = wire.from_json(Tell, body)
    if len(told.attempts) > MOST_ATTEMPTS:
        raise Invalid("field.out_of_range", field="attempts", given=len(told.attempts), least=0, most=MOST_ATTEMPTS)
    if teller.is_revoked:
        return _hear_last(teller, told, at, now)
    # Before the kiosk's promise that it has told everything can be seen: the night judges by that.
    held = hear_outages(teller.kiosk, told.hello, at)
    became, have_upto = tell(teller.kiosk, told, at, vault)
    known, mark = told.hello.replica_version, told.hello.replica_mark
    part = replica_since(teller.kiosk, known, at, mark=mark) if is_news(teller.kiosk, known, mark) else None
    beyond = held_beyond(teller.kiosk, told.hello.epoch, have_upto)
    return Heard(
        told=_all_readable(became, told.hello.reasons),
        have_upto=have_upto,
        held_beyond=beyond,
        server_at=now(),
        replica=part,
        outages_held=held,
    )


def give_replica(token: str, since: int, mark: str, at: datetime) -> ReplicaPart:
    """What changed after that version. Raises `Unauthenticated`."""
    return replica_since(kiosk_of_token(token, at), since, at, mark=mark)


def believe_staff(token: str, given: StaffSignIn, at: datetime, vault: CodeVault) -> StaffSignedIn:
    """Whether somebody at that kiosk is of the staff. Raises `Unauthenticated` for a kiosk that is none."""
    return sign_in_at_kiosk(kiosk_of_token(token, at), given, at, vault)


def find_somebody(token: str, typed: Find, at: datetime, vault: CodeVault) -> FindAnswer:
    """A ticket for a member without a card at that kiosk, or why there is none. Raises `Unauthenticated`, `Invalid`."""
    return find(kiosk_of_token(token, at), typed, at, vault)


def name_people(token: str, looks: StaffLooks, at: datetime, vault: CodeVault) -> NamedPeople:
    """Names, for staff who were believed at that kiosk. Raises `Unauthenticated`, `Forbidden`."""
    return people_named(kiosk_of_token(token, at), looks, at, vault)


def _readable(said: Answer, known: int) -> Answer:
    """In words that the kiosk knows: one that cannot read an answer would take the server for gone."""
    if not isinstance(said.decision, Refused):
        return said
    return replace(said, decision=replace(said.decision, reason=as_known(said.decision.reason, known)))


def _all_readable(became: tuple[Told, ...], known: int) -> tuple[Told, ...]:
    """Nor would it ever hear that what it told is held."""
    return tuple(replace(one, reason=as_known(one.reason, known)) if one.reason else one for one in became)


def _hear_last(teller: Teller, told: Tell, at: datetime, now: Callable[[], datetime]) -> Heard:
    """A revoked kiosk hands in what it holds, learns nothing, and hears that it is revoked once it has no more."""
    if not told.attempts:
        raise Unauthenticated("device.revoked")
    became, have_upto = keep_last_words(teller.kiosk, told, at)
    beyond = held_beyond(teller.kiosk, told.hello.epoch, have_upto)
    became = _all_readable(became, told.hello.reasons)
    return Heard(told=became, have_upto=have_upto, held_beyond=beyond, server_at=now())
