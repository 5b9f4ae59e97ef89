"""The board: 5,000 bodies below one office, called, submitted, returned and published."""

from datetime import date, timedelta
from itertools import cycle

import pytest
from django.test import Client
from django.utils import timezone

from reports.actions.campaigning import Owing, call_reports, exempt
from reports.editions.bodies import BodyKind, Level
from reports.models import (
    Agency,
    Division,
    Event,
    FindingCount,
    Report,
    Revision,
    Submission,
    User,
)
from reports.queries.filing import filings_of
from reports.workflow import Role, State
from tests.benchmarks.timing import medians
from tests.factories import make_agency, make_division, make_user

pytestmark = pytest.mark.django_db
BODIES, OFFICES, YEAR = 5_000, 50, 2024
TODAY = date(2025, 1, 25)
# verbs of the newest text, and where they left it; None has not begun
WAYS = cycle(
    [
        (None, ()),
        (State.DRAFT, ("start",)),
        (State.DRAFT, ("start", "save_overview", "submit", "return", "save_overview")),
        (State.IN_REVIEW, ("start", "save_overview", "submit")),
        (State.APPROVED, ("start", "save_overview", "submit", "approve")),
        (State.PUBLISHED, ("start", "save_overview", "submit", "approve", "publish")),
    ]
)


def bodies_below(office: Agency, number: int, division: Division) -> list[Agency]:
    """Bodies with their paths, written at once."""
    found = Agency.objects.bulk_create(
        Agency(
            name=f"虚构{office.pk}第{n}局", slug=f"bench-{office.pk}-{n}",
            kind=str(BodyKind.DEPARTMENT), division=division, parent=office,
        )
        for n in range(number)
    )  # fmt: skip
    for body in found:
        body.path = f"{office.path}{body.pk:08d}/"
    Agency.objects.bulk_update(found, ["path"], batch_size=1000)
    return found


def filed(bodies: list[Agency], by: User) -> None:
    """A text of each body on one of the ways, with events, submissions and counts."""
    begun = [
        (body, state, verbs) for body, (state, verbs) in zip(bodies, WAYS, strict=False) if state
    ]
    reports = Report.objects.bulk_create(Report(agency=body, year=YEAR) for body, _, _ in begun)
    now = timezone.now()
    revisions = Revision.objects.bulk_create(
        Revision(
            report=report, edition=2021, agency_name=report.agency.name, state=str(state),
            published_at=now if state is State.PUBLISHED else None,
        )
        for report, (_, state, _) in zip(reports, begun, strict=True)
    )  # fmt: skip
    events = Event.objects.bulk_create(
        Event(revision=revision, verb=verb, by=by)
        for revision, (_, _, verbs) in zip(revisions, begun, strict=True)
        for verb in verbs
    )
    handed_in = [event for event in events if event.verb == "submit"]
    Submission.objects.bulk_create(
        Submission(revision_id=event.revision_id, event=event, sheet={}) for event in handed_in
    )
    FindingCount.objects.bulk_create(
        FindingCount(
            revision_id=event.revision_id, errors=0, to_explain=0, explained=1, hints=2
        )
        for event in handed_in
    )  # fmt: skip


@pytest.fixture
def office() -> Agency:
    top = make_agency("虚构市政务公开办公室")
    authority = make_user(Role.AUTHORITY, agency=top)
    divisions = [make_division(Level.COUNTY) for _ in range(5)]
    for number in range(OFFICES):
        below = make_agency(parent=top, division=divisions[number % 5])
        filed(bodies_below(below, BODIES // OFFICES - 1, below.division), authority)
    campaign = call_reports(
        top, YEAR, by=authority, opens_on=date(2025, 1, 2),
        owing=[Owing(BodyKind.DEPARTMENT, None, TODAY - timedelta(days=5))],
    )  # fmt: skip
    for body in Agency.objects.filter(parent=top)[:20]:
        exempt(campaign, body, "本年新设立", by=authority, and_below=True)
    return top


def test_the_board_of_a_city(office: Agency) -> None:
    below = Agency.objects.filter(path__startswith=office.path)
    reviewer = Client()
    reviewer.force_login(make_user(Role.SUPERVISOR, agency=office))

    def get(address: str) -> None:
        assert reviewer.get(f"/admin/board/{address}").status_code == 200

    works = {
        "filings_of: 5,000 bodies": lambda: filings_of(below, YEAR, TODAY),
        "the page, 100 of 5,000": lambda: get(f"?year={YEAR}"),
        "the page, late ones by days": lambda: get(f"?year={YEAR}&timing=late&sort=days"),
        "one office's 100 bodies": lambda: get(f"?year={YEAR}&below={office.pk + 1}"),
        "the export of 5,000": lambda: get(f"board.xlsx?year={YEAR}"),
    }
    assert len(filings_of(below, YEAR, TODAY)) == BODIES + 1
    taken = medians("进度 the board", works, rounds=3)
    assert max(taken.values()) < 30_000  # what nobody would wait for
