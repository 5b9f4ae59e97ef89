"""The database keeps the equations, whoever writes."""

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, IntegrityError, connection, transaction

from reports.models import ApplicationFigures, DisclosureFigures, RemedyFigures
from tests.factories import column, complete, make_revision

pytestmark = pytest.mark.django_db


def bulk(model, rows, figures):
    model.objects.bulk_update([update(row, figures) for row in rows], list(figures))


def update(row, figures):
    for key, figure in figures.items():
        setattr(row, key, figure)
    return row


def orm(model, rows, figures):
    for row in rows:
        update(row, figures).save()


def queryset(model, rows, figures):
    model.objects.filter(pk__in=[row.pk for row in rows]).update(**figures)


def raw(model, rows, figures):
    quote = connection.ops.quote_name
    settings = ", ".join(f"{quote(key)} = %s" for key in figures)
    with connection.cursor() as cursor:
        for row in rows:
            cursor.execute(
                f"UPDATE {quote(model._meta.db_table)} SET {settings} WHERE id = %s",
                [*figures.values(), row.pk],
            )


BROKEN = [
    (ApplicationFigures, 2024, {"received": 1}, "authored_balance_foots"),
    (ApplicationFigures, 2019, {"carried_forward": 1}, "authored_balance_foots"),
    (ApplicationFigures, 2024, {"granted": 1}, "authored_outcomes_foots"),
    (ApplicationFigures, 2019, {"closed_undivided": 1}, "authored_outcomes_foots"),
    (ApplicationFigures, 2024, {"closed_undivided": 0}, "authored_applications_are_complete"),
    (ApplicationFigures, 2024, {"received": None}, "authored_applications_are_complete"),
    (
        ApplicationFigures,
        2024,
        {"received": -1, "carried_forward": -1},
        "authored_applications_are_complete",
    ),
    (RemedyFigures, 2024, {"pending": 1}, "authored_results_foots"),
    (RemedyFigures, 2024, {"total": 2}, "authored_results_foots"),
    (RemedyFigures, 2024, {"total": None}, "authored_remedies_are_complete"),
    (DisclosureFigures, 2024, {"rules_issued": 1}, "authored_rules_in_force_foots"),
    (
        DisclosureFigures,
        2024,
        {"normative_documents_issued": 2, "normative_documents_in_force": 1},
        "authored_normative_documents_in_force_foots",
    ),
    (DisclosureFigures, 2024, {"licenses_decided": None}, "authored_disclosure_is_complete"),
    (DisclosureFigures, 2024, {"penalties_decided": -1}, "authored_disclosure_is_complete"),
    (
        DisclosureFigures,
        2024,
        {"administrative_fees_amount": "-0.5"},
        "authored_disclosure_is_complete",
    ),
    (
        DisclosureFigures,
        2020,
        {"rules_newly_disclosed": 1},
        "authored_rules_disclosed_foots",
    ),
    (DisclosureFigures, 2020, {"licenses_items_change": -1}, "authored_licenses_items_foots"),
    (DisclosureFigures, 2020, {"rules_issued": 0}, "authored_disclosure_is_complete"),
]


@pytest.mark.parametrize("write", [orm, bulk, queryset, raw])
@pytest.mark.parametrize(("model", "year", "figures", "constraint"), BROKEN)
def test_an_authored_row_that_breaks_a_rule_is_refused_by_the_rules_name(
    write, model, year, figures, constraint
):
    revision = complete(make_revision(year))
    rows = list(model.objects.filter(revision=revision)[:1])
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write(model, rows, figures)
    kept = model.objects.get(pk=rows[0].pk)
    assert {getattr(kept, key) for key in figures if key in set(model.keys())} <= {0, None}


@pytest.mark.parametrize("write", [orm, bulk, queryset, raw])
@pytest.mark.parametrize(("model", "year", "figures", "constraint"), BROKEN)
def test_the_same_figures_are_kept_exactly_in_a_historical_report(
    write, model, year, figures, constraint
):
    revision = complete(make_revision(year, as_printed=True))
    rows = list(model.objects.filter(revision=revision)[:1])
    write(model, rows, figures)
    kept = model.objects.get(pk=rows[0].pk)
    assert {key: str(getattr(kept, key)).rstrip("0") for key in figures} == {
        key: str(figure).rstrip("0") for key, figure in figures.items()
    }


@pytest.mark.parametrize("typed", ["3件", "1.5"])
def test_what_is_not_a_whole_number_never_becomes_a_count(typed):
    """PostgreSQL's types refuse or round it; SQLite would keep a text, were it not refused."""
    revision = complete(make_revision())
    row = revision.applications.first()
    try:
        with transaction.atomic():
            raw(ApplicationFigures, [row], {"received": typed, "carried_forward": typed})
    except Error:
        pass
    kept = ApplicationFigures.objects.get(pk=row.pk)
    assert isinstance(kept.received, int)


def test_a_printed_error_is_kept_and_measured():
    revision = make_revision(as_printed=True)
    row = column(revision, received=4, granted=3, outcomes_total=5)
    row.save()
    row.refresh_from_db()
    assert (row.outcomes_gap, row.balance_gap) == (-2, -1)


def test_a_blank_is_not_a_zero():
    revision = make_revision(as_printed=True)
    row = column(revision, received=None, granted=3, outcomes_total=3)
    row.save()
    row.refresh_from_db()
    assert (row.received, row.balance_gap) == (None, None)


def test_a_report_of_2024_on_the_form_of_2019_is_measured_all_the_same():
    revision = make_revision(2024, edition=2019, as_printed=True)
    row = column(revision, received=2, closed_undivided=1, outcomes_total=2)
    row.save()
    row.refresh_from_db()
    assert (row.outcomes_gap, row.balance_gap) == (-1, 0)


def test_a_form_is_refused_in_the_forms_words():
    row = column(make_revision(), received=4, granted=3, outcomes_total=3)
    with pytest.raises(ValidationError, match="第一项加第二项之和，等于第三项加第四项之和。"):
        row.full_clean()
