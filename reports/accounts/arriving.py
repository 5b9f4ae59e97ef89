"""From where a request comes, for whatever is noted in the audit trail while it is answered."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from reports.actions.auditing import Result, arrived, asker_of, note
from reports.queries.visitors import visitor_address


class Arriving:
    """After AuthenticationMiddleware: a person who is refused a page (403) leaves an entry."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        agent = request.headers.get("User-Agent", "")
        with arrived(visitor_address(request), agent, lambda: request.user) as origin:
            response = self.get_response(request)
            told = origin.noted or origin.refused
            if response.status_code == 403 and not told and (asker := asker_of(origin)):
                where = f"{request.method} {request.path}"
                note("open_page", where, by=asker, result=Result.REFUSED)
        return response
