"""What was answered to a request with an Idempotency-Key, so that the same request sent again is done once.

The key is claimed before anything is done, in a transaction of its own. Whatever is then done marks the claim in the
very transaction that does it. So after a crash in between it is known whether anything happened: if nothing did, the
request is tried anew; if something did, its answer is lost and nobody pretends otherwise.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from peewee import IntegrityError

from core.errors import Conflict, Invalid
from server.store.database import in_each_commit, writing
from server.store.ids import hash_of, new_id
from server.store.tables import KeptAnswerRow

KEPT = timedelta(hours=24)
PATIENCE = timedelta(seconds=60)
"""After so long without an answer whoever claimed a key is taken for gone."""
NONCE_BYTES = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A request as far as it must be the same the second time. `credential` is what they signed in with."""

    organization_id: str
    credential: str
    key: str
    method: str
    path: str
    body: bytes

    def __repr__(self) -> str:
        return f"Asked({self.method} {self.path})"

    @property
    def fingerprint(self) -> str:
        parts = (self.method.encode(), self.path.encode(), self.body)
        return hashlib.sha256(b"\n".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Claim:
    """Whoever holds it does what was asked, and then says `keep` or `abandon`. It is theirs `until` then, and as long
    as nobody else has claimed it after."""

    id: str
    until: datetime


class Still(Enum):
    """Why there is neither an answer nor a claim."""

    BEING_DONE = "BEING_DONE"


def claim_or_answer(asked: Asked, at: datetime) -> Claim | Answered | Still:
    """A claim for the first who asks; for those after, the answer, or that it is still being done.

    Raises `Invalid` if the key was another request's, `Conflict` if something was done and its answer is lost.
    """
    with writing():
        row = _row_of(asked)
        if row is not None and row.made_at <= at - KEPT:
            row.delete_instance()
            row = None
        if row is None:
            return _claimed(asked, at)
        if row.request_hash != asked.fingerprint:
            raise Invalid("idempotency.other_request")
        if row.status is not None:
            return _opened(asked, row)
        if row.claimed_until > at:
            return Still.BEING_DONE
        if row.has_changed:
            raise Conflict("idempotency.answer_lost")
        return _claimed_again(row, at)


@contextmanager
def marking(claim: Claim) -> Iterator[None]:
    """Every commit inside notes in itself that something of this request is done. Whoever was so slow that somebody
    else claimed the key meanwhile commits nothing: raises `Conflict` there."""

    def note() -> None:
        if not KeptAnswerRow.update({KeptAnswerRow.has_changed: True}).where(_is_mine(claim)).execute():
            raise Conflict("idempotency.still_running")

    with in_each_commit(note):
        yield


def keep(asked: Asked, claim: Claim, answered: Answered) -> None:
    """From now on this is the answer, for a day."""
    changes = {KeptAnswerRow.status: answered.status, KeptAnswerRow.answer: _sealed(asked, answered)}
    with writing():
        KeptAnswerRow.update(changes).where(_is_mine(claim)).execute()


def abandon(claim: Claim, at: datetime) -> None:
    """It failed. If nothing was done, it may be tried again at once."""
    with writing():
        KeptAnswerRow.delete().where(_is_mine(claim), ~KeptAnswerRow.has_changed).execute()
        KeptAnswerRow.update({KeptAnswerRow.claimed_until: at}).where(_is_mine(claim)).execute()


def forget_old_answers(at: datetime) -> str:
    """Whatever is older than a day, whoever asked; an errand. How many, in words, or nothing."""
    with writing():
        forgot = KeptAnswerRow.delete().where(KeptAnswerRow.made_at <= at - KEPT).execute()
    return f"{forgot} kept answers forgotten" if forgot else ""


def _is_mine(claim: Claim) -> Any:
    return (KeptAnswerRow.id == claim.id) & (KeptAnswerRow.claimed_until == claim.until)


def _claimed_again(row: KeptAnswerRow, at: datetime) -> Claim | Still:
    """Of several who find that the first is gone, one."""
    gone = (KeptAnswerRow.id == row.id) & (KeptAnswerRow.claimed_until == row.claimed_until)
    until = at + PATIENCE
    if not KeptAnswerRow.update({KeptAnswerRow.claimed_until: until}).where(gone).execute():
        return Still.BEING_DONE
    return Claim(row.id, until)


def _claimed(asked: Asked, at: datetime) -> Claim | Still:
    id_, until = new_id(at), at + PATIENCE
    try:
        with writing():
            KeptAnswerRow.create(
                id=id_,
                organization=asked.organization_id,
                asker=hash_of(asked.credential),
                key=asked.key,
                method=asked.method,
                path=asked.path[:255],
                request_hash=asked.fingerprint,
                made_at=at,
                claimed_until=until,
            )
    except IntegrityError:
        # On PostgreSQL somebody else came first, a moment ago.
        return Still.BEING_DONE
    return Claim(id_, until)


def _row_of(asked: Asked) -> KeptAnswerRow | None:
    row: KeptAnswerRow | None = KeptAnswerRow.get_or_none(
        KeptAnswerRow.organization == asked.organization_id,
        KeptAnswerRow.asker == hash_of(asked.credential),
        KeptAnswerRow.key == asked.key,
    )
    return row


def _cipher(asked: Asked) -> ChaCha20Poly1305:
    """Opens only with what the asker signed in with, of which no table holds more than a hash: answers may hold
    names, and secrets that are shown once."""
    return ChaCha20Poly1305(hashlib.sha256(f"tessera kept answer 1\n{asked.credential}".encode()).digest())


def _sealed(asked: Asked, answered: Answered) -> str:
    told = json.dumps([answered.status, answered.content_type, base64.b64encode(answered.body).decode()]).encode()
    # One nonce for one plain text: it is drawn from what is sealed and where it stands.
    nonce = hashlib.sha256(f"{asked.organization_id}\n{asked.key}\n{asked.fingerprint}\n".encode() + told).digest()
    nonce = nonce[:NONCE_BYTES]
    return base64.b64encode(nonce + _cipher(asked).encrypt(nonce, told, asked.key.encode())).decode()


def _opened(asked: Asked, row: KeptAnswerRow) -> Answered:
    sealed = base64.b64decode(row.answer)
    try:
        told = _cipher(asked).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], asked.key.encode())
    except InvalidTag as error:
        raise Conflict("idempotency.answer_lost") from error
    status, content_type, body = json.loads(told)
    return Answered(status=status, content_type=content_type, body=base64.b64decode(body))
