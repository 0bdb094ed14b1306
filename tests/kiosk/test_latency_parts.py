"""Where the time goes between a card that can be read and an answer that can be seen."""

from core.health import HealthWord as W
from kiosk.latency import KEPT, Answered, Latencies


def answered(version: int, *, seen: float = 10.0) -> Answered:
    return Answered(seen_at=seen, decoded_at=seen + 0.004, decided_at=seen + 0.03, version=version)


def test_each_part_is_told_and_they_add_up():
    latencies = Latencies()
    latencies.answered(answered(7))
    latencies.painted(7, 10.08)
    said = latencies.as_health()
    assert (said[W.DECODE_P50], said[W.DECIDE_P50], said[W.PAINT_P50]) == ("4", "26", "50")
    assert (said[W.ANSWER_P95], said[W.PAINTED_P95]) == ("30", "80")


def test_nothing_is_said_of_what_was_never_measured():
    latencies = Latencies()
    assert latencies.as_health() == {} and latencies.percentile(0.5) is None
    latencies.answered(answered(7))
    assert {W.PAINT_P50, W.PAINTED_P50}.isdisjoint(latencies.as_health())


def test_the_face_before_is_not_the_answer_and_only_the_first_browser_counts():
    latencies = Latencies()
    latencies.answered(answered(7))
    latencies.painted(6, 10.04)
    assert W.PAINTED_P50 not in latencies.as_health()
    latencies.painted(8, 10.08)
    latencies.painted(8, 12.0)
    assert (latencies.as_health()[W.PAINTED_P50], latencies.as_health()[W.PAINTED_P95]) == ("80", "80")


def test_an_answer_that_nobody_painted_is_not_counted_for_the_next():
    latencies = Latencies()
    latencies.answered(answered(7))
    latencies.answered(answered(9, seen=20.0))
    latencies.painted(9, 20.06)
    assert latencies.as_health()[W.PAINTED_P95] == "60"


def test_only_the_newest_count():
    latencies = Latencies()
    latencies.answered(Answered(seen_at=0, decoded_at=9, decided_at=9, version=1))
    for version in range(KEPT):
        latencies.answered(answered(version))
    assert latencies.as_health()[W.ANSWER_P95] == "30"
