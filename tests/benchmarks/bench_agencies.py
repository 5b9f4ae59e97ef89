"""Importing 5,000 agencies and as many people, and planning a move of 5,000 bodies."""

from datetime import date
from time import perf_counter

import pytest

from reports.actions.intaking import check_list, fates_of, take_in
from reports.models import Agency, Intake
from reports.queries.intake import seal_of
from reports.queries.reshaping import Kind, Proposal
from reports.queries.reshaping_effects import planned
from reports.workflow import Role
from tests.benchmarks.timing import medians
from tests.factories import make_agency, make_user

pytestmark = pytest.mark.django_db
ROWS = 5_000


def test_lists_of_five_thousand() -> None:
    system = make_user(Role.SYSTEM_ADMINISTRATOR)
    top = make_agency(slug="top")
    agencies = ["名称,网址标识,性质,上级标识"] + [
        f"虚构{n}局,b{n},政府部门,{'top' if n < 50 else f'b{n % 50}'}" for n in range(ROWS)
    ]
    people = ["用户名,姓名,机关标识,角色"] + [f"u{n},用户{n},b{n},填报员" for n in range(ROWS)]

    def imported(kind: Intake.Kind, lines: list[str]) -> None:
        intake = check_list(kind, "名单.csv", "\n".join(lines).encode(), by=system)
        take_in(intake, seen=seal_of(fates_of(intake, by=system)), by=system)

    for kind, lines in ((Intake.Kind.AGENCIES, agencies), (Intake.Kind.PEOPLE, people)):
        begun = perf_counter()
        imported(kind, lines)
        print(f"\n  import of {ROWS} {kind.label}: {perf_counter() - begun:.1f} s")
    assert Agency.objects.count() == ROWS + 1
    intake = check_list(Intake.Kind.AGENCIES, "名单.csv", "\n".join(agencies).encode(), by=system)
    other = make_agency()
    move = Proposal(kind=Kind.MOVE, agency=top, on=date(2025, 1, 1), reason="划转", parent=other)
    medians(
        "5,000 rows",
        {
            "dry run of agencies again": lambda: fates_of(intake, by=system),
            "plan of moving 5,000 bodies": lambda: planned(move),
        },
        rounds=5,
    )
