"""Parts two, three and four on screen: saved whole or refused whole, in the form's words."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from reports.checker.equations import check_column, check_disclosure, check_remedy
from reports.checker.finding import Finding
from reports.editions.grammar import Edition, Number, Place
from reports.sheet import Sheet, foot_applications, foot_results

from .cells import NotANumber, read_cell, shown
from .drawing import Content, DrawnForm, balance_of, marks_of, places_of, rule_json
from .layout import StatutoryTable

Typed = Mapping[str, Number | None]


class TableForm(forms.Form):
    """A box for each figure which is typed, named by the figure (``column.line``).

    ``figures`` holds the numbers after validation, nested as the sheet has them.
    """

    part = ""
    comments: Mapping[str, str] = MappingProxyType({})  # of reviewers, as ``Content`` has them
    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        edition: Edition,
        year: int,
        part: str = "",
        last_year: Sheet | None = None,
        subordinates: Sheet | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.edition, self.year, self.last_year = edition, year, last_year
        self.subordinates = subordinates
        self.places = {place.key: place for place in places_of(edition, self.part)}
        for key, place in self.places.items():
            if not place.computed:
                self.fields[key] = forms.CharField(label=place.label, required=False)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page has the form's one token, which scripts renew
        self.helper.layout = Layout("base_version", StatutoryTable())

    def typed_names(self) -> list[str]:
        return [name for name in self.fields if name != "base_version"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.typed_names():
            try:
                cleaned[name] = read_cell(cleaned.get(name, ""), self.places[name])
            except NotANumber as refused:
                self.add_error(name, str(refused))
        if not self.errors:
            self.figures = self.nested(cleaned)
            for finding in self.findings(self.figures):
                self.add_error(self.field_of(finding), finding.message)
        return cleaned

    def field_of(self, finding: Finding) -> str | None:
        """The box to which a finding leads."""
        at = (finding.line, finding.column)
        name = next(
            (key for key, place in self.places.items() if (place.line, place.column) == at), ""
        )
        return name if name in self.fields else None

    def typed_now(self) -> Typed:
        """What stands in the boxes now, as far as it is numbers."""
        return {name: self.number_at(self.places[name]) for name in self.typed_names()}

    def number_at(self, place: Place) -> Number | None:
        try:
            return read_cell(self.text_at(place), place)
        except NotANumber:
            return None

    def text_at(self, place: Place) -> str:
        return str(self[place.key].value() or "")

    def errors_at(self, place: Place) -> tuple[str, ...]:
        return tuple(map(str, self.errors.get(place.key, ()))) if self.is_bound else ()

    def rows(self, computed: Typed) -> dict[str, Any]:
        def value(place: Place) -> str:
            return shown(computed.get(place.key)) if place.computed else self.text_at(place)

        content = Content(
            self.edition, self.part, value, self.errors_at, self.last_year, self.comments,
            self.subordinates,
        )  # fmt: skip
        heading = self.edition.part(self.part).heading
        return {"part": self.part, "caption": f"{self.year}年{heading}", **content.table()}

    def summary(self) -> list[tuple[str, str]]:
        """Every error with the box to jump to, "" where it has none; in printed order."""
        return [
            (f"cell-{self.part}.{name}" if name in self.places else "", str(message))
            for name in (*self.typed_names(), NON_FIELD_ERRORS)
            for message in self.errors.get(name, ())
        ]

    def nested(self, typed: Typed) -> Any:
        raise NotImplementedError

    def findings(self, figures: Any) -> Iterable[Finding]:
        raise NotImplementedError

    def drawn(self) -> DrawnForm:
        raise NotImplementedError


class DisclosureForm(TableForm):
    """Part two; P1 or P2 stand below the table."""

    part = "disclosure"

    def nested(self, typed: Typed) -> dict[str, Number | None]:
        return {name: typed[name] for name in self.typed_names()}

    def findings(self, figures: Typed) -> Iterable[Finding]:
        return check_disclosure(self.edition, figures)

    def drawn(self) -> DrawnForm:
        now = self.typed_now()
        equations = self.edition.disclosure.equations
        return DrawnForm(
            **self.rows({}),
            below=tuple(balance_of(each, f"balance-{each.name}", now) for each in equations),
            rules={
                "sums": [],
                "equations": [
                    rule_json(each, str, output=f"balance-{each.name}", name=each.label)
                    for each in equations
                ],
            },
        )


def dotted(column: str, key: str) -> str:
    return f"{column}.{key}"


def across(key: str, column: str) -> str:
    return f"{column}.{key}"


class ApplicationsForm(TableForm):
    """Part three; A1 stands under each column, the totals are computed."""

    part = "applications"

    def nested(self, typed: Typed) -> dict[str, dict[str, Number | None]]:
        table = self.edition.applications
        return {
            column.key: {
                line.key: typed.get(dotted(column.key, line.key))
                for line in table.leaves()
                if not line.computed
            }
            for column in table.typed_columns()
        }

    def footed(self, figures: Mapping[str, Typed]) -> dict[str, dict[str, Number | None]]:
        return foot_applications(self.edition, figures)

    def findings(self, figures: Mapping[str, Typed]) -> Iterator[Finding]:
        for key, column in self.footed(figures).items():
            if key in {each.key for each in self.edition.applications.typed_columns()}:
                yield from check_column(self.edition, key, column)

    def drawn(self) -> DrawnForm:
        table = self.edition.applications
        footed = self.footed(self.nested(self.typed_now()))
        balance = table.down[-1]
        computed = {
            dotted(column, line): figure
            for column, figures in footed.items()
            for line, figure in figures.items()
        }
        foot = tuple(
            balance_of(balance, f"balance-{column.key}", footed[column.key])
            for column in table.columns
        )
        return DrawnForm(
            **self.rows(computed),
            foot_label=f"{marks_of(balance.left)}＝{marks_of(balance.right)}",
            foot=foot,
            rules=self.rules(),
        )

    def rules(self) -> dict[str, Any]:
        """Totals first, each computed from boxes or from totals before it."""
        table = self.edition.applications
        outcomes, balance = table.down
        sums = [
            rule_json(outcomes, partial(dotted, column.key)) for column in table.typed_columns()
        ] + [rule_json(table.across, partial(across, line.key)) for line in table.leaves()]
        return {
            "sums": [{"into": rule["right"][0]["of"][0], "of": rule["left"]} for rule in sums],
            "equations": [
                rule_json(
                    balance, partial(dotted, column.key),
                    output=f"balance-{column.key}", name=f"{column.label}列",
                )
                for column in table.columns
            ],
        }  # fmt: skip


class RemediesForm(TableForm):
    """Part four; the totals are computed, so L1 cannot break."""

    part = "remedies"

    def nested(self, typed: Typed) -> dict[str, dict[str, Number | None]]:
        table = self.edition.remedies
        return {
            group.key: {
                result.key: typed.get(dotted(group.key, result.key))
                for result in table.results
                if not result.computed
            }
            for group in table.groups
        }

    def footed(self, figures: Mapping[str, Typed]) -> dict[str, dict[str, Number | None]]:
        return {key: foot_results(self.edition, row) for key, row in figures.items()}

    def findings(self, figures: Mapping[str, Typed]) -> Iterator[Finding]:
        for key, row in self.footed(figures).items():
            yield from check_remedy(self.edition, key, row)

    def drawn(self) -> DrawnForm:
        table = self.edition.remedies
        footed = self.footed(self.nested(self.typed_now()))
        computed = {
            dotted(group, result): figure
            for group, row in footed.items()
            for result, figure in row.items()
        }
        sums = [rule_json(table.across, partial(dotted, group.key)) for group in table.groups]
        return DrawnForm(
            **self.rows(computed),
            rules={
                "sums": [{"into": rule["right"][0]["of"][0], "of": rule["left"]} for rule in sums],
                "equations": [],
            },
        )
