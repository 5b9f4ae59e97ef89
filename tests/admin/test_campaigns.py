"""Calling a year in the admin: asked, shown for whom it changes what, then done; exemptions."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from reports.actions.campaigning import Owing, call_reports
from reports.editions.bodies import BodyKind, Level
from reports.models import Campaign, CampaignEvent, Exemption
from reports.workflow import Role
from tests.factories import make_agency, make_user

from .conftest import entered

pytestmark = pytest.mark.django_db
ROOM = "/admin/reports/campaign/"
YEAR = timezone.localdate().year - 1
OPENS = f"{YEAR + 1}-01-02"
TYPED = {
    "opens_on": OPENS,
    "instructions": "请按时送审。",
    "owes-department-all": "on",
    "due-department-all": f"{YEAR + 1}-01-20",
    "seen": "0",
}


@pytest.fixture
def authority(city):
    return make_user(Role.AUTHORITY, agency=city, name="主管员")


@pytest.fixture
def office(authority):
    """The authority's browser."""
    return entered(authority)


@pytest.fixture
def campaign(city, bureau, authority):
    return call_reports(
        city, YEAR, by=authority, opens_on=date(YEAR + 1, 1, 2),
        owing=[Owing(BodyKind.DEPARTMENT, None, date(YEAR + 1, 1, 20))],
    )  # fmt: skip


def text(response):
    return " ".join(html.fromstring(response.content.decode()).text_content().split())


def form_of(response):
    """What the page's form would send, as it stands."""
    page = html.fromstring(response.content.decode())
    form = next(
        each for each in page.forms if each.method == "POST" and each.xpath(".//*[@name='seen']")
    )
    values = {name: value.removeprefix("\n") for name, value in form.form_values()}
    return {name: value for name, value in values.items() if name != "csrfmiddlewaretoken"}


def test_whose_year_is_asked_first(office, city, bureau):
    said = text(office.get(f"{ROOM}add/"))
    assert city.name in said
    assert bureau.name not in said  # nobody is below it
    response = office.get(f"{ROOM}add/?agency={city.pk}&year={YEAR}")
    assert f"{YEAR + 1}年1月31日" in text(response)
    assert form_of(response)["owes-department-all"] == "on"


def test_a_call_is_shown_before_it_is_saved_and_then_saved(office, city, bureau):
    address = f"{ROOM}add/?agency={city.pk}&year={YEAR}"
    asked = office.post(address, TYPED)
    assert "现在什么都还没有保存" in text(asked)
    assert "期限改变：2 个" in text(asked)
    assert not Campaign.objects.exists()
    done = office.post(address, form_of(asked) | {"confirmed": "1"}, follow=True)
    campaign = Campaign.objects.get()
    assert done.redirect_chain[-1][0] == f"{ROOM}{campaign.pk}/change/"
    assert campaign.instructions == "请按时送审。"
    assert campaign.obligations.get().due_on == date(YEAR + 1, 1, 20)
    assert "请按时送审。" in text(done)


def test_going_back_keeps_what_was_typed(office, city, bureau):
    address = f"{ROOM}add/?agency={city.pk}&year={YEAR}"
    asked = office.post(address, TYPED)
    again = form_of(office.post(address, form_of(asked) | {"again": "1"}))
    assert {key: again[key] for key in TYPED} == TYPED


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"opens_on": "明天"}, "id_opens_on", "请写成 2026-01-20 这样的日期"),
        ({"opens_on": f"{YEAR}-12-01"}, "id_opens_on", "应当在"),
        ({"due-department-all": f"{YEAR + 1}-02-01"}, "id_due-department-all", "晚于法定期限"),
        ({"due-union-all": f"{YEAR + 1}-01-10"}, "id_due-union-all", "没有勾选应当编报"),
        ({"opens_on": f"{YEAR + 1}-01-25"}, "id_due-department-all", "早于开始填报"),
        ({"opens_on": f"{YEAR + 1}-02-25"}, "id_opens_on", "晚于政府部门的法定期限"),
    ],
)
def test_a_refusal_points_at_the_field_and_keeps_the_rest(office, city, bureau, typed, field, said):
    given = TYPED | typed
    response = office.post(f"{ROOM}add/?agency={city.pk}&year={YEAR}", given)
    assert response.status_code == 422
    page = html.fromstring(response.content.decode())
    [link] = page.findall(".//section[@class='error-summary']//a")
    assert link.get("href") == f"#{field}"
    assert said in link.text_content()
    kept = form_of(response)
    assert {key: kept[key] for key in given} == given
    assert not Campaign.objects.exists()


def test_a_call_for_nobody_is_refused(office, city, bureau):
    given = {"opens_on": OPENS}
    response = office.post(f"{ROOM}add/?agency={city.pk}&year={YEAR}", given)
    assert "没有选择任何性质的机关" in text(response)


def test_a_change_says_how_many_get_what(office, city, bureau, campaign):
    make_agency("虚构市总工会", parent=city, kind=str(BodyKind.UNION))
    address = f"{ROOM}{campaign.pk}/call/"
    typed = form_of(office.get(address))
    typed |= {"owes-union-all": "on", "due-department-all": f"{YEAR + 1}-01-15"}
    asked = office.post(address, typed)
    said = text(asked)
    assert "新增须编报：1 个" in said
    assert "期限改变：2 个" in said
    assert f"{YEAR + 1}年1月20日前送审 改为 {YEAR + 1}年1月15日前送审" in said
    office.post(address, form_of(asked) | {"confirmed": "1"})
    verbs = campaign.events.values_list("verb", flat=True)
    assert list(verbs) == [CampaignEvent.CALL, CampaignEvent.CHANGE]


def test_who_changed_it_meanwhile_is_not_overwritten(office, city, bureau, campaign, authority):
    address = f"{ROOM}{campaign.pk}/call/"
    asked = form_of(office.get(address))
    call_reports(
        city, YEAR, by=authority, opens_on=date(YEAR + 1, 1, 3), owing=[Owing(BodyKind.UNION)]
    )
    response = office.post(address, asked | {"instructions": "我写的", "confirmed": "1"})
    assert "这次部署又有了变动" in text(response)
    assert form_of(response)["instructions"] == "我写的"
    assert campaign.obligations.get().kind == "union"


def test_bodies_with_a_nearer_call_are_not_reached(office, city, bureau, campaign, authority):
    make_agency(parent=bureau)
    call_reports(
        bureau, YEAR, by=authority, opens_on=date(YEAR + 1, 1, 2), owing=[Owing(BodyKind.UNION)]
    )
    address = f"{ROOM}{campaign.pk}/call/"
    asked = office.post(address, form_of(office.get(address)))
    assert "另有 2 个机关按下级自己的部署编报" in text(asked)


def test_a_body_is_found_by_name_and_exempted_for_a_reason(office, bureau, campaign, elsewhere):
    address = f"{ROOM}{campaign.pk}/exempt/"
    assert elsewhere.name not in text(office.get(f"{address}?q=别处"))
    assert bureau.name in text(office.get(f"{address}?q=%00某局")), "PostgreSQL knows no such sign"
    found = office.get(f"{address}?q=某局")
    assert bureau.name in text(found)
    given = {"agency": bureau.pk, "reason": "", "and_below": "on"}
    refused = office.post(f"{address}?q=某局", given)
    assert (refused.status_code, "应当写明理由" in text(refused)) == (422, True)
    page = html.fromstring(refused.content.decode())
    assert page.find(".//input[@id='id_and_below']").get("checked") is not None
    office.post(f"{address}?q=某局", given | {"reason": "虚构的理由"})
    exemption = Exemption.objects.get()
    assert (exemption.agency, exemption.and_below) == (bureau, True)
    said = text(office.get(f"{ROOM}{campaign.pk}/change/"))
    assert "1 个免予编报" in said
    office.post(f"{ROOM}{campaign.pk}/exempt/{exemption.pk}/end/")
    assert not Exemption.objects.exists()
    verbs = campaign.events.values_list("verb", flat=True)
    assert list(verbs)[1:] == [CampaignEvent.EXEMPT, CampaignEvent.END]


def test_supervisors_and_the_auditor_read_and_change_nothing(as_role, client, campaign):
    for reader in (client, as_role(Role.AUDITOR)):
        said = text(reader.get(f"{ROOM}{campaign.pk}/change/"))
        assert "主管员" in said
        assert "修改部署 免予编报" not in said
        for page in ("call/", "exempt/"):
            assert reader.post(f"{ROOM}{campaign.pk}/{page}", TYPED).status_code == 403


def test_who_reviews_below_reads_the_call_which_they_follow(bureau, campaign, elsewhere):
    below = entered(make_user(Role.SUPERVISOR, agency=bureau))
    assert below.get(f"{ROOM}{campaign.pk}/change/").status_code == 200
    stranger = entered(make_user(Role.SUPERVISOR, agency=elsewhere))
    assert stranger.get(f"{ROOM}{campaign.pk}/change/").status_code == 404


def test_an_authority_calls_for_no_stranger(office, elsewhere):
    make_agency(parent=elsewhere)
    assert office.get(f"{ROOM}add/?agency={elsewhere.pk}&year={YEAR}").status_code == 422


def test_the_authors_read_the_instructions_on_their_shelf(city, bureau, author, authority):
    call_reports(
        city, YEAR, by=authority, opens_on=date(YEAR + 1, 1, 2),
        owing=[Owing(BodyKind.DEPARTMENT, Level.COUNTY), Owing(BodyKind.DEPARTMENT)],
        instructions="虚构的要求",
    )  # fmt: skip
    assert "虚构的要求" in text(entered(author).get("/desk/"))


def test_as_many_statements_for_one_body_as_for_eight(office, city, campaign):
    address, asked = f"{ROOM}{campaign.pk}/call/", []
    typed = form_of(office.get(address))
    for wanted in (1, 8):
        for _ in range(wanted):
            make_agency(parent=city)
        with CaptureQueriesContext(connection) as queries:
            office.post(address, typed)
        asked.append(len(queries))
    assert asked[0] == asked[1]
