"""Every address x every role: what each is answered. A new address without a row fails."""

from dataclasses import dataclass, replace

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from reports.actions.importing import read_upload, receive_one
from reports.actions.moves import move
from reports.models import (
    Event,
    ListedWord,
    Membership,
    Notice,
    Revision,
    SiteSettings,
    Upload,
    WordList,
)
from reports.workflow import Role
from tests.access.addresses import addresses
from tests.factories import complete, make_agency, make_division, make_revision, make_user
from tests.public.sent import as_text, sound

pytestmark = pytest.mark.django_db

ROLES = (
    "anonymous", "author", "sister_author", "supervisor", "sister_supervisor", "authority",
    "system", "security", "auditor", "nobody",
)  # fmt: skip
# What the columns mean: the report is the author's agency's; supervisor and authority are of
# the city above it; the sisters are of another city; nobody has an account and no membership.

EVERYBODY = "200 200 200 200 200 200 200 200 200 200"
STAFF = "302 200 200 200 200 200 200 200 200 200"
READERS = "302 200 404 200 404 200 404 404 200 404"
AUTHOR_ONLY = "302 200 404 404 404 404 404 404 404 404"
IMPORTERS = "302 200 200 403 403 403 403 403 403 403"
# The admin sends those who may not enter to its login page.
REVIEWERS = "302 302 302 200 404 200 404 404 200 302"
REVIEW_MOVES = "302 302 302 200 404 200 404 404 409 302"
TO_REVIEW = "302 302 302 302 404 302 404 404 302 302"
NO_MOVE_BY_GET = "302 302 302 405 405 405 405 405 405 302"
NO_SUCH_PAGE = "302 302 302 403 403 403 403 403 403 302"
KEPT_BY_SYSTEM = "302 302 302 403 403 403 200 403 403 302"
SEEN_IN_ADMIN = "302 302 302 200 200 200 200 200 200 302"
GIVEN_BY_SECURITY = "302 302 302 403 403 403 403 200 403 302"
TENDED = "302 302 302 403 403 403 200 403 200 302"
SEEN_BY_SITE = "302 302 302 403 403 403 200 200 200 302"


@dataclass(frozen=True)
class Row:
    """An address with its arguments by name of what ``city`` made, and the ten answers."""

    name: str
    answers: str
    arguments: tuple[str, ...] = ()
    method: str = "get"
    query: str = ""


def model_pages(
    model: str, listed: str, seen: str, added: str, changed: str, deleted: str = NO_SUCH_PAGE
) -> list[Row]:
    """The pages Django's admin makes for each model; only a membership can be taken away."""
    where = (f"{model.split('_', 1)[1]}_pk",)
    return [
        Row(f"admin:{model}_changelist", listed),
        Row(f"admin:{model}_add", added),
        Row(f"admin:{model}_change", changed, where),
        Row(f"admin:{model}_history", seen, where),
        Row(f"admin:{model}_delete", deleted, where),
    ]


TABLE = [
    Row("public:home", EVERYBODY),
    Row("public:search", EVERYBODY, query="?q=档案"),
    Row("public:map", EVERYBODY),
    Row("public:check", EVERYBODY),
    Row("public:agencies", EVERYBODY),
    Row("public:agency", EVERYBODY, ("slug",)),
    Row("public:report", EVERYBODY, ("slug", "published_year")),
    Row("public:download", EVERYBODY, ("slug", "published_year", "format")),
    Row("public:version", EVERYBODY, ("slug", "published_year", "number")),
    Row("public:version_download", EVERYBODY, ("slug", "published_year", "number", "format")),
    Row("public:feed", EVERYBODY),
    Row("public:sitemap", EVERYBODY),
    Row("public:robots", EVERYBODY),
    Row("public:healthz", EVERYBODY),
    Row("public:readyz", EVERYBODY),
    Row("login", "200 302 302 302 302 302 302 302 302 302"),
    Row("logout", " ".join(["302"] * 10), method="post"),
    Row("password_change", STAFF),
    Row("password_change_done", STAFF),
    Row("desk:shelf", "302 200 200 200 200 200 302 302 302 200"),
    Row("desk:start", "302 200 200 403 403 403 403 403 403 403"),
    Row("desk:hub", READERS, ("draft",)),
    Row("desk:part", READERS, ("draft", "part")),
    Row("desk:check", READERS, ("draft",)),
    Row("desk:findings", READERS, ("draft", "list_format")),
    Row("desk:preview", READERS, ("draft",)),
    Row("desk:draft_pdf", READERS, ("draft",)),
    Row("desk:history", READERS, ("draft",)),
    Row("desk:receipt", READERS, ("waiting",)),
    Row("desk:move", AUTHOR_ONLY, ("draft", "submit")),
    Row("desk:discard", AUTHOR_ONLY, ("draft", "part")),
    Row("desk:keep", "403 200 404 404 404 404 404 404 404 404", ("draft", "part"), "post"),
    Row("desk:explain", "302 422 404 404 404 404 404 404 404 404", ("draft",), "post"),
    Row("desk:imports", IMPORTERS),
    Row("desk:import_new", IMPORTERS),
    Row("desk:import_store", IMPORTERS),
    Row("desk:import_publish", "302 403 403 200 200 200 403 403 403 403"),
    Row("desk:import_one", AUTHOR_ONLY, ("upload",)),
    Row("desk:import_discard", AUTHOR_ONLY, ("upload",)),
    Row("desk:import_into", "302 302 404 404 404 404 404 404 404 404", ("upload",), "post"),
    Row("desk:import_again", "302 302 404 404 404 404 404 404 404 404", ("upload",), "post"),
    Row("desk:notices", STAFF),
    Row("desk:notice_settings", STAFF),
    Row("desk:notices_read", " ".join(["302"] * 10), method="post"),
    Row("desk:notice", "302 302 404 404 404 404 404 404 404 404", ("notice",)),
    Row("admin:index", "302 302 302 200 200 200 200 200 200 302"),
    Row("admin:login", "302 403 403 302 302 302 302 302 302 403"),
    Row("admin:logout", " ".join(["302"] * 10), method="post"),
    Row("admin:password_change", "302 302 302 200 200 200 200 200 200 302"),
    Row("admin:password_change_done", "302 302 302 200 200 200 200 200 200 302"),
    Row("admin:autocomplete", NO_SUCH_PAGE),
    Row("admin:jsi18n", "302 302 302 200 200 200 200 200 200 302"),
    Row("admin:app_list", " ".join(["302"] * 10), ("app",)),
    Row("admin:reports_revision_review", REVIEWERS, ("waiting",)),
    Row("admin:reports_revision_confirm", REVIEW_MOVES, ("approved", "publish")),
    Row("admin:reports_revision_move", NO_MOVE_BY_GET, ("waiting", "approve")),
    Row("admin:reports_revision_findings", REVIEWERS, ("waiting", "list_format")),
    Row("admin:reports_revision_receipt", REVIEWERS, ("waiting",)),
    *model_pages(
        "reports_revision",
        listed="302 302 302 200 200 200 403 403 200 302",
        seen=TO_REVIEW,
        added=NO_SUCH_PAGE,
        changed=TO_REVIEW,
    ),
    *model_pages(
        "reports_agency",
        listed="302 302 302 200 200 200 200 200 200 302",
        seen="302 302 302 200 302 200 200 200 200 302",
        added=KEPT_BY_SYSTEM,
        changed="302 302 302 200 302 200 200 200 200 302",
    ),
    *model_pages("reports_division", SEEN_IN_ADMIN, SEEN_IN_ADMIN, KEPT_BY_SYSTEM, SEEN_IN_ADMIN),
    *model_pages("reports_user", SEEN_BY_SITE, SEEN_BY_SITE, KEPT_BY_SYSTEM, SEEN_BY_SITE),
    Row("admin:auth_user_password_change", KEPT_BY_SYSTEM, ("user_pk",)),
    *model_pages(
        "reports_membership",
        SEEN_BY_SITE,
        SEEN_BY_SITE,
        GIVEN_BY_SECURITY,
        SEEN_BY_SITE,
        GIVEN_BY_SECURITY,
    ),
    *model_pages(
        "reports_sitesettings",
        listed=" ".join(["302"] * 10),  # there is one: its own page
        seen="302 302 302 403 403 403 200 403 200 302",
        added=NO_SUCH_PAGE,
        changed="302 302 302 403 403 403 200 403 200 302",
    ),
    *model_pages("reports_wordlist", TENDED, TENDED, KEPT_BY_SYSTEM, TENDED),
    Row("admin:reports_wordlist_import", KEPT_BY_SYSTEM, ("wordlist_pk",)),
    *model_pages("reports_listedword", TENDED, TENDED, KEPT_BY_SYSTEM, TENDED, KEPT_BY_SYSTEM),
    *model_pages(
        "admin_logentry",
        listed="302 302 302 403 403 403 403 403 200 302",
        seen="302 302 302 403 403 403 403 403 200 302",
        added=NO_SUCH_PAGE,
        changed="302 302 302 403 403 403 403 403 200 302",
    ),
    *model_pages(
        "reports_event",
        listed="302 302 302 403 403 403 403 403 200 302",
        seen="302 302 302 403 403 403 403 403 200 302",
        added=NO_SUCH_PAGE,
        changed="302 302 302 403 403 403 403 403 200 302",
    ),
]
# Django's admin, found in the URL configuration but answering nothing of its own.
NOT_PAGES = {
    "admin:None",  # the old address of a change page, and the catch-all that says 404
    "admin:view_on_site",  # no model has an address of its own to redirect to
}


@pytest.fixture
def city():
    """Two cities, of which the second is a stranger to the first, and what addresses need."""
    bureau_of, reviewed = [], []
    for number in (1, 2):
        division = make_division(name=f"第{number}市")
        top = make_agency(division=division, kind="government")
        bureau_of.append(make_agency(parent=top, division=division))
        reviewed.append(top)
    bureau, other = bureau_of
    users = {
        "anonymous": None,
        "author": make_user(Role.AUTHOR, agency=bureau),
        "sister_author": make_user(Role.AUTHOR, agency=other),
        "supervisor": make_user(Role.SUPERVISOR, agency=reviewed[0]),
        "sister_supervisor": make_user(Role.SUPERVISOR, agency=reviewed[1]),
        "authority": make_user(Role.AUTHORITY, agency=reviewed[0]),
        "system": make_user(Role.SYSTEM_ADMINISTRATOR),
        "security": make_user(Role.SECURITY_ADMINISTRATOR),
        "auditor": make_user(Role.AUDITOR),
        "nobody": make_user(),
    }
    reports = {year: complete(make_revision(year, bureau)) for year in (2021, 2022, 2023, 2024)}
    for year, verbs in {2021: 3, 2022: 2, 2023: 1}.items():
        for verb in ("submit", "approve", "publish")[:verbs]:
            by = users["author" if verb == "submit" else "supervisor"]
            move(Revision.objects.get(pk=reports[year].pk), verb, by=by)
    SiteSettings.objects.create(
        pk=1, name="虚构市", domain="example.invalid", identification_code="9900000001",
        icp_record="虚构", police_record="虚构", host_organization="虚构", contact="虚构",
    )  # fmt: skip
    word_list = WordList.objects.create(name="虚构词表", kind="sensitive")
    word = ListedWord.objects.create(word_list=word_list, word="虚构词", severity="error")
    text = SimpleUploadedFile("报告.txt", as_text(replace(sound(), agency=bureau.name)))
    upload = receive_one(text, by=users["author"])
    read_upload(upload.pk)
    Upload.objects.filter(pk=upload.pk).update(agency=bureau)
    notice = Notice.objects.create(to=users["author"], kind="due", key="1/2024/", words="虚构")
    entry = LogEntry.objects.log_actions(users["system"].pk, [bureau], 2, single_object=True)
    made = {
        "slug": bureau.slug, "published_year": 2021, "format": "pdf", "number": 1,
        "list_format": "json",
        "draft": reports[2024].pk, "waiting": reports[2023].pk, "approved": reports[2022].pk,
        "part": "overview", "upload": upload.pk, "notice": notice.pk, "submit": "submit", "publish": "publish", "approve": "approve",
        "app": "reports", "revision_pk": reports[2023].pk, "agency_pk": bureau.pk,
        "division_pk": bureau.division_id, "user_pk": users["nobody"].pk,
        "membership_pk": Membership.objects.get(user=users["author"]).pk,
        "wordlist_pk": word_list.pk, "listedword_pk": word.pk, "sitesettings_pk": 1, "logentry_pk": entry.pk, "event_pk": Event.objects.first().pk,
    }  # fmt: skip
    return users, made


def answer(row: Row, role: str, city) -> int:
    users, made = city
    client = Client()
    if users[role] is not None:
        client.force_login(users[role])
    url = reverse(row.name, args=[made[name] for name in row.arguments]) + row.query
    return getattr(client, row.method)(url).status_code


def test_every_address_has_a_row():
    rows = {row.name for row in TABLE}
    found = set(addresses()) - NOT_PAGES
    assert found - rows == set(), "an address without a row"
    assert rows - found == set(), "a row without an address"


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_the_role_as_the_table_says(city, role):
    """A line for each answer that is not the table's."""
    at = ROLES.index(role)
    wrong = [
        f"{row.name}: answered {answered}, the table says {expected}"
        for row in TABLE
        if (answered := str(answer(row, role, city))) != (expected := row.answers.split()[at])
    ]
    assert "\n".join(wrong) == ""


def test_every_row_has_an_answer_for_each_role():
    assert {row.name for row in TABLE if len(row.answers.split()) != len(ROLES)} == set()
