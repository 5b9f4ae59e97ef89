"""A city of sixty bodies before its January, and fifty-seven authors who file on one day.

Run with the site's own environment: ``begin`` makes the city, ``file NUMBER…`` lets the
authors of these bureaus write and submit by the product's own actions. The last
line printed is JSON.
"""

import json
import os
import sys
from datetime import date
from pathlib import Path

from tests.e2e.clock import FILE, go_by

go_by(Path(os.environ[FILE]))

import django  # noqa: E402

django.setup()


from reports.actions.drafting import (  # noqa: E402
    save_applications,
    save_disclosure,
    save_narrative,
    save_preface,
    save_remedies,
    start_report,
)
from reports.actions.moves import move  # noqa: E402
from reports.editions import edition_for  # noqa: E402
from reports.editions.bodies import BodyKind, Level  # noqa: E402
from reports.editions.wording import period_text  # noqa: E402
from reports.models import Agency, Membership, User  # noqa: E402
from reports.sheet import filled  # noqa: E402
from reports.workflow import Role  # noqa: E402
from tests.factories import (  # noqa: E402
    OTHER,
    OVERVIEW,
    PASSWORD,
    PROBLEMS,
    make_agency,
    make_division,
    make_user,
)

YEAR = 2025
BUREAUS = 59
IN_BROWSERS = (1, 2)  # bureaus whose authors come in


def name_of(number: int) -> str:
    return f"正月市第{number:02d}局"


def begin() -> dict[str, object]:
    division = make_division(Level.PREFECTURE, name="正月市", code="990200")
    city = make_agency(
        "正月市人民政府", slug="january", kind=str(BodyKind.GOVERNMENT), division=division
    )
    people = {
        "supervisor": make_user(Role.SUPERVISOR, agency=city, name="申审核"),
        "authority": make_user(Role.AUTHORITY, agency=city, name="主管员"),
        "city_author": make_user(Role.AUTHOR, agency=city, name="程填报"),
    }
    for number in range(1, BUREAUS + 1):
        bureau = make_agency(
            name_of(number), slug=f"january-{number:02d}", parent=city, division=division
        )
        if number in IN_BROWSERS:
            author = make_user(Role.AUTHOR, agency=bureau, name=f"甄填报{number}")
        else:  # nobody logs in as these: without a password they are made at once
            author = User.objects.create_user(f"january-{number:02d}", display_name="甄填报")
            Membership.objects.create(user=author, agency=bureau, role=str(Role.AUTHOR))
        if number in IN_BROWSERS:
            people[f"author_{number}"] = author
        User.objects.filter(pk=author.pk).update(email=f"author{number}@example.invalid")
    return {"password": PASSWORD, **{key: user.username for key, user in people.items()}}


def file(number: int) -> None:
    """A bureau's whole report, written and submitted by its author."""
    bureau = Agency.objects.select_related("division").get(slug=f"january-{number:02d}")
    author = User.objects.get(memberships__agency=bureau, memberships__role=Role.AUTHOR)
    draft = start_report(bureau, YEAR, by=author)
    zeros = filled(edition_for(YEAR), bureau.name, YEAR)
    columns = {name: dict(figures) for name, figures in zeros.applications.items()}
    columns["natural_person"] |= {"received": number, "granted": number}
    said = f"{bureau.name}编制本报告，统计期限为{period_text(YEAR)}。"
    once = {"base_version": 0, "by": author}
    save_preface(draft, said, contact=draft.contact(), signed_on=date(YEAR + 1, 1, 16), **once)
    save_narrative(draft, "overview", OVERVIEW, **once)
    save_disclosure(draft, zeros.disclosure, **once)
    save_applications(draft, columns, **once)
    save_remedies(draft, zeros.remedies, **once)
    save_narrative(draft, "problems", PROBLEMS, **once)
    save_narrative(draft, "other_matters", OTHER, **once)
    move(draft, "submit", by=author)


def main(verb: str, *numbers: str) -> None:
    if verb == "begin":
        print(json.dumps(begin()))
        return
    for number in numbers:
        file(int(number))
    print(len(numbers))


if __name__ == "__main__":
    main(*sys.argv[1:])
