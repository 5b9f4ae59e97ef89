"""Several variations in one document, as real ones have them: drawn by hypothesis."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.editions import EDITIONS
from reports.editions.grammar import Kind
from reports.sheet import Sheet, foot_applications, foot_results

from .. import documents as make
from . import labels, parts, retyped, shapes
from .report import report_of
from .test_corpus import wrong_cells
from .writers import reading_of

# Which label it is, must be told by what is left of it: not a shape without labels, nor
# two changes of the same words.
LABELED = {
    name: change
    for name, (change, editions, _) in shapes.VARIATIONS.items()
    if "label" not in name and "no " not in name and "without heads" not in name
    and editions == shapes.BOTH and "part four" not in name and "merged" not in name
    and "split" not in name and "table" not in name and "corner" not in name and "head" not in name
}  # fmt: skip
WORDED = {**labels.VARIATIONS, **retyped.VARIATIONS}
del WORDED["unit in a cell of its own"]
SAFE_PARTS = {**parts.TITLES, **parts.SIGNATURES, **parts.HEADINGS}


@st.composite
def small_sheets(draw) -> Sheet:
    """A sheet as most are: many zeros, a few small numbers, and everything foots."""
    edition = draw(st.sampled_from(list(EDITIONS.values())))
    sheet = make.random_sheet(edition)
    number = st.sampled_from([0, 0, 0, 0, 1, 2, 3, 17, 120])
    disclosure = {
        place.key: Decimal(draw(number)) if place.kind is Kind.AMOUNT else draw(number)
        for place in edition.disclosure.places()
    }
    lines = [leaf.key for leaf in edition.applications.leaves()]
    typed = [column.key for column in edition.applications.typed_columns()]
    columns = {key: {line: draw(number) for line in lines} for key in typed}
    results = [result.key for result in edition.remedies.results]
    remedies = {
        group.key: foot_results(edition, {key: draw(number) for key in results})
        for group in edition.remedies.groups
    }
    return replace(
        sheet, disclosure=disclosure, applications=foot_applications(edition, columns),
        remedies=remedies,
    )  # fmt: skip


@settings(
    max_examples=60, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(
    sheet=small_sheets(),
    words=st.sampled_from(sorted(WORDED)),
    shape=st.sampled_from(sorted(LABELED)),
    around=st.sampled_from(sorted(SAFE_PARTS)),
    form=st.sampled_from(["lines", "html", "docx"]),
)
def test_three_variations_at_once(sheet, words, shape, around, form):
    report = report_of(sheet)
    for change in (LABELED[shape], WORDED[words], SAFE_PARTS[around]):
        report = change(report)
    reading = reading_of(report.blocks, form)
    assert wrong_cells(report, reading) == {}
    assert reading.sheet.edition is sheet.edition
    assert (reading.sheet.title, reading.sheet.year) == (report.sheet.title, report.sheet.year)
