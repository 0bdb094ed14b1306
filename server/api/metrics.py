"""`/metrics` in Prometheus' format: what is true of the token's organization right now, and how this process answers.

Numbers and ids only. It is for an owner's token alone, as everything in it is one organization's.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

from fastapi import APIRouter, Request, Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.scopes import Subject
from server.api.asking import By, Now, needs
from server.api.described import noes
from server.api.metrics_tracked import TrackedTold
from server.services.people.rights import Asker
from server.services.reports.figures import Figures, figures
from server.services.reports.tracked import Tracked, tracked

router = APIRouter(tags=["reports"], dependencies=[needs(Subject.REPORTS)])
KEPT_FOR = timedelta(seconds=15)
"""However often it is asked, the database is asked no oftener."""
TRACKED_FOR = timedelta(hours=1)
"""The same, for figures of four weeks, which take longer to find and hardly change in an hour."""
Found = TypeVar("Found")


class Watched:
    """One app's: the answers it gave since it began, by status, and the figures it last found. Made with the app."""

    def __init__(self) -> None:
        self.answers: Counter[str] = Counter()
        self._figures = _Kept(figures, KEPT_FOR)
        self._tracked = _Kept(tracked, TRACKED_FOR)

    def figures(self, by: Asker, at: datetime) -> Figures:
        """Those of the asker's organization, at most 15 seconds old. Raises `Forbidden`."""
        return self._figures.of(by, at)

    def tracked(self, by: Asker, at: datetime) -> Tracked:
        """The same, at most an hour old."""
        return self._tracked.of(by, at)


class _Kept(Generic[Found]):
    """What was found, for a while, so that whoever asks often does not keep the database busy."""

    def __init__(self, find: Callable[[str, Asker, datetime], Found], lasts: timedelta) -> None:
        self._find, self._lasts = find, lasts
        self._kept: dict[str, tuple[datetime, Found]] = {}
        self._lock = Lock()

    def of(self, by: Asker, at: datetime) -> Found:
        # Whoever may not ask is told so by `find`; what is kept is given to nobody who was not looked at.
        may = by.role, by.staff_id, by.name
        key = f"{by.organization_id} {may}"
        with self._lock:
            since, found = self._kept.get(key, (None, None))
            if since is None or found is None or not timedelta(0) <= at - since < self._lasts:
                found = self._find(by.organization_id, by, at)
                self._kept = {key: one for key, one in self._kept.items() if at - one[0] < self._lasts}
                self._kept[key] = at, found
            return found


class CountsAnswers:
    """Counts what the app it stands in front of answers, by the status' first digit."""

    def __init__(self, app: ASGIApp, watched: Watched) -> None:
        self._app, self._watched = app, watched

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._watched.answers[f"{message['status'] // 100}xx"] += 1
            await send(message)

        try:
            await self._app(scope, receive, counted)
        except Exception:
            # Answered further out, as a failure.
            self._watched.answers["5xx"] += 1
            raise


@router.get(
    "/metrics",
    response_class=Response,
    responses={**noes(), 200: {"content": {"text/plain": {}}, "description": "In Prometheus' text format, 0.0.4."}},
)
def metrics(request: Request, by: By, at: Now) -> Response:
    """How many reserve, come and miss; what passes are used for and what the policy does; door answer times, nights,
    what waits to be sent. For an owner's token."""
    watched: Watched = request.app.state.watched
    told = CollectorRegistry(auto_describe=False)
    told.register(_Told(watched.figures(by, at), watched.answers, at))
    told.register(TrackedTold(by.organization_id, watched.tracked(by, at)))
    return Response(generate_latest(told), media_type=CONTENT_TYPE_PLAIN_0_0_4)


class _Told(Collector):
    def __init__(self, found: Figures, answers: Counter[str], at: datetime) -> None:
        self._found, self._answers, self._at = found, answers, at

    def collect(self) -> Iterator[Metric]:
        yield from self._of_members()
        yield from self._of_kiosks()
        yield from self._of_nights()
        yield from self._of_sending()
        answers = CounterMetricFamily("tessera_http_answers", "Answers of this process, by status.", labels=["status"])
        for status in ("2xx", "3xx", "4xx", "5xx"):
            answers.add_metric([status], self._answers[status])
        yield answers

    def _of_members(self) -> Iterator[Metric]:
        here = self._found.organization_id
        news = _gauge("tessera_news_24h", "News of the last 24 hours, by kind.", "organization", "kind")
        for kind, count in self._found.news:
            news.add_metric([here, kind], count)
        yield news
        suspended = _gauge("tessera_suspensions_24h", "Suspensions made in the last 24 hours.", "organization")
        suspended.add_metric([here], self._found.suspended_lately)
        yield suspended
        rates = _gauge("tessera_rate_28d", "Of places in sessions of the last 28 days.", "organization", "of")
        places = self._found.places
        for name, rate in (
            ("no_show", places.no_show_rate),
            ("cancelled", places.cancellation_rate),
            ("auto_cancelled", places.auto_cancellation_rate),
        ):
            if rate is not None:
                rates.add_metric([here, name], rate)
        yield rates

    def _of_kiosks(self) -> Iterator[Metric]:
        labels = ("organization", "venue", "kiosk")
        up = _gauge("tessera_kiosk_in_touch", "1: it was heard of in the last two minutes.", *labels)
        waiting = _gauge("tessera_kiosk_unsent", "Attempts that a kiosk had not told when last heard.", *labels)
        answer = _gauge("tessera_door_answer_seconds", "How long people waited lately.", *labels, "quantile")
        for kiosk in self._found.kiosks:
            values = [self._found.organization_id, kiosk.venue_id, kiosk.device_id]
            up.add_metric(values, kiosk.is_in_touch)
            waiting.add_metric(values, kiosk.waiting)
            for quantile, seconds in (("0.5", kiosk.answer_p50), ("0.95", kiosk.answer_p95)):
                if seconds is not None:
                    answer.add_metric([*values, quantile], seconds)
        yield from (up, waiting, answer)

    def _of_nights(self) -> Iterator[Metric]:
        labels = ("organization", "venue", "job")
        done = _gauge("tessera_night_done_timestamp_seconds", "When a night's job was last done.", *labels)
        age = _gauge("tessera_night_age_seconds", "How long ago that is.", *labels)
        failing = _gauge("tessera_night_failing", "1: the last night of this job failed.", *labels)
        for night in self._found.nights:
            values = [self._found.organization_id, night.venue_id, night.job]
            failing.add_metric(values, night.is_failing)
            if night.done_at is not None:
                done.add_metric(values, night.done_at.timestamp())
                age.add_metric(values, (self._at - night.done_at).total_seconds())
        yield from (done, age, failing)

    def _of_sending(self) -> Iterator[Metric]:
        labels = ("organization", "outbox")
        waiting = _gauge("tessera_outbox_waiting", "Letters and calls to other programs that wait.", *labels)
        oldest = _gauge("tessera_outbox_oldest_seconds", "How long the oldest of them waits.", *labels)
        for outbox in self._found.outboxes:
            values = [self._found.organization_id, outbox.name]
            waiting.add_metric(values, outbox.waiting)
            since = self._at if outbox.oldest_at is None else outbox.oldest_at
            oldest.add_metric(values, (self._at - since).total_seconds())
        paused = _gauge("tessera_webhooks_paused", "Webhooks that are told nothing.", "organization")
        paused.add_metric([self._found.organization_id], self._found.webhooks_paused)
        yield from (waiting, oldest, paused)


def _gauge(name: str, says: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, labels=labels)
