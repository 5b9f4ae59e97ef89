"""A short walk of the crawler; ``make crawl`` is the long one."""

import pytest

from reports.actions import publishing

from .walk import round_of

pytestmark = pytest.mark.django_db
SENT = 250


def test_no_hostile_request_is_answered_by_a_fault(monkeypatch):
    monkeypatch.setattr(publishing, "KEPT_FORMATS", ("pdf", "csv", "json"))
    walk = round_of(SENT, "in the tests")
    assert "\n".join(map(str, walk.failures)) == ""
    assert sum(walk.answers.values()) == SENT
    assert {200, 302, 403, 404, 405} <= walk.answers.keys(), "it has to reach what it tries"
