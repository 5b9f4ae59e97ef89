"""What the templates of every door may say of the site."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from reports.queries.notices import unread_count
from reports.queries.site import site as settled


def site(request: HttpRequest) -> dict[str, object]:
    """``website`` for header and footer: asked for only when it is used, once a request.

    (``site`` is taken: Django's own log-in view means the request's host by it.)
    """
    return {"website": SimpleLazyObject(settled)}


def unread(request: HttpRequest) -> dict[str, object]:
    """``unread_notices`` for the headers of desk and admin: one statement, where it is shown."""
    user = getattr(request, "user", None)
    return {"unread_notices": SimpleLazyObject(lambda: unread_count(user))}
