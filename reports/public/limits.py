"""How many documents one address may have read.

Reading a document is the dearest thing anyone can ask of the site without an
account. The count
stands in the cache ``counts``, a table of the database, so that all processes
of the site keep one count and a restart forgets nothing.

An address has so many places, each taken by one document for ten minutes.
A place is taken by ``add``, which the database lets only one process win:
a figure read and written back would lose what another counts meanwhile.

Only a keyed hash of the address is kept, for ten minutes, and never logged.
"""

from django.core.cache import caches
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from reports.queries.visitors import address_of

DOCUMENTS = 20
SECONDS = 10 * 60


def allows(request: HttpRequest, documents: int) -> bool:
    """Count these documents; False where the address has had enough."""
    counts = caches["counts"]
    who = salted_hmac("reports.public.limits", address_of(request)).hexdigest()
    places = [f"check:{who}:{number}" for number in range(DOCUMENTS)]
    taken = counts.get_many(places)
    left = documents
    for place in places:
        if left == 0:
            break
        if place not in taken and counts.add(place, 1, SECONDS):
            left -= 1
    return left == 0
