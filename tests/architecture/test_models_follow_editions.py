"""Every figure of every edition has its column, and no column is idle."""

from reports.editions import EDITIONS
from reports.models import ApplicationFigures, DisclosureFigures, RemedyFigures


def test_part_two():
    figures = {place.key for e in EDITIONS.values() for place in e.disclosure.places()}
    assert figures == set(DisclosureFigures.keys())


def test_part_three():
    lines = {line.key for e in EDITIONS.values() for line in e.applications.leaves()}
    assert lines == set(ApplicationFigures.keys())
    applicants = {column.key for e in EDITIONS.values() for column in e.applications.columns}
    assert applicants == set(dict(ApplicationFigures._meta.get_field("applicant").choices))


def test_part_four():
    results = {result.key for e in EDITIONS.values() for result in e.remedies.results}
    assert results == set(RemedyFigures.keys())
    groups = {group.key for e in EDITIONS.values() for group in e.remedies.groups}
    assert groups == set(dict(RemedyFigures._meta.get_field("remedy").choices))


def test_every_hard_equation_within_a_row_is_a_check_of_the_database():
    checks = {
        constraint.name
        for model in (ApplicationFigures, DisclosureFigures, RemedyFigures)
        for constraint in model._meta.constraints
    }
    equations = {
        equation
        for edition in EDITIONS.values()
        for equation in (
            *edition.disclosure.equations,
            *edition.applications.down,
            edition.remedies.across,
        )
    }
    assert {f"authored_{equation.name}_foots" for equation in equations} <= checks
    assert {equation.id for equation in equations} == {"A1", "A2", "L1", "P1", "P2"}
