"""Whether the server answers, for whoever watches it."""

from datetime import datetime

from fastapi import APIRouter

from server.api.asking import Now
from server.api.shapes import Told

router = APIRouter(prefix="/api/health", tags=["health"])


class HealthTold(Told):
    ok: bool
    at: datetime


@router.get("", response_model=HealthTold)
def health(at: Now) -> HealthTold:
    """It answers, and this is the time it has."""
    return HealthTold(ok=True, at=at)
