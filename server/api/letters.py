"""Letters over HTTP: the log of what members were told, sending one again, and what a member wants to be written."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from pydantic import Field

from core.events import EventKind
from core.letters import Channel, Group, HeldBecause, LetterState
from core.scopes import Subject
from server.api.asking import By, Now, needs
from server.api.described import noes
from server.api.paging import Cursor
from server.api.shapes import Given, Told
from server.services.letters import log, wishes
from server.services.letters.values import Choice, LetterSeen
from server.services.programs.paging import Wanted

router = APIRouter(prefix="/api", tags=["letters"], dependencies=[needs(Subject.LETTERS)])
CURSOR = Cursor("letters", (str,))
MemberId = Annotated[str, Path(max_length=80, description="A member's id.")]


class LetterTold(Told):
    id: str
    member_id: str
    reservation_id: str | None
    kind: EventKind = Field(description="The news it tells, as in webhooks.")
    channel: Channel
    language: str
    address: str
    subject: str
    text: str = Field(description="Empty where only the member may read it, or nothing of it is kept.")
    state: LetterState
    held_because: HeldBecause | None = Field(description="Why it was written and not sent.")
    round: int = Field(description="1, and one more each time staff sent it again.")
    tries: int = Field(description="Of this round.")
    next_try_at: datetime | None
    last_trouble: str = Field(description="What the post said when it did not go; `TOO_LATE`: it was news no more.")
    made_at: datetime
    sent_at: datetime | None


class LettersTold(Told):
    letters: list[LetterTold]
    next: str | None


class PostTold(Told):
    channel: Channel
    is_set_up: bool = Field(description="Whether this installation can send by it. If not, its letters wait.")
    waiting: int
    sent: int
    failed: int
    held: int
    waits_since: datetime | None = Field(description="When the oldest that waits was written.")


class PostsTold(Told):
    channels: list[PostTold]


class ChoiceTold(Told):
    group: Group
    channel: Channel
    is_wanted: bool


class ChoicesTold(Told):
    choices: list[ChoiceTold]


class ChoiceWanted(Given):
    group: Group
    channel: Channel
    is_wanted: bool


class ChoicesWanted(Given):
    choices: list[ChoiceWanted] = Field(max_length=20)


@router.get("/members/{member_id}/letters", response_model=LettersTold, responses=noes("member.not_found"))
def letters_of_member(member_id: MemberId, by: By, wanted: Annotated[Wanted, Depends(CURSOR)]) -> LettersTold:
    """Everything a member was told, the newest first: what, when, by which way, and whether it arrived."""
    part = log.letters_of_member(by.organization_id, member_id, by, wanted)
    return LettersTold(letters=[_told(one) for one in part.found], next=CURSOR.next(part.next))


@router.get(
    "/reservations/{reservation_id}/letters", response_model=LettersTold, responses=noes("reservation.not_found")
)
def letters_of_reservation(
    reservation_id: Annotated[str, Path(max_length=80, description="A reservation's id.")],
    by: By,
    wanted: Annotated[Wanted, Depends(CURSOR)],
) -> LettersTold:
    """Everything its member was told about one reservation, the newest first."""
    part = log.letters_of_reservation(by.organization_id, reservation_id, by, wanted)
    return LettersTold(letters=[_told(one) for one in part.found], next=CURSOR.next(part.next))


@router.post(
    "/letters/{letter_id}/send-again",
    response_model=LetterTold,
    responses=noes(
        "letter.not_found",
        conflicts=("letter.on_its_way", "letter.emptied", "letter.not_wanted", "letter.no_address"),
    ),
)
def send_again(
    letter_id: Annotated[str, Path(max_length=80, description="A letter's id.")], by: By, at: Now
) -> LetterTold:
    """Send a letter once more, to the address the member has now; also one that its server had called unknown."""
    return _told(log.send_again(by.organization_id, letter_id, by, at))


@router.get("/letters/standing", response_model=PostsTold, responses=noes())
def standing(by: By, request: Request) -> PostsTold:
    """By channel: whether it is set up, and how many letters wait, went, failed and were held."""
    ways: frozenset[Channel] = getattr(request.app.state, "ways", frozenset())
    return PostsTold(
        channels=[
            PostTold(
                channel=one.channel,
                is_set_up=one.channel in ways,
                waiting=one.waiting,
                sent=one.sent,
                failed=one.failed,
                held=one.held,
                waits_since=one.waits_since,
            )
            for one in log.post_standing(by.organization_id, by)
        ]
    )


@router.get("/members/{member_id}/preferences", response_model=ChoicesTold, responses=noes("member.not_found"))
def preferences(member_id: MemberId, by: By) -> ChoicesTold:
    """What a member may choose and what they chose. Whatever is not listed is always sent: what becomes of places,
    penalties, links to sign in."""
    return _choices(wishes.choices_of(by.organization_id, member_id, by))


@router.put("/members/{member_id}/preferences", response_model=ChoicesTold, responses=noes("member.not_found"))
def preferences_chosen(member_id: MemberId, wanted: ChoicesWanted, by: By, at: Now) -> ChoicesTold:
    """Change the choices named and leave the others. What waits to be sent and is not wanted any more is held."""
    chosen = [Choice(group=one.group, channel=one.channel, is_wanted=one.is_wanted) for one in wanted.choices]
    return _choices(wishes.choose(by.organization_id, member_id, chosen, by, at))


def _told(seen: LetterSeen) -> LetterTold:
    return LetterTold.model_validate(seen, from_attributes=True)


def _choices(found: tuple[Choice, ...]) -> ChoicesTold:
    return ChoicesTold(choices=[ChoiceTold.model_validate(one, from_attributes=True) for one in found])
