"""The numbers a policy may have: a slip of the keyboard must not close the door for all, or open it for a year."""

from datetime import timedelta

from core.errors import Invalid
from core.policy import ClassRule, Policy
from server.services.people import words

LONGEST_WINDOW = timedelta(hours=36)
"""Sessions further away than this are not looked at when a card is shown."""
LONGEST_WAIT = timedelta(days=30)
LONGEST_SPAN = timedelta(days=366)
WAITS = (
    "no_show_delay",
    "no_show_waits_at_most",
    "contest_within",
    "silent_kiosk_after",
    "silent_kiosk_at_rest_after",
    "travel_time",
)
SPANS = ("strike_span", "suspension_length", "grace_span", "phone_link_length")
COUNTS = ("strikes", "grace_absences", "lifted_after_attended")


def refuse_impossible(policy: Policy) -> None:
    """Nothing for a policy that can be. Raises `Invalid` with the field and its bounds, lengths in minutes."""
    rules: tuple[Policy | ClassRule, ...] = (policy, *policy.class_rules)
    for rule in rules:
        _at_most("opens_before_start", rule.opens_before_start, LONGEST_WINDOW)
        _at_most("closes_after_end", rule.closes_after_end, LONGEST_WINDOW)
        _at_most("free_cancel_before_start", rule.free_cancel_before_start, LONGEST_WAIT)
    for field in WAITS:
        _at_most(field, getattr(policy, field), LONGEST_WAIT)
    for field in SPANS:
        _at_most(field, getattr(policy, field), LONGEST_SPAN)
    for field in ("walk_in_list_age", "reservation_list_age"):
        _at_most(field, getattr(policy.offline, field), LONGEST_WAIT)
    for field in (
        "offer_lasts",
        "shortest_offer",
        "answered_before_start",
        "booked_before_start",
        "released_after_start",
    ):
        _at_most(field, getattr(policy.waiting, field), LONGEST_WAIT)
    for field in COUNTS:
        words.count(field, getattr(policy, field), least=0, most=100)
    words.count("offers", policy.waiting.offers, least=1, most=100)
    words.count("walk_ins_per_pass_a_day", policy.offline.walk_ins_per_pass_a_day, least=0, most=100)
    _refuse_two_rules(policy.class_rules)


def _at_most(field: str, given: timedelta | None, most: timedelta) -> None:
    if given is not None and not timedelta(0) <= given <= most:
        minutes = timedelta(minutes=1)
        raise Invalid("field.out_of_range", field=field, given=given // minutes, least=0, most=most // minutes)


def _refuse_two_rules(rules: tuple[ClassRule, ...]) -> None:
    named = [rule.class_type_id for rule in rules]
    for class_type_id in named:
        if named.count(class_type_id) > 1:
            raise Invalid("policy.two_rules", id=class_type_id)
