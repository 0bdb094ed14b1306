"""Every Arabic catalogue, for `core.messages`: the house first, then its rooms."""

from core.locale import ar, desk_ar, faces_ar, fleet_ar, inbox_ar, tools_ar

CATALOGUES = (
    ar.SENTENCES,
    faces_ar.SENTENCES,
    desk_ar.SENTENCES,
    inbox_ar.SENTENCES,
    fleet_ar.SENTENCES,
    tools_ar.SENTENCES,
)
