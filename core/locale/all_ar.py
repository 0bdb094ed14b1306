"""Every Arabic catalogue, for `core.messages`: the house first, then its rooms."""

from core.locale import (
    ar,
    desk_ar,
    faces_ar,
    fleet_ar,
    inbox_ar,
    machine_ar,
    members_ar,
    phone_ar,
    spoken_ar,
    staff_desk_ar,
    staff_faces_ar,
    team_ar,
    tools_ar,
)

CATALOGUES = (
    ar.SENTENCES,
    desk_ar.SENTENCES,
    faces_ar.SENTENCES,
    fleet_ar.SENTENCES,
    inbox_ar.SENTENCES,
    machine_ar.SENTENCES,
    members_ar.SENTENCES,
    phone_ar.SENTENCES,
    spoken_ar.SENTENCES,
    staff_desk_ar.SENTENCES,
    staff_faces_ar.SENTENCES,
    team_ar.SENTENCES,
    tools_ar.SENTENCES,
)
