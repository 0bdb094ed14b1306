"""What the inbox looks like to a program. Shapes only; words and keys are those of `server/services/desk/inbox`."""

from datetime import datetime

from pydantic import Field

from server.api.shapes import Given, Told
from server.services.desk.inbox.values import InboxKind, Way


class WayTold(Told):
    way: Way
    price: str = Field(description="What it does and costs, in words.")
    may_choose: bool = Field(description="Whether the token's role includes it.")


class InboxItemTold(Told):
    kind: InboxKind
    key: str = Field(description="Names the thing and its cause: the same trouble from a new cause has a new key.")
    at: datetime
    title: str
    who: str
    where: str
    knew: str | None = Field(description="What the door went by.")
    now: str | None = Field(description="What is known now.")
    otherwise: str = Field(description="What happens if nobody answers.")
    session_id: str | None
    offers: list[WayTold] = Field(description="The first is the button staff see.")


class SettledTold(Told):
    kind: InboxKind
    key: str
    way: Way
    because: str
    by_name: str
    settled_at: datetime
    title: str


class InboxTold(Told):
    items: list[InboxItemTold] = Field(description="Newest first, at most 200 of a kind.")
    settled: list[SettledTold] = Field(description="Of the last 7 days, newest first, at most 30.")


class SettleWanted(Given):
    """`way`: one of the item's offers; unless given, the first. `because` is kept with the token's name."""

    because: str = Field(min_length=1, max_length=255)
    way: Way | None = None
