"""Reading what a person typed in a cell."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.editions import EDITIONS
from reports.editions.grammar import Kind, plain
from reports.forms.cells import NotANumber, read_cell

PLACES = {place.kind: place for edition in EDITIONS.values() for place in edition.places()}
COUNT, CHANGE, AMOUNT = (PLACES[kind] for kind in (Kind.COUNT, Kind.CHANGE, Kind.AMOUNT))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0), ("12", 12), ("１２", 12), (" 12 ", 12), ("1 234", 1234), ("1,234", 1234), ("１，２３４", 1234),
        ("1,234,567", 1234567), ("+3", 3), ("007", 7), ("\u30003\u3000", 3),
    ],
)  # fmt: skip
def test_a_count_is_understood_however_it_is_written(text, number):
    assert read_cell(text, COUNT) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "-",
        "—",
        "/",
        "3件",
        "三",
        "1.5",
        "-1",
        "1,23",
        "12,3456",
        "1e3",
        "½",
        "1 2",
        "10²",
        "①",
        "٣",
    ],
)
def test_what_is_no_count_is_refused(text):
    with pytest.raises(NotANumber):
        read_cell(text, COUNT)


@pytest.mark.parametrize(
    ("text", "number"), [("-3", -3), ("－3", -3), ("−3", -3), ("–3", -3), ("5", 5)]
)
def test_a_change_may_be_negative(text, number):
    assert read_cell(text, CHANGE) == number


@pytest.mark.parametrize("text", ["1.234567", "0.0001", "1,234.5"])
def test_an_amount_has_up_to_six_decimals(text):
    assert read_cell(text, AMOUNT) == Decimal(text.replace(",", ""))


@pytest.mark.parametrize("text", ["1.2345678", "-1", "1.", "12元", "1，2"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(NotANumber):
        read_cell(text, AMOUNT)


def test_the_refusal_names_the_cell_what_is_there_and_what_would_be_right():
    place = next(each for each in EDITIONS[2021].places() if each.key == "natural_person.granted")
    with pytest.raises(NotANumber) as refused:
        read_cell("3件", place)
    said = "“自然人”列“（一）予以公开”填的是“3件”：这里只填数字，请改为 3。"
    assert str(refused.value) == said


@given(st.integers(0, 999_999_999))
def test_every_number_is_read_as_it_is_shown(number):
    assert read_cell(plain(number), COUNT) == number
    assert read_cell(f"{number:,}", COUNT) == number


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_a_sentence(text):
    for place in PLACES.values():
        try:
            said = plain(read_cell(text, place))
        except NotANumber as refused:
            said = str(refused)
        assert said.endswith("。") or set(said) <= set("-.0123456789")
