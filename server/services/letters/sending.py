"""Hands letters to the post, one by one: claimed for a while, tried again later and later, given up in the end.

Whoever dies between handing over and noting it leaves a letter that is sent once more, under the same Message-ID.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.events import PRIVATE, EventKind
from core.letters import LETTERS, OPTIONAL, Channel, HeldBecause, LetterState, next_try_at
from core.posting import Delivered, Delivery, Mail, MailPost, Never, TextMessage, TextPost, TryLater
from server.services.letters.values import House
from server.services.letters.wishes import STOP_PAGE, stop_token
from server.store.database import reading, writing
from server.store.ids import new_id
from server.store.tables import BouncingAddressRow, LetterRow, MemberRow, OrganizationRow

LEASE = timedelta(minutes=5)
"""Longer than any one try takes."""
MOST_AT_ONCE = 20
ENOUGH = timedelta(seconds=15)
"""After so long the rest waits for its next turn: other errands have theirs."""
REST = timedelta(minutes=1)
"""When the post itself does not work, nothing is given to it for so long."""
TOO_LATE = "TOO_LATE"
GIVEN_UP = "GIVEN_UP"
_PRIVATE = tuple(kind.value for kind in PRIVATE)


@dataclass(kw_only=True)
class LetterSender:
    """Made by whoever runs, with the ways that are set up. What has no way waits, and staff can see that it does.

    `now` reads the clock, so that a claim is as long as it says also after a slow post.
    """

    house: House
    now: Callable[[], datetime]
    mail: MailPost | None = None
    text: TextPost | None = None
    _rests_until: dict[Channel, datetime] = field(default_factory=dict)

    def send(self, at: datetime) -> str:
        """What is due, in words; nothing where nothing was."""
        _drop_what_is_old(at)
        sent = failed = 0
        for channel, way in ((Channel.MAIL, self.mail), (Channel.SMS, self.text)):
            if way is not None and at >= self._rests_until.get(channel, at):
                gone = self._send_by(channel, at)
                sent, failed = sent + gone.count(True), failed + gone.count(False)
        return f"{sent} letters sent, {failed} not" if sent or failed else ""

    def _send_by(self, channel: Channel, at: datetime) -> list[bool]:
        """Whether each that was due went."""
        began_at, gone = self.now(), list[bool]()
        while len(gone) < MOST_AT_ONCE and (gone_by := max(timedelta(0), self.now() - began_at)) < ENOUGH:
            row = _claim(channel, at + gone_by)
            if row is None:
                break
            found = self._hand_over(row)
            done_at = at + max(timedelta(0), self.now() - began_at)
            _note(row, found, done_at)
            gone.append(isinstance(found, Delivered))
            if isinstance(found, TryLater) and found.is_for_all:
                self._rests_until[channel] = done_at + REST
                break
        return gone

    def _hand_over(self, row: LetterRow) -> Delivery:
        if row.channel == Channel.SMS.value and self.text is not None:
            return self.text.send(TextMessage(to=row.address, text=row.text))
        assert self.mail is not None
        with reading():
            member = MemberRow.get_by_id(row.member_id)
            studio = OrganizationRow.get_by_id(row.organization_id)
        return self.mail.send(
            Mail(
                to=row.address,
                to_name=f"{member.first_name} {member.last_name}".strip(),
                from_name=studio.name,
                message_id=row.message_id or self._message_id(row),
                subject=row.subject,
                text=row.text,
                html=row.html,
                language=row.language,
                at=row.made_at,
                calendar=row.calendar,
                unsubscribe=self._stop_link(row),
            )
        )

    def _message_id(self, row: LetterRow) -> str:
        """Made at the first try of a round and kept, also if mails come from another address by the next."""
        assert self.mail is not None
        domain = self.mail.sender.rpartition("@")[2] or "localhost"
        row.message_id = f"<{row.id}.{row.round}@{domain}>"
        with writing():
            LetterRow.update(message_id=row.message_id).where(LetterRow.id == row.id).execute()
        return str(row.message_id)

    def _stop_link(self, row: LetterRow) -> str:
        kind = LETTERS[EventKind(row.kind)]
        if kind.group not in OPTIONAL:
            return ""
        return self.house.address(STOP_PAGE + stop_token(row.member_id, kind.group, kind.channel, self.house.vault))


def _drop_what_is_old(at: datetime) -> None:
    is_old = (LetterRow.state == LetterState.WAITING.value) & (LetterRow.good_until <= at)
    is_free = LetterRow.claimed_until.is_null() | (LetterRow.claimed_until <= at)
    with reading():
        if not LetterRow.select().where(is_old, is_free).exists():
            return
    with writing():
        LetterRow.update(text="", html="").where(is_old, is_free, LetterRow.kind.in_(_PRIVATE)).execute()
        dropped = {"state": LetterState.FAILED.value, "last_trouble": TOO_LATE, "next_try_at": None}
        LetterRow.update(dropped).where(is_old, is_free).execute()


def _claim(channel: Channel, at: datetime) -> LetterRow | None:
    """The next that is due and nobody else has, for as long as `LEASE`; its try is counted. None: there is none."""
    is_due = (
        (LetterRow.channel == channel.value)
        & (LetterRow.state == LetterState.WAITING.value)
        & (LetterRow.next_try_at <= at)
        & (LetterRow.good_until > at)
        & (LetterRow.claimed_until.is_null() | (LetterRow.claimed_until <= at))
    )
    while True:
        with reading():
            first = LetterRow.select(LetterRow.id).where(is_due).order_by(LetterRow.next_try_at, LetterRow.id).first()
        if first is None:
            return None
        with writing():
            claim = {LetterRow.claimed_until: at + LEASE, LetterRow.tries: LetterRow.tries + 1}
            if LetterRow.update(claim).where(is_due, LetterRow.id == first.id).execute():
                row: LetterRow = LetterRow.get_by_id(first.id)
                return row


def _note(row: LetterRow, found: Delivery, at: datetime) -> None:
    """Unless the lease ran out meanwhile and another took over: then that one's word counts."""
    changes: dict[str, object] = {"claimed_until": None, "next_try_at": None, "last_trouble": ""}
    match found:
        case Delivered():
            changes |= {"state": LetterState.SENT.value, "sent_at": at}
        case TryLater(why=why):
            again = next_try_at(row.tries, at)
            if again is None:
                changes |= {"state": LetterState.FAILED.value, "last_trouble": f"{GIVEN_UP}: {why}"[:400]}
            else:
                changes |= {"next_try_at": again, "last_trouble": why[:400]}
        case Never(why=why):
            changes |= {"state": LetterState.FAILED.value, "last_trouble": why[:400]}
    if row.kind in _PRIVATE and "state" in changes:
        changes |= {"text": "", "html": ""}
    with writing():
        is_mine = (LetterRow.id == row.id) & (LetterRow.tries == row.tries) & LetterRow.claimed_until.is_null(False)
        noted = LetterRow.update(changes).where(is_mine).execute()
        if noted and isinstance(found, Never) and found.is_address:
            _mark_address(row, found.why, at)


def _mark_address(row: LetterRow, why: str, at: datetime) -> None:
    """Nothing more goes to an address that nobody has, until the member has another or staff try it again."""
    marked = {
        "id": new_id(at),
        "organization": row.organization_id,
        "member": row.member_id,
        "channel": row.channel,
        "address": row.address,
        "since": at,
        "because": why[:400],
    }
    BouncingAddressRow.insert(marked).on_conflict_ignore().execute()
    same = (LetterRow.member == row.member_id) & (LetterRow.channel == row.channel)
    waits = same & (LetterRow.address == row.address) & (LetterRow.state == LetterState.WAITING.value)
    LetterRow.update(text="", html="").where(waits, LetterRow.kind.in_(_PRIVATE)).execute()
    held = {"state": LetterState.HELD.value, "held_because": HeldBecause.BOUNCING.value, "next_try_at": None}
    LetterRow.update(held).where(waits).execute()
