"""The columns of two well-known studio systems, as far as their own help pages describe them.

* Punchpass, the fields of customers and of the passes they hold when a studio moves:
  https://support.punchpass.com/en/articles/1033061-how-do-i-move-to-punchpass-from-my-existing-software and
  https://support.punchpass.com/en/articles/1033139-how-do-i-add-my-customers-partially-used-passes-to-punchpass
* Acuity Scheduling, appointments and clients:
  https://help.acuityscheduling.com/hc/en-us/articles/360023934112-Importing-and-Exporting-Appointments-and-Clients

A page describes what a field is, not always its spelling in a file; what is spelt otherwise is seen in the mapping, and
said by hand. Neither page describes an id of a customer, so their members are known by e-mail.
"""

from collections.abc import Mapping

_WHO = {"Email": "member_email", "Email address": "member_email"}

SYSTEMS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "punchpass": {
        "members": {
            "First name": "first_name",
            "Last name": "last_name",
            "Email": "email",
            "Email address": "email",
            "Phone": "phone",
            "Phone number": "phone",
            "Birthday": "birth_date",
        },
        "passes": {
            **_WHO,
            "Pass name": "title",
            "Active date": "valid_from",
            "Expiration date": "valid_until",
            "Number of visits": "punches_left",
            "Visits remaining": "punches_left",
        },
    },
    "acuity": {
        "members": {
            "First Name": "first_name",
            "Last Name": "last_name",
            "Email": "email",
            "Phone": "phone",
        },
        "reservations": {
            **_WHO,
            "Appointment ID": "id",
            "Start Time": "starts_at",
            "Type": "title",
        },
    },
}
"""By system and kind: the field under each header. A kind that is not here has no page that describes it."""
