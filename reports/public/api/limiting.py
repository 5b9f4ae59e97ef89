"""How many requests of the API one address may make in a minute."""

from time import time

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from reports.actions.counting import MINUTE, Shares
from reports.queries.visitors import address_of

SHARES_OF_THIS_PROCESS = Shares()


def wait(request: HttpRequest) -> int:
    """Count a request; 0, or how many seconds the address has to wait."""
    allowed = settings.API_REQUESTS_A_MINUTE
    if not allowed:
        return 0
    now = time()
    who = salted_hmac("reports.public.api", address_of(request)).hexdigest()[:32]
    if SHARES_OF_THIS_PROCESS.spend(f"api:{who}", int(now // MINUTE), allowed):
        return 0
    return max(1, MINUTE - int(now % MINUTE))
