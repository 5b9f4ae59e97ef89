"""Two cities with everything that any address of the site needs."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from reports.actions.batching import begin
from reports.actions.campaigning import Owing, call_reports, exempt
from reports.actions.commenting import comment
from reports.actions.correcting import correct
from reports.actions.drafting import save_narrative
from reports.actions.importing import read_upload, receive_one
from reports.actions.intaking import check_list
from reports.actions.moves import move
from reports.actions.open_data import build_year
from reports.editions.bodies import BodyKind
from reports.models import (
    ActBody,
    AgencyAct,
    AuditEntry,
    Event,
    Intake,
    ListedWord,
    Membership,
    Notice,
    Revision,
    RoleRequest,
    SiteSettings,
    Tally,
    Upload,
    WordList,
)
from reports.workflow import Role
from tests.factories import complete, make_agency, make_division, make_revision, make_user
from tests.public.sent import as_text, sound


def made_city():
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
    years = (2020, 2021, 2022, 2023, 2024)
    reports = {year: complete(make_revision(year, bureau)) for year in years}

    def advance(revision, verbs):
        for verb in ("submit", "approve", "publish")[:verbs]:
            by = users["author" if verb == "submit" else "supervisor"]
            move(Revision.objects.get(pk=revision.pk), verb, by=by)

    for year, verbs in {2020: 3, 2021: 3, 2022: 2, 2023: 1}.items():
        advance(reports[year], verbs)
    correction = correct(reports[2020], "第六部分漏写一句。", by=users["author"])
    text = correction.parts.get(key="other_matters").text + "本机关没有其他需要报告的事项。"
    save_narrative(correction, "other_matters", text, base_version=1, by=users["author"])
    advance(correction, 3)
    second = correct(correction, "第六部分还漏写一句。", by=users["author"])
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
    waiting = Revision.objects.get(pk=reports[2023].pk)
    said = comment(waiting, "请核对。", by=users["supervisor"])
    campaign = call_reports(
        reviewed[0], 2023, by=users["authority"], opens_on=date(2024, 1, 2),
        owing=[Owing(BodyKind.DEPARTMENT)],
    )  # fmt: skip
    exemption = exempt(campaign, reviewed[0], "虚构的理由", by=users["authority"])
    asked = RoleRequest.objects.create(
        user=users["nobody"], role="author", agency=bureau, reason="虚构", state="confirmed",
        proposed_by=users["system"], decided_by=users["security"],
    )  # fmt: skip
    act = AgencyAct.objects.create(
        kind="rename", agency=bureau, agency_name="旧名", on=date(2024, 1, 1), reason="虚构",
        by=users["system"],
    )  # fmt: skip
    ActBody.objects.create(act=act, agency=bureau)
    head = "名称,网址标识\n虚构局,invented".encode()
    agency_list = check_list(Intake.Kind.AGENCIES, "机关.csv", head, by=users["system"])
    head = "用户名,姓名\ninvented,虚构".encode()
    people_list = check_list(Intake.Kind.PEOPLE, "用户.csv", head, by=users["system"])
    build_year(2021)
    batch = begin("publish", {reports[2022].pk: 0}, by=users["supervisor"], token=uuid4())
    made = {
        "act": act.pk, "rename": "rename", "agency_list": agency_list.pk,
        "people_list": people_list.pk,
        "batch": batch.pk, "draft_year": 2024,
        "slug": bureau.slug, "published_year": 2021, "format": "pdf", "number": 1,
        "code": bureau.division.code, "sitemap_part": "pages",
        "checksum": reports[2021].documents.get(format="pdf").checksum,
        "data_name": "reports.csv",
        "region": bureau.division.code, "edition": 2021, "nowhere": "v2/reports",
        "comment": said.pk,
        "corrected_year": 2020, "second": 2, "published": reports[2021].pk, "correction": second.pk,
        "manual": "author", "list_format": "json", "top_pk": reviewed[0].pk, "form": "2021", "file_format": "xlsx",
        "cell": "applications.total.received", "tally_pk": Tally.objects.get(year=2021).pk,
        "draft": reports[2024].pk, "waiting": reports[2023].pk, "approved": reports[2022].pk,
        "part": "overview", "upload": upload.pk, "notice": notice.pk, "submit": "submit", "publish": "publish", "approve": "approve",
        "app": "reports", "revision_pk": reports[2023].pk, "agency_pk": bureau.pk,
        "division_pk": bureau.division_id, "division_code": bureau.division.code, "user_pk": users["nobody"].pk,
        "membership_pk": Membership.objects.get(user=users["author"]).pk,
        "campaign_pk": campaign.pk, "exemption": exemption.pk,
        "wordlist_pk": word_list.pk, "listedword_pk": word.pk, "sitesettings_pk": 1, "rolerequest_pk": asked.pk, "confirm": "confirm", "auditentry_pk": AuditEntry.objects.first().pk, "event_pk": Event.objects.first().pk,
    }  # fmt: skip
    return users, made
