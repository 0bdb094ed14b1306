"""The routes for members' apps and other programs, for whoever makes the app.

The app must have its clock as `app.state.now`, and answer a `TesseraError` as `server/api/errors.py` does. A router
says by `needs(…)` which scopes take its routes; `server/api/app.py` gives those that say nothing only to tokens for
everything.
"""

from fastapi import APIRouter

from server.api import (
    features,
    history,
    hooks,
    households,
    imports,
    inbox,
    letters,
    members,
    metrics,
    no_shows,
    passes,
    penalties,
    policies,
    registrations,
    reports,
    reservations,
    sessions,
    staff_acts,
    suspensions,
    tokens,
    waiting,
)

routers: tuple[APIRouter, ...] = (
    reservations.router,
    reservations.check_ins,
    history.router,
    registrations.router,
    passes.router,
    passes.drop_ins,
    sessions.router,
    members.router,
    households.router,
    imports.router,
    inbox.router,
    letters.router,
    no_shows.router,
    penalties.router,
    penalties.restoring,
    policies.router,
    features.router,
    suspensions.router,
    hooks.router,
    reports.router,
    metrics.router,
    staff_acts.router,
    tokens.programs,
    tokens.members,
    waiting.router,
    waiting.for_staff,
)
