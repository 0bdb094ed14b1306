"""What happens in a studio that somebody else should hear of: a member by mail, staff, another program by a webhook.

Words only. That something happened is written in the transaction that made it so; who is told, and how, comes after.
"""

from enum import StrEnum


class EventKind(StrEnum):
    """Every kind of news. The values are public and never change; a new kind is a new value.

    Source: flexible-class-reservations, phase 6 and "Webhook events"; enhanced-booking, waiting lists.
    """

    RESERVED = "reservation.created"
    CANCELLED = "reservation.cancelled"
    AUTO_CANCELLED = "reservation.auto_cancelled"
    GIVEN_BACK = "reservation.given_back"
    """A place that was taken away stands again."""
    NO_SHOW = "reservation.no_show"
    NO_SHOW_EXCUSED = "reservation.no_show_excused"
    """The absence stands and costs nothing: an amnesty, or staff."""
    NO_SHOW_UNDONE = "reservation.no_show_undone"
    """The member had come after all."""
    CONTESTED = "reservation.no_show_contested"
    """The member says that they were there."""
    CONTEST_ANSWERED = "reservation.contest_answered"
    CHECKED_IN = "check_in.made"
    CHECK_IN_UNDONE = "check_in.undone"
    REMINDER = "reservation.reminder"
    CHECK_IN_SOON = "reservation.check_in_soon"
    LAST_CALL = "reservation.last_call"
    SUSPENDED = "member.suspended"
    REINSTATED = "member.reinstated"
    WAITING = "waiting_list.joined"
    WAITING_LEFT = "waiting_list.left"
    PLACE_OFFERED = "waiting_list.offered"
    OFFER_RAN_OUT = "waiting_list.offer_ran_out"
    PLACE_BOOKED = "waiting_list.booked"
    """A place that became free was reserved for whoever had asked for that."""
    PASS_ISSUED = "pass.issued"
    PASS_CHANGED = "pass.changed"
    """Paused, adjusted, transferred."""
    PASS_RUNS_OUT = "pass.runs_out"
    PASS_RAN_OUT = "pass.ran_out"
    SESSION_CANCELLED = "session.cancelled"
    SIGN_IN_WANTED = "member.sign_in_wanted"
    DATA_WANTED = "member.data_wanted"
    ERASED = "member.erased"
    """They asked for it, and nothing says any more who they were."""
    SUSPENSION_SPIKE = "studio.suspension_spike"


PRIVATE = frozenset({EventKind.SIGN_IN_WANTED, EventKind.DATA_WANTED})
"""What only the member is told: no other program, and no page of staff, ever sees what is in it."""
