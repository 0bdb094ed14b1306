"""Who of the staff is signed in at the kiosk, for how long, and the proof that goes with each thing they do.

Secrets live in memory only, until they sign out: no PIN, no card code and no grant ever reaches the disk.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from core import cards, staff_cards
from core.cards import NotACard
from core.pins import PinRefusal, PinRefused, StaffProof, is_pin
from core.protocol import Actor
from core.staff_talk import StaffGrant, StaffSignedIn, StaffSignIn
from kiosk.desk import Desk
from kiosk.server_client import DeviceRejected, ServerUnreachable
from kiosk.staff_server import StaffServer
from kiosk.staff_values import NoNetwork, StaffSession

IDLE = 60.0
"""Seconds after the last touch."""
PROVED_ONLINE = "PIN, with the server"


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class SignedIn:
    """`card` and `proof_key` are of a staff card that was shown, `grant` of a server that believed them."""

    session: StaffSession
    card: str = ""
    proof_key: bytes = b""
    keyed: str = ""
    grant: StaffGrant | None = None

    def actor(self, attempt_id: str, because: str) -> Actor:
        """Who did it, with a proof that holds for this attempt alone."""
        by_grant = "" if self.card or self.grant is None else self.grant.grant
        key = self.proof_key if self.card else bytes.fromhex(self.grant.secret) if self.grant else b""
        return Actor(
            staff_id=self.session.staff_id,
            proved_by=self.session.proved_by,
            because=because,
            card=self.card,
            grant=by_grant,
            proof=cards.proof(key, attempt_id),
        )


class Signing:
    """One a kiosk. `mono` gives monotonic seconds."""

    def __init__(self, desk: Desk, server: StaffServer, mono: Callable[[], float]) -> None:
        self._desk = desk
        self._server = server
        self._mono = mono
        self._now: SignedIn | None = None
        self._touched = 0.0

    @property
    def signed_in(self) -> SignedIn | None:
        """None too once a minute has passed, whether or not anybody looked."""
        now = self._now
        if now is not None and self.seconds_left(self._mono()) <= 0:
            self.sign_out()
            return None
        return now

    def with_card(self, card_text: str | bytes, pin: str) -> StaffSession | PinRefused:
        """Proved here; the server, if it is there, then believes it too, so that names can be asked for."""
        self.sign_out()
        proof = self._desk.prove_staff(card_text, pin)
        if isinstance(proof, PinRefused):
            return proof
        code = staff_cards.read(card_text)
        if isinstance(code, NotACard):
            return PinRefused(reason=PinRefusal.NOT_A_STAFF_CARD)
        keyed = code.keyed(pin)
        made = SignedIn(
            session=self._session(proof, self._desk.store.pins.may_serve(proof.staff_id)),
            card=code.fingerprint,
            proof_key=code.proof_key(),
            keyed=keyed,
        )
        return self._begin(self._with_grant(made))

    def with_pin(self, pin: str) -> StaffSession | PinRefused | NoNetwork:
        """Proved by the server alone, which counts the try before it looks at the PIN."""
        self.sign_out()
        if not is_pin(pin):
            return PinRefused(reason=PinRefusal.PIN_NOT_WHOLE)
        said = self._ask(StaffSignIn(pin=pin))
        if said is None:
            return NoNetwork()
        if said.grant is None:
            return PinRefused(reason=said.refused or PinRefusal.PIN_WRONG, until=said.until)
        grant = said.grant
        proof = StaffProof(staff_id=grant.staff_id, first_name=grant.first_name, proved_by=PROVED_ONLINE)
        made = SignedIn(session=replace(self._session(proof, grant.may_serve), sees_names=True), grant=grant)
        return self._begin(made)

    def sign_out(self) -> None:
        self._now = None

    def touch(self, mono: float) -> None:
        """Somebody is there. Whoever was signed out meanwhile stays so."""
        if self.signed_in is not None:
            self._touched = max(self._touched, mono)

    def seconds_left(self, mono: float) -> float:
        """Until they are signed out; 0 where nobody is signed in."""
        return max(0.0, self._touched + IDLE - mono) if self._now is not None else 0.0

    def stay(self, mono: float) -> None:
        """They were kept waiting, which is not their idleness."""
        self._touched = max(self._touched, mono)

    def is_over(self, mono: float) -> bool:
        """Somebody is signed in whose minute has passed."""
        return self._now is not None and self.seconds_left(mono) <= 0

    def grant(self, at: datetime) -> StaffGrant | None:
        """What names are asked for with. With a card it is had as soon as the server is there."""
        now = self.signed_in
        if now is None:
            return None
        if now.grant is not None and at >= now.grant.ends_at:
            now = replace(now, grant=None, session=replace(now.session, sees_names=False))
        self._now = now if now.grant is not None else self._with_grant(now)
        return self._now.grant

    def grant_is_over(self) -> None:
        """The server does not take it any more: they left, or it forgot."""
        if self._now is not None:
            self._now = replace(self._now, grant=None, session=replace(self._now.session, sees_names=False))

    def _begin(self, made: SignedIn) -> StaffSession:
        self._now, self._touched = made, self._mono()
        return made.session

    def _session(self, proof: StaffProof, may_serve: bool) -> StaffSession:
        return StaffSession(
            staff_id=proof.staff_id,
            first_name=proof.first_name,
            proved_by=proof.proved_by,
            may_serve=may_serve,
            sees_names=False,
            signed_in_at=self._desk.time().at,
        )

    def _with_grant(self, made: SignedIn) -> SignedIn:
        if not made.card:
            return made
        said = self._ask(StaffSignIn(card=made.card, keyed=made.keyed))
        if said is None or said.grant is None:
            return made
        session = replace(made.session, sees_names=True, may_serve=said.grant.may_serve)
        return replace(made, grant=said.grant, session=session)

    def _ask(self, sign_in: StaffSignIn) -> StaffSignedIn | None:
        """None: nobody answered, or not to this device."""
        if not self._desk.may_ask:
            return None
        try:
            return self._server.staff_sign_in(sign_in)
        except (ServerUnreachable, DeviceRejected):
            return None
