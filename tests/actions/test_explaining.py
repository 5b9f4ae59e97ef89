import pytest
from django.core.exceptions import PermissionDenied

from reports.actions.drafting import save_applications
from reports.actions.explaining import explain
from reports.actions.moves import move
from reports.actions.refusals import MoveRefused, Refused
from reports.queries.findings import blocking, findings_of
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return make_agency()


@pytest.fixture
def author(agency):
    return make_user(Role.AUTHOR, agency=agency)


@pytest.fixture
def revision(agency):
    """A report which cannot go on without a reason: half of part five is missing."""
    return complete(make_revision(2024, agency), problems="本机关" + "工作有序开展，" * 8)


def standing(revision):
    return [each for each in findings_of(revision) if each.finding.code == "C18"]


def test_a_reason_lets_the_report_pass(revision, author):
    (noted,) = standing(revision)
    assert (noted.blocks, noted.may_be_explained) == (True, True)
    with pytest.raises(MoveRefused, match="还有 1 项检查结果没有处理，不能送审。第一项：“五、"):
        move(revision, "submit", by=author)
    explain(revision, noted.finding.fingerprint, "问题已在专项报告中说明。", by=author)
    assert blocking(findings_of(revision)) == []
    assert move(revision, "submit", by=author).state == State.IN_REVIEW
    assert [event.verb for event in revision.events.all()] == ["explain", "submit"]


def test_a_reason_falls_when_the_figures_change(agency, author):
    last = complete(
        make_revision(2023, agency),
        columns={"business": {"received": 2, "carried_forward": 2}},
    )
    from django.utils import timezone

    type(last).objects.filter(pk=last.pk).update(state="published", published_at=timezone.now())
    revision = complete(make_revision(2024, agency))
    first = next(each for each in findings_of(revision) if each.finding.column == "business")
    explain(revision, first.finding.fingerprint, "上年数据经核实有误。", by=author)
    columns = {
        row.applicant: {
            key: figure for key, figure in row.figures().items() if key != "closed_undivided"
        }
        for row in revision.applications.exclude(applicant="total")
    }
    columns["business"] |= {"brought_forward": 1, "granted": 1}
    save_applications(revision, columns, base_version=1, by=author)
    now = next(each for each in findings_of(revision) if each.finding.column == "business")
    assert now.finding.fingerprint != first.finding.fingerprint
    assert now.blocks


def test_an_error_is_not_explained_away(revision, author):
    revision.parts.filter(key="overview").update(text="")
    error = next(each for each in findings_of(revision) if each.finding.code == "C05")
    with pytest.raises(Refused, match="应当改正，不能用说明代替"):
        explain(revision, error.finding.fingerprint, "因故没有填写。", by=author)


def test_a_finding_that_no_longer_stands_is_not_explained(revision, author):
    with pytest.raises(Refused, match="请重新查看检查结果"):
        explain(revision, "no-such-finding", "因故没有填写。", by=author)


def test_too_short_a_reason_is_none(revision, author):
    (noted,) = standing(revision)
    with pytest.raises(Refused, match="请写明原因"):
        explain(revision, noted.finding.fingerprint, " 无 ", by=author)


def test_nobody_else_explains_and_not_after_submission(revision, author, agency):
    (noted,) = standing(revision)
    with pytest.raises(PermissionDenied):
        explain(
            revision,
            noted.finding.fingerprint,
            "问题已经说明。",
            by=make_user(Role.SUPERVISOR, agency=agency),
        )
    in_state(revision, State.IN_REVIEW)
    with pytest.raises(Refused, match="不能补写说明"):
        explain(revision, noted.finding.fingerprint, "问题已经说明。", by=author)
