"""Metrics: what a Prometheus on this machine is told: the record's vital signs, and what the desk answered.

Numbers, treaties and the declared addresses of pages. Never a State, a person, a word on file, or what was asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client import generate_latest as written
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from casework.operations.vital_signs import VitalSigns

MEDIA_TYPE = CONTENT_TYPE_LATEST
#: What stands for a request without a page, for a method that no page has, and for an answer that nobody waited for.
NO_PAGE, OTHER, NO_ANSWER = "none", "other", "none"
_METHODS = frozenset({"GET", "POST"})
_WITHIN = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
# When each number was first counted is as many lines again, for nothing.
disable_created_metrics()  # type: ignore[no-untyped-call]


class RequestCounts:
    """How many requests a desk has answered since it started, and how soon: by the declared address of their page."""

    def __init__(self) -> None:
        """Have counted nothing yet."""
        self._registry = CollectorRegistry()
        self._answered = Counter(
            "accede_requests",
            "Requests by the declared address of their page, method, and class of the answer's status.",
            ("route", "method", "status"),
            registry=self._registry,
        )
        self._took = Histogram(
            "accede_request_duration_seconds",
            "Seconds until an answer began, by the declared address of its page and method.",
            ("route", "method"),
            buckets=_WITHIN,
            registry=self._registry,
        )

    def note(self, scope: Mapping[str, Any], status: int | None, seconds: float) -> None:
        """Count a request: its status, or none where nobody waited for the answer, and how long until that began."""
        route = getattr(scope.get("route"), "path", "") or scope.get("root_path") or NO_PAGE  # files have no route
        method = scope["method"] if scope["method"] in _METHODS else OTHER
        self._answered.labels(route, method, f"{status // 100}xx" if status else NO_ANSWER).inc()
        self._took.labels(route, method).observe(seconds)

    def written(self) -> bytes:
        """Write them as Prometheus reads them."""
        return written(self._registry)


def vital_signs_written(signs: VitalSigns | None) -> bytes:
    """Write the vital signs as Prometheus reads them; of a record that does not answer, that it does not."""
    registry = CollectorRegistry()
    registry.register(_Gauges(signs))
    return written(registry)


class _Gauges(Collector):
    def __init__(self, signs: VitalSigns | None) -> None:
        self._signs = signs

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield every gauge."""
        yield _gauge("record_answers", "Whether the record answers (1) or not (0).", int(self._signs is not None))
        if self._signs is not None:
            yield from _gauges(self._signs)


def _gauges(signs: VitalSigns) -> Iterator[GaugeMetricFamily]:
    yield _ages(
        "oldest_due_dossier_age_seconds", "Since the sweep that should have treated the oldest due dossier.",
        "treaty", signs.oldest_due,
    )  # fmt: skip
    yield _ages(
        "last_sweep_age_seconds", "Since a sweep last completed, or the record was opened.", "treaty", signs.since_sweep
    )
    yield _gauge(
        "oldest_waiting_letter_age_seconds", "Since the oldest letter waits that may leave.", signs.oldest_letter
    )
    yield _gauge(
        "last_backup_age_seconds", "Since the last backup that was brought back whole, or the record was opened.",
        signs.since_backup,
    )  # fmt: skip
    yield _counts("letters", "Letters that somebody is still to get, by their state.", "state", signs.letters)
    yield _counts("open_failures", "Failures that nobody has dealt with, by their kind.", "kind", signs.failures)


def _gauge(name: str, says: str, value: timedelta | int) -> GaugeMetricFamily:
    number = value.total_seconds() if isinstance(value, timedelta) else value
    return GaugeMetricFamily(f"accede_{name}", says, value=number)


def _ages(name: str, says: str, label: str, ages: Mapping[str, timedelta]) -> GaugeMetricFamily:
    return _counts(name, says, label, {of: age.total_seconds() for of, age in ages.items()})


def _counts(name: str, says: str, label: str, values: Mapping[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"accede_{name}", says, labels=(label,))
    for of, value in values.items():
        family.add_metric([of], value)
    return family
