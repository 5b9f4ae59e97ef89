"""What holds on every page of the admin: language, headings, labels, nothing inline."""

from collections import Counter
from datetime import date

import pytest
from lxml import html

from reports.actions.campaigning import Owing, call_reports
from reports.actions.intaking import check_list
from reports.actions.moves import move
from reports.actions.reshaping import reshape
from reports.editions.bodies import BodyKind
from reports.models import (
    AuditEntry,
    Intake,
    ListedWord,
    RoleRequest,
    SiteSettings,
    User,
    WordList,
)
from reports.public.manuals import PLACES
from reports.queries.reshaping import Kind, Proposal
from reports.queries.reshaping_effects import planned
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_revision, make_user

from .conftest import entered

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/revision/{revision}"
PAGES = {
    "index": (Role.SUPERVISOR, "/admin/"),
    "queue": (Role.SUPERVISOR, "/admin/reports/revision/"),
    "nothing": (Role.SUPERVISOR, "/admin/reports/revision/?q=没有"),
    "review": (Role.SUPERVISOR, f"{REPORT}/review/"),
    "confirm": (Role.SUPERVISOR, f"{REPORT}/confirm/publish/"),
    "receipt": (Role.SUPERVISOR, f"{REPORT}/receipt/"),
    "time": (Role.SUPERVISOR, f"{REPORT}/schedule/"),
    "batches": (Role.SUPERVISOR, "/admin/reports/revision/batches/"),
    "agency read": (Role.SUPERVISOR, "/admin/reports/agency/{agency}/change/"),
    "board": (Role.SUPERVISOR, "/admin/board/?year=2024"),
    "empty board": (Role.AUDITOR, "/admin/board/?text=没有"),
    "campaigns": (Role.SUPERVISOR, "/admin/reports/campaign/"),
    "whose year": (Role.AUTHORITY, "/admin/reports/campaign/add/"),
    "call": (Role.AUTHORITY, "/admin/reports/campaign/{campaign}/call/"),
    "called": (Role.AUTHORITY, "/admin/reports/campaign/{campaign}/change/"),
    "exempt": (Role.AUTHORITY, "/admin/reports/campaign/{campaign}/exempt/?q=局"),
    "administrator": (Role.SYSTEM_ADMINISTRATOR, "/admin/"),
    "agencies": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/agency/"),
    "agency": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/agency/{agency}/change/"),
    "agency history": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/agency/{agency}/history/"),
    "new agency": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/agency/add/"),
    **{
        f"act: {kind}": (
            Role.SYSTEM_ADMINISTRATOR,
            f"/admin/reports/agency/{{agency}}/acts/{kind}/",
        )
        for kind in ("rename", "merge", "split", "move", "close", "reopen")
    },
    "import of agencies": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/agency/import/"),
    "dry run": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/agency/import/{intake}/"),
    "receipt of an act": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/agency/acts/{act}/"),
    "import of people": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/user/import/"),
    "initial passwords": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/user/passwords/"),
    "many role changes": (Role.SECURITY_ADMINISTRATOR, "/admin/reports/rolerequest/confirm/"),
    "divisions": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/division/"),
    "users": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/user/"),
    "user": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/user/{user}/change/"),
    "password": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/user/{user}/password/"),
    "new user": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/user/add/"),
    "settings": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/sitesettings/1/change/"),
    "word lists": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/wordlist/"),
    "word list": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/wordlist/{word_list}/change/"),
    "import of words": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/wordlist/{word_list}/import/"),
    "words": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/listedword/"),
    "word": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/listedword/{word}/change/"),
    "new word": (Role.SYSTEM_ADMINISTRATOR, "/admin/reports/listedword/add/"),
    "roles": (Role.SECURITY_ADMINISTRATOR, "/admin/reports/membership/"),
    "role changes": (Role.SECURITY_ADMINISTRATOR, "/admin/reports/rolerequest/"),
    "new role change": (Role.SECURITY_ADMINISTRATOR, "/admin/reports/rolerequest/add/"),
    "role change": (Role.SECURITY_ADMINISTRATOR, "/admin/reports/rolerequest/{asked}/change/"),
    "security": (Role.SECURITY_ADMINISTRATOR, "/admin/"),
    "events": (Role.AUDITOR, "/admin/reports/event/"),
    "event": (Role.AUDITOR, "/admin/reports/event/{event}/change/"),
    "audit": (Role.AUDITOR, "/admin/reports/auditentry/"),
    "audit of nothing": (Role.AUDITOR, "/admin/reports/auditentry/?who=没有&verb=log_in"),
    "audit entry": (Role.AUDITOR, "/admin/reports/auditentry/{audit}/change/"),
}


DRAWN: dict[str, str] = {}  # every page is drawn once; the tests only read it


@pytest.fixture(params=PAGES)
def source(request):
    if not DRAWN:
        DRAWN.update(request.getfixturevalue("drawn"))
    return DRAWN[request.param]


@pytest.fixture
def drawn(as_role, bureau, author, supervisor):
    SiteSettings.objects.create(pk=1, name="虚构网站")
    revision = complete(make_revision(2024, bureau))
    move(revision, "submit", by=author)
    in_state(revision, State.APPROVED)
    word_list = WordList.objects.create(name="虚构词表", kind="sensitive")
    word = ListedWord.objects.create(word_list=word_list, word="虚构词", severity="error")
    campaign = call_reports(
        bureau.parent, 2023, by=make_user(Role.AUTHORITY, agency=bureau.parent),
        opens_on=date(2024, 1, 2), owing=[Owing(BodyKind.DEPARTMENT)],
    )  # fmt: skip
    system = make_user(Role.SYSTEM_ADMINISTRATOR)
    asked = Proposal(
        kind=Kind.RENAME, agency=bureau, on=date(2024, 1, 1), reason="虚构", name="新名"
    )
    act = reshape(bureau, asked, seen=planned(asked).seal, by=system)
    listed = "名称,网址标识\n虚构局,invented\n=1,a".encode()
    intake = check_list(Intake.Kind.AGENCIES, "名单.csv", listed, by=system)
    User.objects.create_user("newcomer", display_name="新人")
    keys = {
        "revision": revision.pk,
        "act": act.pk,
        "intake": intake.pk,
        "campaign": campaign.pk,
        "agency": bureau.pk,
        "user": author.pk,
        "asked": RoleRequest.objects.create(
            user=author,
            role="author",
            agency=bureau,
            kind="revoke",
            reason="调离",
            proposed_by=supervisor,
        ).pk,
        "audit": AuditEntry.objects.first().pk,
        "word_list": word_list.pk,
        "word": word.pk,
        "event": revision.events.first().pk,
    }
    pages = {}
    for name, (role, address) in PAGES.items():
        response = as_role(role).get(address.format(**keys))
        assert response.status_code == 200, name
        assert "style-src 'self'" in response["Content-Security-Policy"]
        pages[name] = response.content.decode()
    return pages


def test_nothing_is_inline(source):
    page = html.fromstring(source)
    assert page.findall(".//style") == []
    assert page.findall(".//*[@style]") == []
    assert [each for each in page.iter("script") if not each.get("src")] == []
    assert {name for each in page.iter() for name in each.attrib if name.startswith("on")} == set()


def test_language_title_and_heading(source):
    page = html.fromstring(source)
    assert page.get("lang") == "zh-hans"
    assert page.findtext(".//title").strip().endswith("年度报告管理")
    assert len(page.findall(".//main")) == 1
    assert page.find(".//h1").text_content().strip()


def test_ids_are_unique_and_references_are_answered(source):
    page = html.fromstring(source)
    ids = Counter(each.get("id") for each in page.iterfind(".//*[@id]"))
    assert [name for name, times in ids.items() if times > 1] == []
    for each in page.iter():
        for attribute in ("aria-labelledby", "headers"):
            assert set((each.get(attribute) or "").split()) <= ids.keys()


def test_every_control_has_a_label_and_every_button_words(source):
    page = html.fromstring(source)
    labelled = {label.get("for") for label in page.iter("label")}
    controls = [
        each
        for each in page.iter("input", "select", "textarea")
        if each.get("type") not in ("hidden", "submit", "button")
    ]
    unlabelled = [each for each in controls if each.get("id") not in labelled]
    assert [each.get("name") for each in unlabelled if not each.get("aria-label")] == []
    assert all("".join(each.itertext()).strip() for each in page.iter("button"))


def test_a_page_leads_to_its_section_of_a_manual(source):
    header = html.fromstring(source).get_element_by_id("header")
    led = [each.get("href") for each in header.iter("a") if "/help/" in each.get("href")]
    assert len(led) == 1
    assert led[0].removeprefix("/help/").replace("/#", "#") in PLACES.values()


def test_every_form_that_posts_has_one_token(source):
    forms = [
        each
        for each in html.fromstring(source).iter("form")
        if (each.get("method") or "").lower() == "post"
    ]
    assert forms
    # One: of two that bear a name a script renews neither.
    assert all(len(form.findall(".//input[@name='csrfmiddlewaretoken']")) == 1 for form in forms)


def test_words_are_chinese(source):
    """No sentence of Django's is left in English."""
    text = html.fromstring(source).find(".//main").text_content()
    for english in ("Select", "Change", "Add ", "Delete", "Save", "Search", "Error", "None"):
        assert english not in text


def test_the_admins_own_log_in_leads_to_the_one_of_all():
    from django.test import Client

    response = Client().get("/admin/login/?next=/admin/reports/revision/")
    assert response.url == "/accounts/login/?next=/admin/reports/revision/"
    inside = entered(make_user(Role.AUDITOR)).get("/admin/login/")
    assert inside.url == "/admin/"
