"""03:00. Suspensions.

* As many absences that count as the policy allows, within its span (3 in 30 days), and not answered yet by an earlier
  suspension: the member is suspended from now on, for the policy's length (14 days).
* Places reserved in that time are given up.

Source: flexible-class-reservations, phase 3, "Suspension Enforcement Job".
"""

from server.services.night.suspending import suspend_who_missed_too_often
from server.services.night.work import NightWork


def run(work: NightWork) -> str:
    done = suspend_who_missed_too_often(work)
    return f"{done.members} members suspended, {done.places} places given up"
