"""Behind a cell: its bodies a page at a time, and its branches, summed and counted by the database."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.actions.aggregating import count_in
from reports.editions import EDITIONS
from reports.editions.crosswalk import COMMON
from reports.editions.grammar import Edition, Number, Place
from reports.models import Agency, ApplicationFigures, DisclosureFigures, Report, Revision
from reports.queries.aggregation import tallied
from reports.queries.branches import Branch, branches
from reports.queries.drilldown import (
    Contribution,
    Extent,
    Page,
    Source,
    bodies,
    extent_of,
    sources,
    sources_together,
)
from reports.sheet import name_of
from reports.workflow import State
from tests.factories import make_agency

pytestmark = pytest.mark.django_db
YEAR = 2024
CELLS = (
    "applications.natural_person.received",
    "applications.total.outcomes_total",
    "disclosure.licenses_decided",
)
Filed = tuple[int, Number | None, bool]  # edition, number, whether below the body before it


def file(agency: Agency, edition: int, number: Number | None, **figures: Any) -> None:
    """A transcript in force with the number in each of ``CELLS``, or these figures; blank in others."""
    report = Report.objects.create(agency=agency, year=YEAR)
    printed: dict[str, Any] = {"edition": edition, "as_printed": True}
    revision = Revision.objects.create(report=report, agency_name=agency.name, **printed)
    person = figures.get("person", {"received": number, "granted": number})
    ApplicationFigures.objects.create(
        revision=revision, applicant="natural_person", **person, **printed
    )
    disclosure = figures.get("disclosure", {"licenses_decided": number})
    DisclosureFigures.objects.create(revision=revision, **disclosure, **printed)
    Revision.objects.filter(pk=revision.pk).update(
        state=str(State.PUBLISHED), published_at=timezone.now()
    )
    count_in(Revision.objects.select_related("report__agency").get(pk=revision.pk))


def file_all(filed: list[Filed]) -> tuple[Agency, list[tuple[Agency, Number | None]]]:
    """Bodies below an agency, directly or below one another, with what each has filed."""
    top = last = make_agency()
    found = []
    for edition, number, deeper in filed:
        last = make_agency(parent=last if deeper else top)
        file(last, edition, number)
        found.append((last, number))
    return top, found


def place_named(name: str, edition: Edition) -> Place:
    return next(place for place in edition.places() if name_of(place) == name)


def behind(top: Agency, name: str, editions: set[int]) -> tuple[Source, ...]:
    """Of one edition its own cell, of several the common form's."""
    if len(editions) > 1:
        return sources_together(top, YEAR, place_named(name, COMMON), sorted(editions))
    (edition,) = (EDITIONS[key] for key in editions)
    return sources(top, YEAR, edition, place_named(name, edition))


def pages(read: Callable[[int | None], Page[Any]]) -> Iterator[Page[Any]]:
    page = read(None)
    assert page.is_first
    yield page
    while page.next is not None:
        page = read(page.next)
        assert not page.is_first
        yield page


def in_order(found: list[tuple[Agency, Number | None]]) -> list[tuple[Agency, Number | None]]:
    return sorted(found, key=lambda each: (each[1] is None, -(each[1] or 0), each[0].path))


def known_sum(numbers: list[Number | None]) -> Number | None:
    known = [each for each in numbers if each is not None]
    return sum(known) if known else None


FILED = st.lists(
    st.tuples(st.sampled_from([2019, 2021]), st.sampled_from([None, 0, 1, 2]), st.booleans()),
    min_size=1,
    max_size=7,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(filed=FILED, size=st.integers(1, 3), name=st.sampled_from(CELLS))
def test_pages_hold_each_body_once_in_order_and_branches_their_sums(
    filed: list[Filed], size: int, name: str
) -> None:
    top, found = file_all(filed)
    cell = behind(top, name, {edition for edition, _, _ in filed})
    read = list(pages(lambda after: bodies(cell, after, size)))
    assert [(row.agency, row.number) for page in read for row in page.rows] == in_order(found)
    assert all(len(page.rows) == size for page in read[:-1])
    numbers = [number for _, number in found]
    assert extent_of(cell, tallied(top, YEAR)) == Extent(len(found), numbers.count(None))
    below = list(pages(lambda after: branches(top, [cell], after, size)))
    assert [row for page in below for row in page.rows] == expected(top, found)
    assert branches(top, [cell]).rows == tuple(expected(top, found))


def expected(top: Agency, found: list[tuple[Agency, Number | None]]) -> list[Branch]:
    """The branches as they are told by hand, body by body."""
    rows = []
    for child in top.children.order_by("path"):
        own = [number for body, number in found if body.path.startswith(child.path)]
        rows.append(Branch(child, len(own), (known_sum(own),), child.children.exists()))
    return rows


def test_the_own_report_is_a_branch_without_any_below() -> None:
    top, found = file_all([(2021, 3, False), (2021, 5, True), (2021, None, False)])
    file(top, 2021, 7)
    (first, _), _, (blank, _) = found
    cell = behind(top, CELLS[0], {2021})
    assert branches(top, [cell, cell]).rows == (
        Branch(top, 1, (7, 7), False),
        Branch(first, 2, (8, 8), True),
        Branch(blank, 1, (None, None), False),
    )
    assert [row.agency for row in branches(top, [cell], after=top.pk).rows] == [first, blank]
    assert branches(top, [cell], size=1).next == top.pk


def test_amounts_that_are_equal_follow_one_another_by_path() -> None:
    top = make_agency()
    found: list[tuple[Agency, Number | None]] = []
    for amount in ("0.30", "0.10", "0.30", "0.30", "12.50"):
        found.append((make_agency(parent=top), Decimal(amount)))
        file(found[-1][0], 2021, 1, disclosure={"administrative_fees_amount": amount})
    cell = behind(top, "disclosure.administrative_fees_amount", {2021})
    read = pages(lambda after: bodies(cell, after, 1))
    assert [(row.agency, row.number) for page in read for row in page.rows] == in_order(found)


@pytest.mark.parametrize("editions", [{2021}, {2019, 2021}])
def test_a_zero_printed_whole_in_a_divided_line_is_no_blank(editions: set[int]) -> None:
    top, blank = file_all([(key, None, False) for key in sorted(editions)])
    one = make_agency(parent=top)
    file(one, 2021, None, person={"closed_undivided": 0})
    cell = behind(top, CELLS[1], editions)
    assert branches(top, [cell]).rows == tuple(expected(top, [*blank, (one, 0)]))
    assert extent_of(cell, tallied(top, YEAR)) == Extent(len(blank) + 1, len(blank))
    assert bodies(cell, None, 1).rows == (Contribution(one, 0),)


def test_a_form_that_cannot_say_the_cell_is_left_out() -> None:
    top, ((old, _), _) = file_all([(2019, 3, False), (2021, 5, False)])
    cell = behind(top, "disclosure.penalties_items_change", {2019, 2021})
    assert bodies(cell, None, 10).rows == (Contribution(old, None),)
    assert [row.agency for row in branches(top, [cell]).rows] == [old]


@pytest.mark.parametrize("editions", [{2021}, {2019, 2021}])
def test_a_key_that_is_not_among_them_begins_at_the_start(editions: set[int]) -> None:
    top, found = file_all([(key, 1, False) for key in sorted(editions)])
    elsewhere, without = make_agency(), make_agency(parent=top)
    file(elsewhere, 2021, 9)
    cell = behind(top, CELLS[0], editions)
    whole = tuple(agency for agency, _ in found)
    for after in (None, 0, elsewhere.pk, without.pk, 10**18 - 1):
        page = bodies(cell, after, 5)
        assert (tuple(row.agency for row in page.rows), page.is_first) == (whole, True), after
    for after in (None, 0, elsewhere.pk, 10**18 - 1):
        below = branches(top, [cell], after, 5)
        assert (tuple(row.agency for row in below.rows), below.is_first) == (whole, True), after


def test_behind_the_last_there_is_nothing() -> None:
    top, found = file_all([(2021, 1, False), (2021, None, False)])
    cell = behind(top, CELLS[0], {2021})
    last = found[-1][0].pk
    assert bodies(cell, last, 5) == Page((), None, False)
    assert branches(top, [cell], last, 5) == Page((), None, False)


def test_nothing_published_is_an_empty_page() -> None:
    top = make_agency()
    cell = behind(top, CELLS[0], {2021})
    assert bodies(cell, None, 5) == branches(top, [cell]) == Page((), None, True)
    assert extent_of(cell, tallied(top, YEAR)) == Extent(0, 0)


@pytest.mark.parametrize("editions", [{2021}, {2019, 2021}])
def test_the_statements_do_not_grow(
    editions: set[int], django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    top, each = make_agency(), len(editions)
    cell = behind(top, CELLS[1], editions)
    for size in (1, 3):
        for key in (*editions, *editions) * size:
            file(make_agency(parent=top), key, size)
        with django_assert_num_queries(each + 1):
            first = bodies(cell, None, 1)
        with django_assert_max_num_queries(2 * each + 1):
            assert not bodies(cell, first.next, 1).is_first
        sums = tallied(top, YEAR)
        with django_assert_max_num_queries(each):
            extent_of(cell, sums)
        with django_assert_num_queries(2 * each + 2):
            below = branches(top, [cell, cell], None, 1)
        with django_assert_num_queries(2 * each + 3):
            assert not branches(top, [cell, cell], below.next, 1).is_first
