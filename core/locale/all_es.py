"""Every Spanish catalogue, for `core.messages`: the house first, then its rooms."""

from core.locale import (
    desk_es,
    es,
    faces_es,
    fleet_es,
    inbox_es,
    machine_es,
    members_es,
    phone_es,
    spoken_es,
    staff_desk_es,
    staff_faces_es,
    team_es,
    tools_es,
)

CATALOGUES = (
    es.SENTENCES,
    desk_es.SENTENCES,
    faces_es.SENTENCES,
    fleet_es.SENTENCES,
    inbox_es.SENTENCES,
    machine_es.SENTENCES,
    members_es.SENTENCES,
    phone_es.SENTENCES,
    spoken_es.SENTENCES,
    staff_desk_es.SENTENCES,
    staff_faces_es.SENTENCES,
    team_es.SENTENCES,
    tools_es.SENTENCES,
)
