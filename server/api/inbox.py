"""The staff's inbox over HTTP: what waits for an answer, and answering it."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request

from core import clocktime
from core.scopes import Subject
from server.api import inbox_shapes as shapes
from server.api.asking import By, Language, Now, needs
from server.api.described import noes
from server.services.desk.inbox import finding
from server.services.desk.inbox.saying import in_words
from server.services.desk.inbox.settling import settle
from server.services.desk.inbox.values import InboxItem, InboxKind, Sentence, Settled, Wish
from server.services.people.rights import Asker

router = APIRouter(prefix="/api/inbox", tags=["inbox"], dependencies=[needs(Subject.INBOX)])
STILL_NOT = ("attempt.subject_is_unknown", "attempt.seq_taken", "attempt.not_taken_in", "card.key_does_not_fit")
"""Why a record that is tried again may have to stay; every code beginning with `attempt.` can be among them."""


@router.get("", response_model=shapes.InboxTold, responses=noes())
def inbox(by: By, at: Now, language: Language) -> shapes.InboxTold:
    """What kiosks and nights could not settle by themselves, and what staff settled in the last week."""
    found = finding.inbox(by.organization_id, by, at)
    return shapes.InboxTold(
        items=[_item(item, by, language) for item in found.items],
        settled=[_settled(settled, language, found.zone) for settled in found.settled],
    )


@router.post(
    "/{kind}/{key}/settle",
    response_model=shapes.SettledTold,
    responses=noes("inbox.not_found", "inbox.no_such_way", conflicts=STILL_NOT),
)
def settled(
    kind: InboxKind,
    key: Annotated[str, Path(max_length=200, description="The item's key.")],
    wanted: shapes.SettleWanted,
    request: Request,
    by: By,
    at: Now,
    language: Language,
) -> shapes.SettledTold:
    """Settle one item with a reason. Settled before, by anybody, it tells that answer, and nothing more happens."""
    wish = Wish(kind=kind, key=key, because=wanted.because, way=wanted.way)
    done = settle(by.organization_id, wish, by, at, request.app.state.vault)
    return _settled(done, language, finding.zone_of(by.organization_id))


def _item(item: InboxItem, by: Asker, language: str) -> shapes.InboxItemTold:
    def said(sentence: Sentence | None) -> str | None:
        return None if sentence is None else _said(sentence, language, item.zone)

    return shapes.InboxItemTold(
        kind=item.kind,
        key=item.key,
        at=item.at,
        title=_said(item.title, language, item.zone),
        who=item.who,
        where=item.where,
        knew=said(item.knew),
        now=said(item.now),
        otherwise=_said(item.otherwise, language, item.zone),
        session_id=item.session_id,
        offers=[
            shapes.WayTold(way=offer.way, price=_said(offer.price, language, item.zone), may_choose=by.may(offer.right))
            for offer in item.offers
        ],
    )


def _settled(done: Settled, language: str, zone: str) -> shapes.SettledTold:
    return shapes.SettledTold(
        kind=done.kind,
        key=done.key,
        way=done.way,
        because=done.because,
        by_name=done.by_name,
        settled_at=done.settled_at,
        title=_said(done.title, language, zone),
    )


def _said(sentence: Sentence, language: str, zone: str) -> str:
    """Instants inside a sentence as `2026-11-19 17:42`, on the venue's clock."""

    def when(instant: datetime) -> str:
        local = clocktime.zone_named(zone)
        return f"{clocktime.local_day(instant, local).isoformat()} {clocktime.wall_clock(instant, local)}"

    return in_words(language, sentence, when)
