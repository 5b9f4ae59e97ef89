"""Agencies and divisions as open data: with their names, their succession and their years."""

from django.db.models import Prefetch, QuerySet

from reports.models import Agency, Division, Report
from reports.workflow import State

from .keysets import Order
from .listings import within
from .names import holding
from .terms import read

AGENCIES = Order(("pk",))  # the order in which they were entered: what comes later stands later
DIVISIONS = Order(("code",))
YEARS = "years_published"


def agencies(
    *,
    kind: str = "",
    region: str = "",
    parent: Agency | None = None,
    below: Agency | None = None,
    name: str = "",
) -> QuerySet[Agency]:
    """Agencies with all that is said of one; seven statements, however many.

    ``name``: words that one of its names holds, present, short or former.
    """
    found = described(Agency.objects.all())
    if kind:
        found = found.filter(kind=kind)
    if region:
        found = found.filter(division__in=within(region))
    if parent is not None:
        found = found.filter(parent=parent)
    if below is not None:
        found = found.filter(path__startswith=below.path)
    if name:
        found = found.filter(pk__in=holding(read(name)).values("agency"))
    return found


def described(found: QuerySet[Agency]) -> QuerySet[Agency]:
    reports = Report.objects.filter(revisions__state=State.PUBLISHED).order_by("year")
    return found.select_related("division", "parent").prefetch_related(
        "names",
        "successions__successor",
        "predecessions__predecessor",
        Prefetch("reports", reports, to_attr=YEARS),
    )


def agency_named(slug: str) -> Agency | None:
    return Agency.objects.filter(slug=slug).first()


def agency_described(slug: str) -> Agency | None:
    return described(Agency.objects.filter(slug=slug)).first()


def divisions(*, level: str = "", parent: str = "") -> QuerySet[Division]:
    found = Division.objects.select_related("parent")
    if level:
        found = found.filter(level=level)
    return found.filter(parent__code=parent) if parent else found


def division_coded(code: str) -> Division | None:
    return Division.objects.select_related("parent").filter(code=code).first()
