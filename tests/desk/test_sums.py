"""A government's tables at the desk: they begin with the sums below and tell where they depart."""

import pytest
from django.utils import timezone

from reports.actions.aggregating import count_in
from reports.editions.bodies import BodyKind
from reports.models import Agency, DraftInput, Revision
from reports.queries.findings import findings_of
from reports.workflow import State
from tests.desk.conftest import YEAR, Desk
from tests.factories import complete, make_agency, make_revision

RECEIVED = "natural_person.received"


def publish(agency: Agency, received: int) -> Revision:
    revision = complete(
        make_revision(YEAR, agency),
        columns={"natural_person": {"received": received, "granted": received}},
        disclosure={"licenses_decided": 4},
        remedies={"reconsideration": {"upheld": 1}},
    )
    Revision.objects.filter(pk=revision.pk).update(
        state=str(State.PUBLISHED), published_at=timezone.now()
    )
    revision.refresh_from_db()
    count_in(revision)
    return revision


@pytest.fixture
def government(desk: Desk) -> Desk:
    """The desk's agency is a government with two bodies that have published."""
    Agency.objects.filter(pk=desk.agency.pk).update(kind=str(BodyKind.GOVERNMENT))
    desk.agency.refresh_from_db()
    for received in (3, 5):
        publish(make_agency(parent=desk.agency), received)
    return desk


def test_each_table_begins_with_the_sums(government: Desk) -> None:
    assert government.boxes("applications")[RECEIVED] == "8"
    assert government.boxes("disclosure")["licenses_decided"] == "8"
    assert government.boxes("remedies")["reconsideration.upheld"] == "2"
    page = government.client.get(government.url("part", "applications")).content.decode()
    assert "2 个下级机关的报告计入合计" in page
    assert "按下级汇总填入" in page


def test_a_body_that_covers_no_other_sees_nothing_of_it(desk: Desk) -> None:
    publish(make_agency(parent=desk.agency), 3)
    page = desk.client.get(desk.url("part", "applications")).content.decode()
    assert "下级" not in page
    assert desk.boxes("applications")[RECEIVED] == "0"


def test_a_cell_says_its_sum_and_by_how_much_it_departs(government: Desk) -> None:
    answer = government.post(
        "applications", natural_person__received="9", natural_person__carried_forward="1"
    )
    assert answer.status_code == 302
    drawn = government.client.get(government.url("part", "applications")).context["form"].drawn()
    boxes = {box.name: box for body in drawn.bodies for row in body for box in row}
    assert (boxes[RECEIVED].below, boxes[RECEIVED].apart) == ("8", "1")
    assert (boxes["total.received"].below, boxes["total.received"].apart) == ("8", "1")
    assert (boxes["natural_person.granted"].below, boxes["natural_person.granted"].apart) == (
        "8", "",
    )  # fmt: skip
    found = [each.finding for each in findings_of(government.fresh())]
    assert [each.part for each in found if each.code == "S1"] == [3]


def test_the_sums_are_put_in_unsaved_and_what_was_typed_is_kept(government: Desk) -> None:
    government.post(
        "applications", natural_person__received="9", natural_person__carried_forward="1"
    )
    version = government.part("applications").version
    typed = government.boxes("applications") | {RECEIVED: "七", "sums": "1"}
    page = government.client.post(government.url("part", "applications"), typed)
    assert page.status_code == 200
    assert str(page.context["form"][RECEIVED].value()) == "8"
    assert [(each.name, each.theirs) for each in page.context["filled"]] == [
        (RECEIVED, "七"), ("natural_person.carried_forward", "1"),
    ]  # fmt: skip
    assert "原为 七，填入 8" in page.content.decode()
    assert government.part("applications").version == version
    assert DraftInput.objects.get().content[RECEIVED] == "七"
    assert government.boxes("applications")[RECEIVED] == "七"


def test_nothing_is_put_into_a_report_that_is_no_draft(government: Desk) -> None:
    Revision.objects.filter(pk=government.revision.pk).update(state=str(State.IN_REVIEW))
    answer = government.client.post(government.url("part", "applications"), {"sums": "1"})
    assert answer.status_code == 302
    assert not DraftInput.objects.exists()
