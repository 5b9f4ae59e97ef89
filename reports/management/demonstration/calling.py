"""The city's calls of its years: dates, what is asked, and who need not report."""

from datetime import date

from django.db import transaction

from reports.actions.campaigning import Owing, call_reports, exempt
from reports.editions.bodies import BodyKind, Level
from reports.models import Agency, Campaign, User

from .plan import LATEST

CALLER = "city"
CALLED = (2024, LATEST)  # the years which the city called
INSTRUCTIONS = """请各机关在内部期限前送审，由市政务公开办公室审核后统一公布。
一、依申请公开的数字以收件登记为准，上年结转数与上一年度报告的结转下年度数一致。
二、检查结果中“需要说明”的，请写明原因，说明随报告公开。
三、联系人变动的，请先在前言里更新电话和地址。
"""
EXEMPT = {  # year -> slug and reason
    2024: ("culture", "2025年1月新组建，2024年度报告由原文化广电局、原旅游局分别编制。"),
    LATEST: (
        "isle-fishing-lights",
        "2025年行政区划调整，政府信息公开工作由青屿县人民政府统一办理。",
    ),
}


def owing(year: int) -> list[Owing]:
    """Who is asked for the year's report, by when: the higher, the later."""

    def january(day: int) -> date:
        return date(year + 1, 1, day)

    return [
        Owing(BodyKind.GOVERNMENT, Level.PREFECTURE, date(year + 1, 3, 20)),
        Owing(BodyKind.GOVERNMENT, None, date(year + 1, 2, 28)),
        Owing(BodyKind.DEPARTMENT, None, january(24)),
        Owing(BodyKind.DEPARTMENT, Level.COUNTY, january(20)),
        Owing(BodyKind.TOWN, None, january(18)),
        Owing(BodyKind.UNION, None, january(24)),
    ]


@transaction.atomic
def call(year: int) -> None:
    """The authority's call of the year, open since the year was over, with one exemption."""
    top = Agency.objects.filter(slug=CALLER).first()
    if top is None or Campaign.objects.filter(agency=top, year=year).exists():
        return
    authority = User.objects.get(username="authority")
    campaign = call_reports(
        top, year, by=authority, opens_on=date(year + 1, 1, 1), owing=owing(year),
        instructions=INSTRUCTIONS,
    )  # fmt: skip
    slug, reason = EXEMPT[year]
    for agency in Agency.objects.filter(slug=slug):
        exempt(campaign, agency, reason, by=authority)
