"""Figures for Prometheus: requests by route, tasks that wait, whether the site is ready.

Only where the ``metrics`` extra is installed and METRICS_TOKEN is set. Several processes
share their counts through the folder named by PROMETHEUS_MULTIPROC_DIR.
"""

from collections.abc import Iterator
from contextlib import suppress
from hmac import compare_digest
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports.queries.readiness import queue, readiness

prometheus_client: Any = None  # without the extra there is no such address
with suppress(ImportError):
    import prometheus_client
    import prometheus_client.multiprocess

if prometheus_client:
    LABELS = ("method", "route", "status")
    REQUESTS = prometheus_client.Counter("reports_requests", "Requests answered", LABELS)
    SECONDS = prometheus_client.Histogram("reports_request_seconds", "Time to answer", ("route",))


def is_on() -> bool:
    return prometheus_client is not None and bool(settings.METRICS_TOKEN)


def count(request: HttpRequest, response: HttpResponse, took: float) -> None:
    """Count an answered request under its route; what matched none is one route, "-"."""
    if not is_on():
        return
    match = request.resolver_match
    route = match.view_name if match else "-"
    method = request.method if request.method in {"GET", "HEAD", "POST"} else "other"
    REQUESTS.labels(method, route, response.status_code).inc()
    SECONDS.labels(route).observe(took)


class State:
    """Asked anew at each scrape."""

    def collect(self) -> Iterator[Any]:
        gauge = prometheus_client.metrics_core.GaugeMetricFamily
        found = readiness()
        yield gauge("reports_ready", "1 where /readyz says 200", float(found.is_ready))
        checks = gauge("reports_check", "1 where the check is well", labels=["check"])
        for name, said in {**found.barriers, **found.shortfalls}.items():
            checks.add_metric([name], float(said == "ok"))
        yield checks
        try:
            tasks = queue()
        except DatabaseError:  # reports_check says so
            return
        yield gauge("reports_tasks_waiting", "Tasks that could be done now", tasks.waiting)
        yield gauge("reports_tasks_oldest_seconds", "Wait of the oldest", tasks.age.total_seconds())


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for whoever sends the token as a bearer; 404 to anyone else."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not is_on() or not compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    registry = prometheus_client.CollectorRegistry()
    registry.register(State())
    if settings.METRICS_SHARED:
        prometheus_client.multiprocess.MultiProcessCollector(registry)
        text = prometheus_client.generate_latest(registry)
    else:
        text = prometheus_client.generate_latest(registry)
        text += prometheus_client.generate_latest(prometheus_client.REGISTRY)
    return HttpResponse(text, content_type=prometheus_client.CONTENT_TYPE_LATEST)
