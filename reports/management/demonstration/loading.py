"""Carrying the plan out: regions, agencies, people, then year by year the reports.

Each step is done in a transaction of its own and left alone where it is done
already, so that a load which was cut off goes on where it stopped. The city is
whole when every report of the plan is there: no report can be removed again.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from reports.actions.agencies import create_agency
from reports.actions.correcting import correct
from reports.actions.drafting import start_report
from reports.actions.indexing import index_agency, index_names
from reports.actions.listing import import_words, save_list
from reports.actions.moves import move
from reports.actions.people import appoint_first, confirm_role, propose_role
from reports.actions.refusals import Refused
from reports.actions.transcribing import publish_transcript, transcribe
from reports.checker.finding import WordKind
from reports.importers.word_lists import words_in_text
from reports.models import (
    Agency,
    AgencyName,
    Campaign,
    Division,
    Report,
    SiteSettings,
    Succession,
    User,
    WordList,
)
from reports.workflow import SITE_ROLES, Role, State

from .calling import CALLED, call
from .city import CITY, MERGED_ON, Seat, contact_of, regions, seats
from .figures import Year, year_of
from .history import TRANSCRIPTS, Transcript
from .people import ACCOUNTS, CLERK, PASSWORD, REVIEWER, Account, author_of
from .plan import EARLIEST, LATEST, RETURNED, Planned, plan
from .writing import write

Tell = Callable[[str], None]
WORDS_NAME = "示例：用语"
WORDS = "众所周知,提示,公文里可以直接写事实\n大力狠抓,提示,请写明具体做了什么\n诸多方面,提示,请逐一列出是哪些方面"
BY_PLAN = "示范数据的人员安排。"
BOOKED = "按计划安排的内容核对无误。"


def is_begun() -> bool:
    return Division.objects.filter(code=CITY.code, name=CITY.name).exists()


def is_whole() -> bool:
    wanted = {(each.slug, each.year) for year in years() for each in plan(year)}
    wanted |= {(each.slug, each.year) for each in TRANSCRIPTS if each.year in years()}
    called = set(Campaign.objects.values_list("year", flat=True))
    return (
        is_begun()
        and wanted <= set(Report.objects.values_list("agency__slug", "year"))
        and called >= {year for year in CALLED if year in years()}
    )


def load(tell: Tell, only: Iterable[str] = ()) -> list[str]:
    """The whole city; or, for a test, the reports of ``only`` with the agencies above them.

    Returns what could not be brought to its state, a sentence each.
    """
    chosen = with_superiors(set(only)) if only else seats()
    slugs = set(only) or {place.slug for place in chosen}
    with transaction.atomic():
        found_site()
        found_words()
        found_regions()
        found_agencies(chosen)
        found_people(chosen)
    tell(f"已建立 {len(chosen)} 个机关和账号。")
    stopped = []
    for year in years():
        if year == LATEST:
            merge(slugs)
        if year in CALLED:
            call(year)
        written = [each for each in TRANSCRIPTS if each.year == year and each.slug in slugs]
        for transcript in written:
            load_transcript(transcript)
        planned = [each for each in plan(year) if each.slug in slugs]
        for each in planned:
            stopped += load_report(each, next(p for p in chosen if p.slug == each.slug))
        rename(chosen, year)
        if written or planned:
            tell(f"{year}年度：{len(written) + len(planned)} 份报告。")
    return stopped


def years() -> range:
    """No report is written on a year that has not ended, whatever the plan says."""
    return range(EARLIEST, min(LATEST, timezone.localdate().year - 1) + 1)


def with_superiors(slugs: set[str]) -> tuple[Seat, ...]:
    """The agencies with all above them and before them, a parent before its children."""
    wanted = set(slugs)
    for place in reversed(seats()):
        if place.slug in wanted:
            wanted |= {place.parent, *place.predecessors}
    return tuple(place for place in seats() if place.slug in wanted)


def found_site() -> None:
    SiteSettings.objects.get_or_create(
        pk=1,
        defaults={
            "name": "云泽市政府信息公开年度报告（示范）",
            "domain": "yunze.example.invalid",
            "identification_code": "9901000001",
            "icp_record": "虚构ICP备99000001号",
            "police_record": "虚构公网安备99010002000001号",
            "host_organization": "云泽市人民政府办公室（虚构）",
            "contact": "0999-5550001，office@example.invalid",
        },
    )


def found_words() -> None:
    """A small neutral example of a site's own list; real ones are the site's to write."""
    if not WordList.objects.filter(name=WORDS_NAME).exists():
        kind = str(WordKind.WORDING)
        example = save_list(WordList(name=WORDS_NAME, kind=kind, in_public=True), by=None)
        import_words(example, words_in_text(WORDS).rows, by=None)


def found_regions() -> None:
    for region in regions():
        parent = Division.objects.filter(code=region.parent).first()
        Division.objects.get_or_create(
            code=region.code,
            defaults={"name": region.name, "level": str(region.level), "parent": parent},
        )


def found_agencies(chosen: Iterable[Seat]) -> None:
    known = {agency.slug: agency for agency in Agency.objects.all()}
    divisions = {division.code: division for division in Division.objects.all()}
    for place in chosen:
        if place.slug in known:
            continue
        agency = known[place.slug] = create_agency(
            name=place.former or place.name,
            slug=place.slug,
            kind=str(place.kind),
            division=divisions[place.region],
            parent=known.get(place.parent),
            closed_on=place.closed,
            founded_on=MERGED_ON if place.founded else None,
            **dict[str, Any](contact_of(place.slug)),
        )
        AgencyName.objects.bulk_create(
            AgencyName(agency=agency, name=alias) for alias in place.aliases
        )
        index_names([agency])


def found_people(chosen: Iterable[Seat]) -> None:
    """The accounts that are printed, and a clerk for every other agency."""
    agencies = {agency.slug: agency for agency in Agency.objects.all()}
    people = {account.username: account for account in ACCOUNTS}
    for account in ACCOUNTS:
        if account.role in SITE_ROLES:
            found_first(account)
    for username, account in people.items():
        if account.agency in {"", *agencies}:
            found_user(username, account.name, account.role, agencies.get(account.agency),
                       PASSWORD)  # fmt: skip
    for place in chosen:
        if author_of(place.slug) not in people:
            name = CLERK.format(agency=place.name)
            found_user(author_of(place.slug), name, Role.AUTHOR, agencies[place.slug])


def found_first(account: Account) -> None:
    """The site's three: from here on one of them proposes roles and another confirms."""
    if not User.objects.filter(username=account.username).exists():
        user = User.objects.create_user(
            account.username, password=PASSWORD, display_name=account.name
        )
        appoint_first(user, account.role)


def found_user(
    username: str, name: str, role: Role, agency: Agency | None, password: str = ""
) -> None:
    if User.objects.filter(username=username).exists():
        return
    user = User.objects.create_user(username, password=password or None, display_name=name)
    asked = propose_role(user, role, agency, reason=BY_PLAN, by=holder(Role.SYSTEM_ADMINISTRATOR))
    confirm_role(asked, by=holder(Role.SECURITY_ADMINISTRATOR))


def holder(role: Role) -> User:
    return User.objects.get(username=next(each.username for each in ACCOUNTS if each.role is role))


def rename(chosen: Iterable[Seat], year: int) -> None:
    """After the reports on the last year of its former name an agency bears its new one."""
    for place in chosen:
        if place.former and place.name_in(year + 1) == place.name:
            with transaction.atomic():
                renamed = Agency.objects.filter(slug=place.slug, name=place.former)
                for agency in renamed:
                    AgencyName.objects.create(agency=agency, name=place.former, until=place.renamed)
                renamed.update(name=place.name)
                for agency in Agency.objects.filter(slug=place.slug):
                    index_agency(agency)


def merge(slugs: set[str]) -> None:
    for place in (each for each in seats() if each.slug in slugs):
        for slug in place.predecessors:
            before = Agency.objects.get(slug=slug)
            Succession.objects.get_or_create(
                predecessor=before,
                successor=Agency.objects.get(slug=place.slug),
                defaults={"on": before.closed_on},
            )


def is_there(slug: str, year: int) -> bool:
    return Report.objects.filter(agency__slug=slug, year=year).exists()


@transaction.atomic
def load_transcript(transcript: Transcript) -> None:
    if is_there(transcript.slug, transcript.year):
        return
    agency = Agency.objects.get(slug=transcript.slug)
    name = transcript.filename
    revision = transcribe(
        transcript.reading(), agency, transcript.year,
        filename=name, sha256=sha256(name.encode()).hexdigest(),
        by=User.objects.get(username=author_of(transcript.slug)),
    )  # fmt: skip
    publish_transcript(revision, by=User.objects.get(username=REVIEWER))


def load_report(planned: Planned, place: Seat) -> list[str]:
    """Write the report and bring it to its state; what stops it is said, not raised."""
    if is_there(planned.slug, planned.year):
        return []
    try:
        with transaction.atomic():
            carry_out(planned, place)
    except Refused as refused:
        return [f"{place.name}{planned.year}年度：{refused}"]
    return []


def carry_out(planned: Planned, place: Seat) -> None:
    author = User.objects.get(username=author_of(planned.slug))
    reviewer = User.objects.get(username=REVIEWER)
    agency = Agency.objects.get(slug=planned.slug)
    numbers = year_of(planned.slug, planned.year)
    revision = start_report(agency, planned.year, by=author)
    write(revision, planned, place, mistaken(numbers, planned), by=author)
    if planned.state == State.DRAFT:
        return
    move(revision, "submit", by=author)
    if planned.state == RETURNED:
        move(revision, "return", by=reviewer, note=planned.note)
    elif planned.state != State.IN_REVIEW:
        move(revision, "approve", by=reviewer, note=BOOKED)
        if planned.state != State.APPROVED:
            move(revision, "publish", by=reviewer)
    if planned.state == State.WITHDRAWN:
        move(revision, "withdraw", by=reviewer, note=planned.note)
    if planned.state == State.SUPERSEDED:
        correction = correct(revision, planned.note, by=author)
        write(correction, planned, place, numbers, by=author)
        for verb, who in (("submit", author), ("approve", reviewer), ("publish", reviewer)):
            move(correction, verb, by=who)


def mistaken(numbers: Year, planned: Planned) -> Year:
    """The year as it was first published, where the plan has a mistake in it."""
    if not planned.mistake:
        return numbers
    key, missing = planned.mistake
    wrong = {**numbers.disclosure, key: numbers.disclosure[key] - missing}
    return replace(numbers, disclosure=wrong)
