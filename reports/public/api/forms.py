"""The sheet's models, made from the editions: one for each, told apart by ``edition``.

A field is a cell by its identifier, described in the form's own words.
"""

from datetime import date
from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, Field, create_model

from reports.editions import EDITIONS
from reports.editions.grammar import Edition, Kind, Place

from .answers import told

TEXTS = ("preface", "overview", "problems", "other_matters")


class ContactAnswer(BaseModel):
    address: str = told("地址")
    postcode: str = told("邮编")
    telephone: str = told("电话")
    email: str = told("电子邮箱")


def number_of(place: Place, label: str) -> Any:
    kind = int | float | None if place.kind is Kind.AMOUNT else int | None
    unit = "，万元" if place.kind is Kind.AMOUNT else ""
    return (kind, told(f"{label}{unit}；空白为 null"))


def disclosure_of(edition: Edition) -> type[BaseModel]:
    fields: dict[str, Any] = {
        place.key: number_of(place, place.label) for place in edition.disclosure.places()
    }
    return create_model(f"Disclosure{edition.key}", **fields)


def columns_of(name: str, places: tuple[Place, ...], labels: dict[str, str]) -> type[BaseModel]:
    """Columns of the same lines, as parts three and four are made of."""
    lines: dict[str, Any] = {}
    for place in places:
        lines.setdefault(place.line, number_of(place, place.line_label))
    column = create_model(f"{name}Column", **lines)
    fields: dict[str, Any] = {key: (column, told(label)) for key, label in labels.items()}
    return create_model(name, **fields)


def sheet_of(edition: Edition) -> type[BaseModel]:
    applications, remedies = edition.applications, edition.remedies
    texts: dict[str, Any] = {
        key: (str, told(f"“{edition.part(key).heading}”的文字；没有的为空")) for key in TEXTS
    }
    fields: dict[str, Any] = {
        "title": (str, told("标题")),
        "agency": (str, told("机关名称")),
        "year": (int, told("年度")),
        "edition": (cast(Any, Literal)[edition.key], told(edition.name)),
        **texts,
        "disclosure": (disclosure_of(edition), told(edition.part("disclosure").heading)),
        "applications": (
            columns_of(
                f"Applications{edition.key}",
                applications.places(),
                {column.key: column.label for column in applications.columns},
            ),
            told(edition.part("applications").heading),
        ),
        "remedies": (
            columns_of(
                f"Remedies{edition.key}",
                remedies.places(),
                {place.column: place.column_label for place in remedies.places()},
            ),
            told(edition.part("remedies").heading),
        ),
        "signed_by": (str, told("落款")),
        "signed_on": (date | None, told("成文日期")),
        "contact": (ContactAnswer, told("联系方式")),
        "as_printed": (bool, told("true：照录的历史报告")),
        "printed": (
            dict[str, Any],
            told("照录的报告与格式不同之处：标题、单元格原文、增加的表等；只有照录的报告才有",
                 default={}),
        ),
    }  # fmt: skip
    return create_model(f"Sheet{edition.key}", **fields)


SHEETS = {key: sheet_of(edition) for key, edition in EDITIONS.items()}
AnySheet: Any = Annotated[reduce(or_, SHEETS.values()), Field(discriminator="edition")]  # type: ignore[arg-type]
