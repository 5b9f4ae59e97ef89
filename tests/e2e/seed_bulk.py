"""Cities whose reports wait to be published, one for each way of walking; prints JSON.

Of each city's five reports three can be published at once; the supervisor
wrote in one, and one is still in review. Run with the site's own environment.
"""

import json
import sys
from itertools import count

import django

django.setup()

from reports.actions.moves import move  # noqa: E402
from reports.editions.bodies import BodyKind, Level  # noqa: E402
from reports.models import Revision  # noqa: E402
from reports.workflow import Role  # noqa: E402
from tests import factories  # noqa: E402
from tests.e2e.seed import YEAR  # noqa: E402
from tests.factories import (  # noqa: E402
    complete,
    make_agency,
    make_division,
    make_revision,
    make_user,
    written_by,
)

READY = 3  # more than are published within a request


def city_of(name: str) -> dict[str, object]:
    division = make_division(Level.PREFECTURE, name=name)
    kind = str(BodyKind.GOVERNMENT)
    city = make_agency(f"{name}人民政府", kind=kind, division=division)
    supervisor = make_user(Role.SUPERVISOR, agency=city, name="申审核")
    other = make_user(Role.SUPERVISOR, agency=city, name="沈同事")
    names = []
    for number in range(READY + 2):
        bureau = make_agency(f"{name}第{number}局", parent=city, division=division)
        author = make_user(Role.AUTHOR, agency=bureau)
        made = complete(make_revision(YEAR, bureau))
        if number == READY:
            written_by(made, supervisor)
        verbs = [("submit", author), ("approve", other)][: 1 if number > READY else 2]
        for verb, by in verbs:
            move(Revision.objects.get(pk=made.pk), verb, by=by)
        names.append(bureau.name)
    return {"supervisor": supervisor.username, "names": names}


if __name__ == "__main__":
    factories.serial = count(5000)  # beside what seed.py has numbered
    print(json.dumps([city_of(name) for name in sys.argv[1:]]))
