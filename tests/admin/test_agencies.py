"""The tree of agencies, kept through the actions that keep its paths."""

import pytest
from django.utils import timezone

from reports.admin import access
from reports.models import Agency, AuditEntry, Revision, SiteSettings
from reports.workflow import Role, State
from tests.factories import make_agency, make_revision, make_user

from .conftest import entered

pytestmark = pytest.mark.django_db
AGENCIES = "/admin/reports/agency/"
NO_INLINES = {
    f"{prefix}-{key}": "0"
    for prefix in ("names", "successions")
    for key in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
}


@pytest.fixture
def system():
    return entered(make_user(Role.SYSTEM_ADMINISTRATOR))


def typed(agency=None, **changed):
    fields = ("name", "slug", "kind", "address", "postcode", "telephone", "email", "office")
    shown = {name: getattr(agency, name) for name in fields} if agency else {}
    parent = {"parent": agency.parent_id or ""} if agency else {}
    return NO_INLINES | shown | parent | changed


def test_a_new_agency_stands_below_its_parent(system, city):
    new = typed(name="虚构市新局", slug="new", kind="department", parent=city.pk)
    assert system.post(f"{AGENCIES}add/", new).status_code == 302
    made = Agency.objects.get(slug="new")
    assert made.path == f"{city.path}{made.pk:08d}/"


@pytest.mark.parametrize("told", ["name", "slug"])
def test_of_very_many_agencies_the_one_above_is_typed(system, city, monkeypatch, told):
    monkeypatch.setattr(access, "LONGEST_LIST", 0)
    page = system.get(f"{AGENCIES}add/").content.decode()
    assert "机关的全称，或者它的网址标识" in page
    assert city.name not in page
    new = typed(name="虚构市新局", slug="new", kind="department", parent=getattr(city, told))
    assert system.post(f"{AGENCIES}add/", new).status_code == 302
    assert Agency.objects.get(slug="new").parent == city


def test_one_that_is_not_there_or_not_the_only_one_is_asked_for_again(system, city, monkeypatch):
    monkeypatch.setattr(access, "LONGEST_LIST", 0)
    new = typed(name="虚构市新局", slug="new", kind="department", parent="没有这个机关")
    page = system.post(f"{AGENCIES}add/", new).content.decode()
    assert "没有名称或者网址标识是“没有这个机关”的机关" in page
    assert 'value="没有这个机关"' in page
    make_agency(city.name)
    page = system.post(f"{AGENCIES}add/", new | {"parent": city.name}).content.decode()
    assert "不止一个，请改写它的网址标识" in page
    assert not Agency.objects.filter(slug="new").exists()


def test_names_are_added_with_the_agency(system):
    new = typed(name="虚构市新局", slug="new", kind="department") | {
        "names-TOTAL_FORMS": "1",
        "names-0-name": "新局",
    }
    system.post(f"{AGENCIES}add/", new)
    made = Agency.objects.get(slug="new")
    assert [each.name for each in made.names.all()] == ["新局"]


def test_name_and_place_have_acts_of_their_own(system, city, bureau, elsewhere):
    new = typed(bureau, parent=elsewhere.pk, name="改名", telephone="0999-7654321")
    system.post(f"{AGENCIES}{bureau.pk}/change/", new)
    changed = Agency.objects.get(pk=bureau.pk)
    assert (changed.name, changed.parent) == (bureau.name, city)
    assert changed.telephone == "0999-7654321"
    assert AuditEntry.objects.filter(verb="change_agency").count() == 1


def test_an_agency_added_is_noted_once(system):
    system.post(f"{AGENCIES}add/", typed(name="虚构市新局", slug="new", kind="department"))
    assert AuditEntry.objects.filter(verb="add_agency").count() == 1


def test_the_address_of_a_published_report_stays(system, bureau):
    revision = make_revision(2024, bureau)
    Revision.objects.filter(pk=revision.pk).update(
        state=str(State.PUBLISHED), published_at=timezone.now()
    )
    system.post(f"{AGENCIES}{bureau.pk}/change/", typed(bureau, slug="another"))
    assert Agency.objects.get(pk=bureau.pk).slug == bureau.slug


def test_no_agency_is_deleted(system, bureau):
    assert system.post(f"{AGENCIES}{bureau.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_list_is_the_tree(system, city, bureau, elsewhere):
    said = system.get(AGENCIES).content.decode()
    assert said.index(city.name) < said.index(f"　{bureau.name}") < said.index(elsewhere.name)


SETTINGS = {
    "name": "虚构网站",
    "domain": "example.invalid",
    "identification_code": "9900000001",
    "icp_record": "虚备00000000号",
    "police_record": "虚公网安备 99000000000000号",
    "host_organization": "虚构办",
    "contact": "0999-1234567",
}


@pytest.mark.parametrize(
    "address",
    [
        "见局网站", "example.invalid/license", "javascript:alert(1)", "ftp://example.invalid/a",
        "https://", "https://example.invalid/许可 全文", "//example.invalid/a", "data:text/html,x",
    ],
)  # fmt: skip
def test_what_is_no_address_is_no_address_of_a_license(system, address):
    room = "/admin/reports/sitesettings/add/"
    license = {"license_name": "虚构许可", "license_address": address}
    page = system.post(room, SETTINGS | license).content.decode()
    assert "从 https:// 或者 http:// 写起" in page
    assert not SiteSettings.objects.exists()


@pytest.mark.parametrize("address", ["https://example.invalid/license", "http://10.0.0.8:8080/a"])
def test_an_address_of_a_license_is_kept_with_its_name(system, address):
    room = "/admin/reports/sitesettings/add/"
    page = system.post(room, SETTINGS | {"license_address": address}).content.decode()
    assert "没有填“数据许可”的名称" in page
    system.post(room, SETTINGS | {"license_name": "虚构许可", "license_address": address})
    assert SiteSettings.objects.get().license_address == address


def test_the_site_has_one_row_of_settings(system):
    new = SETTINGS
    room = "/admin/reports/sitesettings/"
    assert system.get(room).url == f"{room}add/"
    system.post(f"{room}add/", new)
    assert system.get(room).url == f"{room}1/change/"
    assert system.post(f"{room}add/", new).status_code == 403
    assert list(SiteSettings.objects.values_list("pk", "name")) == [(1, "虚构网站")]
