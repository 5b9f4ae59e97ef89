"""From where a request comes."""

from django.conf import settings
from django.http import HttpRequest


def visitor_address(request: HttpRequest) -> str:
    """The last proxy's word where there is one (BEHIND_PROXY), else the other end of the line."""
    said: str = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        said = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip() or said
    return said
