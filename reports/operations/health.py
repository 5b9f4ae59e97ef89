"""For balancers and probes: is the process alive, and can it do its work."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports.queries.readiness import readiness


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Always 200 while the process answers; asks no database."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200, or 503 where something keeps the site from working.

    ``status`` is "ok", "degraded" (slow or late, still 200: every process behind a
    balancer would leave it at once) or "not ready".
    """
    found = readiness()
    return JsonResponse(
        {"status": found.status, "checks": {**found.barriers, **found.shortfalls}},
        status=200 if found.is_ready else 503,
        json_dumps_params={"ensure_ascii": False},
    )
