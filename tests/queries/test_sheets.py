from datetime import date

import pytest
from django.utils import timezone

from reports.models import Revision, Succession
from reports.queries.sheets import last_year_of, sheet_of, summed, with_content
from reports.sheet import filled
from reports.workflow import State
from tests.factories import complete, make_agency, make_revision

pytestmark = pytest.mark.django_db


def publish(revision):
    Revision.objects.filter(pk=revision.pk).update(
        state=str(State.PUBLISHED), published_at=timezone.now()
    )
    return revision


@pytest.mark.parametrize("year", [2020, 2024])
def test_a_complete_revision_is_a_complete_sheet(year):
    revision = complete(make_revision(year), columns={"business": {"received": 2, "granted": 2}})
    sheet = sheet_of(revision)
    assert [figure for _, figure in sheet.cells()].count(None) == 0
    assert sheet.applications["total"]["received"] == 2
    assert sheet.signed_on == date(year + 1, 1, 20)


def test_a_sheet_has_only_its_editions_figures():
    sheet = sheet_of(complete(make_revision(2024)))
    zeros = filled(sheet.edition, "", 2024)
    assert sheet.disclosure.keys() == zeros.disclosure.keys()
    assert sheet.applications["total"].keys() == zeros.applications["total"].keys()


def test_tables_nobody_saved_are_absent_not_zero():
    sheet = sheet_of(make_revision(2024))
    assert (sheet.disclosure, sheet.applications, sheet.remedies) == ({}, {}, {})


def test_sheets_take_the_same_queries_however_many(django_assert_num_queries):
    for count in (1, 3):
        pks = [complete(make_revision(2024)).pk for _ in range(count)]
        with django_assert_num_queries(4):
            for revision in with_content(Revision.objects.filter(pk__in=pks)):
                sheet_of(revision)


def test_last_year_is_the_agencys_own_published_report():
    agency = make_agency()
    complete(make_revision(2022, agency))  # never published
    publish(
        complete(
            make_revision(2023, agency), columns={"business": {"received": 4, "carried_forward": 4}}
        )
    )
    last = last_year_of(make_revision(2024, agency))
    assert last is not None
    assert last.applications["business"]["carried_forward"] == 4
    assert last_year_of(Revision.objects.get(report__year=2023)) is None


def test_a_successors_last_year_is_the_sum_of_its_predecessors():
    successor = make_agency()
    for received in (2, 3):
        predecessor = make_agency()
        Succession.objects.create(predecessor=predecessor, successor=successor, on=date(2024, 3, 1))
        publish(
            complete(
                make_revision(2023, predecessor),
                columns={"business": {"received": received, "carried_forward": received}},
                disclosure={"normative_documents_issued": 1, "normative_documents_in_force": 7},
                remedies={"reconsideration": {"pending": 1}},
            )
        )
    last = last_year_of(make_revision(2024, successor))
    assert last is not None
    assert last.applications["business"]["carried_forward"] == 5
    assert last.applications["total"]["carried_forward"] == 5
    assert last.disclosure["normative_documents_in_force"] == 14
    assert last.remedies["reconsideration"]["pending"] == 2


def test_nothing_summed_is_nothing():
    assert summed([], "某局", 2024) is None
