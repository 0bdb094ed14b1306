"""Every French catalogue, for `core.messages`: the house first, then its rooms."""

from core.locale import (
    desk_fr,
    faces_fr,
    fleet_fr,
    fr,
    inbox_fr,
    machine_fr,
    members_fr,
    phone_fr,
    spoken_fr,
    staff_desk_fr,
    staff_faces_fr,
    team_fr,
    tools_fr,
)

CATALOGUES = (
    fr.SENTENCES,
    desk_fr.SENTENCES,
    faces_fr.SENTENCES,
    fleet_fr.SENTENCES,
    inbox_fr.SENTENCES,
    machine_fr.SENTENCES,
    members_fr.SENTENCES,
    phone_fr.SENTENCES,
    spoken_fr.SENTENCES,
    staff_desk_fr.SENTENCES,
    staff_faces_fr.SENTENCES,
    team_fr.SENTENCES,
    tools_fr.SENTENCES,
)
