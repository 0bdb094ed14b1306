"""04:00. Lifting.

* A suspension whose time is over is written down as lifted.
* One for absences ends early where the policy says after how many sessions come to since it began, and they were.

Source: flexible-class-reservations, phase 3, "Suspension Lift Job".
"""

from server.services.night.suspending import lift_made_good, lift_served
from server.services.night.work import NightWork


def run(work: NightWork) -> str:
    served = lift_served(work)
    return f"{served} suspensions lifted, {lift_made_good(work)} made good by coming"
