"""Every address x every role: what each is answered. A new address without a row fails."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.addresses import addresses

pytestmark = pytest.mark.django_db

ROLES = (
    "anonymous", "author", "sister_author", "supervisor", "sister_supervisor", "authority",
    "system", "security", "auditor", "nobody",
)  # fmt: skip
# What the columns mean: the report is the author's agency's; supervisor and authority are of
# the city above it; the sisters are of another city; nobody has an account and no membership.

EVERYBODY = "200 200 200 200 200 200 200 200 200 200"
NOBODY = "404 404 404 404 404 404 404 404 404 404"
STAFF = "302 200 200 200 200 200 200 200 200 200"
READERS = "302 200 404 200 404 200 404 404 200 404"
AUTHOR_ONLY = "302 200 404 404 404 404 404 404 404 404"
IMPORTERS = "302 200 200 403 403 403 403 403 403 403"
# The admin sends those who may not enter to its login page.
REVIEWERS = "302 302 302 200 404 200 404 404 200 302"
REVIEW_MOVES = "302 302 302 200 404 200 404 404 409 302"
NO_WORDS = "302 302 302 409 404 409 404 404 403 302"  # a comment without words
TO_REVIEW = "302 302 302 302 404 302 404 404 302 302"
NO_MOVE_BY_GET = "302 302 302 405 405 405 405 405 405 302"
NO_SUCH_PAGE = "302 302 302 403 403 403 403 403 403 302"
KEPT_BY_SYSTEM = "302 302 302 403 403 403 200 403 403 302"
SEEN_IN_ADMIN = "302 302 302 200 200 200 200 200 200 302"
PROPOSED = "302 302 302 403 403 403 200 200 403 302"
AUDITORS = "302 302 302 403 403 403 403 403 200 302"
TENDED = "302 302 302 403 403 403 200 403 200 302"
SEEN_BY_SITE = "302 302 302 403 403 403 200 200 200 302"

OVERSEEN = "302 302 302 200 200 200 403 403 200 302"
OVERSEEN_BELOW = "302 302 302 200 404 200 403 403 200 302"
CALLED = "302 302 302 403 403 200 403 403 403 302"
CALLED_BELOW = "302 302 302 403 404 200 403 403 403 302"


@dataclass(frozen=True)
class Row:
    """An address with its arguments by name of what ``city`` made, and the ten answers."""

    name: str
    answers: str
    arguments: tuple[str, ...] = ()
    method: str = "get"
    query: str = ""
    turn: str = ""  # which button was pressed


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
    Row("public:help", EVERYBODY),
    Row("public:manual", EVERYBODY, ("manual",)),
    Row("public:display", EVERYBODY),
    Row("public:display_style", EVERYBODY),
    Row("public:agencies", EVERYBODY),
    Row("public:agency", EVERYBODY, ("slug",)),
    Row("public:trends", EVERYBODY, ("slug",)),
    Row("public:trends_csv", EVERYBODY, ("slug",)),
    Row("public:compare", EVERYBODY),
    Row("public:compare_csv", EVERYBODY),
    Row("public:statistics", EVERYBODY),
    Row("public:region", " ".join(["302"] * 10), ("division_code",)),
    Row("public:region_year", EVERYBODY, ("division_code", "published_year")),
    Row("public:region_csv", EVERYBODY, ("division_code", "published_year")),
    Row("public:report", EVERYBODY, ("slug", "published_year")),
    Row("public:archive", EVERYBODY, ("slug",)),
    Row("public:portal", EVERYBODY, ("slug", "published_year")),
    Row("public:portal_article", EVERYBODY, ("slug", "published_year")),
    Row("public:download", EVERYBODY, ("slug", "published_year", "format")),
    Row("public:version", EVERYBODY, ("slug", "published_year", "number")),
    Row("public:version_download", EVERYBODY, ("slug", "published_year", "number", "format")),
    Row("public:changes", EVERYBODY, ("slug", "corrected_year", "second")),
    Row("public:lasting", EVERYBODY, ("slug", "published_year", "checksum", "format")),
    Row("public:data", EVERYBODY),
    Row("public:dictionary", EVERYBODY),
    Row("public:dictionary_csv", EVERYBODY),
    Row("public:dictionary_json", EVERYBODY),
    Row("public:catalog", EVERYBODY),
    Row("public:data_file", EVERYBODY, ("published_year", "data_name")),
    Row("public:feed", EVERYBODY),
    Row("public:agency_feed", EVERYBODY, ("slug",)),
    Row("public:region_feed", EVERYBODY, ("code",)),
    Row("public:sitemap", EVERYBODY),
    Row("public:sitemap_part", EVERYBODY, ("sitemap_part",)),
    Row("public:robots", EVERYBODY),
    Row("operations:healthz", EVERYBODY),
    Row("operations:readyz", EVERYBODY),
    Row("operations:metrics", " ".join(["404"] * 10)),
    Row("public:api:guide", EVERYBODY),
    Row("public:api:openapi", EVERYBODY),
    Row("public:api:agencies", EVERYBODY),
    Row("public:api:agency", EVERYBODY, ("slug",)),
    Row("public:api:divisions", EVERYBODY),
    Row("public:api:division", EVERYBODY, ("region",)),
    Row("public:api:reports", EVERYBODY),
    Row("public:api:report", EVERYBODY, ("slug", "published_year")),
    Row("public:api:report_version", EVERYBODY, ("slug", "published_year", "number")),
    Row("public:api:report_version", EVERYBODY, ("slug", "corrected_year", "second")),
    Row("public:api:report", NOBODY, ("slug", "draft_year")),
    Row("public:api:figures", EVERYBODY),
    Row("public:api:agency_series", EVERYBODY, ("slug",)),
    Row("public:api:statistics", EVERYBODY, ("region", "published_year")),
    Row("public:api:search", EVERYBODY, query="?q=档案"),
    Row("public:api:editions", EVERYBODY),
    Row("public:api:edition", EVERYBODY, ("edition",)),
    Row("public:api:elsewhere", NOBODY, ("nowhere",)),
    Row("public:api:root", " ".join(["302"] * 10)),
    Row("login", "200 302 302 302 302 302 302 302 302 302"),
    Row("logout", " ".join(["302"] * 10), method="post"),
    Row("account", STAFF),
    Row("second_factor", " ".join(["302"] * 10)),  # no password was given before
    Row("second_factor_setup", STAFF),
    Row("sso", " ".join(["404"] * 10)),  # this site has no single sign-on
    Row("sso_callback", " ".join(["404"] * 10)),
    Row("sso_out", " ".join(["404"] * 10)),
    Row("held", " ".join(["302"] * 10)),  # nothing is
    Row("stay", EVERYBODY),
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
    Row("desk:correct", AUTHOR_ONLY, ("published",)),
    Row("desk:changes", READERS, ("correction",)),
    Row("desk:discard", AUTHOR_ONLY, ("draft", "part")),
    Row("desk:keep", "403 200 404 404 404 404 404 404 404 404", ("draft", "part"), "post"),
    Row("desk:explain", "302 422 404 404 404 404 404 404 404 404", ("draft",), "post"),
    Row("desk:comment", READERS, ("waiting", "comment")),
    Row("desk:comment", "302 409 404 404 404 404 404 404 404 404", ("waiting", "comment"), "post"),
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
    Row("desk:remind", "302 404 404 404 404 200 404 404 404 404", ("agency_pk", "draft_year")),
    Row("desk:notice", "302 302 404 404 404 404 404 404 404 404", ("notice",)),
    Row("admin:index", "302 302 302 200 200 200 200 200 200 302"),
    Row("admin:login", "302 403 403 302 302 302 302 302 302 403"),
    Row("admin:logout", " ".join(["302"] * 10), method="post"),
    Row("admin:password_change", " ".join(["302"] * 10)),  # to the one page of all of staff
    Row("admin:password_change_done", "302 302 302 200 200 200 200 200 200 302"),
    Row("admin:autocomplete", NO_SUCH_PAGE),
    Row("admin:jsi18n", "302 302 302 200 200 200 200 200 200 302"),
    Row("admin:app_list", " ".join(["302"] * 10), ("app",)),
    Row("admin:reports_revision_review", REVIEWERS, ("waiting",)),
    Row("admin:reports_revision_confirm", REVIEW_MOVES, ("approved", "publish")),
    Row("admin:reports_revision_move", NO_MOVE_BY_GET, ("waiting", "approve")),
    Row("admin:reports_revision_findings", REVIEWERS, ("waiting", "list_format")),
    Row("admin:reports_revision_receipt", REVIEWERS, ("waiting",)),
    Row("admin:reports_revision_comment", NO_WORDS, ("waiting",), "post"),
    Row("admin:reports_revision_follow", NO_WORDS, ("waiting", "comment"), "post", turn="answer"),
    Row("admin:reports_revision_schedule", REVIEW_MOVES, ("approved",)),
    Row("admin:reports_revision_cancel_schedule", NO_MOVE_BY_GET, ("approved",)),
    Row("admin:reports_revision_batches", "302 302 302 200 200 200 403 403 200 302"),
    Row("admin:reports_revision_whole", "302 302 302 200 200 200 403 403 403 302", ("publish",)),
    Row("admin:reports_revision_begin", NO_MOVE_BY_GET, ("publish",)),
    # One's own: the authority began none.
    Row("admin:reports_revision_batch", "302 302 302 200 404 404 404 404 200 302", ("batch",)),
    *model_pages(
        "reports_revision",
        listed="302 302 302 200 200 200 403 403 200 302",
        seen=TO_REVIEW,
        added=NO_SUCH_PAGE,
        changed=TO_REVIEW,
    ),
    *model_pages(
        "reports_tally",
        listed="302 302 302 200 200 200 403 403 200 302",
        seen=TO_REVIEW,
        added=NO_SUCH_PAGE,
        changed=TO_REVIEW,
    ),
    Row("admin:reports_tally_cell", REVIEWERS, ("top_pk", "published_year", "form", "cell")),
    Row("admin:reports_tally_file", REVIEWERS, ("top_pk", "published_year", "file_format")),
    *model_pages(
        "reports_agency",
        listed="302 302 302 200 200 200 200 200 200 302",
        seen="302 302 302 200 302 200 200 200 200 302",
        added=KEPT_BY_SYSTEM,
        changed="302 302 302 200 302 200 200 200 200 302",
    ),
    Row("admin:reports_agency_act", KEPT_BY_SYSTEM, ("agency_pk", "rename")),
    Row("admin:reports_agency_receipt", "302 302 302 200 404 200 200 200 200 302", ("act",)),
    Row("admin:reports_agency_import", KEPT_BY_SYSTEM),
    Row("admin:reports_agency_template", KEPT_BY_SYSTEM),
    Row("admin:reports_agency_intake", KEPT_BY_SYSTEM, ("agency_list",)),
    *model_pages("reports_division", SEEN_IN_ADMIN, SEEN_IN_ADMIN, KEPT_BY_SYSTEM, SEEN_IN_ADMIN),
    *model_pages("reports_user", SEEN_BY_SITE, SEEN_BY_SITE, KEPT_BY_SYSTEM, SEEN_BY_SITE),
    Row("admin:reports_user_import", KEPT_BY_SYSTEM),
    Row("admin:reports_user_template", KEPT_BY_SYSTEM),
    Row("admin:reports_user_intake", KEPT_BY_SYSTEM, ("people_list",)),
    Row("admin:reports_user_passwords", KEPT_BY_SYSTEM),
    Row("admin:auth_user_password_change", KEPT_BY_SYSTEM, ("user_pk",)),
    *model_pages("reports_membership", SEEN_BY_SITE, SEEN_BY_SITE, NO_SUCH_PAGE, SEEN_BY_SITE),
    *model_pages("reports_rolerequest", SEEN_BY_SITE, SEEN_BY_SITE, PROPOSED, SEEN_BY_SITE),
    Row("admin:reports_rolerequest_confirm", "302 302 302 403 403 403 403 200 403 302"),
    Row(
        "admin:reports_rolerequest_decide",
        "302 302 302 404 404 404 403 409 403 302",  # 409: it is decided already
        ("rolerequest_pk", "confirm"),
        "post",
    ),
    *model_pages(
        "reports_sitesettings",
        listed=" ".join(["302"] * 10),  # there is one: its own page
        seen="302 302 302 403 403 403 200 403 200 302",
        added=NO_SUCH_PAGE,
        changed="302 302 302 403 403 403 200 403 200 302",
    ),
    Row("admin:board", OVERSEEN),
    Row("admin:board_export", OVERSEEN),
    Row("admin:safety", SEEN_BY_SITE),
    Row("admin:safety", SEEN_BY_SITE.replace("200", "409"), method="post"),  # says no turn
    Row("admin:board_urge", CALLED),
    Row("admin:board_urge", CALLED.replace("200", "409"), method="post"),  # names no body
    *model_pages(
        "reports_campaign",
        listed=OVERSEEN,
        seen="302 302 302 302 404 302 403 403 302 302",
        added=CALLED,
        changed=OVERSEEN_BELOW,
    ),
    Row("admin:reports_campaign_call", CALLED_BELOW, ("campaign_pk",)),
    Row("admin:reports_campaign_exempt", CALLED_BELOW, ("campaign_pk",)),
    Row("admin:reports_campaign_end", NO_MOVE_BY_GET, ("campaign_pk", "exemption")),
    *model_pages("reports_wordlist", TENDED, TENDED, KEPT_BY_SYSTEM, TENDED),
    Row("admin:reports_wordlist_import", KEPT_BY_SYSTEM, ("wordlist_pk",)),
    *model_pages("reports_listedword", TENDED, TENDED, KEPT_BY_SYSTEM, TENDED, KEPT_BY_SYSTEM),
    *model_pages("reports_auditentry", AUDITORS, AUDITORS, NO_SUCH_PAGE, AUDITORS),
    Row("admin:reports_auditentry_export", AUDITORS),
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


def answer(row: Row, role: str, city) -> int:
    users, made = city
    client = Client()
    if users[role] is not None:
        client.force_login(users[role])
    url = reverse(row.name, args=[made[name] for name in row.arguments]) + row.query
    pressed = {"turn": row.turn} if row.turn else {}
    return getattr(client, row.method)(url, pressed).status_code


def test_every_address_has_a_row():
    rows = {row.name for row in TABLE}
    found = set(addresses()) - NOT_PAGES
    assert found - rows == set(), "an address without a row"
    assert rows - found == set(), "a row without an address"


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_the_role_as_the_table_says(whole_city, role):
    """A line for each answer that is not the table's."""
    at = ROLES.index(role)
    wrong = [
        f"{row.name}: answered {answered}, the table says {expected}"
        for row in TABLE
        if (answered := str(answer(row, role, whole_city))) != (expected := row.answers.split()[at])
    ]
    assert "\n".join(wrong) == ""


def test_every_row_has_an_answer_for_each_role():
    assert {row.name for row in TABLE if len(row.answers.split()) != len(ROLES)} == set()
