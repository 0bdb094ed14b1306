"""What must have happened at least once in enough days: a fault that never strikes proves nothing."""

from collections import Counter

from core.protocol import Effect
from core.refusals import RefusalReason
from tests.simulation.faults import COMMITS
from tests.simulation.network import Net
from tests.simulation.operations import ACTS

NOBODY_DOES_YET = frozenset(
    {
        RefusalReason.CARD_EXPIRED,
        RefusalReason.PHONE_CODE_OLD,
        RefusalReason.NOT_LED_BY_CARD,
        RefusalReason.FINDING_NEEDS_SERVER,
        RefusalReason.STAFF_NOT_ALLOWED,
    }
)
"""In simulated days people have neither phones nor households, and staff stay away from kiosks: ROBUSTNESS.md."""
SOMETIMES = (
    *(f"act: {kind}" for kind in ACTS),
    *(f"net: {kind}" for kind in Net),
    *(f"refusal: {reason.value}" for reason in RefusalReason if reason not in NOBODY_DOES_YET),
    *(f"effect: {effect.value}" for effect in (Effect.APPLIED, Effect.DISPUTED)),
    *(f"failpoint: {machine} {where} {verb}"
      for machine, verbs in COMMITS.items() for verb in verbs for where in ("before", "after")),
    "failpoint: kiosk disk full at journal.write_intent",
    "failpoint: kiosk disk full at journal.write_outcome",
    "failpoint: server disk full at checkin._ask",
    "screen: WELCOME by SERVER", "screen: WELCOME by LOCAL", "screen: REFUSED by SERVER", "screen: REFUSED by LOCAL",
    "screen: CHOOSE by SERVER", "screen: CHOOSE by LOCAL", "screen: again WELCOME by SERVER",
    "screen: again WELCOME by LOCAL", "screen: out of order",
    "chosen", "chosen instead", "undone by member", "undone by staff", "kiosk stops", "server falls", "sync: stuck",
    "server restored from a backup", "cloned disk", "fork noticed", "quarantined", "revoked kiosk knows nobody",
    "another waited for our transaction", "late cancel keeps its hold", "night: jobs run", "night: found all in order",
    "ledger: VISIT", "ledger: REFUND", "ledger: PENALTY", "ledger: PENALTY_BACK",
    "history: NO_SHOW", "history: SUSPENDED", "history: GIVEN_BACK", "history: HOLD_RELEASED",
    "history: CHECK_IN_UNDONE",
)  # fmt: skip


RARELY = frozenset(
    {
        "refusal: PART_ALREADY_TAKEN",
        "failpoint: kiosk before journal.write_choice",
        "failpoint: kiosk after journal.write_choice",
        "failpoint: kiosk before journal.mark_reflected",
        "failpoint: kiosk after journal.mark_reflected",
        "failpoint: kiosk before replica.apply",
        "failpoint: kiosk after replica.apply",
        "ledger: PENALTY_BACK",
    }
)
"""What a few hundred days may be without; thousands may not."""
ENOUGH_DAYS = 300
MANY_DAYS = 5000


def never_happened(seen: Counter[str], days: int) -> list[str]:
    """Of all that should have happened in so many days, in the order in which it is listed."""
    expected = () if days < ENOUGH_DAYS else SOMETIMES
    return [name for name in expected if not seen[name] and (days >= MANY_DAYS or name not in RARELY)]
