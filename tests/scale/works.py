"""What is measured: the pages and acts of every role, on a body of each level of the tree."""

from collections.abc import Callable

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports.actions import publishing
from reports.actions.drafting import save_applications
from reports.actions.moves import move
from reports.admin.rollup import ON_A_PAGE
from reports.models import Agency, Division, Membership, Revision, RevisionPart, User
from reports.queries.aggregation import published_below, summed_raw, tallied
from reports.queries.drilldown import bodies
from reports.queries.rollup import rollup_of
from reports.queries.search import find
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision

from .filling import Size

Work = Callable[[], object]


class Away(Exception):
    """Takes back what a measured act wrote."""


def taken_back(act: Work) -> Work:
    """The act to the end of its transaction, of which nothing stays."""

    def work() -> None:
        try:
            with transaction.atomic():
                act()
                raise Away
        except Away:
            pass

    return work


def works(size: Size) -> dict[str, Work]:
    return {**at_the_desk(size), **in_the_admin(size), **in_public(size), **reckoned(size)}


def government(size: Size, level: str) -> int:
    """A government of the level, by its key: the first whose reviewer is an authority."""
    first, last = next((first, last) for name, first, last in size.levels if name == level)
    return first if first % 2 or first == last else first + 1


def page(user: User | None, address: str) -> Work:
    client = Client()
    if user is not None:
        client.force_login(user)

    def ask() -> None:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        if response.streaming:
            assert b"".join(response.streaming_content)

    return ask


def at_the_desk(size: Size) -> dict[str, Work]:
    draft = (
        Revision.objects.filter(state=State.DRAFT, report__year=size.last)
        .exclude(report__agency__kind="government")
        .select_related("report__agency")
        .first()
    )
    assert draft is not None
    author = User.objects.get(username=f"author-{draft.report.agency_id}")
    columns = {
        row.applicant: dict(row.figures())
        for row in draft.applications.exclude(applicant="total")
    }  # fmt: skip

    def save() -> None:
        part = RevisionPart.objects.get(revision=draft, key="applications")
        save_applications(draft, columns, base_version=part.version, by=author)

    return {
        "desk: shelf": page(author, "/desk/"),
        "desk: hub of a draft": page(author, f"/desk/{draft.pk}/"),
        "desk: part three": page(author, f"/desk/{draft.pk}/applications/"),
        "act: part three saved": taken_back(save),
        "act: published, nothing drawn": publication(size),
    }


def publication(size: Size) -> Work:
    """A report of a body below a county, approved before, published without its documents."""
    above = Agency.objects.get(pk=government(size, "county"))
    body = Agency.objects.filter(name="虚构量测局").first()
    if body is None:
        body = make_agency("虚构量测局", parent=above, division=above.division)
    made = Revision.objects.filter(report__agency=body).first()
    if made is None:
        made = in_state(complete(make_revision(size.last, body)), State.APPROVED)
    by = User.objects.get(username=f"supervisor-{above.pk}")

    def publish() -> None:
        formats, publishing.KEPT_FORMATS = publishing.KEPT_FORMATS, ()
        try:
            move(Revision.objects.get(pk=made.pk), "publish", by=by)
        finally:
            publishing.KEPT_FORMATS = formats

    return taken_back(publish)


def of_site(role: Role) -> User:
    user, made = User.objects.get_or_create(username=f"site-{role}", defaults={"password": "!"})
    if made:
        Membership.objects.create(user=user, role=str(role))
    return user


CELLS = {
    "a typed cell": "applications.natural_person.received",
    "the largest total": "applications.total.outcomes_total",
}


def behind_cells(reviewer: User, level: str, size: Size) -> dict[str, Work]:
    """The bodies behind a cell of a roll-up: the first hundred, and those after them."""
    agency = Agency.objects.get(pk=government(size, level))
    form = rollup_of(agency, size.last).forms[0]
    found: dict[str, Work] = {}
    for said, cell in CELLS.items():
        place = form.place(cell)
        assert place is not None
        address = reverse("admin:reports_tally_cell", args=[agency.pk, size.last, form.key, cell])
        found[f"behind {said}: {level}"] = page(reviewer, address)
        after = bodies(form.behind(place), None, ON_A_PAGE).next
        if after is not None:
            found[f"behind {said}, later: {level}"] = page(reviewer, f"{address}?after={after}")
    return found


def in_the_admin(size: Size) -> dict[str, Work]:
    found: dict[str, Work] = {}
    for level in ("county", "prefecture", "province", "nation"):
        key = government(size, level)
        reviewer = User.objects.get(username=f"supervisor-{key}")
        queue = "/admin/reports/revision/"
        found |= {
            f"queue: {level}": page(reviewer, queue),
            f"queue: {level}, all states": page(reviewer, f"{queue}?state=all"),
            f"roll-up page: {level}": page(
                reviewer, f"/admin/reports/tally/?agency={key}&year={size.last}"
            ),
            f"inbox: {level}": page(reviewer, "/desk/notices/"),
        }
        found |= behind_cells(reviewer, level, size)
        if level != "nation":
            found[f"board: {level}"] = page(reviewer, f"/admin/board/?year={size.last}")
    system, auditor = of_site(Role.SYSTEM_ADMINISTRATOR), of_site(Role.AUDITOR)
    last_but_some = Agency.objects.order_by("-path")[ON_A_PAGE]
    oldest_but_some = Revision.objects.order_by("changed_at", "pk")[ON_A_PAGE]
    return found | {
        "agencies in the admin, near the end": page(
            system, f"/admin/reports/agency/?after={last_but_some.pk}"
        ),
        "queue: auditor, near the end": page(
            auditor, f"/admin/reports/revision/?after={oldest_but_some.pk}"
        ),
        "people": page(system, "/admin/reports/user/"),
        "people: a name": page(system, "/admin/reports/user/?q=author-77"),
        "agencies in the admin": page(system, "/admin/reports/agency/"),
        "audit": page(auditor, "/admin/reports/auditentry/"),
        "audit: a verb": page(auditor, "/admin/reports/auditentry/?verb=publish"),
        "queue: auditor, everything": page(auditor, "/admin/reports/revision/"),
    }


def in_public(size: Size) -> dict[str, Work]:
    county = government(size, "county")
    body = Agency.objects.filter(division=county).order_by("-pk").first()
    assert body is not None
    codes = {
        level: Division.objects.get(pk=government(size, level)).code
        for level in ("county", "prefecture", "province", "nation")
    }
    return {
        "public: home": page(None, "/"),
        "public: directory": page(None, "/agencies/"),
        "public: an agency": page(None, f"/agencies/{body.slug}/"),
        "public: an agency with those below": page(None, f"/agencies/scale-{county}/"),
        "public: an agency over the years": page(None, f"/agencies/{body.slug}/trends/"),
        "public: search, an agency's name": page(None, f"/search/?q={body.name}"),
        "public: search, two words of the texts": page(None, "/search/?q=业务培训 保密审查"),
        "public: search, nothing found": page(None, "/search/?q=龘靐齉爩"),
        **{
            f"public: statistics, {level}": page(None, f"/statistics/{code}/{size.last}/")
            for level, code in codes.items()
        },
        "find: a phrase of every text": lambda: find("政府信息"),
    }


def reckoned(size: Size) -> dict[str, Work]:
    found: dict[str, Work] = {}
    for level in ("county", "prefecture", "province", "nation"):
        agency = Agency.objects.get(pk=government(size, level))
        found[f"sums from the tally: {level}"] = lambda agency=agency: tallied(agency, size.last)  # type: ignore[misc]
        if level != "nation":
            found[f"sums from the figures: {level}"] = lambda agency=agency: summed_raw(  # type: ignore[misc]
                published_below(agency, size.last)
            )
    return found


def today() -> str:
    return f"{timezone.localtime():%Y-%m-%d %H:%M}"
