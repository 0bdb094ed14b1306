"""What the public screen says about a refusal: what happened, and what to do now. Private reasons never get here."""

from core.refusals import RefusalReason
from kiosk.faces import No
from kiosk.pages.markup import Html
from kiosk.pages.words import Words, spoken_as

R = RefusalReason

TOLD = frozenset(
    {
        R.NOT_A_MEMBERSHIP_CARD,
        R.CARD_UNKNOWN,
        R.CARD_NOT_ON_THIS_KIOSK,
        R.NO_MEMBER_LIST,
        R.CARD_REPLACED,
        R.CARD_EXPIRED,
        R.PHONE_CODE_OLD,
        R.TOO_LATE,
        R.NO_SESSION_TODAY,
        R.OTHER_VENUE,
        R.SESSION_CANCELLED,
        R.NO_RESERVATION,
        R.SESSION_FULL,
        R.NO_PASS,
        R.PASS_NOT_FOR_THIS,
        R.PASS_NOT_YET_VALID,
        R.PASS_EXPIRED,
        R.PASS_PAUSED,
        R.PASS_USED_UP,
        R.PART_OUT_OF_ORDER,
        R.PART_ALREADY_TAKEN,
        R.CLOCK_UNSURE,
        R.MEMBER_LIST_TOO_OLD,
        R.OFFLINE_WALK_IN_LIMIT,
    }
)
"""Reasons with sentences of their own, none of them private. Any other one is "We have to ask staff"."""

ABOUT_A_SESSION = frozenset(
    {
        R.TOO_LATE,
        R.OTHER_VENUE,
        R.SESSION_CANCELLED,
        R.NO_RESERVATION,
        R.SESSION_FULL,
        R.PASS_NOT_FOR_THIS,
        R.PART_ALREADY_TAKEN,
    }
)
"""Reasons whose sentence names the session, where it is known."""

WITH_ADVICE = frozenset(
    {
        R.CARD_NOT_ON_THIS_KIOSK,
        R.NO_MEMBER_LIST,
        R.CARD_REPLACED,
        R.CARD_EXPIRED,
        R.PHONE_CODE_OLD,
        R.TOO_LATE,
        R.OTHER_VENUE,
        R.SESSION_CANCELLED,
        R.NO_RESERVATION,
        R.SESSION_FULL,
        R.NO_PASS,
        R.PASS_EXPIRED,
        R.PASS_USED_UP,
        R.CLOCK_UNSURE,
        R.MEMBER_LIST_TOO_OLD,
        R.OFFLINE_WALK_IN_LIMIT,
    }
)
"""Reasons with their own advice. Otherwise: "Call staff, and we will find a way"."""


def main_line(face: No, words: Words) -> Html:
    """The sentence of the face."""
    return words.say(f"{_key(face)}.main")


def what_happened(face: No, words: Words) -> Html:
    """One sentence more, with the session or the date it is about where those are known."""
    key = f"{_key(face)}.more"
    if face.reason in ABOUT_A_SESSION:
        if face.session is None:
            return words.say(f"{key}.nameless")
        named = words.say(key, title=face.session.title, time=words.time(face.session.starts_at))
        return spoken_as(named, words.say(f"{key}.nameless"))
    if face.reason in (R.PASS_NOT_YET_VALID, R.PASS_PAUSED):
        if face.until_at is None:
            return words.say(f"{key}.nameless")
        return spoken_as(words.say(key, date=words.digits_of_day(face.until_at)), words.say(f"{key}.nameless"))
    return words.say(key)


def what_to_do(face: No, words: Words) -> Html:
    """What the person can do now."""
    return words.say(f"{_key(face)}.do" if face.reason in WITH_ADVICE else "face.no.ask_staff")


def _key(face: No) -> str:
    return f"face.no.{face.reason}" if face.reason in TOLD else "face.no.other"
