"""The data dictionary says of each figure what the edition says."""

import csv
import json
from io import StringIO

import pytest

from reports.editions import EDITIONS
from reports.exporters.dictionary import HEADINGS, as_csv, as_json, dictionary
from reports.sheet import name_of

KEYS = pytest.mark.parametrize("key", list(EDITIONS))


@KEYS
def test_every_figure_has_its_entry_in_printed_order(key):
    assert [each.name for each in dictionary(key)] == [
        name_of(place) for place in EDITIONS[key].places()
    ]


@KEYS
def test_every_equation_of_the_edition_is_named_by_its_figures(key):
    edition = EDITIONS[key]
    table = edition.applications
    named = {said.split()[0] for entry in dictionary(key) for said in entry.equations}
    equations = (
        *edition.disclosure.equations, *table.down, table.across, edition.remedies.across,
        *edition.continuity,
    )  # fmt: skip
    assert named == {each.id for each in equations}


def test_a_figure_knows_its_equations_its_unit_and_its_like():
    entries = {each.name: each for each in dictionary(2021)}
    fee = entries["disclosure.administrative_fees_amount"]
    assert (fee.unit, fee.equations, fee.series) == ("万元", (), "")
    received = entries["applications.natural_person.received"]
    assert [each.split()[0] for each in received.equations] == ["A1", "A3"]
    carried = entries["applications.total.carried_forward"]
    assert [each.split()[0] for each in carried.equations] == ["A1", "A3", "Y1"]
    assert carried.computed
    unpaid = entries["applications.business.closed_unpaid"]
    assert unpaid.series == "applications.business.closed_undivided"
    assert entries["disclosure.rules_issued"].series == ""
    assert entries["remedies.reconsideration.upheld"].equations[0].startswith("L1 ")


def test_the_files_say_the_same():
    rows = list(csv.DictReader(StringIO(as_csv().decode("utf-8-sig"))))
    forms = json.loads(as_json())["editions"]
    figures = [figure for form in forms for figure in form["figures"]]
    assert [row["数据项"] for row in rows] == [each["name"] for each in figures]
    assert [row["格式"] for row in rows] == [str(each["edition"]) for each in figures]
    assert list(rows[0]) == list(HEADINGS.values())
    assert [row["勾稽关系"] for row in rows] == ["；".join(each["equations"]) for each in figures]
