"""The routes for members' apps and other programs, for whoever makes the app.

The app must have its clock as `app.state.now`, and answer a `TesseraError` as `{"error": …}`.
"""

from fastapi import APIRouter

from server.api import households, inbox, members, registrations, reservations, sessions, staff_acts

routers: tuple[APIRouter, ...] = (
    reservations.router,
    registrations.router,
    sessions.router,
    members.router,
    households.router,
    inbox.router,
    staff_acts.router,
)
