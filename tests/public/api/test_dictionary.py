"""The data dictionary says what the editions say."""

import pytest

from reports.editions import EDITIONS
from reports.sheet import name_of

from .asking import ask

pytestmark = pytest.mark.django_db


def test_both_editions_are_listed_with_their_years():
    listed = ask("/editions")["items"]
    assert [(each["edition"], each["first_year"], each["last_year"]) for each in listed] == [
        (2019, 2019, 2020),
        (2021, 2021, None),
    ]


@pytest.mark.parametrize("key", EDITIONS)
def test_every_cell_and_equation_is_explained(key):
    said = ask(f"/editions/{key}")
    edition = EDITIONS[key]
    assert [each["name"] for each in said["cells"]] == [name_of(p) for p in edition.places()]
    assert [each["line_label"] for each in said["cells"]] == [
        p.line_label for p in edition.places()
    ]
    down = said["equations"]["applications_down"]
    assert [each["label"] for each in down] == [e.label for e in edition.applications.down]
    known = {each["name"].split(".", 1)[1] for each in said["cells"]}
    assert {key for each in said["equations"]["disclosure"] for term in each["left"]
            for key in term["keys"]} <= known  # fmt: skip


def test_what_both_editions_count_alike_is_marked_in_both():
    alike = {
        key: {each["name"] for each in ask(f"/editions/{key}")["cells"] if each["comparable"]}
        for key in EDITIONS
    }
    assert "disclosure.licenses_decided" in alike[2019] & alike[2021]
    assert "disclosure.rules_made" not in alike[2019]
    assert "disclosure.administrative_fees_amount" not in alike[2021]
    assert "applications.total.closed_other" in alike[2021]
    assert "applications.total.closed_undivided" in alike[2019]


def test_an_unknown_edition_is_told():
    assert "2019、2021" in ask("/editions/2020", 422)["detail"]
