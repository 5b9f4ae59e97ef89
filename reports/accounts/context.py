"""What the headers of desk and admin say of the person's log-in."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from reports.queries.password_age import days_to_warn_of


def standing(request: HttpRequest) -> dict[str, object]:
    """``password_days``: days until the password has to be changed, where it is time to say so."""
    user = getattr(request, "user", None)
    return {"password_days": SimpleLazyObject(lambda: days_to_warn_of(user))}


def session_limits(request: HttpRequest) -> dict[str, object]:
    """For the page's own warning before a session ends: seconds."""
    return {"session_idle": settings.SESSION_IDLE, "session_warning": settings.SESSION_WARNING}
