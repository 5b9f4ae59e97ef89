"""How many documents one address may have read.

Reading a document is the dearest thing anyone can ask of the site without an
account. The count stands in the default cache. As the site is set up that is
each process's own memory: with n processes an address may get up to n times
as many, and a restart forgets. A cache which the processes share (CACHES in
the settings) makes it one count without a change here.

Only a keyed hash of the address is kept, for ten minutes, and never logged.
"""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

DOCUMENTS = 20
SECONDS = 10 * 60
ONE_HOME = 64  # bits: whoever has one IPv6 address has its whole network


def allows(request: HttpRequest, documents: int) -> bool:
    """Count these documents; False where the address has had enough.

    The ten minutes begin with the first document.
    """
    key = f"check:{salted_hmac('reports.public.limits', address_of(request)).hexdigest()}"
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key, documents) <= DOCUMENTS
    except ValueError:  # it ran out between the two lines
        return True


def address_of(request: HttpRequest) -> str:
    """Who asks: the last proxy's word where there is one, else the other end of the line."""
    said = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        said = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip() or said
    try:
        address = ip_address(said)
    except ValueError:  # a socket's file: everyone behind it counts as one
        return said
    if isinstance(address, IPv6Address):
        home = ip_network((int(address), ONE_HOME), strict=False)
        return str(address.ipv4_mapped or home)
    return said
