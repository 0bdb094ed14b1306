"""04:30. A night that suspended far more members than usual.

* At least 5 members of the organization were suspended for absences this night, and at least three times as many as
  on the average of the last 28 nights: staff are told once, with the version of the policy that began lately.
* Nothing else is done: whether the suspensions are right is for staff to say.

After the others, so that looking never holds back what members wait for.
Source: flexible-class-reservations, "Monitoring".
"""

from server.services.night.spikes import look_for_spike
from server.services.night.work import NightWork


def run(work: NightWork) -> str:
    found = look_for_spike(work)
    return "as usual" if found is None else f"{found.count} suspensions, {found.usual:.1f} are usual: staff are told"
