"""What suspensions, absences and their explanations look like to a program. Shapes only."""

from datetime import datetime

from pydantic import Field

from core.penalties import AbsenceState, Answer, MayContest
from server.api.shapes import ID, Given, Instant, SessionTold, Told
from server.services.penalties.values import Standing


class BecauseWanted(Given):
    """`because` is kept with your token's name."""

    because: str = Field(min_length=1, max_length=255)


class SuspensionWanted(BecauseWanted):
    """`startsAt`: unless given, now. The member reads `because`."""

    member_id: str = ID
    starts_at: Instant | None = None
    ends_at: Instant


class ContestWanted(Given):
    """`words`: what the member says, for staff to read."""

    words: str = Field(min_length=1, max_length=1000)


class SuspensionSeenTold(Told):
    id: str
    member_id: str
    member_number: str
    member_name: str
    standing: Standing
    starts_at: datetime
    ends_at: datetime
    because: str
    no_show_id: str | None = Field(description="The absence that filled the measure, where the night made it.")
    policy_version: int | None = Field(description="The version it went by, where the night made it.")
    made_at: datetime
    made_by_name: str = Field(description="Empty: the night, or the house.")
    lifted_at: datetime | None
    lifted_by_name: str
    lifted_because: str
    sentences: list[str] = Field(description="The same in words, to be shown one after another.")


class SuspensionListTold(Told):
    suspensions: list[SuspensionSeenTold]
    next: str | None = Field(description="The cursor of the next part; null: there is no more.")


class LostPlaceTold(Told):
    reservation_id: str
    title: str
    starts_at: datetime


class ContestTold(Told):
    id: str
    words: str
    made_at: datetime
    by_name: str = Field(description="Who of staff wrote it down; empty: the member did.")
    answer: Answer | None = Field(description="Null while it waits at the inbox.")
    answered_at: datetime | None
    because: str = Field(description="Why it was answered so; the member reads it, too.")


class NoShowTold(Told):
    id: str
    member_id: str
    reservation_id: str
    registration_id: str
    session: SessionTold
    state: AbsenceState
    noted_at: datetime
    is_counted: bool = Field(description="It was a strike when it was noted.")
    took_punch: bool
    is_punch_back: bool
    places_lost: list[LostPlaceTold] = Field(description="Places ahead that it took and that are not given back.")
    excused_because: str = Field(description="Empty to the member.")
    undone_at: datetime | None
    contest: ContestTold | None


class NoShowSeenTold(NoShowTold):
    member_number: str
    member_name: str


class NoShowsTold(Told):
    no_shows: list[NoShowSeenTold]
    next: str | None = Field(description="The cursor for those before; null: there are none.")


class RuleTold(Told):
    version: int = Field(description="0: the numbers that nobody has changed yet.")
    since: datetime


class ExplanationTold(Told):
    no_show: NoShowTold
    rule: RuleTold
    strike: int | None = Field(description="It is the first, second, third … that counts; null: it does not count.")
    suspension_id: str | None = Field(description="The suspension it led to, alone or with others.")
    suspended_until: datetime | None
    places_go_at: datetime | None = Field(description="When places ahead are taken away, unless it is settled before.")
    may_contest: MayContest
    contest_ends_at: datetime
    sentences: list[str] = Field(description="The same in words, to be shown one after another.")


class PenaltiesTold(Told):
    member_id: str
    absences: list[ExplanationTold] = Field(description="Newest first, at most 200; those undone or excused too.")
    suspensions: list[SuspensionSeenTold] = Field(description="Newest first, at most 200; those that are over too.")
