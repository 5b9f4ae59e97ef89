"""Agencies over time: each act does what its plan said, and the sums stay those of the figures."""

import random
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from reports.actions.agencies import create_agency, move_agency
from reports.actions.aggregating import count_in, differences_from_raw
from reports.actions.drafting import start_report
from reports.actions.refusals import Refused
from reports.actions.reshaping import PlanChanged, reshape
from reports.models import (
    Agency,
    AgencyAct,
    AuditEntry,
    Membership,
    Revision,
    RoleRequest,
    Succession,
    Tally,
)
from reports.queries.filing import filings_of
from reports.queries.reshaping import Kind, NewBody, Proposal
from reports.queries.reshaping_effects import planned
from reports.queries.sheets import last_year_of
from reports.workflow import Role, State
from tests.factories import complete, make_agency, make_division, make_revision, make_user

pytestmark = pytest.mark.django_db
ON = date(2025, 3, 10)


@pytest.fixture
def system():
    return make_user(Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture
def city():
    return make_agency("虚构市人民政府", kind="government")


def publish(year, agency, **figures):
    revision = complete(make_revision(year, agency), columns={"business": figures})
    Revision.objects.filter(pk=revision.pk).update(
        state=str(State.PUBLISHED), published_at=timezone.now()
    )
    revision.refresh_from_db()
    count_in(revision)
    return revision


def asked(kind, agency, **fields):
    return Proposal(kind=kind, agency=agency, **{"on": ON, "reason": "机构改革"} | fields)


def done(kind, agency, by, **fields):
    proposal = asked(kind, agency, **fields)
    plan = planned(proposal)
    assert plan.objections == ()
    act = reshape(agency, proposal, seen=plan.seal, by=by)
    assert differences_from_raw() == []
    return act


def refusals(kind, agency, **fields):
    return "".join(planned(asked(kind, agency, **fields)).objections)


def said(act):
    return "".join(sentence for _, sentences in act.said for sentence in sentences)


def test_a_renamed_body_keeps_its_address_and_its_reports_their_name(system, city):
    bureau = make_agency("虚构市旧局", parent=city)
    old = publish(2023, bureau)
    draft = make_revision(2024, bureau)
    in_review = make_revision(2022, bureau, state="in_review")
    act = done(Kind.RENAME, bureau, system, name="虚构市新局")
    for each in (bureau, old, draft, in_review):
        each.refresh_from_db()
    assert bureau.name == "虚构市新局"
    assert list(bureau.names.values_list("name", "until")) == [("虚构市旧局", ON)]
    assert old.agency_name == in_review.agency_name == "虚构市旧局"
    assert draft.agency_name == draft.signed_by == "虚构市新局"
    assert draft.title.startswith("虚构市新局")
    assert draft.events.filter(verb="rename_agency", by=system).exists()
    assert "2023年度" in said(act)
    assert AuditEntry.objects.get(verb="rename_agency", subject_kind="agency").detail["act"]


def test_a_mistyped_name_is_no_former_name(system, city):
    bureau = make_agency("虚构市误局", parent=city)
    done(Kind.RENAME, bureau, system, name="虚构市正局", mistyped=True)
    assert not bureau.names.exists()


def test_a_body_may_take_a_former_name_again(system, city):
    bureau = make_agency("虚构市甲局", parent=city)
    done(Kind.RENAME, bureau, system, name="虚构市乙局")
    bureau.refresh_from_db()
    done(Kind.RENAME, bureau, system, name="虚构市甲局")
    assert list(bureau.names.values_list("name", flat=True)) == ["虚构市乙局"]


def test_a_merger_into_a_new_body_sums_last_year(system, city):
    arts, tourism = (make_agency(name, parent=city) for name in ("虚构市文化局", "虚构市旅游局"))
    below = make_agency(parent=arts)
    publish(2024, arts, received=2, carried_forward=2)
    publish(2024, tourism, received=3, carried_forward=3)
    publish(2024, below, received=1, granted=1)
    founded = (NewBody("虚构市文旅局", "wenlv"),)
    act = done(Kind.MERGE, arts, system, others=(tourism,), founded=founded)
    new = Agency.objects.get(slug="wenlv")
    arts.refresh_from_db()
    below.refresh_from_db()
    assert (arts.closed_on, new.founded_on, new.parent) == (ON, ON, city)
    assert below.path.startswith(new.path)
    assert Tally.objects.get(agency=new, year=2024).reports == 1
    assert Tally.objects.get(agency=city, year=2024).reports == 3
    last = last_year_of(make_revision(2025, new))
    assert last.applications["business"]["carried_forward"] == 5
    assert set(act.bodies.values_list("agency", flat=True)) == {
        arts.pk, tourism.pk, new.pk, below.pk,
    }  # fmt: skip


def test_a_body_that_absorbs_another_adds_its_last_year_to_its_own(system, city):
    stays, goes = make_agency(parent=city), make_agency(parent=city)
    for year in (2024, 2025):
        publish(year, stays, received=2, carried_forward=2)
    publish(2024, goes, received=3, carried_forward=3)
    done(Kind.MERGE, goes, system, into=stays)
    report = Revision.objects.get(report__agency=stays, report__year=2025)
    assert last_year_of(report).applications["business"]["carried_forward"] == 5
    assert last_year_of(make_revision(2026, stays)).applications["business"]["received"] == 2


def test_bodies_merged_twice_in_a_year_are_all_summed(system, city):
    first, second, third = (make_agency(parent=city) for _ in range(3))
    for number, body in enumerate((first, second, third), 1):
        publish(2024, body, received=number, carried_forward=number)
    done(Kind.MERGE, first, system, into=second)
    second.refresh_from_db()
    done(Kind.MERGE, second, system, into=third, on=date(2025, 9, 1))
    last = last_year_of(make_revision(2025, third))
    assert last.applications["business"]["carried_forward"] == 6


def test_a_part_has_no_last_year_unless_it_is_stated(system, city):
    whole = make_agency(parent=city)
    publish(2024, whole, received=4, carried_forward=4)
    founded = (NewBody("虚构市甲新局", "new-a"), NewBody("虚构市乙新局", "new-b"))
    act = done(Kind.SPLIT, whole, system, founded=founded, heir="new-a")
    heir, other = (Agency.objects.get(slug=slug) for slug in ("new-a", "new-b"))
    assert last_year_of(make_revision(2025, heir)).applications["business"]["received"] == 4
    assert last_year_of(make_revision(2025, other)) is None
    assert "分不开" in said(act)
    whole.refresh_from_db()
    assert whole.closed_on == ON


def test_a_body_that_gives_a_part_away_goes_on_with_its_own_last_year(system, city):
    giver, taker = make_agency(parent=city), make_agency(parent=city)
    publish(2024, giver, received=4, granted=4)
    publish(2024, taker, received=1, granted=1)
    done(Kind.SPLIT, giver, system, others=(taker,), goes_on=True)
    giver.refresh_from_db()
    assert giver.closed_on is None
    assert last_year_of(make_revision(2025, giver)).applications["business"]["received"] == 4
    assert last_year_of(make_revision(2025, taker)).applications["business"]["received"] == 1


def test_what_a_moved_body_published_is_counted_above_its_new_place(system, city):
    other = make_agency(kind="government")
    bureau = make_agency(parent=city)
    publish(2023, bureau, received=4, granted=4)
    act = done(Kind.MOVE, bureau, system, parent=other)
    assert Tally.objects.get(agency=other, year=2023).reports == 1
    assert Tally.objects.get(agency=city, year=2023).reports == 0
    assert "2023年度 1 份" in said(act)
    assert "不再有下级机关" in said(act)


def test_a_closed_body_owes_the_years_at_whose_end_it_was_there(system, city):
    bureau = make_agency(parent=city)
    this_year = timezone.localdate().year
    for day, words in (
        (date(this_year - 1, 12, 31), f"{this_year - 1}年度：“{bureau}”不再需要编报"),
        (date(this_year, 1, 1), f"{this_year - 1}年度：“{bureau}”虽然撤销"),
    ):
        plan = planned(asked(Kind.CLOSE, bureau, on=day))
        assert words in "".join(each for _, lines in plan.sections for each in lines)
    done(Kind.CLOSE, bureau, system, on=date(2025, 1, 1))
    bodies = Agency.objects.filter(pk=bureau.pk)
    assert [each.due.owed for each in filings_of(bodies, 2024)] == [True]
    assert filings_of(bodies, 2025) == []


def test_a_new_body_owes_nothing_for_the_years_before_it(system, city):
    bodies = Agency.objects.filter(pk=make_agency(parent=city, founded_on=ON).pk)
    assert filings_of(bodies, 2024) == []
    assert [each.due.owed for each in filings_of(bodies, 2025)] == [True]


def test_nothing_of_a_closed_body_is_lost(system, city):
    bureau = make_agency(parent=city)
    author = make_user(Role.AUTHOR, agency=bureau, name="甄填报")
    draft = make_revision(2024, bureau)
    act = done(Kind.CLOSE, bureau, system)
    assert "甄填报（填报员）保留原来的账号和角色" in said(act)
    assert "留在原处" in said(act)
    assert Membership.objects.filter(user=author, agency=bureau).exists()
    assert start_report(bureau, 2024, by=author) == draft
    Agency.objects.filter(pk=bureau.pk).update(closed_on=date(2020, 1, 1))
    bureau.refresh_from_db()
    with pytest.raises(Refused, match="已经撤销"):
        start_report(bureau, 2024, by=author)


def test_a_merger_may_propose_the_roles_of_its_people(system, city):
    goes, stays = make_agency(parent=city), make_agency(parent=city)
    author = make_user(Role.AUTHOR, agency=goes)
    both = make_user(Role.AUTHOR, agency=goes)
    Membership.objects.create(user=both, agency=stays, role="author")
    done(Kind.MERGE, goes, system, into=stays, with_roles=True)
    assert [(each.user, each.agency) for each in RoleRequest.objects.all()] == [(author, stays)]


def test_what_was_closed_by_mistake_is_reopened(system, city):
    goes, stays = make_agency(parent=city), make_agency(parent=city)
    done(Kind.MERGE, goes, system, into=stays)
    goes.refresh_from_db()
    act = done(Kind.REOPEN, goes, system)
    goes.refresh_from_db()
    assert goes.closed_on is None
    assert not Succession.objects.exists()
    assert stays.name in said(act)


def test_what_cannot_be_done_says_why(system, city):
    bureau, sister = make_agency("虚构市甲局", parent=city), make_agency(parent=city)
    office = make_agency("虚构市甲局办公室", parent=bureau)
    closed = make_agency("虚构市撤局", closed_on=date(2024, 1, 1))
    publish(2026, sister)
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "还没有到" in refusals(Kind.CLOSE, sister, on=tomorrow)
    assert "请写明事由" in refusals(Kind.CLOSE, sister, reason=" ")
    assert "2026年度" in refusals(Kind.CLOSE, sister)
    assert "虚构市甲局办公室" in refusals(Kind.CLOSE, bureau)
    assert "已于2024年1月1日撤销" in refusals(Kind.RENAME, closed, name="某")
    assert "不需要更名" in refusals(Kind.RENAME, bureau, name="虚构市甲局")
    assert "已经有名称" in refusals(Kind.RENAME, sister, name="虚构市甲局")
    assert "之下" in refusals(Kind.MOVE, bureau, parent=office)
    assert "不需要划转" in refusals(Kind.MOVE, bureau, parent=city)
    assert "之下" in refusals(Kind.MERGE, bureau, into=office)
    assert "并入哪个机关" in refusals(Kind.MERGE, bureau)
    assert "请办理更名" in refusals(Kind.MERGE, bureau, founded=(NewBody("某", "some"),))
    assert "已经由" in refusals(
        Kind.MERGE, bureau, others=(sister,), founded=(NewBody("某", sister.slug),)
    )
    assert "至少要有两个" in refusals(Kind.SPLIT, sister, founded=(NewBody("某", "some"),))
    assert "不在承接机关之中" in refusals(
        Kind.SPLIT, sister, founded=(NewBody("某", "a"), NewBody("某某", "b")), heir="c"
    )
    assert "没有撤销" in refusals(Kind.REOPEN, sister)


def test_an_act_is_done_as_it_was_shown_or_not_at_all(system, city):
    bureau = make_agency(parent=city)
    proposal = asked(Kind.CLOSE, bureau)
    seen = planned(proposal).seal
    make_revision(2024, bureau)
    with pytest.raises(PlanChanged, match="没有办理") as changed:
        reshape(bureau, proposal, seen=seen, by=system)
    assert AuditEntry.objects.filter(verb="close_agency", result="refused").exists()
    reshape(bureau, proposal, seen=changed.value.plan.seal, by=system)
    with pytest.raises(Refused, match="已于"):
        reshape(bureau, proposal, seen=changed.value.plan.seal, by=system)
    assert AgencyAct.objects.count() == 1


def test_only_a_system_administrator_acts(city):
    bureau = make_agency(parent=city)
    proposal = asked(Kind.CLOSE, bureau)
    for role in set(Role) - {Role.SYSTEM_ADMINISTRATOR}:
        with pytest.raises(PermissionDenied):
            reshape(bureau, proposal, seen="", by=make_user(role, agency=city))
    with pytest.raises(PermissionDenied):
        create_agency(name="某局", slug="x", kind="department", by=make_user())
    with pytest.raises(PermissionDenied):
        move_agency(bureau, None, by=make_user())


def test_founding_and_moving_are_noted(system, city):
    made = create_agency(name="某局", slug="x", kind="department", parent=city, by=system)
    move_agency(made, None, by=system)
    verbs = AuditEntry.objects.filter(subject_key=str(made.pk)).values_list("verb", flat=True)
    assert list(verbs) == ["add_agency", "move_agency"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_is_done_the_sums_are_those_of_the_figures(system, seed):
    """Random acts, done where nothing speaks against them, on a small city."""
    chance = random.Random(seed)
    division = make_division()
    make = lambda parent, kind: make_agency(parent=parent, kind=kind, division=division)  # noqa: E731
    tops = [make(None, "government") for _ in range(2)]
    districts = [make(top, "government") for top in tops]
    for body in [*tops, *districts, *(make(each, "department") for each in districts * 2)]:
        for year in chance.sample([2020, 2023, 2024], 2):
            publish(year, body, received=(count := chance.randrange(9)), granted=count)
    acts = 0
    for turn in range(14):
        bodies = list(Agency.objects.order_by("pk"))
        agency, other, third = (chance.choice(bodies) for _ in range(3))
        kind = chance.choice(list(Kind))
        fields = {
            Kind.RENAME: {"name": f"虚构改名{turn}局"},
            Kind.MERGE: {"into": other} if turn % 2 else {
                "others": (other,), "founded": (NewBody(f"虚构合并{turn}局", f"merged-{turn}"),)
            },
            Kind.SPLIT: {"others": (other, third), "goes_on": bool(turn % 2)},
            Kind.MOVE: {"parent": other},
        }.get(kind, {})  # fmt: skip
        plan = planned(asked(kind, agency, on=date(2025, 1, 1 + turn), **fields))
        if plan.objections:
            continue
        reshape(agency, plan.proposal, seen=plan.seal, by=system)
        acts += 1
        assert differences_from_raw() == []
        check_paths()
    assert acts > 2


def check_paths():
    for each in Agency.objects.select_related("parent"):
        assert each.path == f"{each.parent.path if each.parent else ''}{each.pk:08d}/"
