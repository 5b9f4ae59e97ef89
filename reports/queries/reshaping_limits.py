"""What speaks against an act on agencies, each a sentence with what to do about it."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils import timezone

from reports.editions.wording import date_text
from reports.models import Agency, Revision
from reports.workflow import PUBLIC

from .reshaping import Kind, Proposal

SHORTEST_REASON, LONGEST_REASON = 2, 300
LONGEST_NAME, LONGEST_SLUG = 120, 80
FEWEST = 2  # bodies that merge into a new one, or come of one


def objections_to(asked: Proposal) -> Iterator[str]:
    """Every reason why the act cannot be done as it is asked; none if it can."""
    yield from of_any(asked)
    yield from OF_KIND[asked.kind](asked)
    for ending in asked.ending:
        yield from of_ending(ending, asked)
    for made in asked.founded:
        yield from of_new(made.name, made.slug)
    slugs = [made.slug for made in asked.founded]
    if len(set(slugs)) < len(slugs):
        yield "两个新机关的网址标识相同，请各用一个。"


def of_any(asked: Proposal) -> Iterator[str]:
    if len(asked.reason.strip()) < SHORTEST_REASON:
        yield "请写明事由，例如机构改革方案的名称。"
    if asked.on > timezone.localdate():
        yield f"日期{date_text(asked.on)}还没有到，请在当天或者之后办理。"
    for each in asked.concerned:
        if each.founded_on and asked.on < each.founded_on:
            yield f"“{each}”{date_text(each.founded_on)}才成立，日期不能更早。"
        if each.closed_on and asked.kind != Kind.REOPEN:
            yield f"“{each}”已于{date_text(each.closed_on)}撤销，不能办理这一事项；撤销有误的请先办理恢复。"


def of_rename(asked: Proposal) -> Iterator[str]:
    name = asked.name
    if not name:
        yield "请填写新名称。"
    elif len(name) > LONGEST_NAME:
        yield f"名称最多 {LONGEST_NAME} 个字，现在有 {len(name)} 个字。"
    elif name == asked.agency.name:
        yield "新名称与现在的名称相同，不需要更名。"
    else:
        yield from of_name(name, asked.agency)


def of_name(name: str, than: Agency | None = None) -> Iterator[str]:
    """Two bodies of one full name could not be told apart."""
    same = Agency.objects.filter(name=name, closed_on=None)
    other = (same.exclude(pk=than.pk) if than else same).first()
    if other is not None:
        yield f"已经有名称是“{name}”的机关（网址标识 {other.slug}），请核对名称。"


def of_new(name: str, slug: str) -> Iterator[str]:
    if not name or not slug:
        yield "新机关的名称和网址标识都要填写。"
        return
    if len(name) > LONGEST_NAME:
        yield f"名称最多 {LONGEST_NAME} 个字，现在有 {len(name)} 个字。"
    yield from of_name(name)
    yield from of_slug(slug)


def of_slug(slug: str) -> Iterator[str]:
    try:
        validate_slug(slug)
    except ValidationError:
        yield f"网址标识“{slug}”只能用英文字母、数字、连字符和下划线。"
        return
    if len(slug) > LONGEST_SLUG:
        yield f"网址标识最多 {LONGEST_SLUG} 个字符，现在有 {len(slug)} 个。"
    elif (other := Agency.objects.filter(slug=slug).first()) is not None:
        yield f"网址标识“{slug}”已经由“{other}”使用，请另取一个。"


def of_merge(asked: Proposal) -> Iterator[str]:
    ending, into = asked.predecessors, asked.into
    if into is None and not asked.founded:
        yield "请选择并入哪个机关，或者填写新机关的名称和网址标识。"
    if into is not None and asked.founded:
        yield "并入现有机关和成立新机关只能选一种，请去掉其中一个。"
    if into is None and asked.founded and len(ending) < FEWEST:
        yield "合并成新机关至少要有两个机关；只有一个而改换名称的，请办理更名。"
    if into is not None and not ending:
        yield "没有并入的机关：请选择另一个机关作为并入的对象，或者选择一起合并的机关。"
    for each in ending:
        for other in (*ending, *([into] if into else [])):
            if other != each and other.path.startswith(each.path):
                yield f"“{other}”在“{each}”之下，合并前请先把它划转到别的上级之下。"


def of_split(asked: Proposal) -> Iterator[str]:
    heirs = len(asked.others) + len(asked.founded)
    if heirs < (1 if asked.goes_on else FEWEST):
        yield (
            "请选择或者填写承接职责的机关。"
            if asked.goes_on
            else "原机关撤销的，至少要有两个机关承接；只由一个机关承接的，请办理合并。"
        )
    if asked.agency in asked.others:
        yield f"“{asked.agency}”自己不能是承接机关；它继续存在的，请勾选“原机关继续存在”。"
    slugs = {each.slug for each in asked.others} | {each.slug for each in asked.founded}
    if asked.heir and asked.heir not in slugs:
        yield f"上年数字的承继机关“{asked.heir}”不在承接机关之中，请填写其中一个的网址标识。"
    if asked.heir and asked.goes_on:
        yield "原机关继续存在的，上年数字仍是它自己的，不能再由别的机关承继。"


def of_move(asked: Proposal) -> Iterator[str]:
    agency, parent = asked.agency, asked.parent
    if parent == agency.parent:
        yield f"“{agency}”现在的上级就是{f'“{parent}”' if parent else '空的'}，不需要划转。"
    if parent is not None and parent.path.startswith(agency.path):
        yield f"“{parent}”就是本机关或者在“{agency}”之下，不能作为它的上级。"


def of_close(asked: Proposal) -> Iterator[str]:
    return iter(())


def of_reopen(asked: Proposal) -> Iterator[str]:
    closed = asked.agency.closed_on
    if closed is None:
        yield f"“{asked.agency}”没有撤销，不需要恢复。"
    elif asked.on < closed:
        yield f"恢复的日期不能早于撤销的日期{date_text(closed)}。"


def of_ending(ending: Agency, asked: Proposal) -> Iterator[str]:
    """A body does not end with bodies below it, nor before a year whose report is out."""
    if asked.kind != Kind.MERGE:
        left = list(Agency.objects.filter(parent=ending, closed_on=None).order_by("path")[:3])
        if left:
            named = "、".join(f"“{each}”" for each in left)
            yield f"“{ending}”之下还有没有撤销的机关（{named}等），请先把它们划转到别的上级之下。"
    later = Revision.objects.filter(
        report__agency=ending, report__year__gt=asked.on.year, state__in=sorted(PUBLIC)
    )
    newest = later.order_by("-report__year").values_list("report__year", flat=True).first()
    if newest:
        yield f"“{ending}”公布过{newest}年度的报告，撤销的日期不能早于{newest}年1月1日。"


OF_KIND = {
    Kind.RENAME: of_rename,
    Kind.MERGE: of_merge,
    Kind.SPLIT: of_split,
    Kind.MOVE: of_move,
    Kind.CLOSE: of_close,
    Kind.REOPEN: of_reopen,
}
