"""02:00. Places ahead.

* An absence that counts, and the pass's grace after the missed session's end has run out (24 hours unless it says
  otherwise; 0 means the same night):
* every place still PENDING and ahead on that pass that was reserved before then becomes AUTO_CANCELLED.
* Its hold and its place are free at once. A place reserved after the grace is a new beginning and stays.

Source: flexible-class-reservations, phase 3, "Auto-Cancellation Job".
"""

from server.services.night.auto_cancel import cancel_places_ahead
from server.services.night.work import NightWork


def run(work: NightWork) -> str:
    done = cancel_places_ahead(work)
    return f"{done.places} places cancelled on {done.passes} passes"
