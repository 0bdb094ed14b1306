"""What is said of passes that are paused, passed on, extended or ended, and of sessions without a pass, in English."""

SENTENCES: dict[str, str] = {
    "refusal.PASS_PAUSED.what": "Your pass is paused.",
    "refusal.PASS_PAUSED.do": "Call staff, and we will find a way.",
    "refusal.PASS_PAUSED.staff": "The pass is paused when the session starts. Ending the pause makes it good again.",
    "face.no.PASS_PAUSED.main": "Your pass is paused",
    "face.no.PASS_PAUSED.more": "It is good again from {date}.",
    "face.no.PASS_PAUSED.more.nameless": "It is not good today.",
    "desk.inbox.dispute.PASS_PAUSED": "{who} came to {session} on a pass that was paused.",
    "history.PASS_PAUSED": "Given up because the pass was paused",
    "history.PASS_CANCELLED": "Given up because the pass was cancelled",
    "history.PASS_ENDED": "Given up because the pass ends before it",
    "error.plan.first_use_needs_days": (
        "A pass that begins with its first use needs a number of days. Please enter how many."
    ),
    "error.pass.has_reservations": "Places still reserved on this pass: {count}. Please give them up first.",
    "error.pass.is_cancelled": (
        "“{title}” was cancelled, so nothing more can be done with it. Please choose another pass."
    ),
    "error.pass.has_ended": "“{title}” has ended. Please extend it first, or sell a new pass.",
    "error.pass.has_no_end": "“{title}” has no end that could be moved. Nothing needs to be done.",
    "error.pass.end_not_later": "The new end is not later than the one it has. Please choose a later day.",
    "error.pass.is_paused": "“{title}” is paused. Please end the pause first.",
    "error.pass.paused_already": (
        "“{title}” is paused in that time already. Please choose another span, or end that pause first."
    ),
    "error.pass.not_paused": "“{title}” is not paused, and no pause lies ahead. Please load the pass again.",
    "error.pass.same_member": "This pass belongs to that member already. Please choose somebody else.",
    "error.pause.in_the_past": "A pause cannot begin in the past. Please let it begin now, or extend the pass instead.",
    "error.session.sells_no_drop_ins": "“{title}” cannot be paid for at the desk. Please check in on a pass instead.",
    "error.session.free_sells_no_drop_ins": "A free session has no price. Please leave out one of the two.",
}
