"""Broken files: a few hundred of those that ``make fuzz`` runs by the ten thousand.

A file is read or refused in a Chinese sentence; the checker takes whatever was
read; neither takes more time and memory than a report needs.
"""

import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.checker import check
from reports.checker.finding import Sister
from reports.editions import EDITIONS
from reports.importers import UnreadableDocument, confined
from reports.sheet import Addition, Heading, Printed
from tests.fuzz import any_name, broken_file
from tests.fuzz.hostile import HOSTILE
from tests.fuzz.seeds import drawn_seeds
from tests.fuzz.trial import examine, judged, tried

from . import documents as make

BATCHES, IN_BATCH, SEED = 6, 40, 3
OURS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
QUICK = [
    name for name in HOSTILE if name.startswith(("docx", "txt t", "txt q", "html a", "html s"))
]


@pytest.fixture(scope="module")
def seeds():
    return [seed for seed in drawn_seeds() if seed.format != "pdf" or seed.name.startswith("short")]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_broken_file_is_read_or_refused(seeds, batch):
    for number in range(batch * IN_BATCH, (batch + 1) * IN_BATCH):
        kind, broken, data = broken_file(number, SEED, seeds)
        if broken not in HOSTILE:
            what = judged(data, any_name(number), whole=kind not in ("pdf", "xlsx"))
            assert what.split()[0] in ("reading", "refusal", "stopped"), broken


@pytest.mark.parametrize("name", QUICK)
def test_a_file_made_to_harm_takes_bounded_time_and_memory(name):
    outcome = tried(0, name.split()[0], name, HOSTILE[name](random.Random(1)), "年报.docx")
    assert outcome.what in ("reading", "refusal"), outcome.detail
    assert outcome.seconds < 10


def test_a_reader_apart_may_take_no_more_memory_than_a_report_needs():
    with pytest.raises(UnreadableDocument, match=r"复杂|损坏|太多"):
        confined.apart("xlsx", HOSTILE["xlsx shared text"](random.Random(0)))


WORDS = st.lists(
    st.sampled_from(["其中", "公开1件", "，", "。", "占", "50%", "同比", "增长", "2020年", "（", "”", "《", "\n",
                     "一、", "九千", "受理", "申请", "０", "²", "\u0663", "1e9", "无", "0件", "13月40日", "https://"])
    | st.text(max_size=6),
    max_size=40,
).map("".join)  # fmt: skip
NUMBERS = st.one_of(
    st.none(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False, places=3)
)


@OURS
@given(st.data(), st.sampled_from(list(EDITIONS)), st.integers(-9, 99999))
def test_the_checker_takes_whatever_a_sheet_holds(data, key, year):
    sheet = make.random_sheet(EDITIONS[key])
    say = lambda: data.draw(WORDS)  # noqa: E731
    figures = {line: data.draw(NUMBERS) for line in list(sheet.disclosure)[:4]}
    strange = replace(
        sheet, agency=say(), year=year, title=say(), signed_by=say(), preface=say(), overview=say(),
        problems=say(), other_matters=say(), disclosure={**sheet.disclosure, **figures},
        signed_on=data.draw(st.none() | st.dates()), applications={}, as_printed=True,
        printed=Printed(headings=(Heading(say()), Heading(say(), "overview")), additions=(Addition("overview", say(), ((say(),), ()), say()),)),
    )  # fmt: skip
    last = data.draw(st.sampled_from([None, sheet, strange]))
    found = check(strange, last, today=date(2025, 1, 1), sisters=(Sister(sheet),))
    assert found == check(strange, last, today=date(2025, 1, 1), sisters=(Sister(sheet),))


def test_a_figure_without_measure_is_only_a_finding():
    sheet = make.random_sheet(EDITIONS[2021])
    first = next(iter(sheet.disclosure))
    assert check(replace(sheet, disclosure={**sheet.disclosure, first: Decimal("1e40")}))


def test_a_sentence_that_is_wrong_a_thousand_times_is_told_twenty_times():
    said = f"本年度公开信息2件，{'网上公开1件，占比20%，' * 1000}"
    sheet = replace(make.random_sheet(EDITIONS[2021]), overview=said)
    assert sum(finding.code == "C08" for finding in check(sheet)) == 20


def test_a_rate_of_figures_without_measure_is_only_a_finding():
    said = f"2024年公开信息{'9' * 40}件，比上一年的1件增长5%。"
    sheet = replace(make.random_sheet(EDITIONS[2021]), overview=said)
    assert [finding.quote for finding in check(sheet) if finding.code == "C08"] == [said]


FINDINGS = """
from tests.importers import documents as make
from reports.checker import check
from reports.editions import EDITIONS
sheet = make.random_sheet(EDITIONS[2019])
print([finding.to_json() for finding in check(sheet, make.random_sheet(EDITIONS[2019], 2))])
"""


def test_findings_are_the_same_in_every_process():
    said = {
        subprocess.run(
            [sys.executable, "-c", FINDINGS], capture_output=True, check=True, text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.getcwd()},
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(said) == 1
    assert "C01" in said.pop()


def test_what_was_read_can_be_stored_and_checked():
    examine(make.reading_of(make.as_lines(make.parts_of(make.random_sheet(EDITIONS[2021])))))
