"""Staff at a kiosk as the server hears of them: Mira runs the studio, Finn serves, Ines teaches; each with a card."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from core import acts, cards
from core.acts import Act
from core.protocol import Actor, Attempt, AttemptKind, AttemptState, Effect, Outcome
from core.staff_cards import StaffCardCode
from server.services.desk.audit import AuditLine, Wanted, audit
from server.services.people.accounts import NewAccount, open_account
from server.services.people.rights import Role, the_house
from server.services.people.staff_pins import give_staff_card
from server.services.programs import paging
from server.store.database import reading
from server.store.tables import QuarantineRow
from tests.server.door_stories import StoryKiosk, kiosk_of
from tests.server.studio import SIX_PM, VAULT, Studio, before, open_studio

ALL = paging.Wanted(limit=paging.MOST)
A_WEEK_AGO = before(7 * 24 * 60)


@dataclass
class StaffedStudio:
    """`told` is one act told by one kiosk, as the kiosk writes it down."""

    studio: Studio = field(default_factory=open_studio)

    def __post_init__(self) -> None:
        self.house = the_house(self.studio.organization)
        self.door = kiosk_of(self.studio)
        self.finn, self.finns = self.hired("Finn Fox", Role.FRONT_DESK)

    def hired(self, name: str, role: Role) -> tuple[str, StaffCardCode]:
        new = NewAccount(
            email=f"{name.split()[0].lower()}@kiln.example.org", name=name, password="long enough", role=role
        )  # fmt: skip
        staff = open_account(self.studio.organization, new, self.house, A_WEEK_AGO)
        return staff, give_staff_card(self.studio.organization, staff, self.house, A_WEEK_AGO, VAULT)

    def did(
        self, act: Act, at: datetime, *, kiosk: StoryKiosk | None = None, by: tuple[str, StaffCardCode] | None = None,
        outcome: Outcome = Outcome.DONE, **subject: object,
    ) -> Attempt:  # fmt: skip
        """The attempt, with its proof, as it is told."""
        staff_id, code = by or (self.finn, self.finns)
        kiosk = kiosk or self.door
        drafted = replace(kiosk.show(NO_CARD, at, kind=AttemptKind.STAFF, act=act, **subject), card="", proof="")
        actor = Actor(
            staff_id=staff_id, proved_by="card and PIN", because=act.because, card=code.fingerprint,
            proof=cards.proof(code.proof_key(), drafted.attempt_id),
        )  # fmt: skip
        member_id = acts.member_of(act)
        return replace(drafted, actor=actor, member_id=member_id, state=AttemptState.LOCAL, outcome=outcome)

    def told(self, at: datetime, *attempts: Attempt, kiosk: StoryKiosk | None = None) -> list[Effect]:
        return [one.effect for one in (kiosk or self.door).tell(at, *attempts)[0]]

    def trail(self, **wanted: object) -> list[AuditLine]:
        """Oldest first."""
        return list(reversed(audit(self.studio.organization, self.house, Wanted(**wanted), ALL).found))  # type: ignore[arg-type]


NO_CARD = cards.new_code(lambda bits: 1)


def held_back() -> list[str]:
    with reading():
        return [row.why for row in QuarantineRow.select().order_by(QuarantineRow.received_at)]


__all__ = ["SIX_PM", "StaffedStudio", "held_back"]
