"""What kiosk and server say to each other, as dataclasses; `core.wire` makes JSON of them and back.

Only shapes live here. Unknown fields are ignored when read, so that either side can be newer than the other.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.acts import Act
from core.decisions import Decision
from core.facts import Facts
from core.model import Session
from core.phone_codes import PhonePeriod
from core.policy import Policy
from core.refusals import RefusalReason


class AttemptKind(StrEnum):
    SELF = "self"
    STAFF = "staff"
    UNDO = "undo"
    NOTE = "note"


class AttemptState(StrEnum):
    """Who decided. INTENT: nobody yet. UNKNOWN: the kiosk fell over between writing and showing."""

    INTENT = "INTENT"
    SERVER = "SERVER"
    LOCAL = "LOCAL"
    UNKNOWN = "UNKNOWN"


class Outcome(StrEnum):
    """What the person was shown. DONE: what staff did, other than letting somebody in."""

    WELCOME = "WELCOME"
    REFUSED = "REFUSED"
    ABORTED = "ABORTED"
    DONE = "DONE"


class ClockQuality(StrEnum):
    SYNCED = "synced"
    HOLDOVER = "holdover"
    UNSURE = "unsure"


class Effect(StrEnum):
    """What a told attempt did to the server's rows."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    DISPUTED = "disputed"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who acted: the member (staff_id None), or staff, how they proved it, and why. A member without a card has a
    `grant` too: the ticket of whoever was found by number.

    `card` is the staff card's fingerprint, or `grant` what the server gave for a PIN alone; `proof` is an HMAC of the
    attempt's id that only the card's code, or that grant's secret, yields: a stolen kiosk can make none.
    """

    staff_id: str | None = None
    proved_by: str = ""
    because: str = ""
    card: str = ""
    grant: str = ""
    proof: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Basis:
    """What the kiosk knew when it decided."""

    replica_version: int = 0
    policy_version: int = 0
    last_contact_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """One card shown, or one staff action, at one kiosk. `attempt_id` is a UUIDv7; times `t_*` are milliseconds.

    `t_mono` counts from the kiosk's start `boot`; `t_wall` is its clock's UTC, worth what `clock` and `err_ms` say.
    The subject (`member_id` … `pass_id`, `visit_key`) is what the kiosk believes, and only advice to the server.
    `phone_step`: where a phone's code was shown, which step of it, as far as the kiosk can tell.
    `led_member_id`: the card leads somebody, and the attempt is about them and not about its holder.
    `act` is what staff did, in an attempt of kind STAFF.
    `undoes` is the attempt that an undo takes back. `chain` is hex SHA-256 over this record and the one before.
    """

    attempt_id: str
    device_id: str
    epoch: str
    seq: int
    kind: AttemptKind = AttemptKind.SELF
    card: str = ""
    proof: str = ""
    phone_step: int | None = None
    chosen_session_id: str | None = None
    led_member_id: str | None = None
    member_id: str | None = None
    session_id: str | None = None
    reservation_id: str | None = None
    pass_id: str | None = None
    visit_key: str | None = None
    undoes: str | None = None
    act: Act | None = None
    actor: Actor = field(default_factory=Actor)
    t_mono: int
    boot: str
    t_wall: int
    clock: ClockQuality = ClockQuality.SYNCED
    err_ms: int = 0
    basis: Basis = field(default_factory=Basis)
    state: AttemptState = AttemptState.INTENT
    outcome: Outcome | None = None
    reason: RefusalReason | None = None
    is_walk_in: bool = False
    chain: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """One attempt without outcome, and this card's attempts that were not told yet, oldest first.

    `reasons`: up to which the kiosk knows the reasons of a refusal, see `core.refusals.SINCE`.
    """

    attempt: Attempt
    unsent: tuple[Attempt, ...] = ()
    reasons: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """What the screen may show of the person whose card was shown: never a last name."""

    first_name: str
    language: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The server's decision about an asked attempt. `person` is None where no card of ours was shown."""

    attempt_id: str
    decision: Decision
    person: Person | None = None
    server_at: datetime
    replica_version: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamp:
    """A moment as a kiosk knew it: milliseconds of both clocks. `t_wall` is the best UTC there was then."""

    boot: str
    t_mono: int
    t_wall: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Outage:
    """A span in which a kiosk could not serve. `id` is the kiosk's own, 40 characters at most.

    `why` is a `core.outages.OutageWhy`, or the word of a kiosk that is newer than the server. `ended` None: it lasts.
    """

    id: str
    why: str
    began: Stamp
    ended: Stamp | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Hello:
    """How a kiosk introduces a batch. `nothing_unsent_before`: it holds nothing untold from before that instant.

    `outages`: those that last, and those over of which the server has not said yet that it holds them.
    `reasons`: as in `Ask`.
    """

    boot: str
    t_mono: int
    t_wall: int
    epoch: str
    max_seq: int
    nothing_unsent_before: datetime | None = None
    replica_version: int = 0
    replica_mark: str = ""
    policy_version: int = 0
    health: dict[str, str] = field(default_factory=dict)
    outages: tuple[Outage, ...] = ()
    reasons: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Tell:
    """At most 100 attempts in the order of their seq. An empty one is a heartbeat."""

    hello: Hello
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What became of one told attempt: stored for certain, and its effect."""

    attempt_id: str
    effect: Effect
    reason: RefusalReason | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SealedCard:
    """A card as a replica holds it: its fingerprint, whose it is, and name sealed to the code (base64).

    `expires_at`: a temporary card's, or a phone's. `phone`: by which a phone's codes are known, a week each.
    """

    card: str
    member_id: str
    state: str
    sealed: str = ""
    expires_at: datetime | None = None
    phone: tuple[PhonePeriod, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberRecord:
    """One member in a replica: the facts without venue sessions, and their cards. Gone: `facts` is None.

    `number` is the one printed on the card, by which staff find somebody where nobody can be asked.
    """

    member_id: str
    version: int
    number: str = ""
    facts: Facts | None = None
    cards: tuple[SealedCard, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffVerifier:
    """A staff card as kiosks hold it: its fingerprint, whose it is, and the name sealed to its code.

    `verifier` is Argon2id of the PIN keyed by the card's code: without the card nobody can try a PIN against it.
    `may_serve`: more than letting people in (see `core.acts.needs_serve`). The server looks again when it hears of it.
    """

    card: str
    staff_id: str
    verifier: str
    sealed: str = ""
    may_serve: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplicaPart:
    """Part of a venue's replica: what changed after the version asked for, in the order of versions.

    `sessions` is the whole list around now where it is given. `is_complete`: nothing newer was left out.
    `denied` are fingerprints of cards that open nothing (suspended, revoked), always whole and first.
    `staff` are the staff cards that prove somebody together with a PIN, always whole.
    `mark` tells the version from another of the same number that was given before a backup was restored;
    `is_anew`: the version asked for was such a one, so all is given again, and what is not in it is gone.
    """

    version: int
    mark: str = ""
    is_complete: bool
    is_anew: bool = False
    denied: tuple[str, ...] = ()
    staff: tuple[StaffVerifier, ...] = ()
    members: tuple[MemberRecord, ...] = ()
    sessions: tuple[Session, ...] | None = None
    policy: Policy | None = None
    venue_id: str = ""
    venue_name: str = ""
    organization_name: str = ""
    zone: str = "UTC"
    colour: str = ""
    kiosks_at_venue: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """The server's reply to a tell. `have_upto`: the highest seq up to which it holds every attempt of this epoch.

    `held_beyond`: how many it holds after that, behind one that is missing; None from a server that does not count.
    `outages_held`: ids of the outages told that are stored as they were told.
    """

    told: tuple[Told, ...]
    have_upto: int
    server_at: datetime
    replica: ReplicaPart | None = None
    commands: tuple[str, ...] = ()
    outages_held: tuple[str, ...] = ()
    held_beyond: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A pairing code as typed or read; `name` is what staff call the kiosk."""

    code: str
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Unpair:
    """A kiosk that still waits for staff's yes gives its promised token back: they said no at its screen."""

    token: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Unpaired:
    """`was_waiting`: by this it waits no more. Else it was settled before, or its time was over."""

    was_waiting: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Paired:
    """A kiosk's identity. The token is shown once; the server keeps its hash.

    `is_confirmed` False: staff must first compare the sign on both screens (`core.pairing.sign_of`); until they did,
    the server answers this token with `device.not_confirmed`.
    """

    device_id: str
    token: str
    venue_id: str
    organization_name: str
    venue_name: str
    is_confirmed: bool = True
