"""What nobody did wrong at a door and somebody should still look at: a night of suspensions, a webhook that rests."""

import json

from core import clocktime
from core.addresses import parsed
from core.events import EventKind
from core.hooks import PausedWhy
from server.services.desk.inbox.places import LATELY, MOST, House
from server.services.desk.inbox.values import InboxItem, InboxKind, Offer, Sentence, Way, sentence
from server.services.people.rights import Right
from server.store.tables import EventRow, WebhookEndpointRow

_LOOKED = sentence("desk.inbox.price.off_the_list")


def open_spikes(house: House) -> list[InboxItem]:
    """One for each night, for two weeks."""
    query = (
        EventRow.select()
        .where(
            EventRow.organization == house.organization_id,
            EventRow.kind == EventKind.SUSPENSION_SPIKE.value,
            EventRow.happened_at > house.at - LATELY,
        )
        .limit(MOST)
    )
    return [_spike(house, row) for row in query]


def open_paused_webhooks(house: House) -> list[InboxItem]:
    """One for each that was paused by itself; resumed and paused again, it is a new one."""
    query = WebhookEndpointRow.select().where(
        WebhookEndpointRow.organization == house.organization_id,
        WebhookEndpointRow.ended_at.is_null(),
        WebhookEndpointRow.paused_why.in_([PausedWhy.FAILING.value, PausedWhy.GONE.value]),
    )
    return [
        InboxItem(
            kind=InboxKind.WEBHOOK_PAUSED,
            key=f"{row.id}.{clocktime.to_ms(row.paused_at)}",
            subject=row.id,
            at=row.paused_at,
            title=sentence("desk.inbox.webhook", host=parsed(row.url).host),
            zone=house.first_zone,
            now=sentence(f"desk.webhook.paused.{row.paused_why}"),
            offers=(Offer(way=Way.LOOKED, price=_LOOKED, right=Right.RUN),),
            otherwise=sentence("desk.inbox.webhook.otherwise"),
        )
        for row in query
    ]


def _spike(house: House, row: EventRow) -> InboxItem:
    data = json.loads(row.data)
    return InboxItem(
        kind=InboxKind.SUSPENSION_SPIKE,
        key=row.id,
        subject=row.id,
        at=row.happened_at,
        title=sentence("desk.inbox.spike", count=data["count"], usual=f"{data['usual']:g}"),
        zone=house.first_zone,
        now=_what_began(data),
        offers=(Offer(way=Way.LOOKED, price=_LOOKED, right=Right.PLAN),),
        otherwise=sentence("desk.inbox.spike.otherwise"),
    )


def _what_began(data: dict[str, int]) -> Sentence:
    if "policy_version" not in data:
        return sentence("desk.inbox.spike.no_policy")
    since = clocktime.from_ms(data["policy_from_at"])
    return sentence("desk.inbox.spike.policy", version=data["policy_version"], since=since)
