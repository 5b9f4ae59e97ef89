"""The editions' equations, compiled into columns and checks which the database keeps."""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import add, and_, or_

from django.db import models
from django.db.models import CheckConstraint, F, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from reports.editions.grammar import Equation, Kind, Term


def gap(equation: Equation) -> models.GeneratedField:
    """Left minus right, stored.

    Zero when the row foots and null while a figure is blank; otherwise the
    error itself, kept as printed and never corrected. What is returned is a
    plain GeneratedField, so a migration freezes the sum it saw.
    """
    left, right = side(equation.left), side(equation.right)
    return models.GeneratedField(
        expression=left - right,
        output_field=models.IntegerField(),
        db_persist=True,
    )


def gap_name(equation: Equation) -> str:
    return f"{equation.name}_gap"


def authored_foots(equation: Equation) -> CheckConstraint:
    """Where the agency is the author, the equation holds; a refusal quotes it."""
    lookup = f"{gap_name(equation)}__gte" if equation.at_least else gap_name(equation)
    return CheckConstraint(
        name=f"authored_{equation.name}_foots",
        condition=Q(as_printed=True) | Q(**{lookup: 0}),
        violation_error_message=f"{equation.label}。",
    )


def side(terms: Iterable[Term]) -> Combinable:
    signed = [value(term) if term.sign > 0 else -value(term) for term in terms]
    return reduce(add, signed) if signed else Value(0)


def value(term: Term) -> Combinable:
    parts: Combinable = reduce(add, (F(key) for key in term.keys))
    if not term.whole:
        return parts
    whole = F(term.whole)
    return Coalesce(whole + parts, whole, parts)


def authored_figures_are_complete(
    name: str, editions: Mapping[int, Mapping[str, Kind]]
) -> CheckConstraint:
    """A4: an authored row has every figure of its edition and none of another.

    ``editions`` maps an edition's key to its figures and their kinds. A count
    equals itself cast to an integer: SQLite, whose columns would also keep a
    text or a fraction, must refuse them as PostgreSQL's types do.
    """
    every = {key for figures in editions.values() for key in figures}
    complete = (
        reduce(
            and_,
            [written(key, kind) for key, kind in figures.items()]
            + [Q(**{f"{key}__isnull": True}) for key in sorted(every - figures.keys())],
            Q(edition=edition),
        )
        for edition, figures in editions.items()
    )
    return CheckConstraint(
        name=name,
        condition=reduce(or_, complete, Q(as_printed=True)),
        violation_error_message="每一格都应当填写不小于零的整数，没有的填 0。",
    )


def written(key: str, kind: Kind) -> Q:
    number: models.DecimalField = models.DecimalField(max_digits=15, decimal_places=6)
    cast = Cast(key, number if kind is Kind.AMOUNT else models.IntegerField())
    same = Q(**{f"{key}__isnull": False, key: cast})
    return same if kind is Kind.CHANGE else same & Q(**{f"{key}__gte": 0})
