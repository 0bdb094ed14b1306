"""A household and a member without a card, for the gallery: people who do not exist."""

from datetime import datetime, timedelta

from core.finding import Finding, FindRefusal
from core.model import Session
from core.refusals import RefusalReason
from kiosk.faces_member import CameIn, Coming, FindByNumber, Household, MemberFace, Person
from kiosk.stand import Stand
from kiosk.stand import stay as stay_from


def member_samples(stand: Stand, at: datetime, sessions: tuple[Session, ...], name: str) -> dict[str, MemberFace]:
    """Every face of theirs once or more, by a short name. `sessions` are the evening's, three of them."""
    wheel, glazing, studio = sessions
    stay = stay_from(at - timedelta(seconds=4), 30)
    undo = stay_from(at - timedelta(seconds=3), 15)
    ana = Person(member_id="ana", place=1, first_name=name, coming=Coming.MAY_COME, session=wheel, is_chosen=True)
    leo = Person(member_id="leo", place=2, first_name="Leo", coming=Coming.MAY_COME, session=glazing, is_chosen=True)
    mia = Person(member_id="mia", place=3, first_name="Mia", coming=Coming.IS_IN, session=wheel, since_at=at)
    tom = Person(member_id="tom", place=4, first_name="Tom", coming=Coming.MAY_COME, session=studio)
    dan = Person(member_id="dan", place=5, first_name="Dan", coming=Coming.MAY_NOT)
    eva = Person(member_id="eva", place=6, first_name="", coming=Coming.MAY_NOT, reason=RefusalReason.PASS_USED_UP)
    kim = Person(member_id="kim", place=7, first_name="Kim", coming=Coming.MAY_COME, has_several=True)
    zoe = Person(member_id="zoe", place=8, first_name="Zoë", coming=Coming.MAY_COME, session=glazing)
    find = FindByNumber(stand=stand, stay=stay, by=Finding.BIRTHDAY, number="0417", entered=4, of=12)
    secret = FindByNumber(stand=stand, stay=stay, by=Finding.BIRTHDAY, is_secret=True, number="0417", entered=2, of=4)
    return {
        "household": Household(stand=stand, people=(ana, leo, mia, tom), stay=stay),
        "household-two": Household(stand=stand, people=(ana, tom), stay=stay),
        "household-many": Household(stand=stand, people=(ana, leo, mia, tom, dan, eva, kim, zoe), stay=stay),
        "household-nobody": Household(stand=stand, people=(dan, tom), stay=stay),
        "camein": CameIn(stand=stand, people=(ana, leo, mia), undo=undo, stay=undo),
        "camein-some": CameIn(stand=stand, people=(ana, leo, dan, eva), undo=undo, stay=undo),
        "camein-none": CameIn(stand=stand, people=(dan, eva), undo=None, stay=undo),
        "find": find,
        "find-secret": secret,
        "find-wrong": FindByNumber(
            stand=stand, stay=stay, by=Finding.PIN, is_secret=True, number="0417", of=6, refused=FindRefusal.NOT_FOUND
        ),
        "find-alone": FindByNumber(stand=stand, stay=stay, by=Finding.PIN, refused=FindRefusal.NO_NETWORK),
    }  # fmt: skip
