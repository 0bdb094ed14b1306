"""A kiosk as the server sees it: makes attempts, asks and tells, with its own seq, boot and clock."""

from dataclasses import dataclass, replace
from datetime import datetime

from core import cards, clocktime
from core.cards import CardCode
from core.protocol import (
    Answer,
    Ask,
    Attempt,
    AttemptKind,
    AttemptState,
    Basis,
    Hello,
    Outcome,
    Tell,
    Told,
)
from core.refusals import RefusalReason
from server.services.door import checkin, telling
from server.services.door.kiosks import KnownKiosk
from server.services.door.vault import CodeVault
from server.store.database import reading
from server.store.ids import new_id
from server.store.tables import VisitRow
from tests.server.studio import SIX_PM, VAULT, Studio

BOOTED_AT = SIX_PM.replace(hour=6)


@dataclass(kw_only=True)
class StoryKiosk:
    """Its clocks are right. `boot` changes when it restarts."""

    known: KnownKiosk
    epoch: str = "epoch-1"
    boot: str = "boot-1"
    seq: int = 0

    def show(self, card: CardCode, at: datetime, **changes: object) -> Attempt:
        """The attempt as it is first written down."""
        self.seq += 1
        attempt_id = new_id(at)
        drafted = Attempt(
            attempt_id=attempt_id,
            device_id=self.known.id,
            epoch=self.epoch,
            seq=self.seq,
            card=card.fingerprint,
            proof=cards.proof(card.proof_key(), attempt_id),
            t_mono=clocktime.to_ms(at) - clocktime.to_ms(BOOTED_AT),
            boot=self.boot,
            t_wall=clocktime.to_ms(at),
            basis=Basis(replica_version=10_000),
        )
        return replace(drafted, **changes)  # type: ignore[arg-type]

    def ask(self, attempt: Attempt, at: datetime, *unsent: Attempt) -> Answer:
        return checkin.ask(self.known, Ask(attempt=attempt, unsent=unsent), at, VAULT)

    def tell(
        self, at: datetime, *attempts: Attempt, vault: CodeVault = VAULT, **hello: object
    ) -> tuple[tuple[Told, ...], int]:
        said = Hello(
            boot=self.boot,
            t_mono=clocktime.to_ms(at) - clocktime.to_ms(BOOTED_AT),
            t_wall=clocktime.to_ms(at),
            epoch=self.epoch,
            max_seq=self.seq,
        )
        said = replace(said, **hello)  # type: ignore[arg-type]
        return telling.tell(self.known, Tell(hello=said, attempts=attempts), at, vault)


def kiosk_of(studio: Studio, name: str = "Front door") -> StoryKiosk:
    id_ = studio.kiosk(name)
    return StoryKiosk(known=KnownKiosk(id=id_, organization_id=studio.organization, venue_id=studio.venue))


def welcomed(
    attempt: Attempt, member: str, session: str, *, reservation: str | None = None, pass_: str | None = None
) -> Attempt:
    """As a kiosk alone writes it when it lets somebody in."""
    key = f"R:{reservation}" if reservation else f"W:{member}:{session}"
    return replace(
        attempt,
        state=AttemptState.LOCAL,
        outcome=Outcome.WELCOME,
        member_id=member,
        session_id=session,
        reservation_id=reservation,
        pass_id=pass_,
        visit_key=key,
        is_walk_in=reservation is None,
    )


def refused(attempt: Attempt, reason: RefusalReason) -> Attempt:
    return replace(attempt, state=AttemptState.LOCAL, outcome=Outcome.REFUSED, reason=reason)


def undoing(kiosk: StoryKiosk, card: CardCode, attempt: Attempt, at: datetime) -> Attempt:
    """The member says: not me."""
    return kiosk.show(
        card,
        at,
        kind=AttemptKind.UNDO,
        undoes=attempt.attempt_id,
        state=AttemptState.LOCAL,
        outcome=Outcome.ABORTED,
        reason=RefusalReason.UNDONE_BY_MEMBER,
    )


def live_visits() -> list[VisitRow]:
    with reading():
        return list(VisitRow.select().where(VisitRow.is_live).order_by(VisitRow.first_at))
