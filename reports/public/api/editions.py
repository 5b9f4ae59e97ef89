"""The data dictionary: what each edition's identifiers mean, from the editions alone."""

from functools import cache
from typing import Any

from django.http import HttpRequest
from ninja import Path, Router

from reports.editions import EDITIONS
from reports.editions.crosswalk import COMMON, WHY_NOT, comparable, in_series
from reports.editions.grammar import Edition, Equation, Term
from reports.sheet import TABLES, name_of

from .answers import (
    CellAnswer,
    EditionAnswer,
    EditionItem,
    EquationAnswer,
    Page,
    PartAnswer,
    TermAnswer,
)
from .links import Links, links_of
from .questions import EditionPath

router = Router(tags=["数据字典"])
LAST = 9999  # an edition in force has no last year yet


@router.get("/editions", response=Page[EditionItem], summary="格式的列表")
def editions(request: HttpRequest) -> object:
    """各版法定格式和它们使用的年度。"""
    link = links_of(request)
    items = [EditionItem(**about(each, link)) for each in EDITIONS.values()]
    return Page[EditionItem](items=items, next=None)


@router.get("/editions/{int:edition}", response=EditionAnswer, summary="一版格式的数据字典")
def edition(request: HttpRequest, where: Path[EditionPath]) -> object:
    """全部标识和它们的文字、种类、勾稽关系，以及哪些数据项两版同口径。"""
    found = EDITIONS[where.edition]
    return EditionAnswer(
        **about(found, links_of(request)),
        parts=[
            PartAnswer(
                key=part.key, label=part.title, number=part.number, table=TABLES.get(part.number)
            )
            for part in found.parts
        ],
        cells=cells_of(found.key),
        equations=equations_of(found),
        not_comparable=[f"{which}：{why}" for which, why in WHY_NOT],
    )


def about(edition: Edition, link: Links) -> dict[str, Any]:
    last = edition.years[-1]
    return {
        "edition": edition.key,
        "name": edition.name,
        "order": edition.order,
        "first_year": edition.years[0],
        "last_year": None if last == LAST else last,
        "url": link("api:edition", edition.key),
    }


@cache
def cells_of(key: int) -> list[CellAnswer]:
    edition = EDITIONS[key]
    alike = {
        f"{TABLES[each.place.part]}.{one}" for each in comparable(edition) for one in each.keys
    }
    return [
        CellAnswer(
            name=name_of(place),
            table=TABLES[place.part],
            line=place.line,
            column=place.column,
            line_label=place.line_label,
            column_label=place.column_label,
            kind=place.kind.value,
            computed=place.computed,
            comparable=in_series(place) if edition is COMMON else name_of(place) in alike,
        )
        for place in edition.places()
    ]


def equations_of(edition: Edition) -> dict[str, list[EquationAnswer]]:
    asked = {
        "disclosure": edition.disclosure.equations,
        "applications_down": edition.applications.down,
        "applications_across": (edition.applications.across,),
        "remedies": (edition.remedies.across,),
        "continuity": edition.continuity,
    }
    return {name: [equation_answer(each) for each in group] for name, group in asked.items()}


def equation_answer(equation: Equation) -> EquationAnswer:
    return EquationAnswer(
        id=equation.id,
        name=equation.name,
        label=equation.label,
        left=[term_answer(each) for each in equation.left],
        right=[term_answer(each) for each in equation.right],
        at_least=equation.at_least,
    )


def term_answer(term: Term) -> TermAnswer:
    return TermAnswer(
        label=term.mark,
        keys=list(term.keys),
        whole=term.whole or None,
        sign=term.sign,
        year=term.year,
    )
