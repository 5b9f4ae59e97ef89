"""Plain functions that make the smallest thing a test can be about."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import count
from typing import Any

from django.contrib.auth.hashers import get_hasher, make_password

from reports.actions.agencies import plant
from reports.actions.drafting import (
    open_revision,
    record,
    store_applications,
    store_disclosure,
    store_remedies,
)
from reports.editions import edition_for
from reports.editions.bodies import BodyKind, Level
from reports.editions.grammar import Number
from reports.editions.wording import period_text
from reports.models import (
    Agency,
    ApplicationFigures,
    Division,
    Membership,
    Report,
    Revision,
    RevisionPart,
    User,
)
from reports.sheet import Contact, Sheet, filled, foot_applications, foot_results
from reports.workflow import SITE_ROLES, Role, State

serial = count(1)
PASSWORD = "a-Fictional-passphrase"

OVERVIEW = """（一）主动公开
本年度主动公开政府信息若干，均按规定程序审核后发布。
（二）依申请公开
收到的政府信息公开申请都按规定登记和办理。
（三）政府信息管理
完善了信息制作、审核、归档的流程。
（四）政府信息公开平台建设
维护了门户网站的信息公开专栏。
（五）监督保障
开展了业务培训和自查，明确了责任人。"""
GOVERNMENTS = "\n工作考核和社会评议结果良好，没有需要追究责任的情形，责任追究结果为零。"
PROBLEMS = """（一）存在的主要问题
部分信息发布不够及时，解读形式较为单一。
（二）改进情况
已建立月度提醒制度，下一步将继续丰富解读形式，加强培训。"""
OTHER = "本机关本年度没有收取信息处理费，共 0 件，0 元。"


def make_division(level: Level = Level.COUNTY, **fields: Any) -> Division:
    number = next(serial)
    defaults = {"code": f"99{number:04d}", "name": f"第{number}区", "level": str(level)}
    return Division.objects.create(**defaults | fields)


def make_agency(name: str = "", **fields: Any) -> Agency:
    number = next(serial)
    if "division" not in fields:
        fields["division"] = make_division()
    defaults = {
        "kind": str(BodyKind.DEPARTMENT),
        "slug": f"agency-{number}",
        "address": "虚构大道1号",
        "postcode": "999001",
        "telephone": "0999-1234567",
    }
    return plant(name=name or f"虚构区第{number}局", **defaults | fields)


@cache
def hashed(algorithm: str) -> str:
    """The password of all who are made here, hashed once: argon2 takes a tenth of a second."""
    return make_password(PASSWORD, hasher=algorithm)


def make_user(*roles: Role, agency: Agency | None = None, name: str = "") -> User:
    """A user with memberships: in the agency, or of the site for the site's roles."""
    number = next(serial)
    user = User.objects.create(
        username=f"user-{number}",
        password=hashed(get_hasher().algorithm),
        display_name=name or f"用户{number}",
    )
    for role in roles:
        where = None if role in SITE_ROLES else agency
        Membership.objects.create(user=user, agency=where, role=str(role))
    return user


def make_revision(
    year: int = 2024, agency: Agency | None = None, *, edition: int | None = None, **fields: Any
) -> Revision:
    """A revision with its empty parts, in whatever state is asked, without figures."""
    agency = agency or make_agency()
    report, _ = Report.objects.get_or_create(agency=agency, year=year)
    form = edition_for(edition or year)
    contact = Contact(agency.address, agency.postcode, agency.telephone, agency.email)
    return open_revision(report, form, contact=contact, **fields)


def column(
    revision: Revision, applicant: str = "natural_person", **figures: Any
) -> ApplicationFigures:
    """An unsaved column of part three in which every figure not given is zero."""
    edition = edition_for(revision.edition)
    zeros = {line.key: 0 for line in edition.applications.leaves()}
    fixed = {"revision": revision, "applicant": applicant, "edition": revision.edition}
    return ApplicationFigures(**fixed | {"as_printed": revision.as_printed} | zeros | figures)


def complete(
    revision: Revision,
    *,
    columns: Mapping[str, Mapping[str, Number]] | None = None,
    disclosure: Mapping[str, Number] | None = None,
    remedies: Mapping[str, Mapping[str, Number]] | None = None,
    **texts: str,
) -> Revision:
    """Fill a draft so that nothing blocks it: zeros, plain texts, a date of signature."""
    year = revision.report.year
    edition = edition_for(revision.edition)
    zeros = filled(edition, revision.agency_name, year)
    store_disclosure(revision, {**zeros.disclosure, **(disclosure or {})})
    store_applications(
        revision,
        foot_applications(
            edition,
            {
                key: {**figures, **(columns or {}).get(key, {})}
                for key, figures in zeros.applications.items()
            },
        ),
    )
    store_remedies(
        revision,
        {
            key: foot_results(edition, {**figures, **(remedies or {}).get(key, {})})
            for key, figures in zeros.remedies.items()
        },
    )
    plain = {
        "preface": f"{revision.agency_name}编制本报告，统计期限为{period_text(year)}。",
        "overview": OVERVIEW,
        "problems": PROBLEMS,
        "other_matters": OTHER,
    }
    for key, text in (plain | texts).items():
        RevisionPart.objects.filter(revision=revision, key=key).update(text=text, version=1)
    RevisionPart.objects.filter(revision=revision, version=0).update(version=1)
    Revision.objects.filter(pk=revision.pk).update(signed_on=date(year + 1, 1, 20))
    return Revision.objects.select_related("report__agency").get(pk=revision.pk)


def in_state(revision: Revision, state: State) -> Revision:
    """Put an open revision into another open state without the moves."""
    Revision.objects.filter(pk=revision.pk).update(state=str(state))
    return Revision.objects.select_related("report__agency").get(pk=revision.pk)


def written_by(revision: Revision, user: User) -> None:
    record(revision, "save_overview", by=user, part="overview")


def sheet_with(edition: int = 2021, year: int = 2024, **values: Any) -> Sheet:
    return filled(edition_for(edition), "虚构区第一局", year, 0, **values)
