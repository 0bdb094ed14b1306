"""Waiting for a place in a full session, in English."""

SENTENCES: dict[str, str] = {
    "history.RELEASED": "The place was let go of, since nobody came in time",
    "error.waiting.not_found": "This entry is on no waiting list here. Please load the list again.",
    "error.waiting.place_is_free": "There is a free place in this session. Please reserve it instead of waiting.",
    "error.waiting.no_offer": "No place is offered just now. As soon as one is free, the next in line is told.",
    "error.waiting.offer_is_over": (
        "This offer has run out. Please look at the list again: you may still stand in line."
    ),
    "error.waiting.is_over": "This wait is over. Please look at the reservations, or join the list again.",
    "error.waiting.too_late_to_offer": (
        "Nobody could answer an offer before the session begins. Please reserve the place for them instead."
    ),
    # on a member's own pages
    "my.waits": "Waiting list",
    "my.wait.auto": "Reserve it for me when one is free. Shortly before the start I am asked first.",
    "my.wait.auto.on": "When one is free it is reserved for you; shortly before the start you are asked first.",
    "my.told.waiting_auto": "You are on the list. When a place is free it is reserved for you, and we write to you.",
}
