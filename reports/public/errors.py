"""Refusals in plain words. Django's own views draw 400, 403, 404 and 500."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form which waited too long, or came from elsewhere."""
    return render(request, "403_csrf.html", status=403)
