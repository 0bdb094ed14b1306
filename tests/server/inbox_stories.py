"""Staff at their inbox, for stories: what waits for Mira, and how she answers it."""

import random
from datetime import datetime, timedelta

from core import cards
from core.cards import CardCode
from server.services.desk.inbox.finding import inbox
from server.services.desk.inbox.settling import settle
from server.services.desk.inbox.values import InboxItem, InboxKind, Settled, Way, Wish
from server.services.door.vault import CodeVault
from server.services.people.rights import Asker, Role
from server.store.database import writing
from server.store.tables import StaffRow
from tests.server.door_stories import StoryKiosk
from tests.server.studio import VAULT, Studio

A_DAY = timedelta(days=1)


def mira(studio: Studio, role: Role = Role.OWNER) -> Asker:
    with writing():
        StaffRow.update(role=role.value).where(StaffRow.id == studio.staff).execute()
    return Asker(organization_id=studio.organization, role=role, name="Mira", staff_id=studio.staff)


def waiting(studio: Studio, at: datetime, kind: InboxKind | None = None) -> list[InboxItem]:
    items = inbox(studio.organization, mira(studio), at).items
    return [item for item in items if kind in (None, item.kind)]


def answered(
    studio: Studio,
    item: InboxItem,
    at: datetime,
    way: Way | None = None,
    *,
    because: str = "Spoken with them",
    by: Asker | None = None,
    vault: CodeVault = VAULT,
) -> Settled:
    wish = Wish(kind=item.kind, key=item.key, because=because, way=way)
    return settle(studio.organization, wish, by or mira(studio), at, vault)


def in_touch(kiosk: StoryKiosk, at: datetime, **hello: object) -> None:
    """A heartbeat that promises all is told."""
    kiosk.tell(at, nothing_unsent_before=at, **hello)


def card_of(member: str) -> CardCode:
    """The member's card once more: a story's code is made of the member's id."""
    return cards.new_code(random.Random(member).getrandbits)
