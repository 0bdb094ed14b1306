"""Mira of the staff at Ana's kiosk, for stories: her card, her PIN, and a server that names people when it is there."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from core.facts import Facts
from core.model import Session
from core.pins import PinRefusal
from core.protocol import MemberRecord, ReplicaPart, SealedCard, StaffVerifier
from core.staff_talk import NamedPeople, NamedPerson, StaffGrant, StaffLooks, StaffSignedIn, StaffSignIn
from kiosk.server_client import ServerUnreachable
from kiosk.staff_desk import StaffDesk
from kiosk.staff_values import StaffSession
from tests.kiosk.at_the_desk import ANA, ANAS_CARD, SIX_PM, WHEEL, Clocks, Kiosk, a_kiosk, member_list
from tests.kiosk.test_staff_proved import MIRAS, PIN, verifier
from tests.kiosk.test_stolen_kiosk import seal

NUMBER = "0042"
SECRET = "ab" * 32


@dataclass
class FakeStaffServer:
    """Believes a PIN, names Ana, and is sometimes away."""

    clocks: Clocks
    is_up: bool = False
    believes: bool = True
    looked: list[StaffLooks] = field(default_factory=list)

    def staff_sign_in(self, sign_in: StaffSignIn) -> StaffSignedIn:
        self._be_there()
        if sign_in.pin not in ("", PIN):
            return StaffSignedIn(refused=PinRefusal.PIN_WRONG)
        ends_at = self.clocks.at.replace(hour=23)
        grant = StaffGrant(
            staff_id="mira", first_name="Mira", may_serve=True, grant="mira.door-1.1", secret=SECRET, ends_at=ends_at
        )
        return StaffSignedIn(grant=grant)

    def staff_names(self, looks: StaffLooks) -> NamedPeople:
        self._be_there()
        self.looked.append(looks)
        if not self.believes:
            raise ServerUnreachable("no", 403)
        return NamedPeople(people=(NamedPerson(member_id="ana", number=NUMBER, name="Ana K."),))

    def _be_there(self) -> None:
        if not self.is_up:
            raise ServerUnreachable("Nobody is there.")


@dataclass
class StaffedKiosk:
    kiosk: Kiosk
    server: FakeStaffServer
    staff: StaffDesk

    def sign_in(self) -> StaffSession:
        session = self.staff.sign_in(MIRAS.text, PIN)
        assert isinstance(session, StaffSession), session
        return session

    def standing_again(self, kiosk: Kiosk) -> "StaffedKiosk":
        """What a new process makes of the same folder."""
        return StaffedKiosk(kiosk, self.server, staff_desk_of(kiosk, self.server))

    def anas_card_is(self) -> object:
        """What the door says to Ana now."""
        return self.kiosk.desk.show_card(ANAS_CARD.text).decision


def listed(
    facts: Facts = ANA, *, staff: tuple[StaffVerifier, ...] | None = None, version: int = 1,
    sessions: tuple[Session, ...] = (WHEEL,),
) -> ReplicaPart:  # fmt: skip
    """Ana with her number and her name sealed to her card, and Mira."""
    card = SealedCard(card=ANAS_CARD.fingerprint, member_id="ana", state="ACTIVE", sealed=seal(ANAS_CARD, "Ana"))
    ana = MemberRecord(member_id="ana", version=version, number=NUMBER, facts=facts, cards=(card,))
    part = member_list(facts, version=version, sessions=sessions)
    return replace(part, members=(ana,), staff=(verifier(),) if staff is None else staff)


def a_staffed_kiosk(
    folder: Path, *, facts: Facts = ANA, sessions: tuple[Session, ...] = (WHEEL,),
    staff: tuple[StaffVerifier, ...] | None = None, is_online: bool = False,
) -> StaffedKiosk:  # fmt: skip
    """Alone, unless told otherwise."""
    kiosk = a_kiosk(folder, facts=facts, sessions=sessions, is_online=is_online)
    kiosk.store.replica.apply(listed(facts, staff=staff, sessions=sessions), SIX_PM)
    server = FakeStaffServer(kiosk.clocks, is_up=is_online)
    return StaffedKiosk(kiosk, server, staff_desk_of(kiosk, server))


def staff_desk_of(kiosk: Kiosk, server: FakeStaffServer) -> StaffDesk:
    return StaffDesk(kiosk.desk, server, mono=lambda: kiosk.clocks.mono, random_bits=Random(3).getrandbits)
