"""A studio's evening for staff at the kiosk: Ana with a place, Ben without punches, Mira of the staff, and a server
that gives names."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random

from core import cards
from core.facts import Facts
from core.model import Suspension
from core.pins import PinRefusal
from core.protocol import MemberRecord, ReplicaPart, SealedCard
from core.staff_talk import NamedPeople, NamedPerson, StaffGrant, StaffLooks, StaffSignedIn, StaffSignIn
from kiosk.conversation import Opener
from kiosk.greeter import Greeter
from kiosk.server_client import ServerUnreachable
from kiosk.staff_set_up import Prints, staff_at
from tests.kiosk.at_the_desk import ANA_RESERVED, ANAS_CARD, SIX_PM, WHEEL, Clocks, Kiosk, a_kiosk, member_list
from tests.kiosk.test_staff_proved import PIN, verifier

BENS_CARD = cards.new_code(Random("Ben").getrandbits)
BEN = replace(
    ANA_RESERVED,
    member_id="ben",
    passes=(replace(ANA_RESERVED.passes[0], id="bens", punches_left=0, punches_held=0),),
    reservations=(replace(ANA_RESERVED.reservations[0], id="bens-place", pass_id="bens", has_hold=False),),
)
DAN = replace(
    ANA_RESERVED,
    member_id="dan",
    passes=(replace(ANA_RESERVED.passes[0], id="dans"),),
    reservations=(replace(ANA_RESERVED.reservations[0], id="dans-place", pass_id="dans"),),
    suspensions=(Suspension(id="s1", starts_at=SIX_PM - timedelta(days=1), ends_at=SIX_PM + timedelta(days=5)),),
)
LATER = replace(WHEEL, id="glazing", title="Glazing", starts_at=SIX_PM + timedelta(hours=1))
PEOPLE = {"ana": ("1042", "Ana K."), "ben": ("1043", "Ben T."), "dan": ("1044", "Dan R.")}


def record(facts: Facts, card: str) -> MemberRecord:
    member_id = facts.member_id or ""
    sealed = SealedCard(card=card, member_id=member_id, state="ACTIVE", sealed="")
    return MemberRecord(
        member_id=member_id, version=1, facts=facts, cards=(sealed,), number=PEOPLE[member_id][0]
    )  # fmt: skip


def the_evening(*, may_serve: bool = True) -> ReplicaPart:
    dans = cards.new_code(Random("Dan").getrandbits)
    return replace(
        member_list(sessions=(WHEEL, LATER)),
        members=(
            record(ANA_RESERVED, ANAS_CARD.fingerprint),
            record(BEN, BENS_CARD.fingerprint),
            record(DAN, dans.fingerprint),
        ),
        staff=(replace(verifier(), may_serve=may_serve),),
    )


@dataclass
class NamingServer:
    """Knows Mira's PIN and everybody's short name, and is sometimes away."""

    is_up: bool = True
    tries: list[StaffSignIn] = field(default_factory=list)

    def staff_sign_in(self, sign_in: StaffSignIn) -> StaffSignedIn:
        self.tries.append(sign_in)
        if not self.is_up:
            raise ServerUnreachable("Nobody is there.")
        if sign_in.pin and sign_in.pin != PIN:
            return StaffSignedIn(refused=PinRefusal.PIN_WRONG)
        ends_at = SIX_PM + timedelta(hours=2)
        return StaffSignedIn(
            grant=StaffGrant(
                staff_id="mira", first_name="Mira", may_serve=True, grant="g", secret="ab" * 32, ends_at=ends_at
            )
        )

    def staff_names(self, looks: StaffLooks) -> NamedPeople:
        if not self.is_up:
            raise ServerUnreachable("Nobody is there.")
        wanted = looks.text.casefold()
        return NamedPeople(
            people=tuple(
                NamedPerson(member_id=member_id, number=number, name=name)
                for member_id, (number, name) in PEOPLE.items()
                if wanted in name.casefold() or wanted == number
            )
        )


def a_staffed_kiosk(folder: Path, *, may_serve: bool = True, clocks: Clocks | None = None) -> Kiosk:
    kiosk = a_kiosk(folder, is_online=False, sessions=(WHEEL, LATER), clocks=clocks)
    kiosk.store.replica.apply(the_evening(may_serve=may_serve), SIX_PM)
    return kiosk


def staffed_greeter(
    kiosk: Kiosk, server: NamingServer, *, self_test: Opener | None = None, prints: Prints | None = None
) -> Greeter:
    """Its conversations are those of staff."""
    opener = staff_at(
        kiosk.desk,
        server,
        mono=lambda: kiosk.clocks.mono,
        random_bits=Random("cards").getrandbits,
        self_test=self_test,
        prints=prints,
    )
    return greeter_of(kiosk, opener)


def greeter_of(kiosk: Kiosk, *openers: Opener) -> Greeter:
    """A kiosk's greeter with these conversations only."""
    greeter = Greeter(
        kiosk.desk,
        now=kiosk.clocks.now,
        serve=lambda work: work(),
        pair=lambda code: None,
        languages=("en", "de"),
        openers=openers,
    )
    greeter.tick()
    return greeter
