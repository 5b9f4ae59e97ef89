"""A document's reading on screen: every cell in a box, beside what was printed."""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from reports.editions.grammar import Kind, Number, Place
from reports.editions.wording import date_text
from reports.importers import Reading
from reports.importers.correcting import corrected
from reports.models import Agency
from reports.sheet import NARRATIVES, Contact, name_of

from .cells import NotANumber, normal, read_cell, shown
from .prose import ROWS, PrefaceForm

NEGATIVE = re.compile(r"^-[0-9]+$")
CONTACT = {"address": 200, "postcode": 20, "telephone": 60, "email": 120}
LINES = {"title": ("标题", 300), "signed_by": ("落款", 120)}
LABELS = {"address": "地址", "postcode": "邮编", "telephone": "电话", "email": "电子邮箱"}
YEARS = range(2008, 2100)  # the law is of 2008
Texts = Mapping[str, str]


def texts_in(reading: Reading, agency: Agency | None) -> dict[str, str]:
    """What stands in each box before anybody corrects it."""
    sheet = reading.sheet
    own = (name_of(place) for place in sheet.edition.places())
    return {
        "agency": str(agency.pk) if agency else "",
        "year": str(sheet.year or ""),
        "title": sheet.title,
        **{key: getattr(sheet.contact, key) for key in CONTACT},
        "signed_by": sheet.signed_by,
        "signed_on": date_text(sheet.signed_on) if sheet.signed_on else "",
        **{key: sheet.text(key) for key in NARRATIVES},
        **{name: shown(reading.cells[name].number) for name in own},
    }


def number_typed(text: str, place: Place) -> Number | None:
    """A number as it may be printed in a cell: also none, and also a negative count."""
    if not normal(text):
        return None
    if place.kind is Kind.COUNT and NEGATIVE.match(normal(text)):
        place = replace(place, kind=Kind.CHANGE)
    return read_cell(text, place)


class ReadingForm(forms.Form):
    """What was read, with what a person typed over it; bound from the first.

    ``typed`` holds the boxes that differ from what was read, whatever is in
    them; ``corrected`` the reading that follows, as far as it can be understood.
    """

    agency = forms.ModelChoiceField(
        label="机关", queryset=Agency.objects.none(), required=False, empty_label="请选择",
        error_messages={"invalid_choice": "这个机关不在您填报的机关之内，请重新选择。"},
    )  # fmt: skip
    year = forms.CharField(label="报告年度", required=False)

    def __init__(
        self, reading: Reading, data: Texts, *, agency: Agency | None, agencies: QuerySet[Agency]
    ) -> None:
        self.reading = reading
        self.before = texts_in(reading, agency)
        super().__init__({**self.before, **data})
        field: Any = self.fields["agency"]
        field.queryset = agencies
        lines = LINES | {key: (label, CONTACT[key]) for key, label in LABELS.items()}
        for name, (label, most) in lines.items():
            self.fields[name] = forms.CharField(
                label=label, required=False, max_length=most,
                error_messages={"max_length": f"“{label}”太长，最多 {most} 个字，请删减。"},
            )  # fmt: skip
        self.fields["signed_on"] = deepcopy(PrefaceForm.base_fields["signed_on"])
        for part in reading.sheet.edition.parts:
            if part.key in NARRATIVES:
                self.fields[part.key] = forms.CharField(
                    label=part.title, required=False, strip=False,
                    widget=forms.Textarea(attrs={"rows": ROWS[part.key]}),
                )  # fmt: skip
        self.places = {name_of(place): place for place in reading.sheet.edition.places()}
        for name, place in self.places.items():
            self.fields[name] = forms.CharField(label=place.label, required=False)

    def text_at(self, name: str) -> str:
        return str(self[name].value() or "")

    def clean_year(self) -> int | None:
        said: str = self.cleaned_data["year"].removesuffix("年度").removesuffix("年")
        if not said:
            return None
        if not (said.isdecimal() and len(said) == 4 and int(said) in YEARS):
            raise ValidationError(f"报告年度填的是“{said[:20]}”：请填四位数字的年份，例如 2024。")
        return int(said)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.numbers: dict[str, Number | None] = {}
        for name, place in self.places.items():
            if same(self.text_at(name), self.before[name]):
                continue
            try:
                number = number_typed(self.text_at(name), place)
            except NotANumber as refused:
                self.add_error(name, str(refused))
                continue
            if number != self.reading.cells[name].number:
                self.numbers[name] = number
        return cleaned

    @cached_property
    def typed(self) -> dict[str, str]:
        """The boxes that a person changed, as they typed them; agency and year always."""
        return {
            name: self.text_at(name).replace("\r\n", "\n")
            for name in self.fields
            if name in ("agency", "year") or not same(self.text_at(name), self.before[name])
        }

    @cached_property
    def corrected(self) -> Reading:
        self.is_valid()
        return corrected(self.reading, self.numbers, self.words())

    def words(self) -> dict[str, Any]:
        """The sheet's fields that a person changed, as far as they are valid."""
        said = self.cleaned_data
        changed = {name for name in self.typed if name in said}
        words: dict[str, Any] = {
            name: said[name] for name in ("title", "signed_by", "signed_on") if name in changed
        }
        words |= {name: tidy(said[name]) for name in NARRATIVES if name in changed}
        if said.get("year"):
            words["year"] = said["year"]
        if changed & CONTACT.keys():
            was = self.reading.sheet.contact
            words["contact"] = Contact(
                *(said[key] if key in changed else getattr(was, key) for key in CONTACT)
            )
        return words

    def summary(self) -> list[tuple[str, str]]:
        """Every error with the box to jump to, in printed order."""
        return [
            (self.anchor(name), str(message))
            for name in self.fields
            for message in self.errors.get(name, ())
        ]

    def anchor(self, name: str) -> str:
        return f"cell-{name}" if name in self.places else f"id_{name}"


def same(one: str, other: str) -> bool:
    """Whether a browser would send the one for the other: line ends are its own."""
    return one.replace("\r\n", "\n").strip("\n") == other.replace("\r\n", "\n").strip("\n")


def tidy(text: str) -> str:
    """Line ends as one sign, and no blanks at the ends of lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")
