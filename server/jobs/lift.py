"""04:00. Lifting.

* A suspension whose time is over is written down as lifted.

Source: flexible-class-reservations, phase 3, "Suspension Lift Job".
"""

from server.services.night.suspending import lift_served
from server.services.night.work import NightWork


def run(work: NightWork) -> str:
    return f"{lift_served(work)} suspensions lifted"
