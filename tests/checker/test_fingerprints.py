"""An explanation belongs to its figures: whichever of them changes, it falls."""

from dataclasses import replace

import pytest

from reports.checker import Severity, check
from tests.factories import OVERVIEW
from tests.public.sent import sound, with_figures


def explained(sheet, code, last_year=None):
    """The fingerprints of a code's findings which may be explained."""
    found = {
        each.fingerprint
        for each in check(sheet, last_year)
        if each.code == code and each.severity is Severity.EXPLAIN
    }
    assert found
    return found


def test_it_falls_when_this_years_or_last_years_figure_changes():
    def last(carried):
        return with_figures(sound(2023), received=carried, carried_forward=carried)

    now = with_figures(sound(), brought_forward=1, received=1, carried_forward=2)
    first = explained(now, "C10", last(3))
    other_now = with_figures(sound(), brought_forward=2, carried_forward=2)
    assert not first & explained(now, "C10", last(4))
    assert not first & explained(other_now, "C10", last(3))


def test_it_falls_when_the_sentence_or_the_table_beside_it_changes():
    def report(received, text="本机关本年度未收到政府信息公开申请。"):
        return replace(
            with_figures(sound(), received=received, granted=received, outcomes_total=received),
            overview=f"{OVERVIEW}\n{text}",
        )

    first = explained(report(2), "C09")
    assert not first & explained(report(3), "C09")
    assert not first & explained(report(2, "本机关全年未收到政府信息公开申请。"), "C09")


@pytest.mark.parametrize(
    "changed", ["上年8件，今年16件，增长70%。", "上年8件，今年12件，增长80%。"]
)
def test_it_falls_when_any_figure_of_a_rate_changes(changed):
    def report(text):
        return replace(sound(), overview=f"{OVERVIEW}\n主动公开政策解读{text}")

    first = explained(report("上年8件，今年12件，增长70%。"), "C08")
    assert not first & {each.fingerprint for each in check(report(changed))}


def test_it_stays_while_nothing_of_it_changes():
    last = with_figures(sound(2023), received=3, carried_forward=3)
    now = with_figures(sound(), brought_forward=1, received=1, carried_forward=2)
    touched = replace(now, problems=now.problems + "\n另外，加强了解读。")
    assert explained(now, "C10", last) == explained(touched, "C10", last)
