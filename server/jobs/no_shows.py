"""01:00. Absences.

* A reservation still PENDING whose session is over, and whose policy's delay has passed, becomes NO_SHOW,
* as soon as every kiosk of the venue has told all that happened before; after 48 hours it is noted unconfirmed, free.
* The hold on its punch is given back; a punch is taken as a penalty only where the policy says so.
* Where a kiosk of the venue was out of order in the session's check-in window it costs nothing, also if that is told
  later than the absence was judged.
* Whoever was checked in has ATTENDED. Places cancelled late give their hold back.

Source: flexible-class-reservations, phase 3, "No-Show Detection Job"; protocol, "The night waits for the door".
"""

from server.services.night.no_shows import judge_absences
from server.services.night.work import NightWork


def run(work: NightWork) -> str:
    done = judge_absences(work)
    return (
        f"{done.missed} missed, {done.unconfirmed} unconfirmed, {done.attended} attended, "
        f"{done.waiting} wait for a kiosk, {done.holds_released} holds released, {done.excused} excused late"
    )
