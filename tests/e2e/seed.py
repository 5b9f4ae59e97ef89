"""What the browser's site begins with: a city, a bureau with last year's report, three people.

The year to report on is the one before today's, so the walk is true in any year.

Run as a module with the site's own environment; the last line it prints is
JSON for ``conftest.Site``.
"""

import json

import django

django.setup()

from django.utils import timezone  # noqa: E402

from reports.actions import publishing  # noqa: E402
from reports.actions.explaining import explain  # noqa: E402
from reports.actions.moves import move  # noqa: E402
from reports.editions.bodies import BodyKind, Level  # noqa: E402
from reports.models import Agency, Revision, User  # noqa: E402
from reports.queries.findings import blocking, findings_of  # noqa: E402
from reports.workflow import Role  # noqa: E402
from tests.factories import (  # noqa: E402
    PASSWORD,
    complete,
    make_agency,
    make_division,
    make_revision,
    make_user,
)

OVERVIEW = """（一）主动公开
{year}年制发行政规范性文件2件，现行有效9件，均已在网站公开。
（二）依申请公开
{year}年新收政府信息公开申请4件，均来自自然人，办结3件，结转下年度1件。
（三）政府信息管理
修订了文件公开属性的认定办法。
（四）政府信息公开平台建设
更新了网站专栏的检索功能。
（五）监督保障
组织了两次业务培训。"""
YEAR = timezone.localdate().year - 1


def main() -> None:
    division = make_division(Level.PREFECTURE, name="虚构市", code="990100")
    city = make_agency(
        "虚构市人民政府", slug="city", kind=str(BodyKind.GOVERNMENT), division=division
    )
    supervisor = make_user(Role.SUPERVISOR, agency=city, name="申审核")
    authority = make_user(Role.AUTHORITY, agency=city, name="主管员")
    every_format, publishing.KEPT_FORMATS = publishing.KEPT_FORMATS, ("json",)
    agencies = [
        with_last_year(name, slug, city, supervisor)
        for name, slug in (
            ("虚构市档案局", "archives"), ("虚构市气象局", "weather"), ("虚构市水务局", "water"),
            ("虚构市园林局", "gardens"), ("虚构市体育局", "sports"),
            ("虚构市地震局", "quakes"), ("虚构市粮食局", "grain"),
            ("虚构市蚕桑局", "sericulture"),
        )
    ]  # fmt: skip
    publishing.KEPT_FORMATS = every_format
    # these nobody changes: what is published of them is read
    agencies += [
        with_last_year(name, slug, city, supervisor)
        for name, slug in (("虚构市渔业局", "fisheries"), ("虚构市盐务局", "salt"))
    ]
    submitted = [
        with_this_year(with_last_year(name, slug, city, supervisor))
        for name, slug in (("虚构市林业局", "forestry"), ("虚构市统计局", "statistics"))
    ]
    known = {"year": YEAR, "password": PASSWORD, "supervisor": supervisor.username}
    known["authority"] = authority.username
    known["bodies"] = len(agencies) + len(submitted)
    print(json.dumps(known | {"agencies": agencies, "submitted": submitted}))


def with_last_year(name: str, slug: str, city: Agency, supervisor: User) -> dict[str, str]:
    """A bureau with two authors and last year's report published."""
    bureau = make_agency(name, slug=slug, parent=city, division=city.division)
    author = make_user(Role.AUTHOR, agency=bureau, name="甄填报")
    colleague = make_user(Role.AUTHOR, agency=bureau, name="贾同事")
    last_year = complete(
        make_revision(YEAR - 1, bureau),
        columns={"natural_person": {"received": 4, "granted": 3, "carried_forward": 1}},
        disclosure={"normative_documents_issued": 2, "normative_documents_in_force": 9},
        overview=OVERVIEW.format(year=YEAR - 1),
    )
    standing = [each.finding.message for each in blocking(findings_of(last_year))]
    if standing:
        raise SystemExit(f"last year's report does not pass: {standing}")
    for verb, user in (("submit", author), ("approve", supervisor), ("publish", supervisor)):
        move(Revision.objects.get(pk=last_year.pk), verb, by=user)
    return {
        "name": name,
        "slug": slug,
        "author": author.username,
        "colleague": colleague.username,
    }


def with_this_year(bureau: dict[str, str]) -> dict[str, str]:
    """The same bureau with this year's report in review, one of its findings explained."""
    author = User.objects.get(username=bureau["author"])
    revision = complete(
        make_revision(YEAR, Agency.objects.get(slug=bureau["slug"])),
        columns={"natural_person": {"received": 3, "brought_forward": 1, "granted": 4}},
        disclosure={"normative_documents_issued": 1, "normative_documents_in_force": 9},
        overview=OVERVIEW.format(year=YEAR)
        .replace("规范性文件2件", "规范性文件1件")
        .replace("申请4件", "申请3件")
        .replace("办结3件，结转下年度1件", "办结4件（含上年结转1件）"),
    )
    for each in blocking(findings_of(revision)):
        reason = "年内清理规范性文件，一件到期失效。"
        explain(revision, each.finding.fingerprint, reason, by=author)
    move(Revision.objects.get(pk=revision.pk), "submit", by=author)
    return bureau | {"revision": str(revision.pk)}


if __name__ == "__main__":
    main()
