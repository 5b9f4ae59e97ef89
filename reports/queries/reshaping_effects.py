"""What an act on agencies does, in sentences: to bodies, reports, people, duties and sums."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count

from reports.editions.bodies import KIND_LABELS, BodyKind
from reports.editions.covering import COVERING
from reports.editions.wording import date_text, title_of
from reports.models import Agency, Membership, Revision, Succession
from reports.workflow import OPEN, PUBLIC, STATE_LABELS, Role, State

from .reshaping import Kind, Plan, Proposal, affected, listed, quoted
from .reshaping_duties import duties
from .reshaping_limits import objections_to


def planned(asked: Proposal) -> Plan:
    """The plan of the act; a bounded number of statements, whatever the size of the subtree."""
    asked = asked.afresh()
    against = tuple(objections_to(asked))
    if against:
        return Plan(asked, objections=against)
    moved = moved_by(asked)
    sections = (
        ("机关", tuple(OF_BODIES[asked.kind](asked, moved))),
        ("已公布的报告", tuple(published_reports(asked))),
        ("正在办理的报告", tuple(open_reports(asked))),
        ("人员", tuple(people(asked))),
        ("编报义务", tuple(duties(asked, moved))),
        ("汇总数", tuple(sums(asked, moved))),
        ("上年数字", tuple(last_years(asked))),
    )
    return Plan(asked, tuple(each for each in sections if each[1]), moved=tuple(moved))


def moved_by(asked: Proposal) -> list[Agency]:
    """The bodies that are put under another superior, each with all below it."""
    if asked.kind == Kind.MOVE:
        return [asked.agency]
    if asked.kind == Kind.MERGE:
        below = Agency.objects.filter(parent__in=asked.predecessors, closed_on=None)
        return list(below.select_related("parent").order_by("path"))
    return []


def of_rename(asked: Proposal, moved: list[Agency]) -> Iterator[str]:
    yield f"“{asked.agency}”更名为“{asked.name}”，网址标识仍是 {asked.agency.slug}，所有网址不变。"
    if asked.mistyped:
        yield f"“{asked.agency}”是录入错误，不作为曾用名保留。"
    else:
        yield f"“{asked.agency}”成为曾用名，用至{date_text(asked.on)}；按曾用名仍能检索到。"


def of_merge(asked: Proposal, moved: list[Agency]) -> Iterator[str]:
    into: object = asked.into or asked.founded[0].name
    when = date_text(asked.on)
    if asked.into is None:
        parent = asked.agency.parent
        yield founding(asked, asked.founded[0].name, asked.founded[0].slug, parent)
    yield f"{quoted(asked.predecessors)}于{when}撤销，全部职责由“{into}”承继。"
    yield f"它们的页面和网址都保留，写明已经撤销并链接到“{into}”；“{into}”的页面列出它们的历年报告。"
    if moved:
        yield f"它们之下的{quoted(moved)}改由“{into}”主管。"


def founding(asked: Proposal, name: str, slug: str, parent: Agency | None) -> str:
    origin = asked.agency
    region = f"，区划{origin.division}" if origin.division else ""
    under = f"“{parent}”之下" if parent else "最上层"
    kind = KIND_LABELS[BodyKind(origin.kind)]
    return (
        f"新设“{name}”（网址标识 {slug}，{kind}{region}），{date_text(asked.on)}成立，在{under}。"
    )


def of_split(asked: Proposal, moved: list[Agency]) -> Iterator[str]:
    when = date_text(asked.on)
    for made in asked.founded:
        yield founding(asked, made.name, made.slug, asked.agency.parent)
    heirs = [*asked.others, *(made.name for made in asked.founded)]
    if asked.goes_on:
        yield f"“{asked.agency}”继续存在，{when}把部分职责划给{quoted(heirs)}。"
    else:
        yield f"“{asked.agency}”于{when}撤销，职责分别由{quoted(heirs)}承接；它的页面和网址都保留，链接到承接机关。"


def of_move(asked: Proposal, moved: list[Agency]) -> Iterator[str]:
    below = Agency.objects.filter(path__startswith=asked.agency.path).count() - 1
    source, target = (
        f"“{each}”" if each else "最上层" for each in (asked.agency.parent, asked.parent)
    )
    together = f"连同它之下的 {below} 个机关" if below else ""
    yield f"“{asked.agency}”{together}从{source}划转到{target}之下，网址不变。"


def of_close(asked: Proposal, moved: list[Agency]) -> Iterator[str]:
    yield f"“{asked.agency}”于{date_text(asked.on)}撤销，没有承继机关；有承继机关的请改办合并或者拆分。"
    yield "它的页面和网址都保留，写明已经撤销。撤销有误的可以恢复。"


def of_reopen(asked: Proposal, moved: list[Agency]) -> Iterator[str]:
    closed = asked.agency.closed_on
    yield f"“{asked.agency}”恢复，原来的撤销日期{date_text(closed) if closed else ''}取消。"
    heirs = [each.successor for each in asked.agency.successions.select_related("successor")]
    if heirs:
        yield f"由{quoted(heirs)}承继的关系一并取消；那些机关本身不变，已经划转的下级机关也不移回。"


OF_BODIES = {
    Kind.RENAME: of_rename,
    Kind.MERGE: of_merge,
    Kind.SPLIT: of_split,
    Kind.MOVE: of_move,
    Kind.CLOSE: of_close,
    Kind.REOPEN: of_reopen,
}


def published_reports(asked: Proposal) -> Iterator[str]:
    """They stay where and as they are, whatever is done."""
    rows = Revision.objects.filter(report__agency__in=affected(asked), state__in=sorted(PUBLIC))
    years: dict[str, list[int]] = defaultdict(list)
    for name, year in (
        rows.order_by("report__agency__path", "report__year")
        .values_list("report__agency__name", "report__year")
        .distinct()
    ):
        years[name].append(year)
    for name, found in years.items():
        yield (
            f"“{name}”{'、'.join(map(str, found))}年度的报告（{len(found)} 份）"
            "仍以公布时的名称留在原网址，内容不变。"
        )


def open_reports(asked: Proposal) -> Iterator[str]:
    rows = Revision.objects.filter(
        report__agency__in=affected(asked), state__in=sorted(OPEN)
    ).select_related("report__agency")
    for each in rows.order_by("report__agency__path", "report__year"):
        named = f"“{each.report}”（第{each.number}版，{STATE_LABELS[State(each.state)]}）"
        if asked.kind == Kind.RENAME:
            yield named + (
                "的标题、机关名称和落款改为新名称；正文不改，请填报员自己核对。"
                if takes_new_name(each)
                else "保留原名称，公布后仍显示原名称；要用新名称的，请退回修改后重新开始。"
            )
        elif asked.ending:
            yield f"{named}留在原处，原来的填报员和审核员照常办理，内容不丢失。"
        elif asked.kind == Kind.MOVE:
            yield f"{named}不变，今后由新上级的审核员办理。"


def takes_new_name(revision: Revision) -> bool:
    """A first draft whose heading is still as it was made; corrections keep the name published."""
    agency, year = revision.report.agency, revision.report.year
    made = (agency.name, title_of(agency.name, year), agency.name)
    return (
        revision.state == State.DRAFT
        and not revision.is_correction
        and not revision.as_printed
        and (revision.agency_name, revision.title, revision.signed_by) == made
    )


def people(asked: Proposal) -> Iterator[str]:
    held = Membership.objects.filter(agency__in=affected(asked)).select_related("user", "agency")
    by_agency: dict[str, list[str]] = defaultdict(list)
    for each in held.order_by("agency__path", "user__username", "role"):
        by_agency[each.agency.name if each.agency else ""].append(
            f"{each.user}（{Role(each.role).label}）"
        )
    for name, words in by_agency.items():
        if asked.ending:
            yield f"“{name}”的{listed(words)}保留原来的账号和角色，可以办完它留下的报告。"
        else:
            yield f"“{name}”的{listed(words)}账号和角色不变。"
    if asked.kind == Kind.MERGE and by_agency:
        into: object = asked.into or asked.founded[0].name
        yield (
            f"同时为这些人员提出在“{into}”的相同角色，由安全管理员确认之后生效。"
            if asked.with_roles
            else f"在“{into}”办事，需要另行提出并确认角色。"
        )
    if asked.kind == Kind.MOVE:
        yield "上级机关的审核员和主管部门随之更换：原上级的不再看到，新上级的可以审核。"


def sums(asked: Proposal, moved: list[Agency]) -> Iterator[str]:
    """Which tallies lose and gain what; sums follow the tree as it is."""
    if not moved:
        if asked.ending:
            yield "已公布的数字仍然计入上级的汇总，不增不减。"
        return
    for top in moved:
        counted = (
            Revision.objects.filter(
                counted__isnull=False, report__agency__path__startswith=top.path
            )
            .order_by("report__year")
            .values_list("report__year")
            .annotate(Count("pk"))
        )
        years = "、".join(f"{year}年度 {number} 份" for year, number in counted)
        if years:
            old, new = superiors(top, asked)
            yield f"“{top}”和它之下已公布的报告（{years}）不再计入{old}的汇总，改为计入{new}的汇总，各年一起转移。"
        parent = top.parent
        if parent and parent.kind in COVERING and parent.children.count() == 1:
            yield f"“{parent}”不再有下级机关，它自己的报告开始计入上级的汇总。"


def superiors(top: Agency, asked: Proposal) -> tuple[str, str]:
    old = quoted([top.parent]) + "及其上级" if top.parent else "任何机关"
    target: object = (
        asked.parent if asked.kind == Kind.MOVE else asked.into or asked.founded[0].name
    )
    return old, f"“{target}”及其上级" if target else "任何机关"


def last_years(asked: Proposal) -> Iterator[str]:
    """With what the next reports are compared, and what cannot be compared."""
    year = asked.on.year
    if asked.kind == Kind.MERGE:
        into: object = asked.into or asked.founded[0].name
        own = f"“{into}”自己和" if asked.into else ""
        yield f"“{into}”{year}年度报告的上年数字，是{own}{quoted(asked.predecessors)}{year - 1}年度已公布数字之和。"
    elif asked.kind == Kind.SPLIT:
        yield from after_split(asked, year)
    elif asked.kind == Kind.REOPEN and Succession.objects.filter(predecessor=asked.agency).exists():
        yield f"承继机关的上年数字不再包括“{asked.agency}”的数字；已经公布的报告不变。"


def after_split(asked: Proposal, year: int) -> Iterator[str]:
    named = {each.slug: each.name for each in asked.others}
    named |= {each.slug: each.name for each in asked.founded}
    if asked.goes_on:
        yield f"“{asked.agency}”{year}年度报告仍与它自己的{year - 1}年度比较，上年数字包含划出的部分，页面会注明不完全可比。"
    for slug, name in named.items():
        if slug == asked.heir:
            yield f"“{name}”{year}年度报告以“{asked.agency}”{year - 1}年度的全部数字作为上年数字。"
        else:
            yield f"“{name}”只承接一部分，“{asked.agency}”的上年数字分不开，不作为它的上年数字；上年结转由填报员按移交的底册填写。"
