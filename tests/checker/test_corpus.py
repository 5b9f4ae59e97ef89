"""The corpus: correct reports raise nothing, each planted defect is found and nothing else."""

from collections import Counter

import pytest

from reports.checker import Finding, Severity

from .corpus.measure import CODES, PLANTINGS, alarms, false, missed
from .corpus.planting import Planting
from .corpus.reports import REPORTS

NAMES = [f"{each.code}: {each.report}, {each.what}" for each in PLANTINGS]
TWO_SIDED = {"C01", "C06", "C07", "C08", "C09", "C10", "C12", "C13", "C20"}
IN_PROSE = {"C06", "C07", "C08", "C09", "C12", "C24", "C25", "C27"}
NEXT_STEP = ("请", "不等于 0")


def test_the_correct_reports_raise_nothing():
    assert [(where, each.code, each.message) for where, each in alarms()] == []


def test_every_code_is_planted_at_least_five_times():
    planted = Counter(each.code for each in PLANTINGS)
    assert {code for code in CODES if planted[code] < 5} == set()


@pytest.mark.parametrize("planting", PLANTINGS, ids=NAMES)
def test_a_planted_defect_is_found_at_its_place_and_nothing_else_is_raised(planting: Planting):
    assert not missed(planting)
    assert [(each.code, each.part, each.message) for each in false(planting)] == []


@pytest.mark.parametrize("planting", PLANTINGS, ids=NAMES)
@pytest.mark.corpus
def test_a_finding_says_where_both_sides_and_what_to_do(planting: Planting):
    written = everything_written(planting)
    for finding in planting.findings():
        assert finding.message.endswith("。")
        assert any(step in finding.message.rsplit("”")[-1] + finding.message for step in NEXT_STEP)
        if finding.code in TWO_SIDED and finding.rule != "A4":
            assert (finding.left and finding.right) or not_stated(finding), finding
        if finding.code in IN_PROSE and finding.part is not None:
            assert finding.quote
            assert "".join(finding.quote.split()) in written, finding


def not_stated(finding: Finding) -> bool:
    """That the period is not stated has one side only."""
    return finding.code == "C13" and finding.severity is Severity.EXPLAIN


def everything_written(planting: Planting) -> str:
    sheet = planting.spoil(REPORTS[planting.report].sheet)
    texts = [sheet.title, sheet.preface, sheet.overview, sheet.problems, sheet.other_matters]
    texts += [each.text for each in sheet.printed.additions]
    return "".join("".join(texts).split())
