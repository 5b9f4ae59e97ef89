"""Every address of the admin x every role: own subtree, another's, nobody's."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from reports.actions.moves import last_event
from reports.models import Revision, SiteSettings
from reports.workflow import AUTHORITIES, MOVES, REVIEWERS, Role, State
from tests.factories import complete, in_state, make_revision, make_user, written_by

from .conftest import entered

pytestmark = pytest.mark.django_db
INSIDE = sorted(set(Role) - {Role.AUTHOR})
SEEING = REVIEWERS | {Role.AUDITOR}  # reports
PAGES = ("review", "change", "history", "receipt")


@pytest.fixture
def reports(bureau, elsewhere, author):
    made = {"own": make_revision(2024, bureau), "sister": make_revision(2024, elsewhere)}
    for revision in made.values():
        written_by(complete(revision), author)
    return {where: in_state(each, State.IN_REVIEW) for where, each in made.items()}


def address(revision, page):
    return f"/admin/reports/revision/{revision.pk}/{page}/"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", INSIDE)
def test_who_reads_which_report(as_role, reports, role, page):
    client = as_role(role)
    codes = {
        where: client.get(address(each, page), follow=True).status_code
        for where, each in reports.items()
    }
    assert codes == {
        "own": 200 if role in SEEING else 404,
        "sister": 200 if role is Role.AUDITOR else 404,
    }


@pytest.mark.parametrize("verb", MOVES)
@pytest.mark.parametrize("role", INSIDE)
def test_who_moves_which_report(as_role, reports, role, verb):
    client = as_role(role)
    codes = {
        where: client.post(
            address(each, f"move/{verb}"), {"seen": last_event(each), "note": "理由"}
        ).status_code
        for where, each in reports.items()
    }
    own = 404
    if role is Role.AUDITOR:
        own = 403
    elif role in REVIEWERS:
        step = MOVES[verb]
        own = 403 if role not in step.roles else 302 if State.IN_REVIEW in step.sources else 409
    assert codes == {"own": own, "sister": 403 if role is Role.AUDITOR else 404}
    untouched = Revision.objects.get(pk=reports["sister"].pk)
    assert untouched.state == State.IN_REVIEW


def rooms(revision):
    """An address of every room, and of the log-in's surroundings."""
    agency = revision.report.agency
    return [
        "/admin/",
        "/admin/reports/",
        "/admin/jsi18n/",
        "/admin/board/",
        "/admin/reports/revision/",
        *(address(revision, page) for page in (*PAGES, "confirm/publish", "delete")),
        "/admin/reports/revision/add/",
        *(
            f"/admin/reports/{model}/{rest}"
            for model in (
                "agency",
                "division",
                "user",
                "membership",
                "rolerequest",
                "auditentry",
                "sitesettings",
                "wordlist",
                "listedword",
                "event",
                "campaign",
            )
            for rest in ("", "add/")
        ),
        f"/admin/reports/agency/{agency.pk}/change/",
        f"/admin/reports/user/{agency.pk}/password/",
        "/admin/reports/auditentry/export.csv",
    ]


def test_anonymous_visitors_are_sent_to_the_log_in_from_everywhere(reports):
    client = Client()
    for each in rooms(reports["own"]):
        response = client.get(each)
        assert (response.status_code, response.url) == (302, f"/admin/login/?next={each}")
        assert client.get(response.url).url == f"/accounts/login/?next={each}"


@pytest.mark.parametrize("verb", MOVES)
def test_anonymous_visitors_move_nothing(reports, verb):
    response = Client().post(address(reports["own"], f"move/{verb}"), {"note": "理由"})
    assert response.status_code == 302
    assert Revision.objects.get(pk=reports["own"].pk).state == State.IN_REVIEW


def test_authors_and_people_without_a_role_are_told_that_this_is_not_their_room(reports, author):
    for user in (author, make_user()):
        client = entered(user)
        for each in rooms(reports["own"]):
            assert client.get(each, follow=True).status_code == 403


# model -> who may list it, who may add to it
OPEN = {
    "revision": (SEEING, set()),
    "agency": (set(INSIDE), {Role.SYSTEM_ADMINISTRATOR}),
    "division": (set(INSIDE), {Role.SYSTEM_ADMINISTRATOR}),
    "user": (set(INSIDE) - REVIEWERS, {Role.SYSTEM_ADMINISTRATOR}),
    "membership": (set(INSIDE) - REVIEWERS, set()),
    "rolerequest": (
        set(INSIDE) - REVIEWERS,
        {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR},
    ),
    "auditentry": ({Role.AUDITOR}, set()),
    "sitesettings": ({Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR}, {Role.SYSTEM_ADMINISTRATOR}),
    "wordlist": ({Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR}, {Role.SYSTEM_ADMINISTRATOR}),
    "listedword": ({Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR}, {Role.SYSTEM_ADMINISTRATOR}),
    "event": ({Role.AUDITOR}, set()),
    "campaign": (SEEING, AUTHORITIES),
}


@pytest.mark.parametrize("role", INSIDE)
@pytest.mark.parametrize("model", OPEN)
def test_which_rooms_open_to_which_role(as_role, model, role):
    client = as_role(role)
    listing, adding = OPEN[model]
    codes = [
        client.get(f"/admin/reports/{model}/{rest}", follow=True).status_code
        for rest in ("", "add/")
    ]
    assert codes == [200 if role in listing else 403, 200 if role in adding else 403]


@pytest.mark.parametrize("role", INSIDE)
def test_the_navigation_offers_just_the_rooms_that_open(as_role, role):
    said = as_role(role).get("/admin/").content.decode()
    offered = {model for model in OPEN if f'href="/admin/reports/{model}/"' in said}
    assert offered == {model for model, (listing, _) in OPEN.items() if role in listing}


@pytest.mark.parametrize("role", INSIDE)
def test_only_the_system_administrator_changes_an_agency_or_the_site(as_role, bureau, role):
    SiteSettings.objects.create(pk=1, name="虚构网站")
    client = as_role(role)
    codes = {
        client.post(f"/admin/reports/{path}/change/", {}).status_code
        for path in (f"agency/{bureau.pk}", "sitesettings/1")
    }
    assert codes == {200 if role is Role.SYSTEM_ADMINISTRATOR else 403}  # 200: the form's errors


def test_a_reviewer_sees_the_agencies_of_their_subtree_only(client, city, bureau, elsewhere):
    said = client.get("/admin/reports/agency/").content.decode()
    assert [each.name in said for each in (city, bureau, elsewhere)] == [True, True, False]
    change = reverse("admin:reports_agency_change", args=[elsewhere.pk])
    assert client.get(change, follow=True).redirect_chain[0][0] == "/admin/"


def test_nothing_of_djangos_own_permissions_is_here():
    assert not admin.site.is_registered(Group)
    assert {model.__name__ for model in admin.site._registry} == {
        "Revision", "Agency", "Division", "User", "Membership", "SiteSettings", "Event", "AuditEntry",
        "RoleRequest", "WordList", "ListedWord", "Campaign", "Tally",
    }  # fmt: skip
