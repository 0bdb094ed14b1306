"""Every Polish catalogue, for `core.messages`: the house first, then its rooms."""

from core.locale import desk_pl, faces_pl, fleet_pl, inbox_pl, pl, tools_pl

CATALOGUES = (
    pl.SENTENCES,
    faces_pl.SENTENCES,
    desk_pl.SENTENCES,
    inbox_pl.SENTENCES,
    fleet_pl.SENTENCES,
    tools_pl.SENTENCES,
)
