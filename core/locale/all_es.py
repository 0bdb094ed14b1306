"""Every Spanish catalogue, for `core.messages`: the house first, then its rooms."""

from core.locale import desk_es, es, faces_es, fleet_es, inbox_es, tools_es

CATALOGUES = (
    es.SENTENCES,
    faces_es.SENTENCES,
    desk_es.SENTENCES,
    inbox_es.SENTENCES,
    fleet_es.SENTENCES,
    tools_es.SENTENCES,
)
