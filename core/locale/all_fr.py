"""Every French catalogue, for `core.messages`: the house first, then its rooms."""

from core.locale import desk_fr, faces_fr, fleet_fr, fr, inbox_fr, tools_fr

CATALOGUES = (
    fr.SENTENCES,
    faces_fr.SENTENCES,
    desk_fr.SENTENCES,
    inbox_fr.SENTENCES,
    fleet_fr.SENTENCES,
    tools_fr.SENTENCES,
)
