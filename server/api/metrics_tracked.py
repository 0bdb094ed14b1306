"""What a studio tracks of how it is used, as Prometheus' gauges: of the last 28 days, rates between 0 and 1.

Where there is nothing to divide by there is no number. Class types are told by their ids.
"""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from server.services.reports.tracked import Tracked
from server.services.reports.values import PlaceFigures


class TrackedTold(Collector):
    """One organization's."""

    def __init__(self, organization_id: str, found: Tracked) -> None:
        self._here, self._found = organization_id, found

    def collect(self) -> Iterator[Metric]:
        yield from self._of_places()
        yield from self._of_visits()
        yield from self._of_passes()
        yield from self._of_the_policy()

    def _of_places(self) -> Iterator[Metric]:
        found = self._found.reservations
        yield self._one("tessera_places_made_28d", "Places reserved.", found.made)
        ahead = None if found.advance is None else found.advance.total_seconds()
        yield self._one("tessera_advance_seconds_28d", "From reserving to the session's start, on average.", ahead)
        rates = self._gauge("tessera_class_rate_28d", "Of places in sessions, by class type.", "class_type", "of")
        for one in found.by_class:
            for of, rate in _rates(one.places):
                if rate is not None:
                    rates.add_metric([self._here, one.class_type_id, of], rate)
        yield rates

    def _of_visits(self) -> Iterator[Metric]:
        methods = self._gauge("tessera_check_ins_28d", "Visits, by who acted and where.", "method", "source")
        for method in self._found.reservations.methods:
            methods.add_metric([self._here, method.method.value, method.source.value], method.visits)
        yield methods
        says = "Visits, by the hour of the week in which their session starts; Monday is 1."
        hours = self._gauge("tessera_popular_visits_28d", says, "weekday", "hour")
        for when in self._found.reservations.popular:
            hours.add_metric([self._here, str(when.weekday), str(when.hour)], when.visits)
        yield hours

    def _of_passes(self) -> Iterator[Metric]:
        found = self._found.passes
        used = "Sessions that punch passes were used for, on average, of those whose time ran out."
        yield self._one("tessera_pass_sessions_used_28d", used, found.mean_sessions_used)
        says = "Of the punch passes whose time ran out, those with punches left."
        yield self._one("tessera_pass_expiry_rate_28d", says, found.expiry_rate)

    def _of_the_policy(self) -> Iterator[Metric]:
        found = self._found.policy
        suspended = "Of the members who reserved or came, those suspended."
        yield self._one("tessera_suspension_rate_28d", suspended, found.suspension_rate)
        says = "By how much the no-show rate fell since a version began, as a part of what it was."
        fell = self._gauge("tessera_no_show_reduction", says, "version")
        if found.versions is not None and found.versions.reduction is not None:
            fell.add_metric([self._here, str(found.versions.version)], found.versions.reduction)
        yield fell
        again = "Of suspensions that ended 60 to 88 days ago, those after which the member came again within 60 days."
        yield self._one("tessera_retention_rate", again, self._found.retention.rate)

    def _one(self, name: str, says: str, value: float | None) -> GaugeMetricFamily:
        gauge = self._gauge(name, says)
        if value is not None:
            gauge.add_metric([self._here], value)
        return gauge

    def _gauge(self, name: str, says: str, *labels: str) -> GaugeMetricFamily:
        return GaugeMetricFamily(name, says, labels=("organization", *labels))


def _rates(places: PlaceFigures) -> tuple[tuple[str, float | None], ...]:
    return ("no_show", places.no_show_rate), ("cancelled", places.cancellation_rate)
