"""Random authored tables, six hundred on each database: accepted is exactly what foots."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.editions import EDITIONS
from reports.models import ApplicationFigures, DisclosureFigures, RemedyFigures
from reports.sheet import foot_column, foot_results
from tests.factories import make_revision

pytestmark = pytest.mark.django_db
hundreds = settings(
    max_examples=100,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
counts = st.one_of(
    st.just(0), st.integers(0, 3), st.integers(0, 10**6), st.sampled_from([None, -1])
)
mostly_counts = st.one_of(st.just(0), st.just(0), st.integers(0, 3), st.integers(0, 40))


class KeepNothing(Exception):
    """Undoes what an example wrote, so that the next begins from nothing."""


def accepted(rows) -> bool:
    try:
        with transaction.atomic():
            type(rows[0]).objects.bulk_create(rows)
            raise KeepNothing
    except KeepNothing:
        return True
    except IntegrityError:
        return False


def row(model, revision, figures, **whom):
    return model(revision=revision, edition=revision.edition, as_printed=False, **whom, **figures)


def is_count(figure, least=0) -> bool:
    return figure is not None and (least is None or figure >= least)


@pytest.fixture(params=[2020, 2024])
def revision(request):
    return make_revision(request.param)


@hundreds
@given(data=st.data())
def test_of_part_three(revision, data):
    """Columns nearly right as well as wild ones: a slip of one in any cell, any blank."""
    edition = EDITIONS[revision.edition]
    columns = {}
    for applicant in edition.applications.columns:
        figures = {line.key: data.draw(mostly_counts) for line in edition.applications.leaves()}
        figures = foot_column(edition, figures)
        if data.draw(st.booleans()):
            left = figures["received"] + figures["brought_forward"] - figures["outcomes_total"]
            figures["received"] -= min(left, 0)
            figures["carried_forward"] = max(left, 0)
        columns[applicant.key] = figures
    if data.draw(st.booleans()):
        slipped = columns[data.draw(st.sampled_from(sorted(columns)))]
        slipped[data.draw(st.sampled_from(sorted(slipped)))] = data.draw(counts)
    foots = all(
        all(is_count(figure) for figure in figures.values())
        and all(equation.holds(figures) for equation in edition.applications.down)
        for figures in columns.values()
    )
    rows = [
        row(ApplicationFigures, revision, figures, applicant=key)
        for key, figures in columns.items()
    ]
    assert accepted(rows) == foots


@hundreds
@given(data=st.data())
def test_of_part_four(revision, data):
    edition = EDITIONS[revision.edition]
    figures = {result.key: data.draw(mostly_counts) for result in edition.remedies.results}
    figures = foot_results(edition, figures)
    if data.draw(st.booleans()):
        figures[data.draw(st.sampled_from(sorted(figures)))] = data.draw(counts)
    foots = all(map(is_count, figures.values())) and edition.remedies.across.holds(figures)
    assert accepted([row(RemedyFigures, revision, figures, remedy="reconsideration")]) == foots


@hundreds
@given(data=st.data())
def test_of_part_two(revision, data):
    edition = EDITIONS[revision.edition]
    places = edition.disclosure.places()
    figures = {place.key: data.draw(mostly_counts) for place in places}
    for place in places:
        if place.kind.value == "change" and data.draw(st.booleans()):
            figures[place.key] = data.draw(st.integers(-45, 5))
    if data.draw(st.booleans()):
        figures[data.draw(st.sampled_from(sorted(figures)))] = data.draw(counts)
    foots = all(
        is_count(figures[place.key], None if place.kind.value == "change" else 0)
        for place in places
    ) and all(equation.holds(figures) for equation in edition.disclosure.equations)
    assert accepted([row(DisclosureFigures, revision, figures)]) == foots
