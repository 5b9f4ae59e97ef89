"""A roll-up's cells are the sums of the bodies behind them; S1 asks a government for a reason."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from reports.actions.explaining import explain
from reports.actions.publishing import publish_revision
from reports.editions import EDITIONS
from reports.editions.bodies import BodyKind
from reports.editions.common import CLOSED
from reports.editions.crosswalk import in_series
from reports.editions.grammar import Kind, Number
from reports.models import Agency, Campaign, Revision
from reports.queries.branches import branches
from reports.queries.drilldown import Contribution, Extent, bodies, extent_of
from reports.queries.findings import Noted, findings_of
from reports.queries.rollup import Form, blanks_in, missing_from, rollup_of
from reports.queries.subordinates import subordinates_of
from reports.sheet import Sheet, filled, name_of
from reports.workflow import Role, State
from tests.factories import complete, make_agency, make_revision, make_user
from tests.queries.test_aggregation import publish, transcript

pytestmark = pytest.mark.django_db
YEAR = 2024


@pytest.fixture
def city() -> Agency:
    return make_agency("虚构市人民政府", kind=str(BodyKind.GOVERNMENT))


def by_chance(edition_key: int, seed: int) -> Sheet:
    """Any printed figures at all: some blank, （六） whole or divided, totals that do not foot."""
    edition, chance = EDITIONS[edition_key], Random(seed)
    empty = filled(edition, "", YEAR)

    def number(least: int = 0) -> int | None:
        return chance.choice([None, chance.randint(least, 50)])

    columns: dict[str, dict[str, Any]] = {
        key: {line: number() for line in figures} for key, figures in empty.applications.items()
    }
    if chance.random() < 0.5:
        for figures in columns.values():
            figures[CLOSED.whole] = number()
    kinds = {place.key: place.kind for place in edition.disclosure.places()}
    return replace(
        empty,
        disclosure={
            key: number(-9 if kinds[key] is Kind.CHANGE else 0) for key in empty.disclosure
        },
        applications=columns,
        remedies={k: {line: number() for line in v} for k, v in empty.remedies.items()},
    )


def wrong_cells(form: Form) -> list[str]:
    """The cells that are not the sum of the bodies behind them, by body or by branch."""
    top = form.rollup.agency
    places = [place for place in form.edition.places() if form.makes_sense(place)]
    by_branch = branches(top, [form.behind(place) for place in places]).rows
    found = []
    for at, place in enumerate(places):
        behind = form.behind(place)
        rows = bodies(behind, None, 100).rows
        numbers = [each.number for each in rows]
        known = [number for number in numbers if number is not None]
        if (
            form.sheet.figure(place) != known_sum(known)
            or numbers != [*sorted(known, reverse=True), *[None] * numbers.count(None)]
            or extent_of(behind, form.rollup.sums) != Extent(len(rows), numbers.count(None))
            or [(each.reports, each.numbers[at]) for each in by_branch] != told(top, rows)
        ):
            found.append(f"{form.name} {name_of(place)} {form.sheet.figure(place)} {known}")
    return found


def told(top: Agency, rows: Sequence[Contribution]) -> list[tuple[int, Number | None]]:
    """Reports and sum of each body directly below, told from the bodies behind the cell."""
    below = [child.path for child in top.children.order_by("path")]
    numbers = [[each.number for each in rows if each.agency.path.startswith(p)] for p in below]
    return [
        (len(own), known_sum([each for each in own if each is not None])) for own in numbers if own
    ]


def known_sum(known: list[Number]) -> Number | None:
    return sum(known) if known else None


@pytest.mark.parametrize("seed", [1, 2])
def test_every_cell_equals_the_bodies_behind_it(seed: int) -> None:
    top = above = make_agency()
    for number, key in enumerate((2019, 2021, 2021, 2019)):
        body = make_agency(parent=above)
        transcript(by_chance(key, 10 * seed + number), body)
        above = body if number % 2 else top
    rollup = rollup_of(top, YEAR)
    assert len(rollup.forms) == 3
    assert [cell for form in rollup.forms for cell in wrong_cells(form)] == []


def test_what_the_common_form_cannot_say_is_blank_in_it(city: Agency) -> None:
    for key in (2019, 2021):
        transcript(filled(EDITIONS[key], "", YEAR), make_agency(parent=city))
    together = rollup_of(city, YEAR).forms[-1]
    for place, number in together.sheet.cells():
        assert (number is not None) == in_series(place), name_of(place)


def test_the_blanks_of_each_report_are_counted(city: Agency) -> None:
    sheet = filled(EDITIONS[2021], "", YEAR)
    person = {**sheet.applications["natural_person"], "granted": None, "outcomes_total": None}
    some = make_agency(parent=city)
    transcript(replace(sheet, applications={**sheet.applications, "natural_person": person}), some)
    without_a_table = make_agency(parent=city)
    transcript(replace(sheet, remedies={}), without_a_table)
    publish(make_agency(parent=city))
    rollup = rollup_of(city, YEAR)
    assert blanks_in(city, YEAR, rollup) == [(without_a_table, 12), (some, 1)]


def test_who_owes_and_has_not_published_is_missing(city: Agency) -> None:
    county = make_agency("虚构县人民政府", kind=str(BodyKind.GOVERNMENT), parent=city)
    done, begun, owing = (make_agency(parent=county) for _ in range(3))
    publish(done)
    make_revision(YEAR, begun)
    union = make_agency(kind=str(BodyKind.UNION), parent=city)
    assert [each.agency.pk for each in missing_from(city, YEAR)] == [begun.pk, owing.pk, union.pk]
    campaign = Campaign.objects.create(
        agency=city,
        year=YEAR,
        opens_on=timezone.localdate(),
        called_by=make_user(Role.AUTHORITY, agency=city),
    )
    campaign.obligations.create(kind=str(BodyKind.DEPARTMENT))
    assert [each.agency.pk for each in missing_from(city, YEAR)] == [begun.pk, owing.pk]


def own_report(city: Agency, received: int) -> Revision:
    figures = {"natural_person": {"received": received, "granted": received}}
    return complete(make_revision(YEAR, city), columns=figures)


def s1(revision: Revision) -> list[Noted]:
    return [each for each in findings_of(revision) if each.finding.code == "S1"]


def test_s1_is_raised_explained_and_falls_when_a_subordinate_corrects(city: Agency) -> None:
    bureau = make_agency(parent=city)
    publish(bureau, natural_person={"received": 3, "granted": 3})
    revision = own_report(city, 4)
    (raised,) = s1(revision)
    assert raised.blocks
    author = make_user(Role.AUTHOR, agency=city)
    explain(revision, raised.finding.fingerprint, "办公室自己办理的一件。", by=author)
    assert not s1(revision)[0].blocks
    second = complete(
        make_revision(YEAR, bureau), columns={"natural_person": {"received": 2, "granted": 2}}
    )
    publish_revision(second, by=None)
    assert s1(revision)[0].blocks
    assert "合计 2" in s1(revision)[0].finding.message


def test_the_sum_itself_needs_no_reason_and_a_department_is_no_sum(city: Agency) -> None:
    bureau = make_agency(parent=city)
    publish(make_agency(parent=bureau), natural_person={"received": 3, "granted": 3})
    assert s1(own_report(city, 3)) == []
    assert s1(own_report(bureau, 7)) == []


def test_what_was_filed_on_another_form_is_counted_apart(
    city: Agency, django_assert_num_queries: Any
) -> None:
    publish(make_agency(parent=city), natural_person={"received": 3, "granted": 3})
    transcript(filled(EDITIONS[2019], "", YEAR), make_agency(parent=city))
    revision = Revision.objects.select_related("report__agency").get(pk=own_report(city, 3).pk)
    with django_assert_num_queries(2):
        below = subordinates_of(revision)
    assert below is not None
    assert (below.reports, below.apart) == (1, 1)


def test_the_statements_of_a_roll_up_do_not_grow(
    city: Agency, django_assert_max_num_queries: Any
) -> None:
    place = next(p for p in EDITIONS[2021].places() if p.key == "total.received")
    for size in (1, 4):
        for _ in range(size):
            publish(make_agency(parent=city))
        with django_assert_max_num_queries(16):
            rollup = rollup_of(city, YEAR)
            behind = rollup.forms[0].behind(place)
            bodies(behind, None, 100)
            branches(city, [behind], None, 100)
            missing_from(city, YEAR)
            blanks_in(city, YEAR, rollup)
        assert rollup.reports == Revision.objects.filter(state=str(State.PUBLISHED)).count()
