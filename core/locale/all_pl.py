"""Every Polish catalogue, for `core.messages`: the house first, then its rooms."""

from core.locale import (
    desk_pl,
    faces_pl,
    fleet_pl,
    inbox_pl,
    machine_pl,
    members_pl,
    phone_pl,
    pl,
    spoken_pl,
    staff_desk_pl,
    staff_faces_pl,
    team_pl,
    tools_pl,
)

CATALOGUES = (
    pl.SENTENCES,
    desk_pl.SENTENCES,
    faces_pl.SENTENCES,
    fleet_pl.SENTENCES,
    inbox_pl.SENTENCES,
    machine_pl.SENTENCES,
    members_pl.SENTENCES,
    phone_pl.SENTENCES,
    spoken_pl.SENTENCES,
    staff_desk_pl.SENTENCES,
    staff_faces_pl.SENTENCES,
    team_pl.SENTENCES,
    tools_pl.SENTENCES,
)
