"""What the templates of every door may say of the site."""

from urllib.parse import quote, urlencode

from django.http import HttpRequest, QueryDict
from django.utils.functional import SimpleLazyObject

from reports.exporters.linked import Linked
from reports.queries.notices import unread_count

from .asked_once import site_of
from .help import address_of_help

SAFE = "/?&=%+"  # written as addresses have it already
FIRST_PAGE = ("page", "1")


def site(request: HttpRequest) -> dict[str, object]:
    """``website`` for header and footer: asked for only when it is used, once a request.

    (``site`` is taken: Django's own log-in view means the request's host by it.)
    """
    return {"website": SimpleLazyObject(lambda: site_of(request))}


def unread(request: HttpRequest) -> dict[str, object]:
    """``unread_notices`` for the headers of desk and admin: one statement, where it is shown."""
    user = getattr(request, "user", None)
    return {"unread_notices": SimpleLazyObject(lambda: unread_count(user))}


def explained(request: HttpRequest) -> dict[str, object]:
    """``help_address`` for the headers of desk and admin: the page's section of a manual."""
    return {"help_address": SimpleLazyObject(lambda: address_of_help(request))}


def linked(request: HttpRequest) -> dict[str, object]:
    """``linked`` for the head of a page that says nothing more of itself than its one address."""
    return {"linked": SimpleLazyObject(lambda: Linked(address_of(request)))}


def address_of(request: HttpRequest) -> str:
    """The one whole address of the page that is asked for."""
    asked = normal(request.GET)
    path = f"{request.path}?{asked}" if asked else request.path
    return site_of(request).address + quote(path, SAFE)


def normal(query: QueryDict) -> str:
    """What is asked of a list, always written the same way: nothing empty, nothing of campaigns."""
    said = [(name, text.strip()) for name in sorted(query) for text in query.getlist(name)]
    return urlencode(
        [
            (name, text)
            for name, text in said
            if text and (name, text) != FIRST_PAGE and not name.startswith("utm_")
        ]
    )
