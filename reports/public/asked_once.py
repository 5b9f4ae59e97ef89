"""What several parts of an answer need, asked for once a request."""

from django.http import HttpRequest

from reports.exporters.page import Site
from reports.queries.site import site

NAME = "_site_of_this_request"


def site_of(request: HttpRequest) -> Site:
    """What the site says of itself."""
    known: Site | None = getattr(request, NAME, None)
    if known is None:
        known = site()
        setattr(request, NAME, known)
    return known
