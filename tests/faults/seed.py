"""What a round begins with: a city, its people, and reports at every step; prints JSON.

Run with the site's own environment and the round's number.
"""

import json
import sys
from base64 import b64encode
from itertools import count

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402

from reports import exporters  # noqa: E402
from reports.actions.moves import move  # noqa: E402
from reports.editions.bodies import BodyKind, Level  # noqa: E402
from reports.exporters.document import Options  # noqa: E402
from reports.models import Agency, Membership, Revision, RevisionPart, User  # noqa: E402
from reports.queries.sheets import sheet_of  # noqa: E402
from reports.workflow import Role  # noqa: E402
from tests import factories  # noqa: E402
from tests.e2e.seed import YEAR  # noqa: E402
from tests.factories import (  # noqa: E402
    OTHER,
    OVERVIEW,
    PASSWORD,
    PROBLEMS,
    complete,
    make_agency,
    make_division,
    make_revision,
    make_user,
)

NUMBERS = {  # how many reports of a round are
    "draft": 4,  # written in
    "submit": 5,
    "approve": 3,
    "publish": 4,
    "batch_approve": 12,
    "batch_publish": 12,
    "schedule": 2,
    "import": 3,
}
MOVES = {
    "draft": 0, "submit": 0, "approve": 1, "publish": 2, "batch_approve": 1, "batch_publish": 2,
    "schedule": 2,
}  # fmt: skip


def main(number: int, numbers: dict[str, int]) -> None:
    factories.serial = count(1 + number * 1000)
    division = make_division(Level.PREFECTURE, name=f"故障{number}市", code=f"{number:06d}")
    city = make_agency(f"故障{number}市人民政府", kind=str(BodyKind.GOVERNMENT), division=division)
    supervisors = [make_user(Role.SUPERVISOR, agency=city) for _ in range(4)]
    User.objects.filter(pk=supervisors[0].pk).update(email=f"supervisor{number}@example.invalid")
    clerk = make_user(Role.AUTHOR, agency=city)
    made: dict[str, list[dict[str, object]]] = {}
    for use, wanted in numbers.items():
        made[use] = [
            with_report(f"{division.name}{use}{each}局", city, clerk, supervisors[3], use)
            for each in range(wanted)
        ]
    known = {
        "round": number, "password": PASSWORD, "clerk": clerk.username,
        "supervisors": [each.username for each in supervisors[:3]],
    }  # fmt: skip
    print(json.dumps(known | made))


def one_report(number: int, many: int) -> None:
    """One report, and so many authors and supervisors who all may do everything to it."""
    factories.serial = count(1 + number * 1000)
    division = make_division(Level.PREFECTURE, name=f"同写{number}市", code=f"{number:06d}")
    city = make_agency(f"同写{number}市人民政府", kind=str(BodyKind.GOVERNMENT), division=division)
    bureau = make_agency(f"同写{number}局", parent=city, division=division)
    people = {
        name: [make_user(role, agency=where).username for _ in range(many)]
        for name, role, where in (
            ("authors", Role.AUTHOR, bureau), ("supervisors", Role.SUPERVISOR, city)
        )
    }  # fmt: skip
    revision = complete(make_revision(YEAR, bureau))
    print(json.dumps(people | {"revision": revision.pk, "password": PASSWORD}))


def made_sound(pk: int) -> None:
    """Texts that nothing blocks; the versions stay as they were counted."""
    for part, text in (("overview", OVERVIEW), ("problems", PROBLEMS), ("other_matters", OTHER)):
        RevisionPart.objects.filter(revision=pk, key=part).update(text=f"{text}\n")


def with_report(name: str, city: Agency, clerk: User, by: User, use: str) -> dict[str, object]:
    bureau = make_agency(name, parent=city, division=city.division)
    Membership.objects.create(user=clerk, agency=bureau, role=str(Role.AUTHOR))
    if use == "import":
        return {"agency": bureau.pk, "document": b64encode(document_of(bureau)).decode()}
    known: dict[str, object] = {"agency": bureau.pk, "slug": bureau.slug, "year": YEAR}
    if use == "draft":
        known["author"] = make_user(Role.AUTHOR, agency=bureau).username
    revision = complete(make_revision(YEAR, bureau))
    verbs = (("submit", clerk), ("approve", by))[: MOVES[use]]
    for verb, user in verbs:
        move(Revision.objects.get(pk=revision.pk), verb, by=user)
    return known | {"revision": revision.pk}


def document_of(bureau: Agency) -> bytes:
    """The report as a Word document; the database forgets that it was ever there."""
    with transaction.atomic():
        sheet = sheet_of(complete(make_revision(YEAR, bureau)))
        content = exporters.draw("docx", sheet, Options(font_root=settings.FONT_ROOT)).content
        transaction.set_rollback(True)
    return content


if __name__ == "__main__":
    if sys.argv[2:3] == ["one"]:
        one_report(int(sys.argv[1]), int(sys.argv[3]))
        raise SystemExit
    if sys.argv[2:3] == ["sound"]:
        made_sound(int(sys.argv[1]))
        raise SystemExit
    asked = NUMBERS | (json.loads(sys.argv[2]) if len(sys.argv) > 2 else {})
    main(int(sys.argv[1]), asked)
